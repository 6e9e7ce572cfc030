/** Where people live, as the inventory knows it on a day: what a computation in a worker needs to put them on the grid. */
import sql from 'sql-template-tag';
import type { Queryable } from '../../../platform/db/db.ts';
import type { PackedRaster } from '../rules/packed-raster.ts';
import type { PopulationSources, VillagePoint } from '../rules/population-weights.ts';
import { selectContent, selectRasters } from '../terrain/queries.ts';

/** Villages of the day with a position, their people and the commune of the day they belong to. */
function selectVillages(db: Queryable, at: string): Promise<VillagePoint[]> {
  return db.query<VillagePoint>(sql`
    select st_x(u.centre) as lon, st_y(u.centre) as lat, stat.population,
           case when is_valid_at(p.valid_from, p.valid_to, ${at}::date) then p.code end as commune_code
      from admin_unit u
      left join admin_unit p on p.id = u.parent_id and p.level = 'commune'
      left join lateral population_at(u.id, ${at}::date) stat on true
     where u.level = 'village' and u.centre is not null and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
     order by u.id`);
}

/** Habitable ground as GeoJSON, read in batches: there may be a hundred thousand polygons. */
async function selectHabitable(db: Queryable): Promise<string[]> {
  const polygons: string[] = [];
  for (let after = 0; ; ) {
    const rows = await db.query<{ id: number; geometry: string }>(sql`
      select id, st_asgeojson(geom, 6) as geometry from habitable_area where id > ${after} order by id limit 2000`);
    polygons.push(...rows.map(({ geometry }) => geometry));
    const last = rows.at(-1);
    if (!last) return polygons;
    after = last.id;
  }
}

/**
 * Everything imported that tells where people live on a day. Plain data: send it to the worker that lays the grid, where
 * `spreadPopulation(squares, populations, weighSquares(squares, communes, sources, projector))` puts the people on it.
 */
export async function loadPopulation(db: Queryable, at: string): Promise<PopulationSources> {
  const rasters: PackedRaster[] = [];
  // Of two rasters over the same ground the later import counts.
  for (const facts of (await selectRasters(db, 'population')).reverse()) rasters.push(await selectContent(db, facts));
  return { rasters, villages: await selectVillages(db, at), habitable: await selectHabitable(db) };
}
