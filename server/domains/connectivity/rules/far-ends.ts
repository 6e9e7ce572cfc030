/**
 * Lines that end far from the node they are said to end at (an OFDS package in the field has one 668 km off). Proposed, the
 * first that fits:
 *
 * 1. the line turned round, when both its ends then lie at their nodes;
 * 2. the node moved, when its lon and lat are exchanged, or when two lines or more agree on another place for it;
 * 3. another node, when one stands at the line's end;
 * 4. the line prolonged to the node, when that is not far;
 * 5. a new joint at the line's end: the drawn cable does not reach the node, and nothing says which of the two is wrong. Where it is
 *    the last way of anything, that is left to a person (`ways-lost.ts`).
 */
import { geodesicM, type LonLat } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';
import {
  END_COLUMN,
  lineOf,
  positionOf,
  type SpanEnd,
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
  type TopologySpan,
  type TopologyTolerances,
} from './topology-rows.ts';

interface FarEnd {
  span: TopologySpan;
  end: SpanEnd;
  node: TopologyNode;
  at: LonLat;
  distance_m: number;
}

/** One finding per far end; one per span when turning the line round mends both. */
export function findFarEnds(rows: TopologyRows, tolerances: TopologyTolerances): TopologyFinding[] {
  const nodes = new Map(rows.nodes.map((node) => [node.id, node]));
  const drawnEnds = new Map<number, LonLat[]>();
  const far: FarEnd[] = [];
  const turned: TopologyFinding[] = [];
  for (const span of rows.spans) {
    const ends = endsOf(span, nodes);
    const off = ends.filter((end) => end.distance_m > tolerances.end_m);
    if (off.length > 0 && fitsReversed(span, nodes, tolerances)) {
      const proposal: TopologyProposal = { action: 'reverse_line', span_id: span.id };
      turned.push(finding(span, Math.max(...off.map((end) => end.distance_m)), proposal));
      continue;
    }
    far.push(...off);
    for (const { node, at } of ends) drawnEnds.set(node.id, [...(drawnEnds.get(node.id) ?? []), at]);
  }
  if (far.length === 0) return turned;
  const placed = rows.nodes.filter((node) => positionOf(node) !== null);
  const index = new PointIndex(placed.map((node) => positionOf(node)!));
  return [
    ...turned,
    ...far.map((end) => {
      const proposal =
        movedNode(end, drawnEnds.get(end.node.id)!, tolerances) ??
        otherNode(end, placed, index, tolerances) ??
        ownEnd(end, tolerances);
      return finding(end.span, end.distance_m, proposal);
    }),
  ];
}

function finding(span: TopologySpan, detail_m: number, proposal: TopologyProposal): TopologyFinding {
  return { kind: 'end_far_from_node', table: 'fibre_span', ids: [span.id], detail_m, proposal };
}

function endsOf(span: TopologySpan, nodes: ReadonlyMap<number, TopologyNode>): FarEnd[] {
  const line = lineOf(span);
  if (line === null) return [];
  return (['start', 'end'] as const).flatMap((end) => {
    const node = nodes.get(span[END_COLUMN[end]] ?? Number.NaN);
    const position = positionOf(node);
    if (node === undefined || position === null) return [];
    const at = end === 'start' ? line[0]! : line.at(-1)!;
    return [{ span, end, node, at, distance_m: geodesicM(at, position) }];
  });
}

function fitsReversed(
  span: TopologySpan,
  nodes: ReadonlyMap<number, TopologyNode>,
  { end_m }: TopologyTolerances,
): boolean {
  const swapped = { ...span, start_node_id: span.end_node_id, end_node_id: span.start_node_id };
  const ends = endsOf(swapped, nodes);
  return ends.length === 2 && ends.every((end) => end.distance_m <= end_m);
}

function movedNode(
  { node, at }: FarEnd,
  drawn: readonly LonLat[],
  { end_m }: TopologyTolerances,
): TopologyProposal | null {
  const move = ([lon, lat]: LonLat): TopologyProposal => ({ action: 'place_node', node_id: node.id, lon, lat });
  const exchanged: LonLat = [node.lat!, node.lon!];
  if (Math.abs(node.lon!) <= 90 && geodesicM(at, exchanged) <= end_m) return move(exchanged);
  const agree = drawn.length > 1 && drawn.every((other) => geodesicM(drawn[0]!, other) <= end_m);
  return agree ? move(drawn[0]!) : null;
}

function otherNode(
  { span, end, node, at }: FarEnd,
  placed: readonly TopologyNode[],
  index: PointIndex,
  { end_m }: TopologyTolerances,
): TopologyProposal | null {
  const opposite = span[END_COLUMN[end === 'start' ? 'end' : 'start']];
  const other = index
    .within(at, end_m)
    .map((near) => placed[near.index]!)
    .find(({ id }) => id !== node.id && id !== opposite);
  return other === undefined ? null : { action: 'reattach_end', span_id: span.id, end, node_id: other.id };
}

function ownEnd({ span, end, at, distance_m }: FarEnd, { extend_m }: TopologyTolerances): TopologyProposal {
  if (distance_m <= extend_m) return { action: 'extend_line', span_id: span.id, end };
  return { action: 'add_node', span_id: span.id, end, lon: at[0], lat: at[1] };
}
