import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { inBatches } from '../../platform/db/in-batches.ts';
import type { CoverageAreaRow, CoverageResult, GapRow, UnlistedGapsRow } from './rules/coverage-types.ts';
import type { CoverageStage } from './run-progress.ts';
import { insertCells, insertLevels } from './store-levels.ts';
import { insertNoTerrain } from './store-no-terrain.ts';
import { insertKeys, type KeptLevels, type RunKey, takeOverKeys } from './take-over.ts';
import type { TerrainAbout } from './terrain/load-raster.ts';

const GAPS_A_BATCH = 200;

/** What a run is stored with beside its results. */
export interface RunAbout {
  at: string;
  vintage: string;
  inventoryRevision: number;
  /** Digest of everything the levels depend on but the cells. */
  basis: string;
  terrain: TerrainAbout | null;
  kept: KeptLevels | null;
  keys: readonly RunKey[];
  /** How many communes each key has a row of. */
  communes: number;
  milliseconds: Partial<Record<CoverageStage, number>>;
}

async function insertCommunes(tx: Queryable, runId: number, result: CoverageResult): Promise<void> {
  await inBatches(result.communes, 5_000, (json) =>
    tx.query(sql`
      insert into coverage_commune (run_id, scope, operator_id, technology, commune_id, population, people_covered, pct_pop, area_km2,
                                    area_covered_km2, pct_area, people_at_least, area_at_least_km2, people_low, people_high, area_low_km2,
                                    area_high_km2, pct_terrain, centre_covered, status, unknown_reason)
      select ${runId}, r.scope, r.operator_id, r.technology, r.commune_id, r.population, r.people_covered, r.pct_pop, r.area_km2,
             r.area_covered_km2, r.pct_area, r.people_at_least, r.area_at_least_km2, r.people_low, r.people_high, r.area_low_km2,
             r.area_high_km2, r.pct_terrain, r.centre_covered, r.status, r.unknown_reason
        from jsonb_to_recordset(${json}::jsonb) as r (scope text, operator_id bigint, technology text, commune_id bigint, population integer,
             people_covered integer, pct_pop float8, area_km2 float8, area_covered_km2 float8, pct_area float8, people_at_least integer,
             area_at_least_km2 float8, people_low integer, people_high integer, area_low_km2 float8, area_high_km2 float8, pct_terrain float8,
             centre_covered boolean, status text, unknown_reason text)`),
  );
}

/**
 * Coordinates are rounded, so that in a rare place two outlines may touch: an area that may have such a place is looked
 * at, repaired, and only its areas kept. In a statement of its own: of a value in a statement the planner would work
 * everything out in advance.
 */
async function insertArea(tx: Queryable, runId: number, area: CoverageAreaRow): Promise<void> {
  const [stored] = await tx.query<{ id: number }>(sql`
    insert into coverage_area (run_id, scope, operator_id, technology, level_db, geom, area_km2)
    select ${runId}, ${area.scope}, ${area.operator_id}::bigint, ${area.technology}, ${area.level_db}::float8,
           st_setsrid(st_geomfromwkb(decode(${area.wkb}::text, 'hex')), 4326), ${area.area_km2}::float8
    returning id`);
  if (area.is_valid || !stored) return;
  await tx.query(sql`
    update coverage_area set geom = st_multi(st_forcepolygonccw(st_collectionextract(st_makevalid(geom), 3)))
     where id = ${stored.id} and not st_isvalid(geom)`);
}

async function insertGaps(tx: Queryable, runId: number, gaps: readonly GapRow[]): Promise<void> {
  await inBatches(gaps, GAPS_A_BATCH, (json) =>
    tx.query(sql`
      insert into gap (run_id, operator_id, technology, kind, geom, area_km2, people, people_incomplete, commune_codes, rank)
      select ${runId}, r.operator_id, r.technology, r.kind, st_setsrid(st_geomfromwkb(decode(r.wkb, 'hex')), 4326),
             r.area_km2, r.people, r.people_incomplete, array(select jsonb_array_elements_text(r.commune_codes)), r.rank
        from jsonb_to_recordset(${json}::jsonb) as r (operator_id bigint, technology text, kind text, wkb text, area_km2 float8,
             people integer, people_incomplete boolean, commune_codes jsonb, rank integer)`),
  );
}

