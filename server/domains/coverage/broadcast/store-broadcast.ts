import sql from 'sql-template-tag';
import type { Queryable } from '../../../platform/db/db.ts';
import { inBatches } from '../../../platform/db/in-batches.ts';
import { insertNoTerrain } from '../store-no-terrain.ts';
import type { BroadcastResult } from './broadcast-types.ts';

/** Areas in one statement: a polygon of the whole province along squares is a few hundred kilobytes. */
const AREAS_AT_ONCE = 5;
const COMMUNES_AT_ONCE = 5_000;

/** Stores a finished computation in the caller's transaction and removes earlier ones of the same day and vintage. @returns its id */
export async function insertBroadcastRun(
  tx: Queryable,
  result: BroadcastResult,
  about: { at: string; vintage: string; inventoryRevision: number; terrain: object | null },
): Promise<number> {
  const [run] = await tx.query<{ id: number }>(sql`
    insert into broadcast_run (at, vintage, model, model_version, parameters, terrain, inventory_revision)
    values (${about.at}, ${about.vintage}, ${result.model}, ${result.model_version}, ${JSON.stringify(result.parameters)}::jsonb,
            ${about.terrain === null ? null : JSON.stringify(about.terrain)}::jsonb, ${about.inventoryRevision})
    returning id`);
  if (!run) throw new Error('the broadcast run was not stored');
  await insertNoTerrain(tx, 'broadcast_no_terrain_area', run.id, result.no_terrain);
  await inBatches(result.areas, AREAS_AT_ONCE, (json) =>
    tx.query(sql`
      insert into broadcast_area (run_id, service, transmitter_id, geom, threshold_dbuv_m, threshold_urban_dbuv_m, threshold_source, pct_terrain,
                                  population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area, flags, reason)
      select ${run.id}, r.service, r.transmitter_id,
             case when jsonb_array_length(r.polygons) > 0
                  then st_setsrid(st_geomfromgeojson(jsonb_build_object('type', 'MultiPolygon', 'coordinates', r.polygons)::text), 4326) end,
             r.threshold_dbuv_m, r.threshold_urban_dbuv_m, r.threshold_source, r.pct_terrain, r.population, r.people_covered, r.pct_pop,
             r.area_km2, r.area_covered_km2, r.pct_area, array(select jsonb_array_elements_text(r.flags)), r.reason
        from jsonb_to_recordset(${json}::jsonb) as r (service text, transmitter_id bigint, polygons jsonb, threshold_dbuv_m float8,
             threshold_urban_dbuv_m float8, threshold_source text, pct_terrain float8, population integer, people_covered integer, pct_pop float8,
             area_km2 float8, area_covered_km2 float8, pct_area float8, flags jsonb, reason text)
       where r.transmitter_id is null or exists (select 1 from transmitter t where t.id = r.transmitter_id)`),
  );
  await inBatches(result.communes, COMMUNES_AT_ONCE, (json) =>
    tx.query(sql`
      insert into broadcast_commune (run_id, service, commune_id, population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area)
      select ${run.id}, r.service, r.commune_id, r.population, r.people_covered, r.pct_pop, r.area_km2, r.area_covered_km2, r.pct_area
        from jsonb_to_recordset(${json}::jsonb) as r (service text, commune_id bigint, population integer, people_covered integer,
             pct_pop float8, area_km2 float8, area_covered_km2 float8, pct_area float8)`),
  );
  await tx.query(
    sql`delete from broadcast_run where at = ${about.at}::date and vintage = ${about.vintage}::date and id <> ${run.id}`,
  );
  return run.id;
}
