/**
 * Whose network is looked at.
 *
 * - `operator`: the spans of one operator and the nodes they end at (whoever runs those), and its own nodes;
 * - `together`: everybody's, as recorded: operators meet only where their spans end at the same node;
 * - `sharing`: as if operators helped each other out: nodes of different operators within a tolerance become one place. The
 *   patch between two racks is no span and no risk, so the places are made one and not linked.
 *
 * A view is a filter of rows: all other rules work on the graph of the rows it gives.
 */

import { PointIndex } from '../../../platform/geo/point-index.ts';
import { type BuiltNetwork, buildNetworkGraph, type FibreNodeRow, type FibreSpanRow } from './network-graph.ts';
import { byRank, strongerKind } from './node-findings.ts';

export type NetworkView =
  | { kind: 'operator'; operator_id: number }
  | { kind: 'together' }
  | { kind: 'sharing'; tolerance_m: number };

/** Nodes of two operators this near stand in one building or at one pole, metres. */
export const DEFAULT_SHARING_M = 50;

export interface ViewNode extends FibreNodeRow {
  operator_id: number | null;
  /** Whether fibre can be joined here on the day: of a node of another operator, by a span of the view. */
  in_service: boolean;
}

export interface ViewSpan extends FibreSpanRow {
  operator_id: number | null;
}

export interface ViewRows<Node extends ViewNode, Span extends ViewSpan> {
  nodes: Node[];
  spans: Span[];
  /** Nodes that became one with another: their id to the id of the one that stays. */
  aliases: ReadonlyMap<number, number>;
}

/** The rows a view shows. */
export function viewRows<Node extends ViewNode, Span extends ViewSpan>(
  nodes: readonly Node[],
  spans: readonly Span[],
  view: NetworkView,
): ViewRows<Node, Span> {
  if (view.kind === 'operator') return { ...ofOperator(nodes, spans, view.operator_id), aliases: new Map() };
  if (view.kind === 'together') return { nodes: [...nodes], spans: [...spans], aliases: new Map() };
  const { kept, aliases } = sharedPlaces(nodes, view.tolerance_m);
  const alias = (id: number | null) => (id === null ? null : (aliases.get(id) ?? id));
  return {
    nodes: kept,
    spans: spans.map((span) => ({
      ...span,
      start_node_id: alias(span.start_node_id),
      end_node_id: alias(span.end_node_id),
    })),
    aliases,
  };
}

/** The graph of a view. Nodes that became one with another are found by their own id too. */
export function buildViewGraph(
  nodes: readonly ViewNode[],
  spans: readonly ViewSpan[],
  view: NetworkView,
): BuiltNetwork {
  const rows = viewRows(nodes, spans, view);
  const built = buildNetworkGraph(rows.nodes, rows.spans);
  const nodeIndexById = new Map(built.graph.nodeIndexById);
  for (const [id, kept] of rows.aliases) nodeIndexById.set(id, nodeIndexById.get(kept)!);
  return { ...built, graph: { ...built.graph, nodeIndexById } };
}

const endsOf = (spans: readonly ViewSpan[]): Set<number | null> =>
  new Set(spans.flatMap((span) => [span.start_node_id, span.end_node_id]));

function ofOperator<Node extends ViewNode, Span extends ViewSpan>(
  nodes: readonly Node[],
  spans: readonly Span[],
  operatorId: number,
): { nodes: Node[]; spans: Span[] } {
  const own = spans.filter((span) => span.operator_id === operatorId);
  const used = endsOf(own);
  const lit = endsOf(own.filter(({ status }) => status === 'operational'));
  const isOwn = (node: Node) => node.operator_id === operatorId;
  return {
    nodes: nodes
      .filter((node) => isOwn(node) || used.has(node.id))
      .map((node) => ({ ...node, in_service: node.in_service && (isOwn(node) || lit.has(node.id)) })),
    spans: own,
  };
}

/**
 * Each node joins the first in rank (`byRank`) within the tolerance that stays and is of another operator; nodes of unknown
 * operator stay alone. All that join one place are within the tolerance of it: no chains of neighbours across a town.
 */
function sharedPlaces<Node extends ViewNode>(
  nodes: readonly Node[],
  tolerance_m: number,
): { kept: Node[]; aliases: Map<number, number> } {
  const placed = byRank(nodes.filter((node) => node.lon !== null && node.lat !== null && node.operator_id !== null));
  const index = new PointIndex(placed.map(({ lon, lat }) => [lon!, lat!]));
  const aliases = new Map<number, number>();
  const places = new Map<number, Node>();
  for (const node of placed) {
    if (aliases.has(node.id)) continue;
    let place = node;
    for (const { index: at } of index.within([node.lon!, node.lat!], tolerance_m)) {
      const guest = placed[at]!;
      if (guest.operator_id === node.operator_id || aliases.has(guest.id) || places.has(guest.id)) continue;
      aliases.set(guest.id, node.id);
      place = {
        ...place,
        kind: strongerKind(place.kind, guest.kind),
        serves_unit_code: place.serves_unit_code ?? guest.serves_unit_code,
        in_service: place.in_service || guest.in_service,
      };
    }
    places.set(node.id, place);
  }
  return { kept: nodes.filter((node) => !aliases.has(node.id)).map((node) => places.get(node.id) ?? node), aliases };
}
