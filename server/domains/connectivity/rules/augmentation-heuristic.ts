/**
 * A good plan to make targets dual, and a bound below which no plan lies. In order:
 *
 * A. targets without any connection are joined by a Steiner tree (`steiner.ts`);
 * B. route groups left aside, the network with its two-edge-connected blocks drawn together is a tree; its edges above targets
 *    are covered by links (`tree-augmentation.ts`). Ways through places off the network count as one link;
 * C. whatever a risk still isolates (groups) gets the cheapest way round it, one after the other;
 * D. what has become superfluous is taken out again, the most expensive first.
 *
 * C alone is tried too, and the cheaper plan wins. Guarantee without groups and with one place per target: B costs at most
 * twice the least, four times if links lead through places off the network (a way for each end of a tree of new lines); A adds
 * at most twice the least.
 */
import { graphStructure } from './bridges.ts';
import { CORE, type DualCheck, type DualProblem, type ProblemEdge } from './dual-problem.ts';
import { MinHeap } from './min-heap.ts';
import { buildNetworkGraph, type NetworkGraph } from './network-graph.ts';
import { steinerTree } from './steiner.ts';
import { coverTree, type TreeLink } from './tree-augmentation.ts';

export interface HeuristicPlan {
  /** 1 for each candidate to build. */
  built: Uint8Array;
  cost: number;
  lower_bound: number;
  /** Proven ratio of the method; null when there is none. */
  factor: number | null;
}

/** @param wanted targets that can become dual with all candidates built */
export function heuristicPlan(check: DualCheck, wanted: readonly number[]): HeuristicPlan {
  const { problem } = check;
  const careful = new Uint8Array(problem.candidates.length);
  const joined = joinTargets(check, wanted, careful);
  const covered = coverBridges(problem, wanted, careful);
  repair(check, wanted, careful);
  const greedy = new Uint8Array(problem.candidates.length);
  repair(check, wanted, greedy);
  for (const built of [careful, greedy]) takeOutSuperfluous(check, wanted, built);
  const built = costOf(problem, greedy) < costOf(problem, careful) ? greedy : careful;
  const isBounded = !problem.hasGroups && wanted.every((target) => problem.targets[target]!.length === 1);
  const lower_bound = isBounded ? Math.max(joined.lower_bound, covered.lower_bound) : 0;
  const factor = isBounded ? joined.factor + covered.factor : null;
  return { built, cost: costOf(problem, built), lower_bound, factor };
}

/** Step A. The cost is at most `factor` times the least. */
function joinTargets(
  check: DualCheck,
  wanted: readonly number[],
  built: Uint8Array,
): { lower_bound: number; factor: number } {
  const { problem } = check;
  const connected = check.side([CORE], built, -1);
  const apart = wanted.filter((target) => problem.targets[target]!.every((place) => connected[place] !== 1));
  if (apart.length === 0) return { lower_bound: 0, factor: 0 };
  const edges = [...problem.edges.map((edge) => ({ ...edge, cost: 0 })), ...problem.candidates];
  const tree = steinerTree(problem.placeCount, edges, [CORE, ...apart.map((target) => problem.targets[target]![0]!)]);
  for (const edge of tree.edges) if (edge >= problem.edges.length) built[edge - problem.edges.length] = 1;
  return { lower_bound: tree.lower_bound, factor: 2 };
}

/** Step B. */
function coverBridges(
  problem: DualProblem,
  wanted: readonly number[],
  built: Uint8Array,
): { lower_bound: number; factor: number } {
  const tree = neededTree(problem, wanted, built);
  const { links, passesOutside } = linksBetween(problem, built, tree.nodeOf);
  const cover = coverTree(tree.parent, tree.order, links);
  if (cover === null) return { lower_bound: 0, factor: 2 };
  for (const link of cover.links) for (const at of links[link]!.candidates) built[at] = 1;
  return passesOutside
    ? { lower_bound: cover.lower_bound / 2, factor: 4 }
    : { lower_bound: cover.lower_bound, factor: 2 };
}

