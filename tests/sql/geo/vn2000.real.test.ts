import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { sharedData } from '../../support/shared-data.ts';
import { type CheckPoint, expectOnPoint } from './check-point.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

/** The 13 district seats in three systems, to 1 mm. */
function sharedCheckPoints(): CheckPoint[] {
  const [header = '', ...lines] = readFileSync(sharedData('crs', 'vn2000-check-points.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(header).toBe('district_code,name,lon_wgs84,lat_wgs84,e_9208,n_9208,e_3405,n_3405,e_5897,n_5897');
  return lines.flatMap((line) => {
    const [code, , ...numbers] = line.split(',');
    const [lon = 0, lat = 0, ...projected] = numbers.map(Number);
    return [9208, 3405, 5897].map((srid, i) => ({
      name: `${code} in ${srid}`,
      lon,
      lat,
      srid,
      easting: projected[2 * i] ?? Number.NaN,
      northing: projected[2 * i + 1] ?? Number.NaN,
    }));
  });
}

it('the 13 district seats are projected to 1 mm in three systems', async () => {
  const points = sharedCheckPoints();
  expect(points).toHaveLength(39);
  for (const point of points) await expectOnPoint(database.db, point);
});
