/**
 * The two paths to the core that share least, in this order: fewest risks (spans, route groups), fewest spans, least total
 * length. Where two paths without a common risk exist, these are the shortest such pair; where only edge-disjoint ones do, the
 * pair in the fewest common ducts; behind a bridge, the pair that has the bridge in common and nothing else.
 *
 * Two paths without a common risk are NP-hard to find as soon as groups have several spans (J.-Q. Hu, "Diverse routing in
 * optical mesh networks", IEEE Trans. Commun. 51 (2003) 489–494), so it is done in two steps:
 *
 * 1. the pair of fewest common spans (`edge-disjoint.ts`). When its paths share no risk but those that isolate the target and
 *    are on every path, it is the answer, and exact: no pair has fewer risks, fewer spans or is shorter. This settles nearly
 *    every real case;
 * 2. otherwise branch and bound on conflicts: each path is the shortest under what it has to avoid, and while the two share a
 *    risk (or, within a risk they may share, a span), one of them must do without it, or both are allowed it at its price:
 *    three branches. What was allowed and the sum of both lengths are a lower bound, so the first pair without conflict, taken
 *    best first, is the best. Exact if it ends within the budget; beyond it the best pair found so far, marked as not proven.
 */

import { mostEdgeDisjointPair } from './edge-disjoint.ts';
import { MinHeap } from './min-heap.ts';
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import type { FoundPath, PathSearch } from './path-search.ts';
import { pathLengthM } from './shortest-paths.ts';

/** Branches tried per target before giving up the proof; small networks end long before. */
export const DEFAULT_PAIR_BUDGET = 2_000;

export interface PairResult {
  /** The shorter path first; null when there are no two different paths. */
  pair: [FoundPath, FoundPath] | null;
  /** The risks that both paths use, in order along the first. */
  shared: number[];
  /** True when it is proven that no pair is better. */
  exact: boolean;
}

/**
 * @param starts the nodes of the target; a target that is itself at a core has no pair and needs none
 * @param isolating the risks that isolate the target (`shared-risk.ts`): every path uses them
 */
export function leastSharedPair(
  search: PathSearch,
  starts: readonly number[],
  isolating: readonly number[],
  budget = DEFAULT_PAIR_BUDGET,
): PairResult {
  const known = mostEdgeDisjointPair(search, starts);
  if (known === null) return { pair: null, shared: [], exact: true };
  const answer = answerOf(search.graph, known, true);
  if (answer.shared.length === isolating.length) return answer;
  const { pair, exact } = new ConflictSearch(search, starts, isolating, known).run(budget);
  return answerOf(search.graph, pair, exact);
}

/** The risks of a path's edges. */
export function risksOfPath(graph: NetworkGraph, path: FoundPath): Set<number> {
  return new Set(path.edges.map((edge) => graph.edgeRisk[edge]!));
}

type Pair = readonly [FoundPath, FoundPath];
type Side = 0 | 1;

/** What a pair shares: the number of risks, then spans and length in one number (`#score`). */
interface Cost {
  risks: number;
  score: number;
}

/**
 * One branch: what each path must avoid, what both may use, and the shortest paths under that. Risks are named by their number,
 * spans by riskCount + edge.
 */
interface Branch extends Cost {
  avoid: readonly [ReadonlySet<number>, ReadonlySet<number>];
  allowed: ReadonlySet<number>;
  allowedSpans: number;
  paths: Pair;
}

/** So many times a span in common a risk in common weighs in the search of a partner. */
const RISK_PENALTY = 50;

class ConflictSearch {
  #search: PathSearch;
  #graph: NetworkGraph;
  #starts: readonly number[];
  #isolating: ReadonlySet<number>;
  #best: Cost & { pair: Pair };
  /** No pair scores less: the first one known has the fewest spans in common and is the shortest of those. */
  #leastScore: number;
  #branches: Branch[] = [];
  /** By the number of risks allowed beyond those that isolate. */
  #open: MinHeap[] = [];
  #forbidden: Uint8Array;
  #closed: Uint8Array;
  #penalty: Uint8Array;

  constructor(search: PathSearch, starts: readonly number[], isolating: readonly number[], known: Pair) {
    this.#search = search;
    this.#graph = search.graph;
    this.#starts = starts;
    this.#isolating = new Set(isolating);
    this.#best = { pair: known, ...this.#costOf(known) };
    this.#leastScore = this.#best.score;
    this.#forbidden = new Uint8Array(search.graph.riskCount);
    this.#closed = new Uint8Array(search.graph.edgeCount);
    this.#penalty = new Uint8Array(search.graph.edgeCount);
  }

