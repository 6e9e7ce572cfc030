/** What a run takes over from earlier ones, copied within the database: it need not leave it. */
import sql, { empty, raw } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { EarlierKey } from './earlier-run.ts';
import type { CoverageKey } from './rules/coverage-types.ts';
import type { LevelGrids, OperatorTechnology } from './rules/levels/level-types.ts';

/** Levels of an earlier run that are those of this one as they are stored. */
export interface KeptLevels {
  run_id: number;
  /** Of all operators × technologies but these. */
  but: readonly OperatorTechnology[];
}

/** An earlier run went while another was to take over from it. */
const EARLIER_GONE =
  'The earlier run that results were to be taken over from was removed meanwhile: compute once more.';

/** Takes layers and error bands over within the database. @throws Error when not all of them are there any more */
export async function takeOverLevels(
  tx: Queryable,
  runId: number,
  kept: KeptLevels,
  { layers, spreads }: Pick<LevelGrids, 'layers' | 'spreads'>,
): Promise<void> {
  const but = JSON.stringify(kept.but);
  const isKept = sql`l.run_id = ${kept.run_id} and not exists (
    select 1 from jsonb_to_recordset(${but}::jsonb) as b (operator_id bigint, technology text)
     where b.operator_id = l.operator_id and b.technology = l.technology)`;
  const taken = await tx.query(sql`
    insert into coverage_level (run_id, operator_id, technology, band_mhz, base_dbm, step_db, levels, servers, cell_ids)
    select ${runId}, l.operator_id, l.technology, l.band_mhz, l.base_dbm, l.step_db, l.levels, l.servers, l.cell_ids
      from coverage_level l where ${isKept} returning 1`);
  const takenSpreads = await tx.query(sql`
    insert into coverage_spread (run_id, operator_id, technology, low, low_servers, high, high_servers, cell_ids)
    select ${runId}, l.operator_id, l.technology, l.low, l.low_servers, l.high, l.high_servers, l.cell_ids
      from coverage_spread l where ${isKept} returning 1`);
  if (taken.length !== layers.length || takenSpreads.length !== spreads.length) throw new Error(EARLIER_GONE);
}

/** A key of a run: what its rows were made from, and where they are when an earlier run has them. */
export interface RunKey extends CoverageKey {
  digest: string;
  earlier: EarlierKey | null;
}

/** Stores what the rows of each key were made from, and who computed them. */
export async function insertKeys(tx: Queryable, runId: number, keys: readonly RunKey[]): Promise<void> {
  const rows = keys.map(({ earlier, ...key }) => ({ ...key, computed_in: earlier?.computed_in ?? runId }));
  await tx.query(sql`
    insert into coverage_key (run_id, scope, operator_id, technology, digest, computed_in)
    select ${runId}, r.scope, r.operator_id, r.technology, r.digest, r.computed_in
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (scope text, operator_id bigint, technology text, digest text, computed_in bigint)`);
}

/**
 * Tables with rows of a key, and their columns that are as they were: not what is of the day. Part of what rows are made
 * from: where a column is new, none are taken over.
 */
export const KEY_ROWS = {
  coverage_commune: `scope, operator_id, technology, commune_id, population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area,
    people_at_least, area_at_least_km2, people_low, people_high, area_low_km2, area_high_km2, pct_terrain, centre_covered, status, unknown_reason`,
  coverage_area: 'scope, operator_id, technology, level_db, geom, area_km2',
  gap: 'operator_id, technology, kind, geom, area_km2, people, people_incomplete, commune_codes, rank',
  unlisted_gaps: `operator_id, technology, kind, small_patches, small_area_km2, small_people, doubtful_area_km2, doubtful_people,
    people_incomplete`,
};

/** A key with the run that has its rows. */
type TakenKey = CoverageKey & { run_id: number };

/** Copies the rows of keys in a table to a run. @returns how many */
async function copyRows(
  tx: Queryable,
  runId: number,
  table: keyof typeof KEY_ROWS,
  keys: readonly TakenKey[],
): Promise<number> {
  const columns = raw(KEY_ROWS[table]);
  const runs = [...new Set(keys.map(({ run_id }) => run_id))];
  // Gaps have no scope: they are of an operator or of all.
  const scope = KEY_ROWS[table].startsWith('scope') ? sql`and k.scope = e.scope` : empty;
  const rows = await tx.query(sql`
    insert into ${raw(table)} (run_id, ${columns})
    select ${runId}, ${columns} from ${raw(table)} e
     where e.run_id = any(${runs}::bigint[]) and exists (
       select 1 from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (run_id bigint, scope text, operator_id bigint, technology text)
        where k.run_id = e.run_id and k.operator_id is not distinct from e.operator_id and k.technology = e.technology ${scope})
    returning 1`);
  return rows.length;
}

/**
 * Takes the rows of keys over from earlier runs, within the database. What lies nearest to a gap and inside it is of
 * the day, and left to be measured.
 * @throws Error when a commune's row is not there any more
 */
export async function takeOverKeys(
  tx: Queryable,
  runId: number,
  keys: readonly RunKey[],
  communesEach: number,
): Promise<void> {
  const taken = keys.flatMap(({ earlier, scope, operator_id, technology }): TakenKey[] =>
    earlier ? [{ run_id: earlier.run_id, scope, operator_id, technology }] : [],
  );
  if (taken.length === 0) return;
  const communes = await copyRows(tx, runId, 'coverage_commune', taken);
  if (communes !== taken.length * communesEach) throw new Error(EARLIER_GONE);
  await copyRows(tx, runId, 'coverage_area', taken);
  const withGaps = taken.filter(({ scope }) => scope !== 'at_least_two');
  await copyRows(tx, runId, 'gap', withGaps);
  await copyRows(tx, runId, 'unlisted_gaps', withGaps);
}
