/**
 * How much of a year each target is cut off from the core by failures of cable. Risks fail independently of each other, all
 * spans of a risk together. Repairs and failures of equipment, power and nodes are not in it.
 */
import {
  cableUnavailability,
  DEFAULT_FAILURE_MODEL,
  type Deployment,
  type FailureModel,
  minutesPerYear,
  seriesUnavailability,
} from './availability.ts';
import { simulateUnavailability } from './failure-simulation.ts';
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { routeShares } from './route-length.ts';
import type { Target } from './targets.ts';
import { exactUnavailability, TwoTerminalNetwork, type UncertainEdge } from './two-terminal.ts';

export interface AvailabilityOptions {
  seed: number;
  /** Networks drawn per target where the exact answer takes too long. */
  samples: number;
  /** Edges the exact answer may look at per target, each as often as it does; 0: series, parallel and dead ends only. */
  exact_budget: number;
}

export const DEFAULT_AVAILABILITY_OPTIONS: AvailabilityOptions = { seed: 2008, samples: 2_000, exact_budget: 5_000 };

export interface TargetAvailability {
  code: string;
  name: string;
  /** Share of time cut off, 0 … 1; 1 for a target that is not connected, 0 for one at a core. */
  unavailability: number;
  minutes_per_year: number;
  method: 'exact' | 'monte_carlo';
  /** One standard deviation of `unavailability`; 0 when exact. */
  standard_error: number;
}

/**
 * Unavailability of each risk: all the route its spans take together, in series, whatever nodes they end at. A cable beside
 * another adds nothing, one on a course of its own is dug up apart from the other and takes both down.
 *
 * @param lengthM metres of route that each edge adds to its risk (`route-length.ts`); they add up to the route-km of the figures
 */
export function riskUnavailabilities(
  graph: NetworkGraph,
  deploymentOf: (edge: number) => Deployment | null,
  model: FailureModel = DEFAULT_FAILURE_MODEL,
  lengthM: ArrayLike<number> = undrawnShares(graph),
): Float64Array {
  const unavailability = (edge: number) => cableUnavailability(lengthM[edge]! / 1000, deploymentOf(edge), model);
  return Float64Array.from({ length: graph.riskCount }, (_, risk) =>
    seriesUnavailability(Array.from(edgesOfRisk(graph, risk), unavailability)),
  );
}

/** Shares of route where no course is known: of the spans of a group between the same two nodes the longest counts. */
function undrawnShares(graph: NetworkGraph): number[] {
  return routeShares(
    graph.spans.map(({ route_group }, edge) => ({
      start_node_id: graph.edgeFrom[edge]!,
      end_node_id: graph.edgeTo[edge]!,
      length_m: graph.edgeLengthM[edge]!,
      route_group,
      coordinates: null,
    })),
  );
}

/** One answer per target, in the order given; the same options give the same answer. */
export function targetAvailabilities(
  graph: NetworkGraph,
  targets: readonly Target[],
  riskUnavailability: ArrayLike<number>,
  options: AvailabilityOptions = DEFAULT_AVAILABILITY_OPTIONS,
): TargetAvailability[] {
  return targets.map(({ code, name, nodes }) => {
    const network = networkOf(graph, nodes, riskUnavailability);
    const exact = exactUnavailability(network, options.exact_budget);
    const { unavailability, standard_error } =
      exact === null ? simulateUnavailability(network, options) : { unavailability: exact, standard_error: 0 };
    const method = exact === null ? 'monte_carlo' : 'exact';
    return { code, name, unavailability, minutes_per_year: minutesPerYear(unavailability), method, standard_error };
  });
}

const SOURCE = -1;
const SINK = -2;

/** What can be walked from the target without passing a core; its own nodes are one place, all cores another. */
function networkOf(
  graph: NetworkGraph,
  nodes: readonly number[],
  riskUnavailability: ArrayLike<number>,
): TwoTerminalNetwork {
  if (nodes.some((node) => graph.isCore[node] === 1)) return new TwoTerminalNetwork(SINK, SINK, []);
  const own = new Set(nodes);
  const place = (node: number) => (own.has(node) ? SOURCE : graph.isCore[node] === 1 ? SINK : node);
  const seen = new Set(nodes);
  const edges = new Set<number>();
  for (const node of seen) {
    if (graph.isCore[node] === 1) continue;
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      edges.add(graph.arcEdge[arc]!);
      seen.add(graph.arcNode[arc]!);
    }
  }
  const uncertain = Array.from(edges, (edge): UncertainEdge => {
    const risk = graph.edgeRisk[edge]!;
    const group = edgesOfRisk(graph, risk).length > 1 ? risk : -1;
    const [a, b] = [place(graph.edgeFrom[edge]!), place(graph.edgeTo[edge]!)];
    return { a, b, unavailability: riskUnavailability[risk]!, group };
  });
  return new TwoTerminalNetwork(SOURCE, SINK, uncertain);
}
