import postgis from 'pg-postgis-types';
import sql from 'sql-template-tag';
import wkx from 'wkx';
import type { Queryable } from './db.ts';

/**
 * The one place that knows pg-postgis-types: it has no types of its own and a callback interface, and its documented
 * fetcher does not work with the present pg, so it is given ours.
 */
interface PostgisTypes {
  default: PostgisTypes;
  (
    fetch: (text: string, done: (error: unknown, rows?: unknown[]) => void) => void,
    key: string,
    done: (error?: unknown) => void,
  ): void;
  setGeometryParser(parser: (hex: string) => unknown): void;
  getTypeParser(oid: number, key: string): ((text: string) => unknown) | undefined;
  getTypeOID(name: string, key: string): number | undefined;
}
const types = (postgis as unknown as PostgisTypes).default ?? (postgis as unknown as PostgisTypes);

types.setGeometryParser((hex) => wkx.Geometry.parse(Buffer.from(hex, 'hex')).toGeoJSON());

let lookups = 0;
const spatialTypes = ['geometry', 'geography', 'box2d', 'box3d'];

/**
 * Looks up the OIDs of the spatial types, which differ from database to database.
 * @returns parsers by OID: geometry and geography become GeoJSON geometries (lon, lat), boxes arrays of corners.
 */
export async function spatialValueParsers(db: Queryable): Promise<Record<number, (text: string) => unknown>> {
  // The package remembers what it found under a key for good, also when PostGIS was not installed yet: a new key each time.
  const key = `lookup-${lookups++}`;
  const rows = await db.query(
    sql`select oid::int as oid, typname as name from pg_type where typname = any(${[...spatialTypes, ...spatialTypes.map((t) => `_${t}`)]})`,
  );
  await new Promise<void>((resolve, reject) => {
    types(
      (_text, done) => done(null, rows),
      key,
      (error) => (error ? reject(error as Error) : resolve()),
    );
  });
  const parsers: Record<number, (text: string) => unknown> = {};
  for (const name of spatialTypes) {
    const oid = types.getTypeOID(name, key);
    const parser = oid === undefined ? undefined : types.getTypeParser(oid, key);
    if (oid !== undefined && parser) parsers[oid] = parser;
  }
  return parsers;
}
