/**
 * Two paths to the core that share no risk (no span, no route group), of least total length.
 *
 * The problem is NP-hard as soon as groups have several spans (J.-Q. Hu, "Diverse routing in optical mesh networks",
 * IEEE Trans. Commun. 51 (2003) 489–494), so it is solved in two steps:
 *
 * 1. the edge-disjoint pair of least length (`edge-disjoint.ts`). When its paths happen to share no group, it is the
 *    answer, and it is exact: every risk-disjoint pair is also edge-disjoint. This settles nearly every real case;
 * 2. otherwise branch and bound on conflicts: each path is the shortest under its own forbidden risks, and while the
 *    two share a risk, one of them must do without it, which gives two branches. The sum of both lengths is a lower
 *    bound, so the first pair without conflict, taken best first, is the shortest; when the branches run out there
 *    is no pair. Exact if it ends within the budget; beyond it the best pair found so far, marked as not proven.
 */

import { edgeDisjointPair } from './edge-disjoint.ts';
import { MinHeap } from './min-heap.ts';
import type { NetworkGraph } from './network-graph.ts';
import type { FoundPath, PathSearch } from './path-search.ts';
import { pathLengthM } from './shortest-paths.ts';

/** Branches tried per target before giving up the proof; small networks end long before. */
export const DEFAULT_PAIR_BUDGET = 2_000;

export interface PairResult {
  /** The shorter path first; null when none exists (or, if not `exact`, none was found). */
  pair: [FoundPath, FoundPath] | null;
  /** True when the answer is proven: this pair is the shortest, or there is none. */
  exact: boolean;
}

type Side = 0 | 1;

/** One branch: what each path must avoid, and the shortest paths under that. */
interface Branch {
  avoid: readonly [ReadonlySet<number>, ReadonlySet<number>];
  paths: readonly [FoundPath, FoundPath];
  totalM: number;
}

/** @param starts the nodes of the target; a target that is itself at a core has no pair and needs none */
export function riskDisjointPair(
  search: PathSearch,
  starts: readonly number[],
  budget = DEFAULT_PAIR_BUDGET,
): PairResult {
  const relaxed = edgeDisjointPair(search, starts);
  if (relaxed === null) return { pair: null, exact: true };
  if (sharedRisk(search.graph, relaxed[0], relaxed[1]) === -1) {
    return { pair: shorterFirst(search.graph, relaxed), exact: true };
  }
  return new ConflictSearch(search, starts).run(budget);
}

/** The risks of a path's edges. */
export function risksOfPath(graph: NetworkGraph, path: FoundPath): Set<number> {
  return new Set(path.edges.map((edge) => graph.edgeRisk[edge]!));
}

class ConflictSearch {
  #search: PathSearch;
  #starts: readonly number[];
  #forbidden: Uint8Array;
  #branches: Branch[] = [];
  #open = new MinHeap();
  #best: { pair: [FoundPath, FoundPath] | null; totalM: number } = { pair: null, totalM: Number.POSITIVE_INFINITY };

  constructor(search: PathSearch, starts: readonly number[]) {
    this.#search = search;
    this.#starts = starts;
    this.#forbidden = new Uint8Array(search.graph.riskCount);
  }

  run(budget: number): PairResult {
    const { graph } = this.#search;
    const shortest = this.#search.find(this.#starts);
    if (shortest === null) return { pair: null, exact: true };
    this.#file({ avoid: [new Set(), new Set()], paths: [shortest, shortest], totalM: 2 * this.#length(shortest) });
    for (let left = budget; this.#open.size > 0; left--) {
      const branch = this.#branches[this.#open.pop()]!;
      if (branch.totalM >= this.#best.totalM) break;
      if (left === 0) return { pair: this.#best.pair, exact: false };
      const conflict = sharedRisk(graph, branch.paths[0], branch.paths[1]);
      this.#divide(branch, conflict, 0);
      // At the root both sides are the same: the other branch is the mirror image.
      if (branch.paths[0] !== branch.paths[1]) this.#divide(branch, conflict, 1);
    }
    return { pair: this.#best.pair, exact: true };
  }

  /** Sends one side round the conflict and files the branch that results. */
  #divide(branch: Branch, conflict: number, side: Side): void {
    const avoid = new Set(branch.avoid[side]).add(conflict);
    const path = this.#findWithout(avoid);
    if (path === null) return;
    const other = branch.paths[side === 0 ? 1 : 0];
    this.#file({
      avoid: side === 0 ? [avoid, branch.avoid[1]] : [branch.avoid[0], avoid],
      paths: side === 0 ? [path, other] : [other, path],
      totalM: this.#length(path) + this.#length(other),
    });
    const partner = this.#findWithout(risksOfPath(this.#search.graph, path));
    if (partner !== null) this.#offer(path, partner);
  }

  #file(branch: Branch): void {
    if (branch.totalM >= this.#best.totalM) return;
    if (sharedRisk(this.#search.graph, branch.paths[0], branch.paths[1]) === -1) {
      this.#offer(branch.paths[0], branch.paths[1]);
      return;
    }
    this.#open.push(branch.totalM, this.#branches.push(branch) - 1);
  }

  #offer(one: FoundPath, other: FoundPath): void {
    const totalM = this.#length(one) + this.#length(other);
    if (totalM < this.#best.totalM) {
      this.#best = { pair: shorterFirst(this.#search.graph, [one, other]), totalM };
    }
  }

  #findWithout(risks: ReadonlySet<number>): FoundPath | null {
    for (const risk of risks) this.#forbidden[risk] = 1;
    const path = this.#search.find(this.#starts, { forbidden: this.#forbidden });
    for (const risk of risks) this.#forbidden[risk] = 0;
    return path;
  }

  #length(path: FoundPath): number {
    return pathLengthM(this.#search.graph, path.edges);
  }
}

/** A risk both paths use, route groups before single spans; -1 when they share none. */
function sharedRisk(graph: NetworkGraph, one: FoundPath, other: FoundPath): number {
  const risks = risksOfPath(graph, one);
  let shared = -1;
  for (const edge of other.edges) {
    const risk = graph.edgeRisk[edge]!;
    if (!risks.has(risk)) continue;
    if (graph.riskGroup[risk] !== null) return risk;
    shared = risk;
  }
  return shared;
}

function shorterFirst(graph: NetworkGraph, pair: [FoundPath, FoundPath]): [FoundPath, FoundPath] {
  const [one, other] = pair;
  return pathLengthM(graph, one.edges) <= pathLengthM(graph, other.edges) ? [one, other] : [other, one];
}
