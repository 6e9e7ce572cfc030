/**
 * The two risks whose failing together loses most. Trying all pairs of 50,000 spans is out of the question; this is exact
 * all the same, by where the loss of a pair can come from:
 *
 * 1. what each loses alone. Single spans that lose something are bridges and nest like boxes, so only the outermost count; the
 *    best two are found best first;
 * 2. two single spans that lose something only together are of one class (`cut-classes.ts`). The spans of a class lie on a
 *    ring, so the worst two of it are those on either side of the core, and they lose what the whole class would;
 * 3. a route group of several spans with any other risk: the group is taken away and all single cuts are ranked in what is
 *    left. Parts of the network that hang together only at cores, share no risk and serve no target in common are looked at
 *    one by one, and a part whose whole weight cannot beat the best pair is left out.
 *
 * Only step 3 can be long (spans of the part × its groups); it has a budget. Beyond it, `exact` is false and `bound_weight`
 * says how much a worse pair could lose at most, also where nothing that loses anything was found so far.
 */
import { cutClasses } from './cut-classes.ts';
import { buildNetworkGraph, edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { independentParts, type NetworkPart } from './network-parts.ts';
import { describeRisk, type Risk, visitLostNodes, visitLostTargets } from './shared-risk.ts';
import type { Target } from './targets.ts';

export interface WorstPair {
  /** One risk only when no second one is known to lose anything more. */
  risks: Risk[];
  lost_targets: number;
  lost_weight: number;
  /** Proven: no pair loses more. */
  exact: boolean;
  /** No pair loses more than this; `lost_weight` when exact. */
  bound_weight: number;
}

/** Spans looked at in step 3, all groups together; some 2 µs each. */
export const DEFAULT_WORST_PAIR_BUDGET = 3_000_000;

interface Candidate {
  risks: number[];
  weight: number;
}

/**
 * The worst pair, or the worst found within the budget; null only when it is proven that no pair loses anything.
 *
 * @param weight what a target counts for, not negative; by default 1
 */
export function worstPair<T extends Target>(
  graph: NetworkGraph,
  targets: readonly T[],
  weight: (target: T) => number = () => 1,
  budget = DEFAULT_WORST_PAIR_BUDGET,
): WorstPair | null {
  const weights = targets.map(weight);
  let best = worstOfTwoAlone(graph, targets, weights);
  best = heavier(best, worstOfClasses(graph, targets, weights));
  const withGroups = worstWithGroup(graph, targets, weights, best, budget);
  best = withGroups.best;
  if (best.risks.length === 0) return null;
  const lost = lostTargets(graph, targets, best.risks);
  const lost_weight = sumOf(lost, weights);
  return {
    risks: best.risks.map((risk) => describeRisk(graph, risk)),
    lost_targets: lost.length,
    lost_weight,
    exact: withGroups.bound <= lost_weight,
    bound_weight: Math.max(withGroups.bound, lost_weight),
  };
}

/** What one risk takes alone. */
interface LossAlone {
  risk: number;
  /** Nodes of targets that it cuts off. */
  nodes: number[];
  weight: number;
  /** Half of `weight` and half the weight of all targets touched: no two risks lose more than the sum of theirs. */
  potential: number;
}

/** Step 1: node sets, since a target of two nodes may lose one by each risk. */
function worstOfTwoAlone(graph: NetworkGraph, targets: readonly Target[], weights: readonly number[]): Candidate {
  const served = new ServedTargets(graph, targets, weights);
  const losses = lossesAlone(graph, served);
  const [first] = losses;
  if (first === undefined) return { risks: [], weight: 0 };
  let best: Candidate = { risks: [first.risk], weight: first.weight };
  for (const [at, one] of losses.entries()) {
    best = heavier(best, { risks: [one.risk], weight: one.weight });
    for (const other of losses.slice(at + 1)) {
      if (one.potential + other.potential <= best.weight) break;
      const { lost } = served.weigh([...one.nodes, ...other.nodes]);
      best = heavier(best, { risks: [one.risk, other.risk], weight: lost });
    }
  }
  return best;
}

/** All that groups cut off, and of single spans the outermost: bridges nest like boxes. Greatest potential first. */
function lossesAlone(graph: NetworkGraph, served: ServedTargets): LossAlone[] {
  const found: { risk: number; nodes: number[] }[] = [];
  const bridges: typeof found = [];
  visitLostNodes(graph, served.targetsAt.keys(), (risk, nodes) => {
    (edgesOfRisk(graph, risk).length === 1 ? bridges : found).push({ risk, nodes: [...nodes] });
  });
  // The first that holds a node is the largest that does.
  const held = new Set<number>();
  bridges.sort((a, b) => b.nodes.length - a.nodes.length || a.risk - b.risk);
  for (const bridge of bridges) {
    if (held.has(bridge.nodes[0]!)) continue;
    for (const node of bridge.nodes) held.add(node);
    found.push(bridge);
  }
  return found
    .map((loss): LossAlone => {
      const { lost, touched } = served.weigh(loss.nodes);
      return { ...loss, weight: lost, potential: (lost + touched) / 2 };
    })
    .sort((a, b) => b.potential - a.potential || a.risk - b.risk);
}

/** The targets that reach a core, by the nodes that do. */
class ServedTargets {
  readonly targetsAt = new Map<number, number[]>();
  #nodeCount: number[];
  #weights: readonly number[];

  constructor(graph: NetworkGraph, targets: readonly Target[], weights: readonly number[]) {
    const reached = reachedWithout(graph, new Set());
    this.#weights = weights;
    this.#nodeCount = targets.map(({ nodes }, target) => {
      const served = new Set(nodes.filter((node) => reached[node] === 1));
      for (const node of served) this.targetsAt.set(node, [...(this.targetsAt.get(node) ?? []), target]);
      return served.size;
    });
  }

  /** Weight of the targets all of whose nodes are among the given, and of those with any. */
  weigh(nodes: readonly number[]): { lost: number; touched: number } {
    const hits = new Map<number, number>();
    for (const node of new Set(nodes)) {
      for (const target of this.targetsAt.get(node)!) hits.set(target, (hits.get(target) ?? 0) + 1);
    }
    const lost = [...hits].filter(([target, count]) => count === this.#nodeCount[target]).map(([target]) => target);
    return { lost: sumOf(lost, this.#weights), touched: sumOf(hits.keys(), this.#weights) };
  }
}

/** Step 2: every class taken as one risk; the rest of the spans lie together in risk 0, which is not looked at. */
function worstOfClasses(graph: NetworkGraph, targets: readonly Target[], weights: readonly number[]): Candidate {
  const isAlone = (edge: number) => edgesOfRisk(graph, graph.edgeRisk[edge]!).length === 1;
  const classes = cutClasses(graph)
    .map((edges) => edges.filter(isAlone))
    .filter((edges) => edges.length > 1);
  let worst = 0;
  let weight = 0;
  visitLostTargets(regrouped(graph, classes), targets, (risk, lost) => {
    const loss = risk === 0 ? 0 : sumOf(lost, weights);
    if (loss > weight) [worst, weight] = [risk, loss];
  });
  if (worst === 0) return { risks: [], weight: 0 };
  const edges = classes[worst - 1]!;
  const reached = reachedWithout(graph, new Set(edges));
  const atCore = edges.filter((edge) => reached[graph.edgeFrom[edge]!] !== reached[graph.edgeTo[edge]!]);
  return { risks: atCore.map((edge) => graph.edgeRisk[edge]!), weight };
}

/** The same graph with other risks: 0 for the edges of no class, n for class n - 1. */
function regrouped(graph: NetworkGraph, classes: readonly (readonly number[])[]): NetworkGraph {
  const edgeRisk = new Int32Array(graph.edgeCount);
  classes.forEach((edges, at) => {
    for (const edge of edges) edgeRisk[edge] = at + 1;
  });
  const rest = [...edgeRisk.keys()].filter((edge) => edgeRisk[edge] === 0);
  const lists = [rest, ...classes];
  const riskStart = new Int32Array(lists.length + 1);
  lists.forEach((edges, risk) => {
    riskStart[risk + 1] = riskStart[risk]! + edges.length;
  });
  const riskEdge = Int32Array.from(lists.flat());
  return { ...graph, riskCount: lists.length, edgeRisk, riskStart, riskEdge };
}

/**
 * Step 3. `bound` is the weight of the heaviest part that was not finished, 0 when all were. With nothing found so far the first
 * group that was not looked at stands for the pair: alone it loses nothing that counts, and nobody knows with what it would.
 */
function worstWithGroup(
  graph: NetworkGraph,
  targets: readonly Target[],
  weights: readonly number[],
  known: Candidate,
  budget: number,
): { best: Candidate; bound: number } {
  const parts = independentParts(graph, targets)
    .map((part) => ({ ...part, weight: sumOf(part.targets, weights) }))
    .sort((a, b) => b.weight - a.weight);
  let best = known;
  let bound = 0;
  let left = budget;
  let unfinished: number | null = null;
  for (const part of parts) {
    if (part.weight <= best.weight) break;
    for (const group of groupsOf(graph, part)) {
      if (part.weight <= best.weight) break;
      left -= part.edges.length;
      if (left < 0) {
        bound = Math.max(bound, part.weight);
        unfinished ??= group;
        break;
      }
      best = heavier(best, worstBeside(graph, part, group, targets, weights));
    }
  }
  if (best.risks.length === 0 && unfinished !== null) best = { risks: [unfinished], weight: 0 };
  return { best, bound: bound > best.weight ? bound : 0 };
}

/** Route groups of several spans in a part, the longest lists first: they do most harm. */
function groupsOf(graph: NetworkGraph, { edges }: NetworkPart): number[] {
  const risks = [...new Set(edges.map((edge) => graph.edgeRisk[edge]!))];
  const size = (risk: number) => edgesOfRisk(graph, risk).length;
  return risks.filter((risk) => size(risk) > 1).sort((a, b) => size(b) - size(a) || a - b);
}

/** The worst risk once a group has failed, with the group's own loss added. */
function worstBeside(
  graph: NetworkGraph,
  part: NetworkPart,
  group: number,
  targets: readonly Target[],
  weights: readonly number[],
): Candidate {
  const alone = sumOf(lostTargets(graph, targets, [group], part.targets), weights);
  const nodes = part.nodes.map((node) => graph.nodes[node]!);
  const spans = part.edges.filter((edge) => graph.edgeRisk[edge] !== group).map((edge) => graph.spans[edge]!);
  const rest = buildNetworkGraph(nodes, spans, ['operational', 'planned', 'decommissioned']).graph;
  const position = new Map(nodes.map((node, index) => [node.id, index]));
  const watched = part.targets.map((target) => ({
    ...targets[target]!,
    nodes: targets[target]!.nodes.map((node) => position.get(graph.nodes[node]!.id)!),
  }));
  let best: Candidate = { risks: [group], weight: alone };
  visitLostTargets(rest, watched, (risk, lost) => {
    const loss = alone + lost.reduce((sum, index) => sum + weights[part.targets[index]!]!, 0);
    if (loss <= best.weight) return;
    const edge = graph.edgeIndexBySpanId.get(rest.spans[rest.riskEdge[rest.riskStart[risk]!]!]!.id)!;
    best = { risks: [group, graph.edgeRisk[edge]!], weight: loss };
  });
  return best;
}

/** Targets (indices) that reach a core, and none without the risks. */
function lostTargets(
  graph: NetworkGraph,
  targets: readonly Target[],
  risks: readonly number[],
  among: Iterable<number> = targets.keys(),
): number[] {
  const before = reachedWithout(graph, new Set());
  const after = reachedWithout(graph, new Set(risks.flatMap((risk) => [...edgesOfRisk(graph, risk)])));
  const reaches = (target: number, reached: Uint8Array) => targets[target]!.nodes.some((node) => reached[node] === 1);
  return [...among].filter((target) => reaches(target, before) && !reaches(target, after));
}

function reachedWithout(graph: NetworkGraph, edges: ReadonlySet<number>): Uint8Array {
  const reached = graph.isCore.slice();
  const queue = [...reached.keys()].filter((node) => reached[node] === 1);
  for (const node of queue) {
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const neighbour = graph.arcNode[arc]!;
      if (reached[neighbour] === 1 || edges.has(graph.arcEdge[arc]!)) continue;
      reached[neighbour] = 1;
      queue.push(neighbour);
    }
  }
  return reached;
}

function heavier(one: Candidate, other: Candidate): Candidate {
  return other.weight > one.weight ? other : one;
}

function sumOf(targets: Iterable<number>, weights: readonly number[]): number {
  let sum = 0;
  for (const target of targets) sum += weights[target]!;
  return sum;
}
