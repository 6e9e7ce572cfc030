/** Nodes that are one, nodes without a span, and joints where a cable ends in the field. */
import { geodesicM } from '../../../platform/geo/geodesic.ts';
import { PointIndex } from '../../../platform/geo/point-index.ts';
import type { FibreNodeKind } from './network-graph.ts';
import { type LineHit, SegmentIndex } from './segment-index.ts';
import {
  lineOf,
  positionOf,
  type TopologyFinding,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
  type TopologySpan,
  type TopologyTolerances,
} from './topology-rows.ts';

/** The more a node means, the lower its rank: the one that stays when nodes are made one. */
const KIND_RANK: Readonly<Record<FibreNodeKind, number>> = { core: 0, district: 1, commune: 2, site: 3, joint: 4 };

/** The kind that means more. */
export function strongerKind(a: FibreNodeKind, b: FibreNodeKind): FibreNodeKind {
  return KIND_RANK[a] <= KIND_RANK[b] ? a : b;
}

/** Nodes in order of what they mean, then of their rows: who stays, stays whatever is added later. */
export function byRank<Node extends { id: number; kind: FibreNodeKind }>(nodes: readonly Node[]): Node[] {
  return [...nodes].sort((a, b) => KIND_RANK[a.kind] - KIND_RANK[b.kind] || a.id - b.id);
}

/** Codes of the units that nodes serve, each once. Nodes of two are two places: made one, they would serve one unit less. */
export function unitsServed(nodes: readonly Pick<TopologyNode, 'serves_unit_code'>[]): string[] {
  return [...new Set(nodes.flatMap(({ serves_unit_code }) => serves_unit_code ?? []))];
}

/**
 * Nodes of one network and operator, and of one unit at most, within the snapping tolerance of the one that stays. Each stands
 * in at most one finding, and all are near the one that stays: no chains.
 */
export function findDuplicateNodes({ nodes }: TopologyRows, { snap_m }: TopologyTolerances): TopologyFinding[] {
  const placed = byRank(nodes.filter((node) => positionOf(node) !== null));
  const index = new PointIndex(placed.map((node) => positionOf(node)!));
  const gone = new Set<TopologyNode>();
  return placed.flatMap((keep): TopologyFinding[] => {
    if (gone.has(keep)) return [];
    gone.add(keep);
    const together = [keep];
    const twins = index.within(positionOf(keep)!, snap_m).filter((near) => {
      const twin = placed[near.index]!;
      if (gone.has(twin) || twin.network_id !== keep.network_id || twin.operator_id !== keep.operator_id) return false;
      if (unitsServed([...together, twin]).length > 1) return false;
      together.push(twin);
      return true;
    });
    if (twins.length === 0) return [];
    const drop = twins.map((near) => placed[near.index]!);
    for (const twin of drop) gone.add(twin);
    const ids = drop.map((twin) => twin.id);
    return [
      {
        kind: 'duplicate_nodes',
        table: 'fibre_node',
        ids: [keep.id, ...ids],
        detail_m: twins.at(-1)!.distance_m,
        proposal: { action: 'merge_nodes', keep: keep.id, drop: ids },
      },
    ];
  });
}

/** Pairs that would be one but for the different units they serve: which of the two is wrong, or neither, the data do not say. */
export function findUnitsApart({ nodes }: TopologyRows, { snap_m }: TopologyTolerances): TopologyFinding[] {
  const serving = byRank(nodes.filter((node) => positionOf(node) !== null && node.serves_unit_code !== null));
  const index = new PointIndex(serving.map((node) => positionOf(node)!));
  return serving.flatMap((node, rank) =>
    index.within(positionOf(node)!, snap_m).flatMap((near): TopologyFinding[] => {
      const twin = serving[near.index]!;
      const units = unitsServed([node, twin]);
      if (near.index <= rank || units.length < 2) return [];
      if (twin.network_id !== node.network_id || twin.operator_id !== node.operator_id) return [];
      const { distance_m: detail_m } = near;
      const ids = [node.id, twin.id];
      return [{ kind: 'duplicate_nodes', table: 'fibre_node', ids, detail_m, proposal: null, units }];
    }),
  );
}

