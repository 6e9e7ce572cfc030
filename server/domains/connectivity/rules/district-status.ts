/**
 * How well each target (district centre, commune centre, site) is connected to the core, and by which paths.
 *
 * Status is decided by cuts, not by paths:
 * - `none`: no core is reached;
 * - `single`: some one risk (a span or a whole route group) isolates it;
 * - `dual`: no single risk does.
 *
 * Without route groups "no single cut isolates it" and "two disjoint paths exist" are the same (Menger). With route
 * groups they are not: three cables leave A for the core through ducts {p, q}, {q, r} and {r, p}. Whatever single
 * duct is dug up, one cable survives, so A is `dual`; yet any two of the cables share a duct, so no pair of paths
 * is free of common risk and no protection scheme with two fixed paths survives every cut (it must reroute).
 * `paths_disjoint` tells the two apart; `paths_exact` tells whether that was proven (see `risk-disjoint.ts`).
 */
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { type FoundPath, PathSearch } from './path-search.ts';
import { DEFAULT_PAIR_BUDGET, riskDisjointPair, risksOfPath } from './risk-disjoint.ts';
import { describeRisk, isolatingRisks, type Risk, visitLostTargets } from './shared-risk.ts';
import { type CoreDistances, coreDistances, nearestNode, pathLengthM } from './shortest-paths.ts';
import type { Target } from './targets.ts';

export type ConnectivityStatus = 'none' | 'single' | 'dual';

/** A path in order from the target to the core. */
export interface ConnectivityPath {
  span_ids: number[];
  /** Cable length, to the metre. */
  length_km: number;
  /** Number of spans. */
  hops: number;
  /** Code of the core node it ends at. */
  core: string;
}

export interface TargetConnectivity {
  code: string;
  name: string;
  status: ConnectivityStatus;
  /** The shortest way to the core, to the metre; null when there is none. It may be shorter than both paths of a pair. */
  length_km: number | null;
  /** The risks that isolate it, in order from the target to the core; empty unless `single`. */
  bridges: Risk[];
  /**
   * At most two. A risk-disjoint pair (least total length) if one was found, the shorter first; otherwise the
   * shortest path and, if there is another, one that shares as few of its spans and risks as possible.
   */
  paths: ConnectivityPath[];
  /** The paths share no risk. True also for a target at a core node, whose one path is empty. */
  paths_disjoint: boolean;
  /** False when the search for a disjoint pair ended by its budget: a better pair may exist. */
  paths_exact: boolean;
}

/**
 * Full answer for each target, in the order given. `bridges` can be long: on a chain every span is one.
 *
 * @param pairBudget branches per target for the exact search of a risk-disjoint pair
 */
export function describeTargets(
  graph: NetworkGraph,
  targets: readonly Target[],
  distances: CoreDistances = coreDistances(graph),
  pairBudget = DEFAULT_PAIR_BUDGET,
): TargetConnectivity[] {
  const search = new PathSearch(graph, distances);
  const isolating = isolatingRisks(graph, targets);
  return targets.map((target, index) => describeTarget(search, target, isolating[index]!, pairBudget));
}

/** Status only, one per target, without paths: for thousands of sites. */
export function classifyTargets(
  graph: NetworkGraph,
  targets: readonly Target[],
  distances: CoreDistances = coreDistances(graph),
): ConnectivityStatus[] {
  const statuses = targets.map(
    (target): ConnectivityStatus => (nearestNode(target.nodes, distances) === -1 ? 'none' : 'dual'),
  );
  visitLostTargets(graph, targets, (_risk, lost) => {
    for (const target of lost) statuses[target] = 'single';
  });
  return statuses;
}

function describeTarget(
  search: PathSearch,
  target: Target,
  isolating: readonly number[],
  pairBudget: number,
): TargetConnectivity {
  const { graph } = search;
  const { code, name } = target;
  const shortest = search.find(target.nodes);
  if (shortest === null) {
    const nothing = { bridges: [], paths: [], paths_disjoint: false, paths_exact: true };
    return { code, name, status: 'none', length_km: null, ...nothing };
  }
  const found = pathsOf(search, target.nodes, shortest, isolating.length > 0, pairBudget);
  return {
    code,
    name,
    status: isolating.length > 0 ? 'single' : 'dual',
    length_km: describePath(graph, shortest).length_km,
    bridges: inPathOrder(graph, isolating, shortest).map((risk) => describeRisk(graph, risk)),
    paths: found.paths.map((path) => describePath(graph, path)),
    paths_disjoint: found.disjoint,
    paths_exact: found.exact,
  };
}

function pathsOf(
  search: PathSearch,
  nodes: readonly number[],
  shortest: FoundPath,
  isSingle: boolean,
  budget: number,
): { paths: FoundPath[]; disjoint: boolean; exact: boolean } {
  if (shortest.edges.length === 0) return { paths: [shortest], disjoint: true, exact: true };
  // A risk that isolates the target is on every path: no pair can be disjoint, no need to search.
  const { pair, exact } = isSingle ? { pair: null, exact: true } : riskDisjointPair(search, nodes, budget);
  if (pair !== null) return { paths: pair, disjoint: true, exact };
  const other = leastOverlapping(search, nodes, shortest);
  return { paths: other === null ? [shortest] : [shortest, other], disjoint: false, exact };
}

/**
 * A second path that avoids the first one's spans and risks where it can (a span counts twice, another span of the
 * same risk once); null when there is no other way at all.
 */
function leastOverlapping(search: PathSearch, nodes: readonly number[], first: FoundPath): FoundPath | null {
  const { graph } = search;
  const penalty = new Uint8Array(graph.edgeCount);
  for (const risk of risksOfPath(graph, first)) for (const edge of edgesOfRisk(graph, risk)) penalty[edge] = 1;
  for (const edge of first.edges) penalty[edge] = 2;
  const second = search.find(nodes, { penalty });
  if (second === null) return null;
  const used = new Set(first.edges);
  return second.edges.every((edge) => used.has(edge)) ? null : second;
}

/** Every isolating risk lies on every path; it is placed where the given path first meets it. */
function inPathOrder(graph: NetworkGraph, risks: readonly number[], path: FoundPath): number[] {
  const wanted = new Set(risks);
  return [...risksOfPath(graph, path)].filter((risk) => wanted.has(risk));
}

function describePath(graph: NetworkGraph, path: FoundPath): ConnectivityPath {
  const last = path.edges.at(-1);
  const ends = last === undefined ? [path.start] : [graph.edgeFrom[last]!, graph.edgeTo[last]!];
  const core = ends.find((node) => graph.isCore[node] === 1)!;
  return {
    span_ids: path.edges.map((edge) => graph.spans[edge]!.id),
    length_km: Math.round(pathLengthM(graph, path.edges)) / 1000,
    hops: path.edges.length,
    core: graph.nodes[core]!.code,
  };
}
