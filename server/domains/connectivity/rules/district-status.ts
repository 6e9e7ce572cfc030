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
 * `paths_disjoint` tells the two apart, `paths_shared` names what the paths have in common; `paths_exact` tells whether it is
 * proven that they share least (see `least-shared-pair.ts`).
 */
import { DEFAULT_PAIR_BUDGET, type PairResult, risksOfPath } from './least-shared-pair.ts';
import type { NetworkGraph } from './network-graph.ts';
import { PairsBehindBridges } from './pairs-behind-bridges.ts';
import { type FoundPath, PathSearch } from './path-search.ts';
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
   * The two paths that share least, the shorter first: fewest risks, then fewest spans, then least total length. Only one
   * where there is no other way at all.
   */
  paths: ConnectivityPath[];
  /** The risks that both paths use, in order from the target to the core; empty where there is one path. */
  paths_shared: Risk[];
  /** The paths share no risk. True also for a target at a core node, whose one path is empty. */
  paths_disjoint: boolean;
  /** False when the search ended by its budget: a pair that shares less may exist. */
  paths_exact: boolean;
}

/**
 * Full answer for each target, in the order given. `bridges` can be long: on a chain every span is one.
 *
 * @param pairBudget branches per target for the exact search of the pair that shares least
 */
export function describeTargets(
  graph: NetworkGraph,
  targets: readonly Target[],
  distances: CoreDistances = coreDistances(graph),
  pairBudget = DEFAULT_PAIR_BUDGET,
): TargetConnectivity[] {
  const search = new PathSearch(graph, distances);
  const pairs = new PairsBehindBridges(search, pairBudget);
  const isolating = isolatingRisks(graph, targets);
  // Behind one bridge lie many targets: it is described once for all of them.
  const described = new Map<number, Risk>();
  const describe = (risk: number): Risk => {
    const known = described.get(risk) ?? describeRisk(graph, risk);
    described.set(risk, known);
    return known;
  };
  return targets.map((target, index) => describeTarget(search, pairs, target, isolating[index]!, describe));
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
  pairs: PairsBehindBridges,
  target: Target,
  isolating: readonly number[],
  describe: (risk: number) => Risk,
): TargetConnectivity {
  const { graph } = search;
  const { code, name } = target;
  const shortest = search.find(target.nodes);
  if (shortest === null) {
    const nothing = { bridges: [], paths: [], paths_shared: [], paths_disjoint: false, paths_exact: true };
    return { code, name, status: 'none', length_km: null, ...nothing };
  }
  const isAtCore = shortest.edges.length === 0;
  const none: PairResult = { pair: null, shared: [], exact: true };
  const { pair, shared, exact } = isAtCore ? none : pairs.of(target.nodes, shortest, isolating);
  const paths = pair ?? [shortest];
  return {
    code,
    name,
    status: isolating.length > 0 ? 'single' : 'dual',
    length_km: describePath(graph, shortest).length_km,
    bridges: inPathOrder(graph, isolating, paths[0]!).map(describe),
    paths: paths.map((path) => describePath(graph, path)),
    paths_shared: shared.map(describe),
    paths_disjoint: isAtCore || (pair !== null && shared.length === 0),
    paths_exact: exact,
  };
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
