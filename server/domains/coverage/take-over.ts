/** What a run takes over from earlier ones, copied within the database: it need not leave it. */
import sql from 'sql-template-tag';
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
  const taken = keys.flatMap(({ earlier, scope, operator_id, technology }) =>
    earlier ? [{ run_id: earlier.run_id, scope, operator_id, technology }] : [],
  );
  if (taken.length === 0) return;
  const isOfKey = sql`jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as k (run_id bigint, scope text, operator_id bigint, technology text)
    where k.run_id = e.run_id and k.operator_id is not distinct from e.operator_id and k.technology = e.technology`;
  const communes = await tx.query(sql`
    insert into coverage_commune (run_id, scope, operator_id, technology, commune_id, population, people_covered, pct_pop, area_km2,
                                  area_covered_km2, pct_area, people_low, people_high, area_low_km2, area_high_km2, pct_terrain,
                                  centre_covered, status, unknown_reason)
    select ${runId}, e.scope, e.operator_id, e.technology, e.commune_id, e.population, e.people_covered, e.pct_pop, e.area_km2,
           e.area_covered_km2, e.pct_area, e.people_low, e.people_high, e.area_low_km2, e.area_high_km2, e.pct_terrain,
           e.centre_covered, e.status, e.unknown_reason
      from coverage_commune e, ${isOfKey} and k.scope = e.scope returning 1`);
  if (communes.length !== taken.length * communesEach) throw new Error(EARLIER_GONE);
  await tx.query(sql`
    insert into coverage_area (run_id, scope, operator_id, technology, level_db, geom, area_km2)
    select ${runId}, e.scope, e.operator_id, e.technology, e.level_db, e.geom, e.area_km2
      from coverage_area e, ${isOfKey} and k.scope = e.scope`);
  // Gaps are of an operator or of all: areas of two have none.
  await tx.query(sql`
    insert into gap (run_id, operator_id, technology, kind, geom, area_km2, people, people_incomplete, commune_codes, rank)
    select ${runId}, e.operator_id, e.technology, e.kind, e.geom, e.area_km2, e.people, e.people_incomplete, e.commune_codes, e.rank
      from gap e, ${isOfKey} and k.scope <> 'at_least_two'`);
  await tx.query(sql`
    insert into unlisted_gaps (run_id, operator_id, technology, kind, small_patches, small_area_km2, small_people, doubtful_area_km2,
                               doubtful_people, people_incomplete)
    select ${runId}, e.operator_id, e.technology, e.kind, e.small_patches, e.small_area_km2, e.small_people, e.doubtful_area_km2,
           e.doubtful_people, e.people_incomplete
      from unlisted_gaps e, ${isOfKey} and k.scope <> 'at_least_two'`);
}
