/**
 * What making nodes one, or moving one, costs where operators share: a node of another operator that is one place with the node that
 * goes may be too far from the one that stays. All else that goes by where nodes made one stood is kept (`former` of the rows).
 */
import { PointIndex } from '../../../platform/geo/point-index.ts';
import { DEFAULT_SHARING_M } from './network-view.ts';
import {
  positionOf,
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
  type TopologySpan,
} from './topology-rows.ts';

/** The findings, each that makes nodes one or moves one with the codes of the partners that it costs. */
export function namePartnersLost(findings: readonly TopologyFinding[], rows: TopologyRows): TopologyFinding[] {
  const nodes = new Map(rows.nodes.map((node) => [node.id, node]));
  const spans = new Map(rows.spans.map((span) => [span.id, span]));
  const partners = new Partners(rows.nodes);
  return findings.map((finding) => {
    const { proposal } = finding;
    const ids = madeOne(proposal, spans);
    const known = ids.flatMap((id) => nodes.get(id) ?? []);
    const [keep, ...drops] =
      proposal?.action === 'place_node'
        ? known.flatMap((node) => [{ ...node, lon: proposal.lon, lat: proposal.lat }, node])
        : known;
    if (keep === undefined || drops.length === 0) return finding;
    const stay = new Set([...ids, ...partners.of(keep)]);
    const apart = new Set(drops.flatMap((drop) => partners.of(drop)).filter((id) => !stay.has(id)));
    return apart.size === 0 ? finding : { ...finding, apart: [...apart].map((id) => nodes.get(id)!.code) };
  });
}

/** The nodes that a repair makes one, the one that stays first, or the one that it moves. */
function madeOne(proposal: TopologyProposal | null, spans: ReadonlyMap<number, TopologySpan>): number[] {
  if (proposal?.action === 'place_node') return [proposal.node_id];
  if (proposal?.action === 'merge_nodes') return [proposal.keep, ...proposal.drop];
  if (proposal?.action !== 'contract_span') return [];
  const span = spans.get(proposal.span_id);
  return [span?.start_node_id, span?.end_node_id].flatMap((id) => id ?? []);
}

/** Nodes of other operators near enough to be one place with a node when shared; of an unknown operator none is. */
class Partners {
  #placed: TopologyNode[];
  #index: PointIndex | null = null;

  constructor(nodes: readonly TopologyNode[]) {
    this.#placed = nodes.filter((node) => positionOf(node) !== null && node.operator_id !== null);
  }

  of(node: TopologyNode): number[] {
    const at = positionOf(node);
    if (at === null || node.operator_id === null) return [];
    this.#index ??= new PointIndex(this.#placed.map((other) => positionOf(other)!));
    const near = this.#index.within(at, DEFAULT_SHARING_M).map(({ index }) => this.#placed[index]!);
    return near.filter((other) => other.operator_id !== node.operator_id).map(({ id }) => id);
  }
}
