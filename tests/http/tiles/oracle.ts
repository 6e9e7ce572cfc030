/**
 * What a tile must hold, from PostGIS and not from server/tiles: on PostgreSQL the features of ST_AsMVT, on the embedded
 * engine, which has no ST_AsMVT, the rows clipped to the tile by PostGIS without rounding.
 */
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Db } from '../../../server/platform/db/db.ts';
import { type LayerDefinition, TILE_BUFFER, TILE_EXTENT } from '../../../server/tiles/layer.ts';
import { type DecodedFeature, decodeTile } from '../../../server/tiles/testing/decode.ts';

export interface TileNumbers {
  z: number;
  x: number;
  y: number;
}

/** A feature of one tile, reduced to what can be compared; lengths in tile units. */
export interface Measured {
  id: number | undefined;
  properties: Record<string, string | number | boolean>;
  /** Points: position in the tile. */
  position: [x: number, y: number] | null;
  /** Polygons: area; lines: length; points: 0. */
  size: number;
  /** Length of what bounds it: how much rounding to whole units can change its size. */
  outline: number;
}

function lengthOf(line: readonly (readonly [number, number])[]): number {
  return line.slice(1).reduce((sum, [x, y], i) => {
    const [fromX, fromY] = line[i] ?? [x, y];
    return sum + Math.hypot(x - fromX, y - fromY);
  }, 0);
}

/** Shoelace formula; interior rings run the other way and are taken off. */
function areaOf(rings: readonly (readonly (readonly [number, number])[])[]): number {
  return Math.abs(
    rings.reduce((total, ring) => {
      const [startX = 0, startY = 0] = ring[0] ?? [];
      return (
        total +
        ring.reduce((sum, [x, y], i) => {
          const [nextX, nextY] = ring[i + 1] ?? [startX, startY];
          return sum + (x - startX) * (nextY - startY) - (nextX - startX) * (y - startY);
        }, 0) /
          2
      );
    }, 0),
  );
}

/** A decoded feature as it is compared. */
export function measure({ id, type, properties, geometry }: DecodedFeature): Measured {
  const outline = geometry.reduce((sum, line) => sum + lengthOf(line), 0);
  if (type === 1) return { id, properties, position: geometry[0]?.[0] ?? null, size: 0, outline: 0 };
  return { id, properties, position: null, size: type === 3 ? areaOf(geometry) : outline, outline };
}

/** Keeps the rows of a layer on a day with their shape in Web Mercator, for every question about a tile. */
export async function keepRows(db: Db, layer: LayerDefinition, day: string, condition: Sql): Promise<void> {
  const shape =
    layer.geometry === 'point'
      ? sql`st_setsrid(st_makepoint(r.lon, r.lat), 4326)`
      : sql`st_setsrid(st_geomfromgeojson(r.geometry), 4326)`;
  const table = raw(`oracle_${layer.id}`);
  await db.script(`drop table if exists oracle_${layer.id}`);
  await db.query(sql`
    create table ${table} as select r.*, st_transform(${shape}, 3857) as shape from ${raw(layer.sqlFunction)}(${raw(`'${day}'`)}::date, null) r where ${condition}`);
  await db.script(`create index on oracle_${layer.id} using gist (shape)`);
}

const attributesOf = (layer: LayerDefinition): Sql => join(layer.attributes.map(({ name }) => sql`r.${raw(name)}`));
const bufferOf = (layer: LayerDefinition): number => (layer.geometry === 'point' ? 0 : TILE_BUFFER);

async function fromPostgis(db: Db, layer: LayerDefinition, tiles: readonly TileNumbers[]): Promise<Measured[][]> {
  const rows = await db.query<{ tile: Uint8Array }>(sql`
    select (select st_asmvt(q, ${layer.id}, ${TILE_EXTENT}::int, 'geom', 'id') from (
              select r.id, ${attributesOf(layer)},
                     st_asmvtgeom(r.shape, box.tile, ${TILE_EXTENT}::int, ${bufferOf(layer)}::int, true) as geom
                from ${raw(`oracle_${layer.id}`)} r where r.shape && st_expand(box.tile, box.margin)) q
             where q.geom is not null) as tile
      from rows from (jsonb_to_recordset(${JSON.stringify(tiles)}::jsonb) as (z int, x int, y int)) with ordinality t
      cross join lateral (select st_tileenvelope(t.z, t.x, t.y) as tile, 40075016.7 / 2 ^ t.z * ${bufferOf(layer) / TILE_EXTENT}::float8 as margin) box
     order by t.ordinality`);
  return rows.map(({ tile }) => (tile.length === 0 ? [] : decodeTile(tile, layer.id).map(measure)));
}

async function fromClipping(db: Db, layer: LayerDefinition, tiles: readonly TileNumbers[]): Promise<Measured[][]> {
  const rows = await db.query<Omit<Measured, 'position'> & { n: number; x: number | null; y: number | null }>(sql`
    with tile as (
      select t.ordinality as n, st_tileenvelope(t.z, t.x, t.y) as box, 40075016.685578488 / 2 ^ t.z / ${TILE_EXTENT}::float8 as unit
        from rows from (jsonb_to_recordset(${JSON.stringify(tiles)}::jsonb) as (z int, x int, y int)) with ordinality t
    ),
    clipped as (
      select t.n, t.unit, t.box, r.id, jsonb_strip_nulls(to_jsonb(a)) as properties,
             case when ${layer.geometry === 'point'} then r.shape else st_clipbybox2d(r.shape, st_expand(t.box, t.unit * ${bufferOf(layer)}::float8)) end as shape
        from tile t
        join ${raw(`oracle_${layer.id}`)} r on r.shape && st_expand(t.box, t.unit * ${bufferOf(layer)}::float8)
        cross join lateral (select ${attributesOf(layer)}) a
    )
    select n, id, properties,
           case when ${layer.geometry === 'point'} then (st_x(shape) - st_xmin(box)) / unit end as x,
           case when ${layer.geometry === 'point'} then (st_ymax(box) - st_y(shape)) / unit end as y,
           case ${layer.geometry}::text when 'polygon' then st_area(shape) / unit / unit when 'line' then st_length(shape) / unit else 0 end as size,
           case ${layer.geometry}::text when 'polygon' then st_perimeter(shape) / unit when 'line' then st_length(shape) / unit else 0 end as outline
      from clipped where not st_isempty(shape)`);
  const result: Measured[][] = tiles.map(() => []);
  for (const { n, x, y, ...feature } of rows) {
    result[n - 1]?.push({ ...feature, position: x === null || y === null ? null : [x, y] });
  }
  return result;
}

/** What each of the tiles must hold, in their order. */
export function expectedTiles(db: Db, layer: LayerDefinition, tiles: readonly TileNumbers[]): Promise<Measured[][]> {
  return db.engine === 'postgres' ? fromPostgis(db, layer, tiles) : fromClipping(db, layer, tiles);
}
