import sql from 'sql-template-tag';
import { expect } from 'vitest';
import type { Queryable } from '../../../server/platform/db/db.ts';

/** A position with its VN-2000 coordinates, metres. */
export interface CheckPoint {
  name: string;
  lon: number;
  lat: number;
  srid: number;
  easting: number;
  northing: number;
}

async function projectInSql(
  db: Queryable,
  { lon, lat, srid }: CheckPoint,
): Promise<{ easting: number; northing: number; lon: number; lat: number }> {
  const [row] = await db.query<{ easting: number; northing: number; lon: number; lat: number }>(sql`
    select st_x(p) as easting, st_y(p) as northing, st_x(st_transform(p, 4326)) as lon, st_y(st_transform(p, 4326)) as lat
      from st_transform(st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326), ${srid}::integer) p`);
  if (!row) throw new Error('no row');
  return row;
}

/** Projects in SQL, there and back, and expects the point to 1 mm. */
export async function expectOnPoint(db: Queryable, point: CheckPoint): Promise<void> {
  const found = await projectInSql(db, point);
  expect(Math.abs(found.easting - point.easting), `${point.name}: easting ${found.easting}`).toBeLessThan(0.001);
  expect(Math.abs(found.northing - point.northing), `${point.name}: northing ${found.northing}`).toBeLessThan(0.001);
  // And back: 1e-8 degrees are 1 mm.
  expect(Math.abs(found.lon - point.lon)).toBeLessThan(1e-8);
  expect(Math.abs(found.lat - point.lat)).toBeLessThan(1e-8);
}