interface NeededTree {
  parent: number[];
  order: number[];
  /** Node of the tree for each place, -1 for places not connected to the core. */
  nodeOf: Int32Array;
}

/** The tree of blocks, with everything drawn together that no wanted target hangs below. */
function neededTree(problem: DualProblem, wanted: readonly number[], built: Uint8Array): NeededTree {
  const graph = placeGraph(problem, built);
  const { block, blockCount, isBridge, component } = graphStructure(graph);
  const parent = Array.from({ length: blockCount }, () => -1);
  const bridgesAt = Array.from({ length: blockCount }, (): number[] => []);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isBridge[edge] === 0) continue;
    const [a, b] = [block[graph.edgeFrom[edge]!]!, block[graph.edgeTo[edge]!]!];
    bridgesAt[a]!.push(b);
    bridgesAt[b]!.push(a);
  }
  const root = block[CORE]!;
  parent[root] = root;
  const order = [root];
  for (const node of order) {
    for (const other of bridgesAt[node]!) {
      if (parent[other] !== -1) continue;
      parent[other] = node;
      order.push(other);
    }
  }
  const needed = new Uint8Array(blockCount);
  needed[root] = 1;
  for (const target of wanted) for (const place of problem.targets[target]!) needed[block[place]!] = 1;
  for (const node of order.toReversed()) if (needed[node] === 1 && parent[node] !== -1) needed[parent[node]!] = 1;
  const into = Array.from({ length: blockCount }, (_, node) => node);
  for (const node of order) if (needed[node] === 0) into[node] = into[parent[node]!]!;
  const nodeOf = Int32Array.from(block, (of, place) => (component[place] === component[CORE] ? into[of]! : -1));
  return { parent, order: order.filter((node) => needed[node] === 1), nodeOf };
}

/** Places as nodes and built candidates as edges; every edge its own risk. */
function placeGraph(problem: DualProblem, built: Uint8Array): NetworkGraph {
  const edges: ProblemEdge[] = [...problem.edges, ...problem.candidates.filter((_, at) => built[at] === 1)];
  const base = { serves_unit_code: null, lon: null, lat: null, kind: 'joint' as const };
  const nodes = Array.from({ length: problem.placeCount }, (_, id) => ({ ...base, id, code: '' }));
  const spans = edges.map(({ a, b }, id) => ({
    id,
    start_node_id: a,
    end_node_id: b,
    length_m: 0,
    route_group: null,
    status: 'operational' as const,
  }));
  return buildNetworkGraph(nodes, spans).graph;
}

interface Link extends TreeLink {
  candidates: number[];
}

/** Candidates between connected places, and cheapest ways between them through places that are not. */
function linksBetween(
  problem: DualProblem,
  built: Uint8Array,
  nodeOf: Int32Array,
): { links: Link[]; passesOutside: boolean } {
  const open = Array.from(problem.candidates.keys()).filter((at) => built[at] === 0);
  const isOutside = (place: number) => nodeOf[place] === -1;
  const direct = open.filter((at) => !isOutside(problem.candidates[at]!.a) && !isOutside(problem.candidates[at]!.b));
  const links = direct.map((at): Link => {
    const { a, b, cost } = problem.candidates[at]!;
    return { u: nodeOf[a]!, v: nodeOf[b]!, cost, candidates: [at] };
  });
  const rim = new Set(
    open.flatMap((at) => {
      const { a, b } = problem.candidates[at]!;
      return isOutside(a) === isOutside(b) ? [] : [isOutside(a) ? b : a];
    }),
  );
  const walk = new WayFinder(problem);
  let passesOutside = false;
  for (const from of rim) {
    const mayPass = (place: number) => place === from || isOutside(place);
    const ways = walk.from([from], (at) => built[at] === 0, mayPass, -1);
    for (const to of rim) {
      if (to <= from || nodeOf[to] === nodeOf[from] || !Number.isFinite(ways.costTo(to))) continue;
      passesOutside = true;
      links.push({ u: nodeOf[from]!, v: nodeOf[to]!, cost: ways.costTo(to), candidates: ways.candidatesTo(to) });
    }
  }
  return { links: links.filter(({ u, v }) => u !== v), passesOutside };
}

