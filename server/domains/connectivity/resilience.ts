import { setImmediate } from 'node:timers/promises';
import type { Availability, DistrictConnectivity } from '../../contract/index.ts';
import { labelOf, type Network, routeSharesOf } from './network.ts';
import { spanBounds } from './path-bounds.ts';
import { type Deployment, type FailureModel } from './rules/availability.ts';
import { countDisjointPaths } from './rules/disjoint-counts.ts';
import { describeTargets } from './rules/district-status.ts';
import type { Risk } from './rules/shared-risk.ts';
import { coreDistances } from './rules/shortest-paths.ts';
import { riskUnavailabilities, targetAvailabilities } from './rules/target-availability.ts';
import type { Target } from './rules/targets.ts';

/** What is said of every place: status, risks, paths, number of ways. */
export type Resilience = Pick<
  DistrictConnectivity,
  'status' | 'length_km' | 'bridges' | 'paths' | 'paths_shared' | 'paths_disjoint' | 'edge_disjoint' | 'node_disjoint'
>;

/** Status, isolating risks, two paths with what they share, and number of disjoint ways of each target, in the order given. */
export function resilienceOf(network: Network, targets: readonly Target[]): Resilience[] {
  const { graph } = network;
  const distances = coreDistances(graph);
  const ways = countDisjointPaths(graph, targets, distances);
  const boundsOf = spanBounds(network);
  const named = (risk: Risk) => ({ ...risk, label: labelOf(network, risk.span_ids) });
  return describeTargets(graph, targets, distances).map((described, at) => ({
    status: described.status,
    length_km: described.length_km,
    bridges: described.bridges.map(named),
    paths: described.paths.map(({ span_ids, length_km, hops }) => ({
      span_ids,
      length_km,
      hops,
      bbox: boundsOf(span_ids),
    })),
    paths_shared: described.paths_shared.map(named),
    paths_disjoint: described.paths_disjoint,
    edge_disjoint: ways[at]?.edge_disjoint ?? null,
    node_disjoint: ways[at]?.node_disjoint ?? null,
  }));
}

/**
 * Availability of each target, in the order given. One target of a nation takes some 15 ms, so other requests get their
 * turn between targets.
 */
export async function availabilitiesOf(
  network: Network,
  targets: readonly Target[],
  model: FailureModel,
): Promise<Availability[]> {
  const { graph, spans } = network;
  const deployments = new Map<number, Deployment | null>(spans.map((span) => [span.id, span.deployment]));
  const deploymentOf = (edge: number) => deployments.get(graph.spans[edge]?.id ?? -1) ?? null;
  const shares = routeSharesOf(network);
  const lengthM = Float64Array.from(graph.edgeLengthM, (own, edge) => shares.get(graph.spans[edge]?.id ?? -1) ?? own);
  const risks = riskUnavailabilities(graph, deploymentOf, model, lengthM);
  const answers: Availability[] = [];
  for (const target of targets) {
    const [answer] = targetAvailabilities(graph, [target], risks);
    if (answer) {
      const { unavailability, minutes_per_year, method, standard_error } = answer;
      answers.push({ unavailability, minutes_per_year, method, standard_error });
    }
    await setImmediate();
  }
  return answers;
}
