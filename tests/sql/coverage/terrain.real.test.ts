import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRasters } from '../../../server/domains/coverage/index.ts';
import { selectRunCommunes } from '../../../server/domains/coverage/queries.ts';
import { DEFAULT_PARAMETERS } from '../../../server/domains/coverage/rules/coverage-parameters.ts';
import { frameAround } from '../../../server/domains/coverage/rules/grid.ts';
import { groundAt } from '../../../server/domains/coverage/rules/levels/terrain-raster.ts';
import { projectMultiPolygon, projectorFor } from '../../../server/domains/coverage/rules/projection.ts';
import { loadTerrainRaster } from '../../../server/domains/coverage/terrain/load-raster.ts';
import { terrainReport } from '../../../server/domains/coverage/terrain/report.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { sharedData } from '../../support/shared-data.ts';

const tile = sharedData('terrain', 'N21E105.hgt');
const projector = projectorFor(DEFAULT_PARAMETERS.grid_srid);
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await importPath(database.revision, sharedData('admin', 'phu-tho-communes-2009.geojson'), {
    valid_from: '2007-04-09',
    valid_to: '2025-07-01',
  });
  await importRasters(database.revision, [tile], { kind: 'terrain', dryRun: false });
});
afterAll(() => database.close());

describe('the real tile and the real province of 2009', () => {
  it('has 1,539 voids and covers 72 % of the communes', async () => {
    const report = await terrainReport(database.db, '2009-04-01');
    expect(report.tiles).toMatchObject([{ name: 'N21E105.hgt', voids: 1539, impossible: 0, bbox: [105, 21, 106, 22] }]);
    expect(Math.round(report.pct_covered)).toBe(72);
    expect(report.missing).toEqual(['N20E105', 'N21E104']);
  });

  it('becomes heights on the grid: known places, voids bridged, nothing outside the tile', async () => {
    const ground = await selectRunCommunes(database.db, '2009-04-01');
    const polygons = (ground?.communes ?? []).flatMap((commune) => projectMultiPolygon(commune.polygons, projector));
    const frame = frameAround(polygons, DEFAULT_PARAMETERS.grid_m);
    const loaded = await loadTerrainRaster(database.db, frame, DEFAULT_PARAMETERS.grid_srid, 10_000);
    if (!loaded) throw new Error('no terrain');
    const { raster, about } = loaded;
    const heightAt = (lon: number, lat: number): number => groundAt(raster, ...projector.forward(lon, lat));
    // The summits of Tam Đảo (1,591 m on maps) and the lowland of Việt Trì at the meeting of the rivers.
    const ridge = raster.heights_m.reduce((top, height) => (height > top ? height : top), 0);
    expect(ridge).toBeGreaterThan(1450);
    expect(ridge).toBeLessThan(1600);
    expect(heightAt(105.43, 21.3)).toBeGreaterThan(0);
    expect(heightAt(105.43, 21.3)).toBeLessThan(40);
    expect(heightAt(104.99, 21.2)).toBeNaN();
    expect(heightAt(105.01, 21.2)).toBeGreaterThan(0);
    expect(about.files).toEqual(['N21E105.hgt']);
    expect(about.bridged).toBeGreaterThan(200);
    expect(about.voids).toBeLessThan(50);
    // The frame is a box around the communes: of it the tile covers less than of the communes.
    expect(about.pct_squares).toBeGreaterThan(60);
    expect(about.pct_squares).toBeLessThan(72);
  });
});
