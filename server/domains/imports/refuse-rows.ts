import sql, { raw } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { type RowPlace, rowError } from './formats/format.ts';
import type { LoadProgress } from './load-report.ts';
import { outsideReason } from './propose-positions.ts';

/** A row taken off a stage, with the value to blame. */
export interface Refused {
  row_no: number;
  value: string | null;
}

/** Records why rows were taken off the stage; a row that stood there several times counts once. */
export function refuse(
  progress: LoadProgress,
  rows: readonly Refused[],
  field: string,
  code: string,
  reason: string,
): void {
  const unique = new Map(rows.map((row) => [row.row_no, row]));
  progress.addErrors([...unique.values()].map(({ row_no, value }) => rowError(row_no, field, value, code, reason)));
}

/**
 * Finds the operators of a stage by code, else by name, and refuses rows that name none of the inventory.
 * @param stage a temporary table with row_no, operator (null: none) and operator_id
 */
export async function refuseUnknownOperators(tx: Queryable, progress: LoadProgress, stage: string): Promise<void> {
  // Names are matched once each: search_key over every row would take longer than the rest of the import.
  await tx.query(sql`
    with named as (select distinct operator from ${raw(stage)} where operator is not null), match as (
      select distinct on (n.operator) n.operator, o.id
        from named n join operator o on o.code = upper(n.operator) or search_key(o.name) = search_key(n.operator)
       order by n.operator, o.code = upper(n.operator) desc, o.id
    )
    update ${raw(stage)} s set operator_id = m.id from match m where m.operator = s.operator`);
  const rows = await tx.query<Refused>(
    sql`delete from ${raw(stage)} where operator is not null and operator_id is null returning row_no, operator as value`,
  );
  refuse(progress, rows, 'operator', 'unknown_operator', 'There is no such operator in the inventory.');
}

/**
 * Refuses rows of a day on which their operator did not serve.
 * @param stage a temporary table with row_no, operator_id and the column `day` (a date)
 */
export async function refuseOutOfService(tx: Queryable, progress: LoadProgress, stage: string): Promise<void> {
  const rows = await tx.query<Refused & { name: string; valid_from: string; valid_to: string | null }>(sql`
    delete from ${raw(stage)} s using operator o
     where o.id = s.operator_id and not is_valid_at(o.valid_from, o.valid_to, s.day)
    returning s.row_no, s.operator as value, o.name, o.valid_from, o.valid_to`);
  progress.addErrors(
    rows.map(({ row_no, value, name, valid_from, valid_to }) => {
      const served = valid_to === null ? `since ${valid_from}` : `from ${valid_from} and no longer on ${valid_to}`;
      return rowError(row_no, 'operator', value, 'operator_not_in_service', `${name} served ${served}.`);
    }),
  );
}

/** A row taken off a stage because its position is outside every commune; its two numbers as they were given. */
export interface OutsideRow extends RowPlace {
  first: number;
  second: number;
  commune_code?: string | null;
  value?: string;
}

/** Records rows taken off a stage for their position, with what other readings of it may be proposed from. */
export async function refuseOutsideRows(
  tx: Queryable,
  progress: LoadProgress,
  rows: readonly OutsideRow[],
): Promise<void> {
  if (rows.length === 0) return;
  progress.addFindings({ rows_outside_province: rows.length });
  const reason = await outsideReason(
    tx,
    'The position is outside every commune of the province (and farther than 2 km from it).',
  );
  progress.addErrors(
    rows.map(({ first, second, commune_code = null, value = `${first} ${second}`, ...at }) => ({
      ...rowError(at, 'lon', value, 'outside_province', reason),
      position: { first, second, commune_code },
    })),
  );
}
