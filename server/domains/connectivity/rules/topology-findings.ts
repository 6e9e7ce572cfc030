/**
 * What is wrong with the topology of a network, each finding with a repair to accept or not. Nothing is changed here. Faults are
 * those of what is in service, or will be; what is out of service has taken its codes and still names its nodes.
 *
 * | kind | detail_m | repair |
 * |---|---|---|
 * | duplicate_network | – | merge, or another id when their nodes or spans share codes |
 * | missing_geometry | – | the node where its lines end; the span straight between its nodes |
 * | missing_node | distance to the node proposed | the node at the line's end, or a new joint there |
 * | crosses_antimeridian | length, the short way | longitudes that go on past ±180 |
 * | end_far_from_node | from the line's end to its node | see `far-ends.ts` |
 * | self_crossing | length of the loop, or of the way out and back | the loop cut out; none where nothing of the line would be left |
 * | zero_length | length | ends made one, or the span removed; ends of two units stay two, and the span is drawn between them |
 * | duplicate_nodes | to the farthest of them | made one; none where they serve two units |
 * | dangling_end | to what it nearly meets | joined to it |
 * | unused_node | – | removed, if a mere joint |
 *
 * No repair is proposed that would take the way to a core from anything (`ways-lost.ts`); what one costs otherwise is named with it.
 */

