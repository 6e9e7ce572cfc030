import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { projectToVn2000, unprojectFromVn2000, VN2000_SYSTEMS } from './vn2000.ts';

const CHECK_POINTS = '../shared/data/crs/vn2000-check-points.csv';
const MILLIMETRE = 0.001;

describe('VN-2000', () => {
  it('agrees with PROJ to 1 mm on the check points of the 13 district seats, in three systems', () => {
    if (!existsSync(CHECK_POINTS))
      throw new Error(`missing ${CHECK_POINTS}: the check points come with the project's shared data`);
    const rows = parse(readFileSync(CHECK_POINTS), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(13);
    for (const row of rows) {
      for (const srid of [9208, 3405, 5897]) {
        const at = projectToVn2000(Number(row['lon_wgs84']), Number(row['lat_wgs84']), srid);
        expect(Math.abs(at.easting_m - Number(row[`e_${srid}`]))).toBeLessThan(MILLIMETRE);
        expect(Math.abs(at.northing_m - Number(row[`n_${srid}`]))).toBeLessThan(MILLIMETRE);
      }
    }
  });

  it.each([
    [105.402, 21.322, 9208, 567440.3135, 2358740.1389],
    [105.402, 21.322, 5897, 541505.8122, 2358653.7068],
    [104.95, 21.15, 9208, 520575.1624, 2339571.4123],
  ])('lon %d lat %d in EPSG:%d, and back', (lon, lat, srid, easting_m, northing_m) => {
    const at = projectToVn2000(lon, lat, srid);
    expect(Math.abs(at.easting_m - easting_m)).toBeLessThan(0.0002);
    expect(Math.abs(at.northing_m - northing_m)).toBeLessThan(0.0002);
    const back = unprojectFromVn2000({ easting_m, northing_m }, srid);
    expect(Math.abs(back.lon - lon)).toBeLessThan(1e-8);
    expect(Math.abs(back.lat - lat)).toBeLessThan(1e-8);
  });

  it('has the 20 systems, each with the false easting near its own meridian', () => {
    expect(VN2000_SYSTEMS).toHaveLength(20);
    for (const system of VN2000_SYSTEMS) {
      // The datum shift alone moves a point by less than 250 m from the meridian.
      expect(Math.abs(projectToVn2000(system.central_meridian, 16, system.srid).easting_m - 500_000)).toBeLessThan(250);
    }
  });

  it('refuses other systems', () => {
    expect(() => projectToVn2000(105, 21, 32648)).toThrow('EPSG:32648 is not a VN-2000 projected system');
  });
});