  run(budget: number): { pair: Pair; exact: boolean } {
    this.#fileRoot();
    for (let left = budget; ; left--) {
      const branch = this.#next();
      if (branch === null || !this.#isBetter(branch)) return { pair: this.#best.pair, exact: true };
      if (left === 0) return { pair: this.#best.pair, exact: false };
      const conflict = this.#conflict(branch.paths, branch.allowed);
      this.#detour(branch, conflict, 0);
      // While both sides are the same, the other branch is the mirror image.
      if (branch.paths[0] !== branch.paths[1]) this.#detour(branch, conflict, 1);
      this.#file(this.#allow(branch, conflict));
    }
  }

  /** Both paths the shortest, allowed to share what no path can avoid. */
  #fileRoot(): void {
    const shortest = this.#search.find(this.#starts)!;
    let root: Branch = {
      avoid: [new Set(), new Set()],
      allowed: new Set(),
      allowedSpans: 0,
      paths: [shortest, shortest],
      risks: 0,
      score: 0,
    };
    for (const risk of this.#isolating) root = this.#allow(root, risk);
    this.#file(root);
  }

  #next(): Branch | null {
    const heap = this.#open.find(({ size }) => size > 0);
    return heap === undefined ? null : this.#branches[heap.pop()]!;
  }

  /** Sends one side round the conflict. */
  #detour(branch: Branch, conflict: number, side: Side): void {
    const avoid = new Set(branch.avoid[side]).add(conflict);
    const path = this.#findWithout(avoid);
    if (path === null) return;
    const other = branch.paths[side === 0 ? 1 : 0];
    this.#file({
      ...branch,
      avoid: side === 0 ? [avoid, branch.avoid[1]] : [branch.avoid[0], avoid],
      paths: side === 0 ? [path, other] : [other, path],
    });
    // For the case that the budget ends it; best first needs no such help.
    if (this.#best.risks > this.#isolating.size) this.#offer([path, this.#partnerOf(path)]);
  }

  /** Lets both sides use a risk or a span. A risk of one span is the span. */
  #allow(branch: Branch, key: number): Branch {
    const { riskCount } = this.#graph;
    const allowed = new Set(branch.allowed).add(key);
    if (key >= riskCount) return { ...branch, allowed, allowedSpans: branch.allowedSpans + 1 };
    const [edge, further] = edgesOfRisk(this.#graph, key);
    if (further === undefined) allowed.add(riskCount + edge!);
    const allowedSpans = branch.allowedSpans + (further === undefined ? 1 : 0);
    return { ...branch, allowed, allowedSpans, risks: branch.risks + 1 };
  }

  #file(branch: Branch): void {
    const score = Math.max(this.#score(branch.allowedSpans, branch.paths), this.#leastScore);
    if (!this.#isBetter({ risks: branch.risks, score })) return;
    if (this.#conflict(branch.paths, branch.allowed) === -1) return this.#offer(branch.paths);
    const level = branch.risks - this.#isolating.size;
    while (this.#open.length <= level) this.#open.push(new MinHeap());
    this.#open[level]!.push(score, this.#branches.push({ ...branch, score }) - 1);
  }

  #offer(pair: Pair): void {
    const cost = this.#costOf(pair);
    if (this.#isBetter(cost)) this.#best = { pair, ...cost };
  }

  #isBetter({ risks, score }: Cost): boolean {
    return risks < this.#best.risks || (risks === this.#best.risks && score < this.#best.score);
  }

  #costOf(pair: Pair): Cost {
    const used = new Set(pair[0].edges);
    const spans = pair[1].edges.filter((edge) => used.has(edge)).length;
    return { risks: sharedRisks(this.#graph, ...pair).length, score: this.#score(spans, pair) };
  }

  /** Spans in common first, then the total length. */
  #score(spans: number, [one, other]: Pair): number {
    const totalM = pathLengthM(this.#graph, one.edges) + pathLengthM(this.#graph, other.edges);
    return spans * (2 * this.#search.totalLengthM + 1) + totalM;
  }

  /** A risk both paths use without being allowed it, groups first; else such a span; -1 when there is none. */
  #conflict([one, other]: Pair, allowed: ReadonlySet<number>): number {
    const { edgeRisk, riskCount } = this.#graph;
    const used = new Set(one.edges);
    const risks = risksOfPath(this.#graph, one);
    let conflict = -1;
    for (const edge of other.edges) {
      const risk = edgeRisk[edge]!;
      if (!risks.has(risk)) continue;
      if (!allowed.has(risk)) {
        if (edgesOfRisk(this.#graph, risk).length > 1) return risk;
        conflict = risk;
      } else if (conflict === -1 && used.has(edge) && !allowed.has(riskCount + edge)) conflict = riskCount + edge;
    }
    return conflict;
  }

  #findWithout(keys: ReadonlySet<number>): FoundPath | null {
    this.#mark(keys, 1);
    const path = this.#search.find(this.#starts, { forbidden: this.#forbidden, closed: this.#closed });
    this.#mark(keys, 0);
    return path;
  }

  #mark(keys: ReadonlySet<number>, flag: 0 | 1): void {
    const { riskCount } = this.#graph;
    for (const key of keys) {
      if (key < riskCount) this.#forbidden[key] = flag;
      else this.#closed[key - riskCount] = flag;
    }
  }

  /** A path that shares little with the given one; a risk is counted as often as it is met, so not always the least. */
  #partnerOf(path: FoundPath): FoundPath {
    const risks = [...risksOfPath(this.#graph, path)].filter((risk) => !this.#isolating.has(risk));
    for (const risk of risks) for (const edge of edgesOfRisk(this.#graph, risk)) this.#penalty[edge] = RISK_PENALTY;
    for (const edge of path.edges) this.#penalty[edge]!++;
    const partner = this.#search.find(this.#starts, { penalty: this.#penalty })!;
    for (const edge of path.edges) this.#penalty[edge] = 0;
    for (const risk of risks) for (const edge of edgesOfRisk(this.#graph, risk)) this.#penalty[edge] = 0;
    return partner;
  }
}

function sharedRisks(graph: NetworkGraph, one: FoundPath, other: FoundPath): number[] {
  const risks = risksOfPath(graph, other);
  const shared = one.edges.map((edge) => graph.edgeRisk[edge]!).filter((risk) => risks.has(risk));
  return [...new Set(shared)];
}

/** The shorter path first. */
function answerOf(graph: NetworkGraph, [one, other]: Pair, exact: boolean): PairResult {
  const isInOrder = pathLengthM(graph, one.edges) <= pathLengthM(graph, other.edges);
  const pair: [FoundPath, FoundPath] = isInOrder ? [one, other] : [other, one];
  return { pair, shared: sharedRisks(graph, ...pair), exact };
}