import { geodesicM, type LonLat, lineLengthM } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';
import { findFarEnds } from './far-ends.ts';
import { freeCode } from './free-code.ts';
import { withoutLoop } from './line-repairs.ts';
import { findDuplicateNodes, findEndsAndUnused, findUnitsApart, unitsServed } from './node-findings.ts';
import { selfCrossing } from './self-crossing.ts';
import { namePartnersLost } from './sharing-partners.ts';
import {
  DEFAULT_TOLERANCES,
  END_COLUMN,
  inService,
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
import { nameSingleWays } from './ways-left.ts';
import { nameOwnWaysLost, withholdCuts } from './ways-lost.ts';

/** All findings, by kind in the order in which repairs make sense, then in row order. */
export function findTopologyFaults(
  rows: TopologyRows,
  tolerances: TopologyTolerances = DEFAULT_TOLERANCES,
): TopologyFinding[] {
  const drawing = inService(rows);
  const { spans } = drawing;
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const named = new Set(rows.spans.flatMap(({ start_node_id, end_node_id }) => [start_node_id, end_node_id]));
  const found = [
    ...duplicateNetworks(rows),
    ...nodesWithoutPosition(drawing),
    ...spans.flatMap((span) => spanWithoutLine(span, nodes)),
    ...missingNodes(drawing, nodes, tolerances),
    ...spans.flatMap(antimeridian),
    ...findFarEnds(drawing, tolerances),
    ...spans.flatMap(crossesItself),
    ...spans.flatMap((span) => zeroLength(span, nodes, tolerances)),
    ...findDuplicateNodes(drawing, tolerances),
    ...findUnitsApart(drawing, tolerances),
    ...findEndsAndUnused(drawing, named, tolerances),
  ];
  const proposed = withholdCuts(namePartnersLost(found, drawing), drawing);
  return nameSingleWays(nameOwnWaysLost(proposed, drawing), drawing);
}

function duplicateNetworks({ networks, nodes, spans }: TopologyRows): TopologyFinding[] {
  const first = new Map<string, number>();
  const taken = new Set(networks.map(({ code }) => code));
  return networks.flatMap(({ id, code }): TopologyFinding[] => {
    const keep = first.get(code);
    if (keep === undefined) {
      first.set(code, id);
      return [];
    }
    const collides = [nodes, spans].some((rows) => {
      const kept = new Set(codesOf(rows, keep));
      return codesOf(rows, id).some((own) => kept.has(own));
    });
    const free = freeCode(`${code}-`, (wanted) => taken.has(wanted));
    if (collides) taken.add(free);
    const proposal: TopologyProposal = collides
      ? { action: 'rename_network', network_id: id, code: free }
      : { action: 'merge_networks', keep, drop: id };
    return [{ kind: 'duplicate_network', table: 'fibre_network', ids: [keep, id], detail_m: null, proposal }];
  });
}

function codesOf(rows: readonly { network_id: number; code: string }[], network: number): string[] {
  return rows.filter((row) => row.network_id === network).map((row) => row.code);
}

function nodesWithoutPosition({ nodes, spans }: TopologyRows): TopologyFinding[] {
  const ends = new Map<number, LonLat>();
  for (const span of spans) {
    const line = lineOf(span);
    if (line === null) continue;
    if (span.start_node_id !== null && !ends.has(span.start_node_id)) ends.set(span.start_node_id, line[0]!);
    if (span.end_node_id !== null && !ends.has(span.end_node_id)) ends.set(span.end_node_id, line.at(-1)!);
  }
  return nodes.flatMap((node): TopologyFinding[] => {
    if (positionOf(node) !== null) return [];
    const end = ends.get(node.id);
    const proposal: TopologyProposal | null =
      end === undefined ? null : { action: 'place_node', node_id: node.id, lon: end[0], lat: end[1] };
    return [{ kind: 'missing_geometry', table: 'fibre_node', ids: [node.id], detail_m: null, proposal }];
  });
}

function spanWithoutLine(span: TopologySpan, nodes: ReadonlyMap<number, TopologyNode>): TopologyFinding[] {
  if (lineOf(span) !== null) return [];
  const placed = [span.start_node_id, span.end_node_id].every(
    (id) => id !== null && positionOf(nodes.get(id)) !== null,
  );
  const proposal: TopologyProposal | null = placed ? { action: 'draw_straight', span_id: span.id } : null;
  return [{ kind: 'missing_geometry', table: 'fibre_span', ids: [span.id], detail_m: null, proposal }];
}

function missingNodes(
  rows: TopologyRows,
  nodes: ReadonlyMap<number, TopologyNode>,
  { end_m }: TopologyTolerances,
): TopologyFinding[] {
  const placed = rows.nodes.filter((node) => positionOf(node) !== null);
  let index: PointIndex | null = null;
  const ends: readonly SpanEnd[] = ['start', 'end'];
  return rows.spans.flatMap((span) =>
    ends.flatMap((end): TopologyFinding[] => {
      const id = span[END_COLUMN[end]];
      if (id !== null && nodes.has(id)) return [];
      index ??= new PointIndex(placed.map((node) => positionOf(node)!));
      const at = end === 'start' ? lineOf(span)?.[0] : lineOf(span)?.at(-1);
      const near = at === undefined ? null : index.nearest(at);
      const fits = near !== null && near.distance_m <= end_m;
      return [
        {
          kind: 'missing_node',
          table: 'fibre_span',
          ids: [span.id],
          detail_m: fits ? near.distance_m : null,
          proposal:
            at === undefined || rows.nodes.length === 0
              ? null
              : fits
                ? { action: 'reattach_end', span_id: span.id, end, node_id: placed[near.index]!.id }
                : { action: 'add_node', span_id: span.id, end, lon: at[0], lat: at[1] },
        },
      ];
    }),
  );
}

function antimeridian(span: TopologySpan): TopologyFinding[] {
  const line = lineOf(span);
  if (line === null || !line.some(([lon], at) => at > 0 && Math.abs(lon - line[at - 1]![0]) > 180)) return [];
  const proposal: TopologyProposal = { action: 'unwrap_longitudes', span_id: span.id };
  return [{ kind: 'crosses_antimeridian', table: 'fibre_span', ids: [span.id], detail_m: lineLengthM(line), proposal }];
}

function crossesItself(span: TopologySpan): TopologyFinding[] {
  const line = lineOf(span);
  if (line === null) return [];
  const found = selfCrossing(line);
  if (found === null) return [];
  const { from_segment, to_segment, point, loop_m } = found;
  const [lon, lat] = point;
  const cut = { action: 'remove_loop', span_id: span.id, from_segment, to_segment, lon, lat } as const;
  const proposal = withoutLoop(line, cut).length < 2 ? null : cut;
  return [{ kind: 'self_crossing', table: 'fibre_span', ids: [span.id], detail_m: loop_m, proposal }];
}

/** The drawn line decides; without one, the distance between the nodes. Two nodes far apart with a line of nothing are far ends. */
function zeroLength(
  span: TopologySpan,
  nodes: ReadonlyMap<number, TopologyNode>,
  { zero_m, end_m }: TopologyTolerances,
): TopologyFinding[] {
  const [start, end] = [span.start_node_id, span.end_node_id].map((id) => (id === null ? undefined : nodes.get(id)));
  const [from, to] = [positionOf(start), positionOf(end)];
  const apartM = from !== null && to !== null ? geodesicM(from, to) : null;
  const line = lineOf(span);
  const lengthM = line === null ? apartM : lineLengthM(line);
  if (lengthM === null || lengthM > zero_m) return [];
  type Mended = 'contract_span' | 'remove_span' | 'draw_straight';
  const found = (action: Mended | null, about: Pick<TopologyFinding, 'units'> = {}): TopologyFinding[] => {
    const proposal = action && { action, span_id: span.id };
    return [{ kind: 'zero_length', table: 'fibre_span', ids: [span.id], detail_m: lengthM, proposal, ...about }];
  };
  if (start !== undefined && start === end) return found('remove_span');
  if (start === undefined || end === undefined || apartM === null || apartM > end_m) return found(null);
  const units = unitsServed([start, end]);
  if (units.length < 2) return found('contract_span');
  return apartM > zero_m ? found('draw_straight') : found(null, { units });
}
