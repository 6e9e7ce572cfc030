/** What there is of terrain: rasters, the share of the communes they cover, what is missing, and how well they meet. */
import sql from 'sql-template-tag';
import { type TerrainReport, todayInVietnam } from '../../../contract/index.ts';
import type { Queryable } from '../../../platform/db/db.ts';
import { postBounds } from '../rules/lon-lat-raster.ts';
import type { PackedRaster } from '../rules/packed-raster.ts';
import { bordersOf } from '../rules/propagation/seams.ts';
import { type StoredRaster, selectContent, selectRasters } from './queries.ts';
import { compareSeams } from './terrain-pool.ts';

/** Metres of a degree of latitude. */
const METRES_PER_DEGREE = 111_195;

/** Extents as rows of west, south, east, north for SQL. */
const extentsOf = (stored: readonly StoredRaster[]): string =>
  JSON.stringify(
    stored.map((raster) => postBounds(raster)).map(([west, south, east, north]) => ({ west, south, east, north })),
  );

/** Share of the communes' area inside the extents, percent. 0 without communes. */
async function selectPctCovered(db: Queryable, stored: readonly StoredRaster[], at: string): Promise<number> {
  const [row] = await db.query<{ pct: number | null }>(sql`
    with extent as (
      select st_union(st_makeenvelope(e.west, e.south, e.east, e.north, 4326)) as geom
        from jsonb_to_recordset(${extentsOf(stored)}::jsonb) as e (west float8, south float8, east float8, north float8)
    )
    select 100 * sum(case when st_covers(e.geom, u.geom) then st_area(u.geom::geography)
                          else coalesce(st_area(st_intersection(u.geom, e.geom)::geography), 0) end) / nullif(sum(st_area(u.geom::geography)), 0) as pct
      from admin_unit u cross join extent e
     where u.level = 'commune' and u.geom is not null and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`);
  return Math.round((row?.pct ?? 0) * 100) / 100;
}

const degreeName = (lon: number, lat: number): string =>
  `${lat < 0 ? 'S' : 'N'}${String(Math.abs(lat)).padStart(2, '0')}${lon < 0 ? 'W' : 'E'}${String(Math.abs(lon)).padStart(3, '0')}`;

/** Square degrees that a commune reaches into with ground that no raster covers, by name. */
async function selectMissing(db: Queryable, stored: readonly StoredRaster[], at: string): Promise<string[]> {
  const rows = await db.query<{ lon: number; lat: number }>(sql`
    with extent as (
      -- Pixels that are areas end half a pixel before the ground they stand for does: 0.003° is some 330 m.
      select st_buffer(st_union(st_makeenvelope(e.west, e.south, e.east, e.north, 4326)), 0.003, 'join=mitre') as geom
        from jsonb_to_recordset(${extentsOf(stored)}::jsonb) as e (west float8, south float8, east float8, north float8)
    ), part as (
      select u.geom, lon, lat, st_makeenvelope(lon, lat, lon + 1, lat + 1, 4326) as square
        from admin_unit u
        cross join lateral generate_series(floor(st_xmin(u.geom))::int, floor(st_xmax(u.geom))::int) lon
        cross join lateral generate_series(floor(st_ymin(u.geom))::int, floor(st_ymax(u.geom))::int) lat
       where u.level = 'commune' and u.geom is not null and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
    )
    select distinct p.lon, p.lat
      from part p cross join extent e
     where st_relate(p.geom, p.square, '2********')
       and (e.geom is null or not st_covers(e.geom, st_intersection(p.geom, p.square)))
     order by p.lat, p.lon`);
  return rows.map(({ lon, lat }) => degreeName(lon, lat));
}

async function seamsOf(db: Queryable, stored: readonly StoredRaster[]): Promise<TerrainReport['seams']> {
  const touching = new Set(bordersOf(stored).flat());
  if (touching.size === 0) return [];
  const packed: PackedRaster[] = [];
  for (const i of touching) packed.push(await selectContent(db, stored[i] as StoredRaster));
  const seams = await compareSeams(packed);
  return seams.map(({ a, b, ...counts }) => ({
    between: [packed[a]?.facts.name ?? '', packed[b]?.facts.name ?? ''],
    ...counts,
  }));
}

/** The rasters of heights in the inventory, and what of the communes of a day they cover. */
export async function terrainReport(db: Queryable, at: string = todayInVietnam()): Promise<TerrainReport> {
  const stored = await selectRasters(db, 'terrain');
  return {
    tiles: stored.map((raster) => ({
      id: raster.id,
      name: raster.name,
      bbox: postBounds(raster),
      step_m: Math.round(raster.step_lat * METRES_PER_DEGREE * 10) / 10,
      voids: raster.voids,
      impossible: raster.impossible,
      lowest: raster.lowest,
      highest: raster.highest,
      source: raster.source,
      imported_at: raster.imported_at,
    })),
    pct_covered: stored.length === 0 ? 0 : await selectPctCovered(db, stored, at),
    missing: await selectMissing(db, stored, at),
    seams: await seamsOf(db, stored),
  };
}
