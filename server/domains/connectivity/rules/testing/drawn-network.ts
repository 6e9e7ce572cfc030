/** Rows of a drawn network written by hand for tests of its faults: one network, one operator, everything in service. */
import type { LonLat } from '../../../../platform/geo/geodesic.ts';
import type { TopologyNode, TopologyRows, TopologySpan } from '../topology-rows.ts';

/** The day the rows are looked at; spans are in service since that day, so that nothing has a past. */
export const TODAY = '2026-01-01';

export const drawnNode = (
  id: number,
  lon: number | null,
  lat: number | null,
  extra: Partial<TopologyNode> = {},
): TopologyNode => ({
  id,
  network_id: 1,
  code: `N${id}`,
  kind: 'site',
  serves_unit_code: null,
  operator_id: 1,
  lon,
  lat,
  out_of_service: false,
  ...extra,
});

export const drawnSpan = (
  id: number,
  start: number | null,
  end: number | null,
  coordinates: readonly LonLat[] | null,
  extra: Partial<TopologySpan> = {},
): TopologySpan => ({
  id,
  network_id: 1,
  code: `S${id}`,
  start_node_id: start,
  end_node_id: end,
  coordinates,
  length_m: null,
  operator_id: 1,
  route_group: null,
  valid_from: TODAY,
  valid_to: null,
  planned: false,
  out_of_service: false,
  ...extra,
});

export const network = (nodes: TopologyNode[], spans: TopologySpan[]): TopologyRows => ({
  at: TODAY,
  networks: [{ id: 1, code: 'net' }],
  nodes,
  spans,
  former: [],
});
export const joint = { kind: 'joint' } as const;
export const line = (...positions: LonLat[]): LonLat[] => positions;
