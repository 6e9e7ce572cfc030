/** Carries out accepted repairs on a copy of the rows. */
import { unwrapped, wrappedLongitude } from '../../../platform/geo/antimeridian.ts';
import { geodesicM, type LonLat, lineLengthM } from '../../../platform/geo/geodesic.ts';
import { TakenCodes } from './free-code.ts';
import { nearestPart, withoutLoop } from './line-repairs.ts';
import { strongerKind, unitsServed } from './node-findings.ts';
import {
  DEFAULT_TOLERANCES,
  END_COLUMN,
  type FormerNode,
  lineOf,
  positionOf,
  type SpanEnd,
  type TopologyNetwork,
  type TopologyNode,
  type TopologyProposal,
  type TopologyRows,
  type TopologySpan,
  type TopologyTolerances,
} from './topology-rows.ts';
import { cutsOff, leadsElsewhere } from './ways-lost.ts';

type Proposal<Action extends TopologyProposal['action']> = Extract<TopologyProposal, { action: Action }>;

/** Positions first, then lines, then what joins and removes rows: whatever is accepted together, each finds its row as it was. */
const ORDER: readonly TopologyProposal['action'][] = [
  'merge_networks',
  'rename_network',
  'place_node',
  'unwrap_longitudes',
  'reverse_line',
  'remove_loop',
  'reattach_end',
  'add_node',
  'draw_straight',
  'extend_line',
  'split_span',
  'merge_nodes',
  'contract_span',
  'remove_span',
  'remove_node',
];

/** Rows after repairs. */
export interface RepairedRows<
  Node extends TopologyNode = TopologyNode,
  Span extends TopologySpan = TopologySpan,
  Network extends TopologyNetwork = TopologyNetwork,
> extends TopologyRows<Node, Span, Network> {
  /** New spans, further parts of a divided one and what one was until now: their ids, each with that of the span whose other columns it shares. */
  copiedFrom: ReadonlyMap<number, number>;
  /**
   * What was not carried out, because through other repairs nodes that serve two different units would have become one, or
   * nodes would have lost their way to a core.
   */
  refused: readonly TopologyProposal[];
  /** What another of the repairs had done already: its nodes were one, or its span gone. */
  idle: readonly TopologyProposal[];
}

/**
 * The rows with the accepted repairs of findings under these tolerances carried out; the given rows stay as they are. New nodes and spans get ids below every
 * given id and below 0, so that none can be taken for a row of the database. A repair whose rows are gone (removed by another
 * one) is passed over. `length_m` is the cable's and is not changed by what happens to the drawing, except where a span is
 * divided: the parts share it as they share the line.
 *
 * Spans out of service move with their nodes and stay themselves. So no repair that makes rows fewer takes a way to the core
 * from anything on any day: nodes made one keep all their ways, and a node goes only when no span of any day names it. Nor does
 * one take a node from what it serves: what nodes made one were, and where, is kept as `former`. A repair that leads the end of a
 * span elsewhere does so from the day of the rows on: until then the span is as it was, under a code of its own. It may take one
 * of two ways, never the last: of those that do so together, the later are refused.
 */
export function applyProposals<Node extends TopologyNode, Span extends TopologySpan, Network extends TopologyNetwork>(
  rows: TopologyRows<Node, Span, Network>,
  accepted: readonly TopologyProposal[],
  tolerances: TopologyTolerances = DEFAULT_TOLERANCES,
): RepairedRows<Node, Span, Network> {
  const sorted = [...accepted].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  const leading = sorted.filter(leadsElsewhere);
  const kept = new Set<TopologyProposal>(withoutCuts(rows, [], leading, tolerances));
  const refused = leading.filter((proposal) => !kept.has(proposal));
  const after = carriedOut(
    rows,
    sorted.filter((proposal) => !leadsElsewhere(proposal) || kept.has(proposal)),
    tolerances,
  );
  return { ...after, refused: [...refused, ...after.refused] };
}

function carriedOut<Node extends TopologyNode, Span extends TopologySpan, Network extends TopologyNetwork>(
  rows: TopologyRows<Node, Span, Network>,
  sorted: readonly TopologyProposal[],
  tolerances: TopologyTolerances,
): RepairedRows<Node, Span, Network> {
  const draft = new Draft(rows, tolerances);
  for (const proposal of sorted) draft.apply(proposal);
  return draft.rows();
}

