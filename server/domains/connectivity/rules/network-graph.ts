/**
 * The fibre network as a compact graph: nodes and spans become array indices, adjacency is one
 * compressed list, and every span belongs to exactly one risk (its route group, or itself).
 *
 * All other rules of this folder work on `NetworkGraph` and speak in indices; ids come back only in answers.
 */

import { geodesicM } from '../../../platform/geo/geodesic.ts';

export type FibreNodeKind = 'core' | 'district' | 'commune' | 'site' | 'joint';
export type FibreSpanStatus = 'planned' | 'operational' | 'decommissioned';

/** A row of `fibre_node`; lon, lat in degrees (EPSG:4326), null when the node has no geometry. */
export interface FibreNodeRow {
  id: number;
  code: string;
  kind: FibreNodeKind;
  serves_unit_code: string | null;
  lon: number | null;
  lat: number | null;
}

/** A row of `fibre_span`; length in metres along the cable, null when unknown. */
export interface FibreSpanRow {
  id: number;
  start_node_id: number | null;
  end_node_id: number | null;
  length_m: number | null;
  route_group: string | null;
  status: FibreSpanStatus;
}

/** Something wrong with one row. The rest of the network is still analysed. */
export interface NetworkIssue {
  table: 'fibre_node' | 'fibre_span';
  id: number;
  field: 'id' | 'start_node_id' | 'end_node_id' | 'length_m';
  value: number | null;
  reason: 'duplicate_id' | 'missing_node' | 'length_estimated';
}

export interface NetworkGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly riskCount: number;
  /** Rows by index: `nodes[node]`, `spans[edge]`. */
  readonly nodes: readonly FibreNodeRow[];
  readonly spans: readonly FibreSpanRow[];
  readonly isCore: Uint8Array;
  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeLengthM: Float64Array;
  readonly edgeRisk: Int32Array;
  /** The arcs leaving node `n` are `arcStart[n] … arcStart[n + 1] - 1`; a self loop appears twice at its node. */
  readonly arcStart: Int32Array;
  readonly arcEdge: Int32Array;
  readonly arcNode: Int32Array;
  /** The edges of risk `r` are `riskEdge[riskStart[r] … riskStart[r + 1] - 1]`. */
  readonly riskStart: Int32Array;
  readonly riskEdge: Int32Array;
  /** Route group of a risk, null for a span that stands alone. */
  readonly riskGroup: readonly (string | null)[];
  readonly nodeIndexById: ReadonlyMap<number, number>;
  readonly edgeIndexBySpanId: ReadonlyMap<number, number>;
  readonly riskIndexByGroup: ReadonlyMap<string, number>;
}

export interface BuiltNetwork {
  graph: NetworkGraph;
  issues: NetworkIssue[];
  /** Spans left out because their status is not among those asked for. */
  skippedSpans: number;
}

/**
 * Builds the graph. Self loops and parallel spans are kept. A span whose node is missing is left out and
 * returned as an issue; a span without a usable length gets the geodesic distance between its ends
 * (a lower bound of the cable) and an issue.
 *
 * @param statuses spans that carry traffic; by default only `operational`
 */
export function buildNetworkGraph(
  nodeRows: readonly FibreNodeRow[],
  spanRows: readonly FibreSpanRow[],
  statuses: readonly FibreSpanStatus[] = ['operational'],
): BuiltNetwork {
  const issues: NetworkIssue[] = [];
  const { rows: nodes, indexById: nodeIndexById } = uniqueById(nodeRows, 'fibre_node', issues);
  const carrying = spanRows.filter((span) => statuses.includes(span.status));
  const distinct = uniqueById(carrying, 'fibre_span', issues).rows;
  const spans = distinct.filter((span) => hasBothNodes(span, nodeIndexById, issues));
  const edgeFrom = Int32Array.from(spans, (span) => nodeIndexById.get(span.start_node_id!)!);
  const edgeTo = Int32Array.from(spans, (span) => nodeIndexById.get(span.end_node_id!)!);
  const graph: NetworkGraph = {
    nodeCount: nodes.length,
    edgeCount: spans.length,
    nodes,
    spans,
    isCore: Uint8Array.from(nodes, (node) => (node.kind === 'core' ? 1 : 0)),
    edgeFrom,
    edgeTo,
    edgeLengthM: Float64Array.from(spans, (span, edge) =>
      usableLengthM(span, nodes[edgeFrom[edge]!]!, nodes[edgeTo[edge]!]!, issues),
    ),
    ...adjacency(nodes.length, edgeFrom, edgeTo),
    ...riskIndex(spans),
    nodeIndexById,
    edgeIndexBySpanId: new Map(spans.map((span, edge) => [span.id, edge])),
  };
  return { graph, issues, skippedSpans: spanRows.length - carrying.length };
}

