import type { PlaceConnectivity, PlaceConnectivityList } from '../../contract/index.ts';
import { type Network, type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { type CentreRow, selectCommuneCentres, selectSitePlaces } from './queries.ts';
import { classifyTargets } from './rules/district-status.ts';
import { FibreDistance, reachFigure } from './rules/fibre-figures.ts';
import { coreDistances, nearestNode } from './rules/shortest-paths.ts';
import { type Target, targetsForNodeIds } from './rules/targets.ts';

export type PlaceKind = PlaceConnectivity['kind'];
export type PlaceTarget = CentreRow & Target;

/** The commune centres, or the sites, of a day with the nodes of the network that serve them. */
export async function placesAt(
  context: NetworkContext,
  kind: PlaceKind,
  at: string,
  network: Network,
): Promise<PlaceTarget[]> {
  const { db, revision, cache } = context;
  const rows = await cache.get(revision.current, `places ${kind} ${at}`, () =>
    kind === 'commune' ? selectCommuneCentres(db, at) : selectSitePlaces(db, at),
  );
  return targetsForNodeIds(network.graph, rows);
}

/** Positions are not known better. */
const toDecimetre = (metres: number | null | undefined): number | null =>
  metres === null || metres === undefined ? null : Math.round(metres * 10) / 10;

export interface PlacesAnswer {
  network: Network;
  places: PlaceTarget[];
  items: PlaceConnectivity[];
  totals: PlaceConnectivityList['totals'];
}

function describe(
  kind: PlaceKind,
  network: Network,
  places: readonly PlaceTarget[],
): Pick<PlacesAnswer, 'items' | 'totals'> {
  const { graph, nodes, spans } = network;
  const distances = coreDistances(graph);
  const statuses = classifyTargets(graph, places, distances);
  const fibre = new FibreDistance(
    nodes.filter((node) => node.in_service),
    spans.filter((span) => span.status === 'operational'),
  );
  const codes = new Map(nodes.map((node) => [node.id, node.code]));
  const items = places.map(({ id, code, name, district_name, lon, lat, population, nodes: own }, at) => {
    const start = nearestNode(own, distances);
    const metres = start === -1 ? null : (distances.distanceM[start] ?? null);
    const nearest = lon === null || lat === null ? null : fibre.from([lon, lat]);
    return {
      kind,
      id,
      code,
      name,
      district_name,
      lon,
      lat,
      population,
      status: statuses[at] ?? 'none',
      length_km: metres === null || !Number.isFinite(metres) ? null : Math.round(metres) / 1000,
      nearest_cable_m: toDecimetre(nearest?.cable_m),
      nearest_node_m: toDecimetre(nearest?.node_m),
      nearest_node_code: codes.get(nearest?.node_id ?? -1) ?? null,
    } satisfies PlaceConnectivity;
  });
  const count = (status: PlaceConnectivity['status']) => items.filter((item) => item.status === status).length;
  const reach = reachFigure(graph, places, distances);
  return { items, totals: { ...reach, dual: count('dual'), single: count('single'), none: count('none') } };
}

/** Status, length of way and nearest fibre of every commune centre or site; made once per dataset revision. */
export function placesAnswer(
  context: NetworkContext,
  kind: PlaceKind,
  question: NetworkQuestion,
): Promise<PlacesAnswer> {
  const key = `places of ${kind} ${question.at} ${question.view} ${question.operator ?? ''}`;
  return context.cache.get(context.revision.current, key, async () => {
    const network = await networkAt(context, question);
    const places = await placesAt(context, kind, question.at, network);
    return { network, places, ...describe(kind, network, places) };
  });
}
