import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { projectToVn2000 } from './vn2000.ts';

const CHECK_POINTS = '../shared/data/crs/vn2000-check-points.csv';
const MILLIMETRE = 0.001;

describe('VN-2000', () => {
  it('agrees with PROJ to 1 mm on the check points of the 13 district seats, in three systems', () => {
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
});