/** The kept, and of those asked for as many as, all together, cut nothing off: halved until the one that does stands alone. */
function withoutCuts(
  rows: TopologyRows,
  kept: readonly TopologyProposal[],
  asked: readonly TopologyProposal[],
  tolerances: TopologyTolerances,
): readonly TopologyProposal[] {
  const tried = [...kept, ...asked];
  if (asked.length === 0 || !cutsOff(rows, carriedOut(rows, tried, tolerances))) return tried;
  if (asked.length === 1) return kept;
  const half = asked.length >> 1;
  const first = withoutCuts(rows, kept, asked.slice(0, half), tolerances);
  return withoutCuts(rows, first, asked.slice(half), tolerances);
}

/** A node's place is written within ±180°, also at the end of a line that goes on past it. */
const placeOf = ({ lon, lat }: { lon: number; lat: number }) => ({ lon: wrappedLongitude(lon), lat });

class Draft<Node extends TopologyNode, Span extends TopologySpan, Network extends TopologyNetwork> {
  #tolerances: TopologyTolerances;
  #networks: Map<number, Network>;
  #nodes: Map<number, Node>;
  #spans: Map<number, Span>;
  #former: FormerNode[];
  /** Nodes made one: the dropped id to the kept. */
  #mergedInto = new Map<number, number>();
  #at: string;
  #copiedFrom = new Map<number, number>();
  #refused: TopologyProposal[] = [];
  #idle: TopologyProposal[] = [];
  #nodeCodes: TakenCodes;
  #spanCodes: TakenCodes;
  /** Ids of the spans that end, or once ended, at a node. */
  #spansAt = new Map<number, Set<number>>();
  #nextId: number;

  constructor(
    { at, networks, nodes, spans, former }: TopologyRows<Node, Span, Network>,
    tolerances: TopologyTolerances,
  ) {
    this.#tolerances = tolerances;
    this.#at = at;
    this.#networks = new Map(networks.map((row) => [row.id, row]));
    this.#nodes = new Map(nodes.map((row) => [row.id, row]));
    this.#spans = new Map(spans.map((row) => [row.id, row]));
    this.#former = [...former];
    this.#nodeCodes = new TakenCodes(nodes);
    this.#spanCodes = new TakenCodes(spans);
    for (const { id, start_node_id, end_node_id } of spans) this.#note(id, start_node_id, end_node_id);
    this.#nextId = [...nodes, ...spans, ...former].reduce((least, { id }) => Math.min(least, id), 0) - 1;
  }

