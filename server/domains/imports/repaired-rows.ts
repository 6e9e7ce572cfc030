/**
 * What rows of fibre networks said before they were repaired, and what repairs made of them, by the audit log: as long as nothing
 * but repairs has changed a row since.
 */
import { isDeepStrictEqual } from 'node:util';
import sql from 'sql-template-tag';
import { dayInVietnam } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { selectWholeRows } from '../connectivity/index.ts';

export type FibreTable = 'fibre_node' | 'fibre_span';
export type Row = Record<string, unknown>;

const OF_BOTH = ['name', 'operator_id', 'status', 'synthetic'];
const ENDS = ['start_node_code', 'end_node_code'];
const CABLE = ['length_m', 'deployment', 'fibre_count', 'route_group', 'valid_from', 'valid_to'];
/** What columns say of a row, by the names of the audit log; ends by the codes of their nodes. */
const SAID: Record<FibreTable, readonly string[]> = {
  fibre_node: [...OF_BOTH, 'kind', 'serves_unit_code', 'lon', 'lat'],
  fibre_span: [...OF_BOTH, ...ENDS, ...CABLE, 'coordinates'],
};

interface AuditEntry {
  table_name: FibreTable;
  row_id: number;
  network: string;
  at: string;
  before: Row | null;
  after: Row | null;
}

/** A row as repairs left it. */
export interface Repaired {
  table: FibreTable;
  network: string;
  code: string;
  row_id: number;
  /** Before the first of them; null for a row that they made. */
  was: Row | null;
  /** Null for a row that they took away. */
  is: Row | null;
  /** Day of the last of them. */
  day: string;
}

/** Whether the columns of two rows say the same. */
export const sameRow = (table: FibreTable, a: Row | null, b: Row | null): boolean =>
  a === null || b === null ? a === b : SAID[table].every((column) => isDeepStrictEqual(a[column], b[column]));

/**
 * Whether two rows are the same also in how they were received. A repair leaves that as it is, so our own exports of what it made
 * say it otherwise.
 */
export const sameAsReceived = (table: FibreTable, a: Row | null, b: Row | null): boolean =>
  sameRow(table, a, b) && ['ofds', 'route_is_straight'].every((column) => isDeepStrictEqual(a?.[column], b?.[column]));

/** The rows of the staged networks that were repaired, each by its last life: one that an import wrote since begins anew. */
export async function selectRepaired(tx: Queryable): Promise<Repaired[]> {
  const entries = await tx.query<AuditEntry>(sql`
    select a.table_name, a.row_id, w.code as network, a.at, a.before, a.after
      from audit_log a join fibre_network w on w.id = (coalesce(a.before, a.after) ->> 'network_id')::bigint
     where a.action = 'repair' and a.table_name in ('fibre_node', 'fibre_span') and w.code in (select code from staged_network)
     order by a.id`);
  if (entries.length === 0) return [];
  const ids = (table: FibreTable) => [
    ...new Set(entries.flatMap((each) => (each.table_name === table ? [each.row_id] : []))),
  ];
  const present = await selectWholeRows(tx, {
    fibre_node: ids('fibre_node'),
    fibre_span: ids('fibre_span'),
    fibre_former_node: [],
  });
  const ended = await endsByCode(
    tx,
    entries,
    [...present.values()].map(({ row }) => row as Row),
  );
  const repaired = new Map<string, Repaired>();
  for (const { table_name: table, row_id, network, at, before, after } of entries) {
    const code = String((before ?? after)?.['code']);
    const known = repaired.get(`${table} ${row_id}`);
    const [then, is] = [ended(before), ended(after)];
    const was = known && sameRow(table, known.is, then) ? known.was : then;
    repaired.set(`${table} ${row_id}`, { table, network, code, row_id, was, is, day: dayInVietnam(new Date(at)) });
  }
  return [...repaired.values()].filter(({ table, row_id, is }) => {
    const now = present.get(`${table} ${row_id}`)?.row;
    return sameRow(table, is, ended((now as Row | undefined) ?? null));
  });
}

/** Makes rows tell their ends by code too: nodes that are gone are known from the log. */
async function endsByCode(
  tx: Queryable,
  entries: readonly AuditEntry[],
  present: readonly Row[],
): Promise<(row: Row | null) => Row | null> {
  const logged = entries.flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
  const ends = [...logged, ...present].flatMap((row) => [row['start_node_id'], row['end_node_id']]);
  const wanted = [...new Set(ends.filter((id) => typeof id === 'number'))];
  const nodes = await tx.query<{ id: number; code: string }>(
    sql`select id, code from fibre_node where id = any(${wanted}::bigint[])`,
  );
  const codes = new Map<unknown, unknown>([
    ...entries.flatMap((entry): [unknown, unknown][] =>
      entry.table_name === 'fibre_node' ? [[entry.row_id, (entry.before ?? entry.after)?.['code']]] : [],
    ),
    ...nodes.map(({ id, code }): [unknown, unknown] => [id, code]),
  ]);
  return (row) =>
    row && { ...row, start_node_code: codes.get(row['start_node_id']), end_node_code: codes.get(row['end_node_id']) };
}
