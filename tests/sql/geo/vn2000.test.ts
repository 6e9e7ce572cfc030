import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectToVn2000 } from '../../../server/platform/geo/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type CheckPoint, expectOnPoint } from './check-point.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

/** Computed with PROJ 9.1 for this project. */
const checkPoints: CheckPoint[] = [
  { name: 'Việt Trì', lon: 105.402, lat: 21.322, srid: 9208, easting: 567_440.3135, northing: 2_358_740.1389 },
  {
    name: 'Việt Trì in the zone of Vĩnh Phúc',
    lon: 105.402,
    lat: 21.322,
    srid: 5897,
    easting: 541_505.8122,
    northing: 2_358_653.7068,
  },
  { name: 'Thanh Sơn', lon: 104.95, lat: 21.15, srid: 9208, easting: 520_575.1624, northing: 2_339_571.4123 },
];

describe('VN-2000 in spatial_ref_sys', () => {
  it('has all 20 systems, with the seven parameters', async () => {
    const rows = await database.db.query<{ srid: number }>(sql`
      select srid from spatial_ref_sys where proj4text like '%+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278%' order by srid`);
    const zones = rows.map((row) => row.srid);
    for (let srid = 9205; srid <= 9218; srid++) expect(zones).toContain(srid);
    const [known] = await database.db.query<{ known: number }>(
      sql`select count(*) as known from spatial_ref_sys where srid in (3405, 3406, 5896, 5897, 5898, 5899)`,
    );
    expect(known?.known).toBe(6);
  });

  it.each(checkPoints)('projects $name to 1 mm', (point) => expectOnPoint(database.db, point));

  // Not in the Mekong delta: there PROJ prefers the transformation of that area, 0.8 m away.
  it('agrees with the twin in TypeScript to 1 mm in every zone', async () => {
    const rows = await database.db.query<{
      srid: number;
      lon: number;
      lat: number;
      easting: number;
      northing: number;
    }>(sql`
      select r.srid, v.lon, v.lat, st_x(p) as easting, st_y(p) as northing
        from spatial_ref_sys r
        cross join (values (104.9::float8, 20.9::float8), (105.6, 21.7), (106.4, 16.2)) v (lon, lat)
        cross join lateral st_transform(st_setsrid(st_makepoint(v.lon, v.lat), 4326), r.srid) p
       where r.srid between 9205 and 9218 or r.srid in (3405, 3406, 5896, 5897, 5898, 5899)`);
    expect(rows).toHaveLength(60);
    for (const { srid, lon, lat, easting, northing } of rows) {
      const twin = projectToVn2000(lon, lat, srid);
      expect(
        Math.hypot(twin.easting_m - easting, twin.northing_m - northing),
        `${srid} at ${lon}, ${lat}`,
      ).toBeLessThan(0.001);
    }
  });
});