async function insertUnlistedGaps(tx: Queryable, runId: number, rows: readonly UnlistedGapsRow[]): Promise<void> {
  await tx.query(sql`
    insert into unlisted_gaps (run_id, operator_id, technology, kind, small_patches, small_area_km2, small_people, doubtful_area_km2,
                               doubtful_people, people_incomplete)
    select ${runId}, r.operator_id, r.technology, r.kind, r.small_patches, r.small_area_km2, r.small_people, r.doubtful_area_km2,
           r.doubtful_people, r.people_incomplete
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (operator_id bigint, technology text, kind text, small_patches integer,
           small_area_km2 float8, small_people integer, doubtful_area_km2 float8, doubtful_people integer, people_incomplete boolean)`);
}

/** Nearest site and nearest fibre node in service on the day of each gap; metres, geodesic, 0 inside. */
async function measureGaps(tx: Queryable, runId: number, at: string): Promise<void> {
  await tx.query(sql`
    update gap g set nearest_site_id = s.site_id, nearest_site_m = s.distance_m, nearest_node_id = n.node_id, nearest_node_m = n.distance_m
      from gap h
      left join lateral nearest_site(h.geom, ${at}::date, array['active', 'suspended']) s on true
      left join lateral nearest_fibre_node(h.geom, ${at}::date) n on true
     where h.id = g.id and g.run_id = ${runId}`);
}

/** Villages of the day inside each gap; left null when the inventory has none. */
async function nameVillages(tx: Queryable, runId: number, at: string): Promise<void> {
  await tx.query(sql`
    with village as (
      select v.name, v.sort_key, v.centre from admin_unit v
       where v.level = 'village' and v.centre is not null and is_valid_at(v.valid_from, v.valid_to, ${at}::date)
    )
    update gap g set village_count = inside.count, villages = inside.names[1:50]
      from gap h
      cross join lateral (
        select count(*)::integer as count, coalesce(array_agg(v.name order by v.sort_key collate "C", v.name collate "C"), '{}') as names
          from village v where st_covers(h.geom, v.centre)
      ) inside
     where h.id = g.id and g.run_id = ${runId} and exists (select 1 from village)`);
}

async function insertRunRow(tx: Queryable, result: CoverageResult, about: RunAbout): Promise<number> {
  const { threshold_dbm, ...parameters } = result.parameters;
  const { terrain } = about;
  const [run] = await tx.query<{ id: number }>(sql`
    insert into coverage_run (at, vintage, model, model_version, parameters, thresholds, terrain_source, terrain, population_method, grid,
                              compared_with, inventory_revision)
    values (${about.at}, ${about.vintage}, ${result.model}, ${result.model_version}, ${JSON.stringify(parameters)}::jsonb,
            ${JSON.stringify(threshold_dbm)}::jsonb, ${terrain ? terrain.files.join(', ') : null}::text, ${terrain ? JSON.stringify(terrain) : null}::jsonb,
            ${result.population_method}, ${JSON.stringify({ ...result.grid, basis: about.basis })}::jsonb, ${about.kept?.run_id ?? null}::bigint,
            ${about.inventoryRevision})
    returning id`);
  if (!run) throw new Error('the coverage run was not stored');
  return run.id;
}

/**
 * Stores a finished run in the caller's transaction and removes earlier runs of the same day and vintage.
 * @param done told the share of the work
 * @returns its id
 * @throws the reason of the signal when it is aborted: the transaction must then be rolled back
 */
export async function insertRun(
  tx: Queryable,
  result: CoverageResult,
  about: RunAbout,
  done: (share: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const started = performance.now();
  const runId = await insertRunRow(tx, result, about);
  const step = (share: number): void => {
    signal?.throwIfAborted();
    done(share);
  };
  await insertLevels(tx, runId, result.grids, about.kept, (share) => step(share * 0.5));
  await insertCells(tx, runId, result.cells);
  step(0.55);
  await insertKeys(tx, runId, about.keys);
  await takeOverKeys(tx, runId, about.keys, about.communes);
  await insertCommunes(tx, runId, result);
  await insertNoTerrain(tx, 'no_terrain_area', runId, result.no_terrain);
  step(0.6);
  for (const [i, area] of result.areas.entries()) {
    await insertArea(tx, runId, area);
    step(0.6 + (0.25 * i) / result.areas.length);
  }
  await insertGaps(tx, runId, result.gaps);
  await insertUnlistedGaps(tx, runId, result.unlisted_gaps);
  step(0.9);
  await measureGaps(tx, runId, about.at);
  await nameVillages(tx, runId, about.at);
  step(0.98);
  await tx.query(
    sql`delete from coverage_run where at = ${about.at}::date and vintage = ${about.vintage}::date and id <> ${runId}`,
  );
  const milliseconds = { ...about.milliseconds, store: Math.round(performance.now() - started) };
  await tx.query(
    sql`update coverage_run set milliseconds = ${JSON.stringify(milliseconds)}::jsonb where id = ${runId}`,
  );
  return runId;
}
