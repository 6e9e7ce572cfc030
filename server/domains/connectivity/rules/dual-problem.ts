/**
 * What has to be done to make targets `dual`, in a form small enough to search: blocks of the network that no single risk
 * takes apart become one place each (new spans cannot change that), all cores together are place 0, and ends of the network
 * without a target or a candidate are left out.
 */
import type { CandidateLine } from './candidate-lines.ts';
import type { NetworkGraph } from './network-graph.ts';
import { riskBlocks } from './risk-blocks.ts';
import type { Target } from './targets.ts';

/** The core's place. */
export const CORE = 0;

export interface ProblemEdge {
  a: number;
  b: number;
  /** What it fails with: a number shared with all edges that fail at once. */
  risk: number;
}

export interface ProblemCandidate extends ProblemEdge {
  cost: number;
}

export interface DualProblem {
  placeCount: number;
  edges: ProblemEdge[];
  candidates: ProblemCandidate[];
  /** Places of each target; one in place 0 is safe already. */
  targets: number[][];
  riskCount: number;
  /** Some risk has several edges: the bounds of tree augmentation do not hold. */
  hasGroups: boolean;
}

/** A target that fails, and the places cut off with it, when a risk fails (or none, -1). */
export interface Violation {
  risk: number;
  target: number;
  /** 1 for each place cut off together with the target's places. */
  side: Uint8Array;
}

/** A target that no node serves may be a place of its own, by an id that candidates can end at. */
export interface PlannedTarget extends Target {
  place_id?: number;
}

/** Candidate ends are node ids of the graph, or ids of other places (junctions, places not on the network). */
export function dualProblem(
  graph: NetworkGraph,
  targets: readonly PlannedTarget[],
  candidates: readonly CandidateLine[],
): DualProblem {
  const places = new Places(graph);
  const groupRisk = new Map<string, number>();
  let riskCount = graph.riskCount;
  const candidateEdges = candidates.map((line): ProblemCandidate => {
    const group = line.route_group?.trim() || null;
    const known = group === null ? undefined : (graph.riskIndexByGroup.get(group) ?? groupRisk.get(group));
    const risk = known ?? riskCount++;
    if (group !== null && known === undefined) groupRisk.set(group, risk);
    return { a: places.ofId(line.a), b: places.ofId(line.b), risk, cost: line.cost };
  });
  const edges = Array.from(graph.edgeRisk, (risk, edge): ProblemEdge => {
    return { a: places.ofNode(graph.edgeFrom[edge]!), b: places.ofNode(graph.edgeTo[edge]!), risk };
  }).filter(({ a, b }) => a !== b);
  const targetPlaces = targets.map(({ nodes, place_id }) =>
    nodes.length === 0 && place_id !== undefined
      ? [places.ofId(place_id)]
      : [...new Set(nodes.map((node) => places.ofNode(node)))],
  );
  const kept = withoutIdleEnds(places.count, edges, [
    CORE,
    ...targetPlaces.flat(),
    ...candidateEdges.flatMap(({ a, b }) => [a, b]),
  ]);
  const risks = new Set([...kept, ...candidateEdges].map(({ risk }) => risk));
  return {
    placeCount: places.count,
    edges: kept,
    candidates: candidateEdges,
    targets: targetPlaces,
    riskCount,
    hasGroups: risks.size < kept.length + candidateEdges.length,
  };
}

/** Gives every block, and every place that is no node, a number. */
class Places {
  count = 1;
  #graph: NetworkGraph;
  #ofBlock = new Map<number, number>();
  #ofOther = new Map<number, number>();
  #block: Int32Array;

  constructor(graph: NetworkGraph) {
    this.#graph = graph;
    this.#block = riskBlocks(graph).block;
    for (const [node, core] of graph.isCore.entries()) if (core === 1) this.#ofBlock.set(this.#block[node]!, CORE);
  }

  ofNode(node: number): number {
    return this.#numbered(this.#ofBlock, this.#block[node]!);
  }

  ofId(id: number): number {
    const node = this.#graph.nodeIndexById.get(id);
    return node === undefined ? this.#numbered(this.#ofOther, id) : this.ofNode(node);
  }

  #numbered(numbers: Map<number, number>, key: number): number {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, this.count);
    return this.count++;
  }
}

/** Takes away dead ends at places nobody asks for, again and again. */
function withoutIdleEnds(placeCount: number, edges: readonly ProblemEdge[], used: readonly number[]): ProblemEdge[] {
  const keep = new Uint8Array(placeCount);
  for (const place of used) keep[place] = 1;
  const edgesAt = Array.from({ length: placeCount }, (): Set<ProblemEdge> => new Set());
  for (const edge of edges) for (const end of [edge.a, edge.b]) edgesAt[end]!.add(edge);
  const gone = new Set<ProblemEdge>();
  const queue = [...edgesAt.keys()];
  for (const place of queue) {
    if (keep[place] === 1 || edgesAt[place]!.size !== 1) continue;
    const [edge] = edgesAt[place]!;
    gone.add(edge!);
    for (const end of [edge!.a, edge!.b]) {
      edgesAt[end]!.delete(edge!);
      if (end !== place) queue.push(end);
    }
  }
  return edges.filter((edge) => !gone.has(edge));
}

