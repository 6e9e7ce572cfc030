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

/** Where rows of a stage with a geometry belong. */
interface SourceTable {
  table: string;
  stage: string;
  /** What a row says beside its geometry and source; rows of the same words and geometry are the same. */
  columns: readonly string[];
}

/**
 * Writes rows that are known by their source: what was there of the same source and is no longer in the file is taken
 * out, so that a newer file replaces the older one, and the same file again changes nothing. Both tables have `geom`,
 * `source` and `synthetic` beside the columns (all fixed text of the program).
 * @returns how many rows were taken out and put in
 */
export async function replaceBySource(
  tx: Queryable,
  { table, stage, columns }: SourceTable,
): Promise<{ removed: number; inserted: number }> {
  const same = raw(
    [
      's.source = t.source',
      ...columns.map((column) => `s.${column} = t.${column}`),
      'st_orderingequals(s.geom, t.geom)',
    ].join(' and '),
  );
  const names = raw([...columns, 'geom', 'source', 'synthetic'].join(', '));
  const [removed] = await tx.query<{ count: number }>(sql`
    with removed as (
      delete from ${raw(table)} t
       where t.source in (select source from ${raw(stage)}) and not exists (select 1 from ${raw(stage)} s where ${same})
      returning 1)
    select count(*) as count from removed`);
  const [added] = await tx.query<{ count: number }>(sql`
    with added as (
      insert into ${raw(table)} (${names})
      select ${names} from ${raw(stage)} s
       where not exists (select 1 from ${raw(table)} t where ${same})
       order by s.row_no
      returning 1)
    select count(*) as count from added`);
  return { removed: removed?.count ?? 0, inserted: added?.count ?? 0 };
}

/** Whether two rows (fixed names of the program) stand at one place, to the 9 decimals that our exports write. */
export const samePlace = (a: string, b: string): Sql => raw(`st_asgeojson(${a}.geom, 9) = st_asgeojson(${b}.geom, 9)`);
