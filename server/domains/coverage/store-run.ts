import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { CoverageResult, GapRow } from './rules/coverage-types.ts';

const BATCH = 200;

async function inBatches<T>(
  rows: readonly T[],
  size: number,
  write: (json: string) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += size) await write(JSON.stringify(rows.slice(start, start + size)));
}

async function insertCommunes(tx: Queryable, runId: number, result: CoverageResult): Promise<void> {
  await inBatches(result.communes, 5_000, (json) =>
    tx.query(sql`
      insert into coverage_commune (run_id, scope, operator_id, technology, commune_id, population, people_covered, pct_pop, area_km2,
                                    area_covered_km2, pct_area, centre_covered, status, unknown_reason)
      select ${runId}, r.scope, r.operator_id, r.technology, r.commune_id, r.population, r.people_covered, r.pct_pop, r.area_km2,
             r.area_covered_km2, r.pct_area, r.centre_covered, r.status, r.unknown_reason
        from jsonb_to_recordset(${json}::jsonb) as r (scope text, operator_id bigint, technology text, commune_id bigint, population integer,
             people_covered integer, pct_pop float8, area_km2 float8, area_covered_km2 float8, pct_area float8, centre_covered boolean,
             status text, unknown_reason text)`),
  );
}

async function insertAreas(tx: Queryable, runId: number, result: CoverageResult): Promise<void> {
  const rows = result.areas.filter((area) => area.scope !== 'at_least_two' && area.polygons.length > 0);
  await inBatches(rows, 1, (json) =>
    tx.query(sql`
      insert into coverage_area (run_id, operator_id, technology, geom, area_km2)
      select ${runId}, r.operator_id, r.technology,
             st_setsrid(st_geomfromgeojson(jsonb_build_object('type', 'MultiPolygon', 'coordinates', r.polygons)::text), 4326), r.area_km2
        from jsonb_to_recordset(${json}::jsonb) as r (operator_id bigint, technology text, polygons jsonb, area_km2 float8)`),
  );
}

async function insertGaps(tx: Queryable, runId: number, gaps: readonly GapRow[]): Promise<void> {
  await inBatches(gaps, BATCH, (json) =>
    tx.query(sql`
      insert into gap (run_id, operator_id, technology, kind, geom, area_km2, people, people_incomplete, commune_codes, rank)
      select ${runId}, r.operator_id, r.technology, r.kind,
             st_setsrid(st_geomfromgeojson(jsonb_build_object('type', 'MultiPolygon', 'coordinates', r.polygons)::text), 4326),
             r.area_km2, r.people, r.people_incomplete, array(select jsonb_array_elements_text(r.commune_codes)), r.rank
        from jsonb_to_recordset(${json}::jsonb) as r (operator_id bigint, technology text, kind text, polygons jsonb, area_km2 float8,
             people integer, people_incomplete boolean, commune_codes jsonb, rank integer)`),
  );
}

/** Nearest site in service and nearest fibre node of each gap; metres, geodesic, 0 inside. Candidates by index, then measured. */
async function measureGaps(tx: Queryable, runId: number, at: string): Promise<void> {
  await tx.query(sql`
    update gap g set nearest_site_id = s.id, nearest_site_m = s.metres, nearest_node_id = n.id, nearest_node_m = n.metres
      from gap h
      left join lateral (
        select near.id, st_distance(near.geom::geography, h.geom::geography) as metres
          from (select s.id, s.geom from site s where is_valid_at(s.valid_from, s.valid_to, ${at}::date) and s.status <> 'planned' order by s.geom <-> h.geom limit 4) near
         order by metres limit 1
      ) s on true
      left join lateral (
        select near.id, st_distance(near.geom::geography, h.geom::geography) as metres
          from (select n.id, n.geom from fibre_node n where n.status = 'operational' order by n.geom <-> h.geom limit 4) near
         order by metres limit 1
      ) n on true
     where h.id = g.id and g.run_id = ${runId}`);
}

/** Stores a finished run in the caller's transaction and removes earlier runs of the same day and vintage. @returns its id */
export async function insertRun(
  tx: Queryable,
  result: CoverageResult,
  about: { at: string; vintage: string; inventoryRevision: number },
): Promise<number> {
  const { threshold_dbm, ...parameters } = result.parameters;
  const [run] = await tx.query<{ id: number }>(sql`
    insert into coverage_run (at, vintage, model, model_version, parameters, thresholds, terrain_source, inventory_revision)
    values (${about.at}, ${about.vintage}, ${result.model}, ${result.model_version}, ${JSON.stringify({ ...parameters, population_method: result.population_method, grid: result.grid })}::jsonb,
            ${JSON.stringify(threshold_dbm)}::jsonb, null, ${about.inventoryRevision})
    returning id`);
  if (!run) throw new Error('the coverage run was not stored');
  await insertCommunes(tx, run.id, result);
  await insertAreas(tx, run.id, result);
  await insertGaps(tx, run.id, result.gaps);
  await measureGaps(tx, run.id, about.at);
  await tx.query(
    sql`delete from coverage_run where at = ${about.at}::date and vintage = ${about.vintage}::date and id <> ${run.id}`,
  );
  return run.id;
}