/** Walks a {@link DualProblem} with some candidates built; scratch arrays are made once. */
export class DualCheck {
  readonly problem: DualProblem;
  #start: Int32Array;
  #arcs: Int32Array;
  /** Built candidates at each place as a chain: entry 2n or 2n + 1 is an end of candidate n, -1 ends the chain. */
  #firstBuilt: Int32Array;
  #nextBuilt: Int32Array;
  #seen: Int32Array;
  #queue: Int32Array;
  #generation = 0;

  constructor(problem: DualProblem) {
    this.problem = problem;
    this.#start = new Int32Array(problem.placeCount + 1);
    for (const { a, b } of problem.edges) for (const end of [a, b]) this.#start[end + 1]!++;
    for (let place = 0; place < problem.placeCount; place++) this.#start[place + 1]! += this.#start[place]!;
    const next = this.#start.slice();
    this.#arcs = new Int32Array(2 * problem.edges.length);
    problem.edges.forEach(({ a, b }, edge) => {
      for (const end of [a, b]) this.#arcs[next[end]!++] = edge;
    });
    this.#firstBuilt = new Int32Array(problem.placeCount);
    this.#nextBuilt = new Int32Array(2 * problem.candidates.length);
    this.#seen = new Int32Array(problem.placeCount);
    this.#queue = new Int32Array(problem.placeCount);
  }

  /** Every way in which a wanted target fails; at most `limit`. The whole network without any failure (-1) is looked at first. */
  violations(built: Uint8Array, wanted: readonly number[], limit = Number.POSITIVE_INFINITY): Violation[] {
    const { targets } = this.problem;
    this.#build(built);
    const found: Violation[] = [];
    for (const risk of this.#risks(built)) {
      this.#flood([CORE], risk);
      const failed = wanted.filter((target) =>
        targets[target]!.every((place) => this.#seen[place] !== this.#generation),
      );
      const sides: Uint8Array[] = [];
      for (const target of failed) {
        const first = targets[target]![0];
        // Targets cut off together need the same thing: one of them says it.
        if (first !== undefined && targets[target]!.length === 1 && sides.some((side) => side[first] === 1)) continue;
        const side = this.#sideOf(targets[target]!, risk);
        sides.push(side);
        found.push({ risk, target, side });
        if (found.length >= limit) return found;
      }
    }
    return found;
  }

  /** The targets that are not `dual`. */
  failing(built: Uint8Array): Set<number> {
    const failing = new Set<number>();
    this.#build(built);
    for (const risk of this.#risks(built)) {
      this.#flood([CORE], risk);
      this.problem.targets.forEach((places, target) => {
        if (places.every((place) => this.#seen[place] !== this.#generation)) failing.add(target);
      });
    }
    return failing;
  }

  isDual(built: Uint8Array, wanted: readonly number[]): boolean {
    return this.violations(built, wanted, 1).length === 0;
  }

  /** 1 for every place that can be reached from the given ones while a risk has failed. */
  side(places: readonly number[], built: Uint8Array, risk: number): Uint8Array {
    this.#build(built);
    return this.#sideOf(places, risk);
  }

  #sideOf(places: readonly number[], risk: number): Uint8Array {
    this.#flood(places, risk);
    return Uint8Array.from(this.#seen, (generation) => (generation === this.#generation ? 1 : 0));
  }

  #build(built: Uint8Array): void {
    this.#firstBuilt.fill(-1);
    this.problem.candidates.forEach(({ a, b }, at) => {
      if (built[at] !== 1) return;
      this.#nextBuilt[2 * at] = this.#firstBuilt[a]!;
      this.#firstBuilt[a] = 2 * at;
      this.#nextBuilt[2 * at + 1] = this.#firstBuilt[b]!;
      this.#firstBuilt[b] = 2 * at + 1;
    });
  }

  /** No failure, then every risk that something stands under. */
  #risks(built: Uint8Array): Set<number> {
    const { edges, candidates } = this.problem;
    const risks = new Set([-1, ...edges.map(({ risk }) => risk)]);
    candidates.forEach(({ risk }, at) => {
      if (built[at] === 1) risks.add(risk);
    });
    return risks;
  }

  #flood(places: readonly number[], failed: number): void {
    const { edges, candidates } = this.problem;
    const generation = ++this.#generation;
    let tail = 0;
    const reach = (place: number) => {
      if (this.#seen[place] === generation) return;
      this.#seen[place] = generation;
      this.#queue[tail++] = place;
    };
    for (const place of places) reach(place);
    for (let head = 0; head < tail; head++) {
      const place = this.#queue[head]!;
      for (let arc = this.#start[place]!; arc < this.#start[place + 1]!; arc++) {
        const { a, b, risk } = edges[this.#arcs[arc]!]!;
        if (risk !== failed) reach(a === place ? b : a);
      }
      for (let end = this.#firstBuilt[place]!; end !== -1; end = this.#nextBuilt[end]!) {
        const { a, b, risk } = candidates[end >> 1]!;
        if (risk !== failed) reach(a === place ? b : a);
      }
    }
  }
}

/** Of the given candidates, in their order, those that lead out of a violated side and do not fail with the risk. */
export function waysOut({ candidates }: DualProblem, { side, risk }: Violation, among: readonly number[]): number[] {
  return among.filter((at) => {
    const candidate = candidates[at]!;
    return candidate.risk !== risk && side[candidate.a] !== side[candidate.b];
  });
}