/**
 * Nodes without any span, and mere joints with only one. Other kinds may well be the end of a cable.
 *
 * @param named nodes that a span names, also one that is out of service: on past days they carry the network, so they are used
 */
export function findEndsAndUnused(
  rows: TopologyRows,
  named: ReadonlySet<number | null>,
  tolerances: TopologyTolerances,
): TopologyFinding[] {
  const spansAt = new Map<number, TopologySpan[]>(rows.nodes.map((node) => [node.id, []]));
  for (const span of rows.spans) {
    for (const id of new Set([span.start_node_id, span.end_node_id])) spansAt.get(id ?? Number.NaN)?.push(span);
  }
  const reach = new Reach(rows);
  const dangling: TopologyFinding[] = [];
  const unused: TopologyFinding[] = [];
  for (const node of rows.nodes) {
    const spans = spansAt.get(node.id)!;
    const isJoint = node.kind === 'joint' && node.serves_unit_code === null;
    if (!named.has(node.id)) {
      const proposal: TopologyProposal | null = isJoint ? { action: 'remove_node', node_id: node.id } : null;
      unused.push({ kind: 'unused_node', table: 'fibre_node', ids: [node.id], detail_m: null, proposal });
    } else if (isJoint && spans.length === 1 && spans[0]!.start_node_id !== spans[0]!.end_node_id) {
      dangling.push({
        kind: 'dangling_end',
        table: 'fibre_node',
        ids: [node.id],
        ...reach.from(node, spans[0]!, tolerances),
      });
    }
  }
  return [...dangling, ...unused];
}

/** What a dangling end nearly meets in its own network: another node, else another line. Who meets whom across networks is a view's matter. */
class Reach {
  #nodes: TopologyNode[];
  #spans: TopologySpan[];
  #nodeIndex: PointIndex | null = null;
  #lineIndex: SegmentIndex | null = null;

  constructor({ nodes, spans }: TopologyRows) {
    this.#nodes = nodes.filter((node) => positionOf(node) !== null);
    this.#spans = spans.filter((span) => lineOf(span) !== null);
  }

  from(
    node: TopologyNode,
    own: TopologySpan,
    { reach_m }: TopologyTolerances,
  ): Pick<TopologyFinding, 'detail_m' | 'proposal'> {
    const at = positionOf(node);
    if (at === null) return { detail_m: null, proposal: null };
    this.#nodeIndex ??= new PointIndex(this.#nodes.map((other) => positionOf(other)!));
    const ends = new Set([own.start_node_id, own.end_node_id]);
    const near = this.#nodeIndex.within(at, reach_m).find(({ index }) => {
      const other = this.#nodes[index]!;
      return other.network_id === node.network_id && !ends.has(other.id);
    });
    if (near !== undefined) {
      const keep = this.#nodes[near.index]!.id;
      return { detail_m: near.distance_m, proposal: { action: 'merge_nodes', keep, drop: [node.id] } };
    }
    this.#lineIndex ??= new SegmentIndex(this.#spans.map((span) => lineOf(span)!));
    const met = this.#lineIndex.within(at, reach_m).find((hit) => this.#isInside(hit, own, reach_m));
    if (met === undefined) return { detail_m: null, proposal: null };
    const proposal = { action: 'split_span', span_id: this.#spans[met.line]!.id, node_id: node.id } as const;
    return { detail_m: met.distance_m, proposal };
  }

  /** Another span of the network, and not where it begins or ends: there a node stands or is missing. */
  #isInside({ line, point }: LineHit, own: TopologySpan, reach_m: number): boolean {
    const span = this.#spans[line]!;
    const drawn = lineOf(span)!;
    if (span.id === own.id || span.network_id !== own.network_id) return false;
    return [drawn[0]!, drawn.at(-1)!].every((end) => geodesicM(end, point) > reach_m);
  }
}