/** The node at the other end of an edge; the same node for a self loop. */
export function otherEnd(graph: NetworkGraph, edge: number, node: number): number {
  const from = graph.edgeFrom[edge]!;
  return from === node ? graph.edgeTo[edge]! : from;
}

/** The edges that fail together with a risk, as a view (not a copy). */
export function edgesOfRisk(graph: NetworkGraph, risk: number): Int32Array {
  return graph.riskEdge.subarray(graph.riskStart[risk], graph.riskStart[risk + 1]);
}

function uniqueById<Row extends { id: number }>(
  rows: readonly Row[],
  table: NetworkIssue['table'],
  issues: NetworkIssue[],
): { rows: Row[]; indexById: Map<number, number> } {
  const indexById = new Map<number, number>();
  const unique: Row[] = [];
  for (const row of rows) {
    if (indexById.has(row.id)) {
      issues.push({ table, id: row.id, field: 'id', value: row.id, reason: 'duplicate_id' });
      continue;
    }
    indexById.set(row.id, unique.length);
    unique.push(row);
  }
  return { rows: unique, indexById };
}

function hasBothNodes(span: FibreSpanRow, nodes: ReadonlyMap<number, number>, issues: NetworkIssue[]): boolean {
  let complete = true;
  for (const field of ['start_node_id', 'end_node_id'] as const) {
    const value = span[field];
    if (value !== null && nodes.has(value)) continue;
    issues.push({ table: 'fibre_span', id: span.id, field, value, reason: 'missing_node' });
    complete = false;
  }
  return complete;
}

function usableLengthM(span: FibreSpanRow, start: FibreNodeRow, end: FibreNodeRow, issues: NetworkIssue[]): number {
  const { length_m } = span;
  if (length_m !== null && Number.isFinite(length_m) && length_m >= 0) return length_m;
  issues.push({ table: 'fibre_span', id: span.id, field: 'length_m', value: length_m, reason: 'length_estimated' });
  return straightLengthM(start, end);
}

/** Metres between two nodes; 0 when one has no position. */
function straightLengthM(start: FibreNodeRow, end: FibreNodeRow): number {
  if (start.lon === null || start.lat === null || end.lon === null || end.lat === null) return 0;
  return geodesicM([start.lon, start.lat], [end.lon, end.lat]);
}

function adjacency(nodeCount: number, edgeFrom: Int32Array, edgeTo: Int32Array) {
  const edgeCount = edgeFrom.length;
  const arcStart = new Int32Array(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) {
    arcStart[edgeFrom[edge]! + 1]!++;
    arcStart[edgeTo[edge]! + 1]!++;
  }
  for (let node = 0; node < nodeCount; node++) arcStart[node + 1]! += arcStart[node]!;
  const next = arcStart.slice(0, nodeCount);
  const arcEdge = new Int32Array(2 * edgeCount);
  const arcNode = new Int32Array(2 * edgeCount);
  const place = (node: number, edge: number, neighbour: number) => {
    const arc = next[node]!++;
    arcEdge[arc] = edge;
    arcNode[arc] = neighbour;
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    place(edgeFrom[edge]!, edge, edgeTo[edge]!);
    place(edgeTo[edge]!, edge, edgeFrom[edge]!);
  }
  return { arcStart, arcEdge, arcNode };
}

/** One risk per route group, one per span without a group; an empty group name is no group. */
function riskIndex(spans: readonly FibreSpanRow[]) {
  const riskIndexByGroup = new Map<string, number>();
  const riskGroup: (string | null)[] = [];
  const edgeRisk = Int32Array.from(spans, (span) => {
    const group = span.route_group?.trim() || null;
    const known = group === null ? undefined : riskIndexByGroup.get(group);
    if (known !== undefined) return known;
    if (group !== null) riskIndexByGroup.set(group, riskGroup.length);
    return riskGroup.push(group) - 1;
  });
  const riskCount = riskGroup.length;
  const riskStart = new Int32Array(riskCount + 1);
  for (const risk of edgeRisk) riskStart[risk + 1]!++;
  for (let risk = 0; risk < riskCount; risk++) riskStart[risk + 1]! += riskStart[risk]!;
  const next = riskStart.slice(0, riskCount);
  const riskEdge = new Int32Array(spans.length);
  for (let edge = 0; edge < spans.length; edge++) riskEdge[next[edgeRisk[edge]!]!++] = edge;
  return { riskCount, riskGroup, edgeRisk, riskStart, riskEdge, riskIndexByGroup };
}
