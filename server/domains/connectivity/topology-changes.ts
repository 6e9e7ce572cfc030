/** Carries accepted repairs over to the database: what differs between the rows before and after them. */
import type { Queryable } from '../../platform/db/db.ts';
import type { RepairedRows } from './rules/topology-proposals.ts';
import type { FormerNode, TopologyNode, TopologySpan } from './rules/topology-rows.ts';
import { selectWholeRows, type TouchedRows, writeRepairs } from './topology-audit.ts';
import {
  deleteRows,
  insertFormerNode,
  insertNodes,
  insertSpanCopy,
  type NetworkRow,
  type TopologyData,
  updateFormerNode,
  updateNode,
  updateSpan,
} from './topology-queries.ts';

interface Change<Row> {
  added: Row[];
  changed: Row[];
  gone: Row[];
}

function changeOf<Row extends { id: number }>(before: readonly Row[], after: readonly Row[]): Change<Row> {
  const old = new Map(before.map((row) => [row.id, JSON.stringify(row)]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    changed: after.filter((row) => old.has(row.id) && old.get(row.id) !== JSON.stringify(row)),
    gone: before.filter(({ id }) => !kept.has(id)),
  };
}

type Repaired = RepairedRows<TopologyNode, TopologySpan, NetworkRow>;
interface Changes {
  nodes: Change<TopologyNode>;
  spans: Change<TopologySpan>;
  former: Change<FormerNode>;
}

const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);
const touched = ({ changed, gone }: Change<{ id: number }>): number[] => idsOf([...changed, ...gone]);

/** Carries the changes over to the database. @returns the ids of the rows that are new in it */
async function applyChanges(
  tx: Queryable,
  { nodes, spans, former }: Changes,
  copiedFrom: Repaired['copiedFrom'],
): Promise<TouchedRows> {
  const nodeIds = await insertNodes(tx, nodes.added);
  const real = (id: number | null): number | null => (id === null ? null : (nodeIds.get(id) ?? id));
  const ended = (span: TopologySpan): TopologySpan => ({
    ...span,
    start_node_id: real(span.start_node_id),
    end_node_id: real(span.end_node_id),
  });
  const added: TouchedRows = { fibre_node: [...nodeIds.values()], fibre_span: [], fibre_former_node: [] };
  for (const node of nodes.changed) await updateNode(tx, node);
  for (const span of spans.added) {
    const from = copiedFrom.get(span.id);
    if (from !== undefined) added.fibre_span.push(...idsOf(await insertSpanCopy(tx, ended(span), from)));
  }
  for (const span of spans.changed) await updateSpan(tx, ended(span));
  for (const row of former.added) added.fibre_former_node.push(...idsOf(await insertFormerNode(tx, row)));
  for (const row of former.changed) await updateFormerNode(tx, row);
  await deleteRows(tx, idsOf(spans.gone), idsOf(nodes.gone));
  return added;
}

/** Writes the difference between the rows before and after the repairs, and every row of it to the audit log. */
export async function writeChanges(
  tx: Queryable,
  before: TopologyData,
  after: Repaired,
  about: { actor: string; why: string | undefined },
): Promise<void> {
  const changes: Changes = {
    nodes: changeOf(before.nodes, after.nodes),
    spans: changeOf(before.spans, after.spans),
    former: changeOf(before.former, after.former),
  };
  const known: TouchedRows = {
    fibre_node: touched(changes.nodes),
    fibre_span: touched(changes.spans),
    fibre_former_node: touched(changes.former),
  };
  const old = await selectWholeRows(tx, known);
  const added = await applyChanges(tx, changes, after.copiedFrom);
  const now = await selectWholeRows(tx, {
    fibre_node: [...known.fibre_node, ...added.fibre_node],
    fibre_span: [...known.fibre_span, ...added.fibre_span],
    fibre_former_node: [...known.fibre_former_node, ...added.fibre_former_node],
  });
  await writeRepairs(tx, old, now, about);
}
