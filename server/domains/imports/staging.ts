import sql, { raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { TableCounts } from './load-report.ts';

const BATCH = 5_000;

/** Creates a temporary table of the transaction with the given column definitions (fixed text of the program). */
export async function createStage(tx: Queryable, name: string, columns: string): Promise<void> {
  await tx.script(`drop table if exists ${name}; create temporary table ${name} (${columns}) on commit drop`);
}

/** Appends records to a stage: members of the record are matched to the stage's columns by name. */
export async function fillStage(tx: Queryable, name: string, records: readonly object[]): Promise<void> {
  for (let start = 0; start < records.length; start += BATCH) {
    const batch = JSON.stringify(records.slice(start, start + BATCH));
    await tx.query(
      sql`insert into ${raw(name)} select * from jsonb_populate_recordset(null::${raw(name)}, ${batch}::jsonb)`,
    );
  }
}

/**
 * Runs an `insert … on conflict do update … where it differs returning (xmax = 0) as inserted` and counts.
 * xmax is 0 for a row this statement inserted.
 */
export async function countUpsert(tx: Queryable, upsert: Sql): Promise<TableCounts> {
  const [row] = await tx.query<{ inserted: number; updated: number }>(sql`
    with written as (${upsert} returning (xmax = 0) as inserted)
    select count(*) filter (where inserted) as inserted, count(*) filter (where not inserted) as updated from written`);
  return row ?? { inserted: 0, updated: 0 };
}