  rows(): RepairedRows<Node, Span, Network> {
    return {
      at: this.#at,
      networks: [...this.#networks.values()],
      nodes: [...this.#nodes.values()],
      spans: [...this.#spans.values()],
      former: this.#former.flatMap((row) => this.#handedOn(row)),
      copiedFrom: this.#copiedFrom,
      refused: this.#refused,
      idle: this.#idle,
    };
  }

  apply(proposal: TopologyProposal): void {
    switch (proposal.action) {
      case 'merge_networks':
        return this.#mergeNetworks(proposal);
      case 'rename_network':
        return this.#change(this.#networks, proposal.network_id, () => ({ code: proposal.code }));
      case 'place_node':
        return this.#change(this.#nodes, proposal.node_id, () => placeOf(proposal));
      case 'unwrap_longitudes':
        return this.#redraw(proposal.span_id, unwrapped);
      case 'reverse_line':
        return this.#redraw(proposal.span_id, (line) => line.toReversed());
      case 'remove_loop':
        return this.#redraw(proposal.span_id, (line) => withoutLoop(line, proposal));
      case 'reattach_end':
        return this.#attach(proposal.span_id, proposal.end, proposal.node_id);
      case 'add_node':
        return this.#addNode(proposal);
      case 'draw_straight':
        return this.#drawStraight(proposal.span_id);
      case 'extend_line':
        return this.#extend(proposal);
      case 'split_span':
        return this.#split(proposal);
      case 'merge_nodes':
        return this.#makeOne(proposal);
      case 'contract_span':
        return this.#contract(proposal);
      case 'remove_span':
        this.#spans.delete(proposal.span_id);
        return;
      case 'remove_node':
        this.#removeNode(proposal.node_id);
    }
  }

  #change<Row extends object>(rows: Map<number, Row>, id: number, change: (row: Row) => object): void {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, { ...row, ...change(row) });
  }

  #note(spanId: number, ...nodeIds: (number | null)[]): void {
    for (const nodeId of nodeIds) {
      if (nodeId === null) continue;
      const known = this.#spansAt.get(nodeId);
      if (known) known.add(spanId);
      else this.#spansAt.set(nodeId, new Set([spanId]));
    }
  }

  #redraw(spanId: number, draw: (line: readonly LonLat[]) => readonly LonLat[]): void {
    this.#change(this.#spans, spanId, (span) => {
      const line = lineOf(span);
      return line === null ? {} : { coordinates: draw(line) };
    });
  }

  #attach(spanId: number, end: SpanEnd, nodeId: number): void {
    if (!this.#nodes.has(nodeId)) return;
    this.#keepEarlierDays(spanId);
    this.#change(this.#spans, spanId, () => ({ [END_COLUMN[end]]: nodeId }));
    this.#note(spanId, nodeId);
  }

  /** What the span was until today goes on as a row of its own: on past days its end led where it was said to. */
  #keepEarlierDays(spanId: number): void {
    const span = this.#spans.get(spanId);
    if (span === undefined || span.valid_from >= this.#at) return;
    const id = this.#nextId--;
    const code = this.#spanCodes.give(span.network_id, `${span.code}/to-${this.#at}`);
    this.#copiedFrom.set(id, spanId);
    this.#spans.set(id, { ...span, id, code, valid_to: this.#at, out_of_service: true });
    this.#spans.set(spanId, { ...span, valid_from: this.#at });
    this.#note(id, span.start_node_id, span.end_node_id);
  }

  #mergeNetworks({ keep, drop }: Proposal<'merge_networks'>): void {
    if (!this.#networks.has(keep) || !this.#networks.delete(drop)) return;
    this.#moveRows(this.#nodes, this.#nodeCodes, drop, keep);
    this.#moveRows(this.#spans, this.#spanCodes, drop, keep);
  }

  #moveRows<Row extends { network_id: number; code: string }>(
    rows: Map<number, Row>,
    codes: TakenCodes,
    from: number,
    to: number,
  ): void {
    for (const [id, row] of rows) {
      if (row.network_id !== from) continue;
      rows.set(id, { ...row, network_id: to });
      codes.take(to, row.code);
    }
  }

  /** A joint of the span's network and, where its other end has one, operator. */
  #addNode({ span_id, end, lon, lat }: Proposal<'add_node'>): void {
    const span = this.#spans.get(span_id);
    if (span === undefined) return;
    const opposite = this.#nodes.get(span[END_COLUMN[end === 'start' ? 'end' : 'start']] ?? Number.NaN);
    // Columns we do not know are taken from a node that is there; without any, the network has no place for a joint.
    const model = opposite ?? this.#nodes.values().next().value;
    if (model === undefined) return;
    const id = this.#nextId--;
    const operator_id = opposite?.operator_id ?? null;
    const code = this.#nodeCodes.give(span.network_id, `${span.code}/${end}`);
    const own = { id, network_id: span.network_id, code, operator_id, ...placeOf({ lon, lat }), out_of_service: false };
    this.#nodes.set(id, { ...model, ...own, kind: 'joint' as const, serves_unit_code: null });
    this.#attach(span_id, end, id);
  }

  #drawStraight(spanId: number): void {
    this.#change(this.#spans, spanId, (span) => {
      const [from, to] = this.#endPositions(span);
      if (from === null || to === null) return {};
      return { coordinates: [from, to], length_m: span.length_m ?? geodesicM(from, to) };
    });
  }

  #extend({ span_id, end }: Proposal<'extend_line'>): void {
    const span = this.#spans.get(span_id);
    if (span === undefined) return;
    const to = this.#endPositions(span)[end === 'start' ? 0 : 1];
    if (to !== null) this.#redraw(span_id, (line) => (end === 'start' ? [to, ...line] : [...line, to]));
  }

  #endPositions(span: Span): [LonLat | null, LonLat | null] {
    const at = (id: number | null) => positionOf(this.#nodes.get(id ?? Number.NaN));
    return [at(span.start_node_id), at(span.end_node_id)];
  }

  /** Divides the span at the point nearest to the node; the first part keeps the id. */
  #split({ span_id, node_id }: Proposal<'split_span'>): void {
    const at = positionOf(this.#nodes.get(node_id));
    const whole = this.#spans.get(span_id);
    if (at === null || whole === undefined) return;
    const copies = [...this.#copiedFrom]
      .filter(([, of]) => of === span_id)
      .flatMap(([id]) => this.#spans.get(id) ?? []);
    const nearest = nearestPart([whole, ...copies.filter((copy) => !copy.out_of_service)], at);
    if (nearest === null) return;
    const { span, before, after } = nearest;
    const line = { first: [...before, at], second: [at, ...after] };
    const share = lineLengthM(line.first) / (lineLengthM(line.first) + lineLengthM(line.second) || 1);
    const id = this.#nextId--;
    this.#copiedFrom.set(id, span_id);
    // In whole metres, as lengths are read and written.
    const first_m = span.length_m === null ? null : Math.min(Math.round(span.length_m * share), span.length_m);
    this.#spans.set(span.id, { ...span, end_node_id: node_id, coordinates: line.first, length_m: first_m });
    const rest = {
      id,
      code: this.#spanCodes.next(span.network_id, whole.code),
      start_node_id: node_id,
      coordinates: line.second,
      length_m: first_m === null ? null : span.length_m! - first_m,
    };
    this.#spans.set(id, { ...span, ...rest });
    this.#note(id, node_id, span.end_node_id);
    this.#note(span.id, node_id);
  }

  /** Whether what the nodes have become by now serves one unit at most. */
  #mayBeOne(...nodeIds: number[]): boolean {
    return unitsServed(nodeIds.flatMap((id) => this.#current(id) ?? [])).length < 2;
  }

  #makeOne(proposal: Proposal<'merge_nodes'>): void {
    const { keep, drop } = proposal;
    const nodes = new Set([keep, ...drop].map((id) => this.#current(id)));
    if (nodes.size === 1) this.#idle.push(proposal);
    else if (!this.#mayBeOne(keep, ...drop)) this.#refused.push(proposal);
    else for (const id of drop) this.#mergeNodes(keep, id, this.#tolerances.end_m);
  }

  /** @param jumperM a span between the two that is not longer was the patch between them, and goes */
  #mergeNodes(keepId: number, dropId: number, jumperM: number): void {
    const keep = this.#current(keepId);
    const drop = this.#current(dropId);
    if (keep === undefined || drop === undefined || keep === drop) return;
    const kind = strongerKind(keep.kind, drop.kind);
    if (kind !== keep.kind) this.#remember(keep, keep.id);
    this.#remember(drop, keep.id);
    this.#nodes.set(keep.id, { ...keep, kind, serves_unit_code: keep.serves_unit_code ?? drop.serves_unit_code });
    this.#nodes.delete(drop.id);
    this.#mergedInto.set(drop.id, keep.id);
    for (const id of this.#spansAt.get(drop.id) ?? []) {
      const span = this.#spans.get(id);
      if (span === undefined || (span.start_node_id !== drop.id && span.end_node_id !== drop.id)) continue;
      const ends = [span.start_node_id, span.end_node_id];
      const [start_node_id, end_node_id] = ends.map((end) => (end === drop.id ? keep.id : end));
      const becameLoop = ends[0] !== ends[1] && start_node_id === end_node_id;
      if (becameLoop && !span.out_of_service && lineLengthM(lineOf(span) ?? []) <= jumperM) this.#spans.delete(id);
      else this.#spans.set(id, { ...span, start_node_id: start_node_id!, end_node_id: end_node_id! });
      this.#note(id, keep.id);
    }
  }

  /** A node without a place serves by its code alone, which the one that stays takes over. */
  #remember({ code, kind, serves_unit_code, lon, lat }: Node, node_id: number): void {
    if (lon === null || lat === null) return;
    this.#former.push({ id: this.#nextId--, node_id, code, kind, serves_unit_code, lon, lat });
  }

  /** The former node with the one that has it by now; gone with it. */
  #handedOn(row: FormerNode): FormerNode[] {
    const node = this.#current(row.node_id);
    if (node === undefined) return [];
    return [node.id === row.node_id ? row : { ...row, node_id: node.id }];
  }

  #contract(proposal: Proposal<'contract_span'>): void {
    const span = this.#spans.get(proposal.span_id);
    if (span === undefined || span.start_node_id === null || span.end_node_id === null) {
      this.#idle.push(proposal);
      return;
    }
    if (!this.#mayBeOne(span.start_node_id, span.end_node_id)) {
      this.#refused.push(proposal);
      return;
    }
    this.#spans.delete(span.id);
    this.#mergeNodes(span.start_node_id, span.end_node_id, this.#tolerances.zero_m);
  }

  #removeNode(nodeId: number): void {
    const used = [...(this.#spansAt.get(nodeId) ?? [])].some((id) => {
      const span = this.#spans.get(id);
      return span?.start_node_id === nodeId || span?.end_node_id === nodeId;
    });
    if (!used) this.#nodes.delete(nodeId);
  }

  #current(nodeId: number): Node | undefined {
    let id = nodeId;
    while (this.#mergedInto.has(id)) id = this.#mergedInto.get(id)!;
    return this.#nodes.get(id);
  }
}
