/**
 * Cut simulation: take spans, route groups and nodes away at once, and see which targets lose the core and which
 * reach it by a longer way.
 */
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { type CoreDistances, coreDistances, nearestNode, type Removed } from './shortest-paths.ts';
import type { Target } from './targets.ts';

/** What is cut: span ids, route groups (all their spans), node ids (all their spans; a core node stops being one). */
export interface Cut {
  spans?: readonly number[];
  route_groups?: readonly string[];
  nodes?: readonly number[];
}

export interface Rerouted<T extends Target> {
  target: T;
  /** Cable length of the shortest way to a core, to the metre. */
  length_km_before: number;
  length_km_after: number;
}

export interface CutResult<T extends Target> {
  /** Targets that reached a core before and reach none now, in the order given. */
  lost: T[];
  /** Targets still connected whose shortest way to a core has become longer, in the order given. */
  rerouted: Rerouted<T>[];
  /** Names in the request that the network does not have (planned spans included). */
  unknown: Required<{ [K in keyof Cut]: NonNullable<Cut[K]>[number][] }>;
  /** Distances of what is left, to follow a new way. */
  after: CoreDistances;
}

/** A change below this is rounding of sums, not another way. */
const SAME_LENGTH_M = 1e-3;

/**
 * Simulates one cut. A single span of a route group can be cut alone: name the group to cut the whole duct.
 *
 * @param before distances of the whole network; pass them when simulating many cuts
 */
export function simulateCut<T extends Target>(
  graph: NetworkGraph,
  targets: readonly T[],
  cut: Cut,
  before: CoreDistances = coreDistances(graph),
): CutResult<T> {
  const { removed, unknown } = resolveCut(graph, cut);
  const after = coreDistances(graph, removed);
  const lost: T[] = [];
  const rerouted: Rerouted<T>[] = [];
  for (const target of targets) {
    const beforeM = lengthM(target, before);
    const afterM = lengthM(target, after);
    if (beforeM === Number.POSITIVE_INFINITY) continue;
    if (afterM === Number.POSITIVE_INFINITY) lost.push(target);
    else if (afterM > beforeM + SAME_LENGTH_M) {
      rerouted.push({ target, length_km_before: kilometres(beforeM), length_km_after: kilometres(afterM) });
    }
  }
  return { lost, rerouted, unknown, after };
}

/** Ids, ascending, of all spans that fail: those named, those of the route groups, and those that end at a node that fails. */
export function failedSpanIds(graph: NetworkGraph, cut: Cut): number[] {
  const { edges, nodes } = resolveCut(graph, cut).removed;
  const hasFailed = (edge: number) =>
    edges[edge] === 1 || nodes[graph.edgeFrom[edge]!] === 1 || nodes[graph.edgeTo[edge]!] === 1;
  return graph.spans
    .filter((_, edge) => hasFailed(edge))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

/** Indices, by whatever id the graph knows: a node that became one with another (`network-view.ts`) is that one. */
function resolveCut(graph: NetworkGraph, cut: Cut): { removed: Removed; unknown: CutResult<Target>['unknown'] } {
  const removed = { edges: new Uint8Array(graph.edgeCount), nodes: new Uint8Array(graph.nodeCount) };
  const unknown: CutResult<Target>['unknown'] = { spans: [], route_groups: [], nodes: [] };
  for (const id of cut.spans ?? []) {
    const edge = graph.edgeIndexBySpanId.get(id);
    if (edge === undefined) unknown.spans.push(id);
    else removed.edges[edge] = 1;
  }
  for (const group of cut.route_groups ?? []) {
    const risk = graph.riskIndexByGroup.get(group.trim());
    if (risk === undefined) unknown.route_groups.push(group);
    else for (const edge of edgesOfRisk(graph, risk)) removed.edges[edge] = 1;
  }
  for (const id of cut.nodes ?? []) {
    const node = graph.nodeIndexById.get(id);
    if (node === undefined) unknown.nodes.push(id);
    else removed.nodes[node] = 1;
  }
  return { removed, unknown };
}

function lengthM(target: Target, distances: CoreDistances): number {
  const node = nearestNode(target.nodes, distances);
  return node === -1 ? Number.POSITIVE_INFINITY : distances.distanceM[node]!;
}

function kilometres(metres: number): number {
  return Math.round(metres) / 1000;
}
