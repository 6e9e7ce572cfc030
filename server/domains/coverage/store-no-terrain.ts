import sql, { raw } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { NoTerrainArea } from './rules/coverage-types.ts';

/** Stores where a run of either kind had no ground heights; nothing where there is no such ground. */
export async function insertNoTerrain(
  tx: Queryable,
  table: 'no_terrain_area' | 'broadcast_no_terrain_area',
  runId: number,
  area: NoTerrainArea | null,
): Promise<void> {
  if (!area) return;
  await tx.query(sql`
    insert into ${raw(table)} (run_id, geom, area_km2)
    select ${runId}, st_setsrid(st_geomfromwkb(decode(${area.wkb}::text, 'hex')), 4326), ${area.area_km2}::float8`);
}