/** Step C. Every round mends what one risk isolates, and building never harms: it ends. */
function repair(check: DualCheck, wanted: readonly number[], built: Uint8Array): void {
  const walk = new WayFinder(check.problem);
  for (let [broken] = check.violations(built, wanted, 1); broken; [broken] = check.violations(built, wanted, 1)) {
    const ways = walk.from(
      check.problem.targets[broken.target]!,
      () => true,
      () => true,
      broken.risk,
      built,
    );
    for (const at of ways.candidatesTo(CORE)) built[at] = 1;
  }
}

/** Step D. */
function takeOutSuperfluous(check: DualCheck, wanted: readonly number[], built: Uint8Array): void {
  const { candidates } = check.problem;
  const order = [...built.keys()].filter((at) => built[at] === 1);
  order.sort((a, b) => candidates[b]!.cost - candidates[a]!.cost || a - b);
  for (const at of order) {
    built[at] = 0;
    if (!check.isDual(built, wanted)) built[at] = 1;
  }
}

function costOf({ candidates }: DualProblem, built: Uint8Array): number {
  return candidates.reduce((sum, { cost }, at) => sum + (built[at] === 1 ? cost : 0), 0);
}

/** Cheapest ways over existing edges (free) and candidates (free once built). */
class WayFinder {
  #problem: DualProblem;
  #edges: readonly (ProblemEdge & { cost?: number })[];
  #edgesAt: number[][];

  constructor(problem: DualProblem) {
    this.#problem = problem;
    this.#edges = [...problem.edges, ...problem.candidates];
    this.#edgesAt = Array.from({ length: problem.placeCount }, () => []);
    this.#edges.forEach(({ a, b }, edge) => {
      this.#edgesAt[a]!.push(edge);
      this.#edgesAt[b]!.push(edge);
    });
  }

  from(
    starts: readonly number[],
    mayUse: (candidate: number) => boolean,
    mayPass: (place: number) => boolean,
    failed: number,
    built?: Uint8Array,
  ): { costTo: (place: number) => number; candidatesTo: (place: number) => number[] } {
    const first = this.#problem.edges.length;
    const cost = new Float64Array(this.#problem.placeCount).fill(Number.POSITIVE_INFINITY);
    const via = new Int32Array(this.#problem.placeCount).fill(-1);
    const heap = new MinHeap();
    for (const start of starts) {
      cost[start] = 0;
      heap.push(0, start);
    }
    const settled = new Uint8Array(this.#problem.placeCount);
    while (heap.size > 0) {
      const place = heap.pop();
      if (settled[place] === 1 || !mayPass(place)) continue;
      settled[place] = 1;
      for (const edge of this.#edgesAt[place]!) {
        const { a, b, risk } = this.#edges[edge]!;
        const other = a === place ? b : a;
        if (risk === failed || (edge >= first && !mayUse(edge - first))) continue;
        const isFree = edge < first || built?.[edge - first] === 1;
        const through = cost[place]! + (isFree ? 0 : this.#edges[edge]!.cost!);
        if (through >= cost[other]!) continue;
        cost[other] = through;
        via[other] = edge;
        heap.push(through, other);
      }
    }
    const candidatesTo = (to: number): number[] => {
      const used: number[] = [];
      for (let place = to; via[place] !== -1; ) {
        const edge = via[place]!;
        if (edge >= first) used.push(edge - first);
        place = this.#edges[edge]!.a === place ? this.#edges[edge]!.b : this.#edges[edge]!.a;
      }
      return used;
    };
    return { costTo: (place) => cost[place]!, candidatesTo };
  }
}
