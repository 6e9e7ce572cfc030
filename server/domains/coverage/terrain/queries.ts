/** Rasters in the database: what is known of them, and their values in pieces. */

import sql from 'sql-template-tag';
import type { Queryable } from '../../../platform/db/db.ts';
import { type PackedFacts, type PackedRaster, packValues } from '../rules/packed-raster.ts';
import type { RasterFile } from './raster-file.ts';
import { type RasterKind, RasterRefusal } from './raster-refusal.ts';

/** A stored raster without its values. */
export interface StoredRaster extends PackedFacts {
  id: number;
  sha256: string;
  source: string;
  imported_at: string;
  /** Bytes of the deflated values. */
  bytes: number;
}

/** Bytes of values that one query gives: few enough that taking them over does not hold up HTTP. */
const PIECE_BYTES = 2 * 1024 * 1024;
/** Deflated bytes of one raster that fit into a row on both engines. */
const MAX_STORED_BYTES = 96 * 1024 * 1024;

/** The stored rasters of a kind in order of import. */
export function selectRasters(db: Queryable, kind: RasterKind): Promise<StoredRaster[]> {
  return db.query<StoredRaster>(sql`
    select id, name, west, north, step_lon, step_lat, cols, rows, encoding, voids, impossible, lowest, highest, sha256, source, imported_at,
           length(content) as bytes
      from raster_tile where kind = ${kind} order by id`);
}

/** The values of a stored raster, deflated. */
export async function selectContent(db: Queryable, facts: StoredRaster): Promise<PackedRaster> {
  const content = new Uint8Array(facts.bytes);
  for (let from = 0; from < facts.bytes; from += PIECE_BYTES) {
    const [row] = await db.query<{ piece: Uint8Array }>(
      sql`select substring(content from ${from + 1}::integer for ${PIECE_BYTES}::integer) as piece from raster_tile where id = ${facts.id}`,
    );
    if (!row) throw new Error(`the raster ${facts.name} is no longer there`);
    content.set(row.piece, from);
  }
  return { facts, content };
}

export type StoreOutcome = 'new' | 'replaced' | 'already_there';

/**
 * Stores a raster file under its name, in the caller's transaction. A file that is there with the same bytes and extent
 * is left alone; another one of the same kind and name is replaced.
 */
export async function storeRaster(
  tx: Queryable,
  kind: RasterKind,
  { name, sha256, raster }: RasterFile,
  source: string,
): Promise<StoreOutcome> {
  const [known] = await tx.query<{ id: number; same: boolean }>(sql`
    select id, sha256 = ${sha256} and cols = ${raster.cols}::integer and rows = ${raster.rows}::integer
               and west = ${raster.west}::float8 and north = ${raster.north}::float8 as same
      from raster_tile where kind = ${kind} and name = ${name}`);
  if (known?.same) return 'already_there';
  const content = await packValues(raster.values);
  if (content.length > MAX_STORED_BYTES)
    throw new RasterRefusal(
      'too_large',
      `"${name}" has ${Math.round(content.length / 2 ** 20)} MB of values even when packed; at most ${MAX_STORED_BYTES / 2 ** 20} MB are kept. Cut it with gdal_translate -projwin`,
    );
  await tx.query(sql`
    insert into raster_tile as t (kind, name, west, north, step_lon, step_lat, cols, rows, encoding, content, voids, impossible, lowest, highest, sha256, source)
    values (${kind}, ${name}, ${raster.west}, ${raster.north}, ${raster.step_lon}, ${raster.step_lat}, ${raster.cols}, ${raster.rows},
            ${raster.values instanceof Int16Array ? 'int16' : 'float32'}, ${content}::bytea, ${raster.voids}, ${raster.impossible}, ${raster.lowest}::float8, ${raster.highest}::float8,
            ${sha256}, ${source})
    on conflict (kind, name) do update set
      west = excluded.west, north = excluded.north, step_lon = excluded.step_lon, step_lat = excluded.step_lat, cols = excluded.cols, rows = excluded.rows,
      encoding = excluded.encoding, content = excluded.content, voids = excluded.voids, impossible = excluded.impossible, lowest = excluded.lowest,
      highest = excluded.highest, sha256 = excluded.sha256, source = excluded.source, imported_at = now()`);
  return known ? 'replaced' : 'new';
}

/** West, south, east, north of all communes of any vintage, degrees; null when there is none. */
export async function selectOptionalGround(db: Queryable): Promise<[number, number, number, number] | null> {
  const [row] = await db.query<{ box: [number, number, number, number] | null }>(sql`
    select case when e.box is not null then array[st_xmin(e.box), st_ymin(e.box), st_xmax(e.box), st_ymax(e.box)] end as box
      from (select st_extent(geom)::geometry as box from admin_unit where level = 'commune' and geom is not null) e`);
  return row?.box ?? null;
}
