/** Rows of a fibre network as they are looked over and mended: with geometry, before any graph is built of them. */
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import type { FibreNodeKind } from './network-graph.ts';

/** `id` is the row's own number (in the database or the file), `code` the network's published id. */
export interface TopologyNetwork {
  id: number;
  code: string;
}

export interface TopologyNode {
  id: number;
  network_id: number;
  code: string;
  kind: FibreNodeKind;
  serves_unit_code: string | null;
  operator_id: number | null;
  lon: number | null;
  lat: number | null;
  /** Decommissioned: no fault is looked for, but its code is taken. */
  out_of_service: boolean;
}

export interface TopologySpan {
  id: number;
  network_id: number;
  code: string;
  start_node_id: number | null;
  end_node_id: number | null;
  /** The drawn line from start to end, null when there is none. */
  coordinates: readonly LonLat[] | null;
  length_m: number | null;
  operator_id: number | null;
  /** Spans of one group are one risk. */
  route_group: string | null;
  /** First day in service. */
  valid_from: string;
  /** First day out of service; null while in service. */
  valid_to: string | null;
  /** Not laid yet: nothing is connected by it. */
  planned: boolean;
  /** Ended or decommissioned: no fault is looked for, but it names its nodes, and past days are answered by it. */
  out_of_service: boolean;
}

/** What a node was, and where, before it was made one with another: what it served there, the node that stayed serves. */
export interface FormerNode {
  id: number;
  /** The node that stayed. */
  node_id: number;
  code: string;
  kind: FibreNodeKind;
  serves_unit_code: string | null;
  lon: number;
  lat: number;
}

/** Rows may carry more columns; repairs keep them. */
export interface TopologyRows<
  Node extends TopologyNode = TopologyNode,
  Span extends TopologySpan = TopologySpan,
  Network extends TopologyNetwork = TopologyNetwork,
> {
  /** The day they are looked at: what has ended by then is out of service, and where a repair leads an end, it leads from then on. */
  at: string;
  networks: readonly Network[];
  nodes: readonly Node[];
  spans: readonly Span[];
  former: readonly FormerNode[];
}

/** The drawing that faults are looked for in: what is in service, or will be. */
export function inService({ nodes, spans, ...others }: TopologyRows): TopologyRows {
  return {
    ...others,
    nodes: nodes.filter((node) => !node.out_of_service),
    spans: spans.filter((span) => !span.out_of_service),
  };
}

export type SpanEnd = 'start' | 'end';

/** One repair. Applied by `applyProposals` only, and only when accepted. */
export type TopologyProposal =
  | { action: 'merge_networks'; keep: number; drop: number }
  | { action: 'rename_network'; network_id: number; code: string }
  | { action: 'place_node'; node_id: number; lon: number; lat: number }
  | { action: 'draw_straight'; span_id: number }
  | { action: 'unwrap_longitudes'; span_id: number }
  | { action: 'reverse_line'; span_id: number }
  | { action: 'reattach_end'; span_id: number; end: SpanEnd; node_id: number }
  | { action: 'add_node'; span_id: number; end: SpanEnd; lon: number; lat: number }
  | { action: 'extend_line'; span_id: number; end: SpanEnd }
  | { action: 'remove_loop'; span_id: number; from_segment: number; to_segment: number; lon: number; lat: number }
  | { action: 'split_span'; span_id: number; node_id: number }
  | { action: 'merge_nodes'; keep: number; drop: number[] }
  | { action: 'contract_span'; span_id: number }
  | { action: 'remove_span'; span_id: number }
  | { action: 'remove_node'; node_id: number };

export type TopologyFindingKind =
  | 'duplicate_network'
  | 'missing_geometry'
  | 'missing_node'
  | 'crosses_antimeridian'
  | 'end_far_from_node'
  | 'self_crossing'
  | 'zero_length'
  | 'duplicate_nodes'
  | 'dangling_end'
  | 'unused_node';

export interface TopologyFinding {
  kind: TopologyFindingKind;
  table: 'fibre_network' | 'fibre_node' | 'fibre_span';
  /** Rows of `table` that are concerned. */
  ids: number[];
  /** How far or how long, metres: see the kind; null where no distance says it. */
  detail_m: number | null;
  /** Null where the data alone do not say what is right: a person has to. */
  proposal: TopologyProposal | null;
  /** Codes of the different units that two nodes serve, where that is why the nodes are not to be made one. */
  units?: string[];
  /** Codes of nodes of other operators that nodes made one are no longer one place with when operators share. */
  apart?: string[];
  /** Nodes, with the units they serve, that the repair would take the way to a core from, where that is why none is proposed. */
  cut_off?: string[];
  /** Nodes, with the units they serve, that the repair takes the way to a core from in their operator's own network, where others still give one. */
  cut_off_alone?: string[];
  /** Codes of the units that one failure cuts off once the repair is done, and none did before; null where that was too much to work out. */
  single?: string[] | null;
}

export interface TopologyTolerances {
  /** Nodes this near are one. Positions rounded to 4 decimals lie 11.1 m apart, 15.3 m on the diagonal. */
  snap_m: number;
  /** A line may end this far from its node: the cable goes on inside the building. */
  end_m: number;
  /** A dangling end this near to a node or line was probably meant to meet it. */
  reach_m: number;
  /** Up to here a line is prolonged to its node; farther, one of the two is wrong. */
  extend_m: number;
  /** A line shorter than this has no length. */
  zero_m: number;
}

export const DEFAULT_TOLERANCES: TopologyTolerances = {
  snap_m: 16,
  end_m: 50,
  reach_m: 100,
  extend_m: 2_000,
  zero_m: 0.5,
};

/**
 * The tolerances of a drawing whose nodes are one within `snap_m`. How exactly lines were drawn to their nodes and to each other
 * goes with how exactly the nodes were placed, so these distances grow with it. `extend_m` asks what to believe and `zero_m` what
 * a length is: neither depends on it.
 */
export function tolerancesFor(snap_m: number): TopologyTolerances {
  const { end_m, reach_m, ...others } = DEFAULT_TOLERANCES;
  const scale = snap_m / DEFAULT_TOLERANCES.snap_m;
  return { ...others, snap_m, end_m: end_m * scale, reach_m: reach_m * scale };
}

/** Columns of a span's end. */
export const END_COLUMN = { start: 'start_node_id', end: 'end_node_id' } as const;

/** Position of a node, null when it has none. */
export function positionOf(node: TopologyNode | undefined): LonLat | null {
  return node === undefined || node.lon === null || node.lat === null ? null : [node.lon, node.lat];
}

/** The drawn line when it is one: two positions or more. */
export function lineOf(span: TopologySpan): readonly LonLat[] | null {
  return span.coordinates !== null && span.coordinates.length >= 2 ? span.coordinates : null;
}
