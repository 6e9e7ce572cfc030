import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRasters, type RasterImportReport, type RasterKind } from '../../../server/domains/coverage/index.ts';
import type { GridFrame } from '../../../server/domains/coverage/rules/grid.ts';
import { groundAt } from '../../../server/domains/coverage/rules/levels/terrain-raster.ts';
import { projectorFor } from '../../../server/domains/coverage/rules/projection.ts';
import { loadTerrainRaster } from '../../../server/domains/coverage/terrain/load-raster.ts';
import { storeRaster } from '../../../server/domains/coverage/terrain/queries.ts';
import { terrainReport } from '../../../server/domains/coverage/terrain/report.ts';
import { selectRevision } from '../../../server/platform/dataset-revision.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { writeTile } from '../../support/rasters.ts';
import { insertUnit } from '../../support/units.ts';

const VOID = -32_768;
const day = '2010-01-01';
const projector = projectorFor(9208);
/** 3 × 3 km around 105.402, 21.322. */
const frame: GridFrame = { origin_e_m: 566_000, origin_n_m: 2_357_000, cols: 30, rows: 30, grid_m: 100 };
let database: TestDatabase;
let folder: string;
/** A slope over one square degree; its western neighbour agrees with it on their common edge but for two posts. */
let east: string;

beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  folder = mkdtempSync(join(tmpdir(), 'phusong-terrain-'));
  east = writeTile(folder, 'N21E105.hgt', (row, column) => (row < 10 && column < 20 ? VOID : 2000 + column));
  writeTile(folder, 'N21E104.hgt', (row, column) =>
    column === 1200 && (row === 600 || row === 700) ? 1410 + row : 800 + column,
  );
  await insertUnit(database.db, { code: '10001', box: [105.4, 21.3, 105.41, 21.32] });
  await insertUnit(database.db, { code: '10002', box: [104.99, 21.3, 105, 21.32] });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const take = (paths: string[], dryRun = false, kind: RasterKind = 'terrain'): Promise<RasterImportReport> =>
  importRasters(database.revision, paths, { kind, dryRun });
const count = async (): Promise<number> =>
  (await database.db.query<{ n: number }>(sql`select count(*) as n from raster_tile`))[0]?.n ?? -1;

describe('without terrain', () => {
  it('there is none to load, and every square degree of the communes is missing', async () => {
    expect(await loadTerrainRaster(database.db, frame, 9208, 0)).toBeNull();
    expect(await terrainReport(database.db, day)).toEqual({
      tiles: [],
      pct_covered: 0,
      missing: ['N21E104', 'N21E105'],
      seams: [],
    });
  });
});

describe('an import', () => {
  it('as a dry run tells everything and writes nothing', async () => {
    const before = await selectRevision(database.db);
    const report = await take([east], true);
    expect(report).toMatchObject({ dry_run: true, files: [{ file: 'N21E105.hgt', outcome: 'new', voids: 200 }] });
    expect(report.terrain?.tiles).toHaveLength(1);
    expect(await count()).toBe(0);
    expect(await selectRevision(database.db)).toBe(before);
  });

  it('knows a tile by its place, however its name is written', async () => {
    const small = join(mkdtempSync(join(folder, 'small-')), 'n21e105.HGT');
    copyFileSync(east, small);
    expect((await take([small], true)).files).toMatchObject([{ file: 'N21E105.hgt', outcome: 'new' }]);
  });

  it('leaves out, and names, a tile of another country', async () => {
    const far = writeTile(mkdtempSync(join(folder, 'far-')), 'N44W072.hgt', () => 300);
    const report = await take([far]);
    expect(report.files).toMatchObject([{ file: 'N44W072.hgt', outcome: 'elsewhere' }]);
    expect(report.terrain?.tiles).toEqual([]);
    expect(await count()).toBe(0);
  });

  it('of a good and a bad file takes neither', async () => {
    const bad = join(folder, 'N22E105.hgt');
    writeFileSync(bad, 'short');
    const before = await selectRevision(database.db);
    await expect(take([east, bad])).rejects.toMatchObject({ name: 'RasterRefusal', code: 'size' });
    expect(await count()).toBe(0);
    expect(await selectRevision(database.db)).toBe(before);
    rmSync(bad);
  });

  it('stores the file, with what is known of it, and keeps the import', async () => {
    const report = await take([east]);
    expect(report.files).toMatchObject([{ outcome: 'new', voids: 200, impossible: 0, lowest: 2000, highest: 3200 }]);
    expect(report.terrain).toMatchObject({ pct_covered: expect.closeTo(50, 0) as number });
    const [batch] = await database.db.query(sql`select file_name, format, rows_read, findings from import_batch`);
    expect(batch).toMatchObject({
      file_name: 'N21E105.hgt',
      format: 'terrain-hgt',
      rows_read: 1201 * 1201,
      findings: { voids: 200 },
    });
  });

  it('of the same file again changes nothing; of another one under the name replaces it', async () => {
    const before = await selectRevision(database.db);
    expect((await take([east])).files).toMatchObject([{ outcome: 'already_there' }]);
    expect(await selectRevision(database.db)).toBe(before);
    writeTile(folder, 'N21E105.hgt', (row, column) => (row < 10 && column < 20 ? VOID : 2001 + column));
    expect((await take([east])).files).toMatchObject([{ outcome: 'replaced', highest: 3201 }]);
    writeTile(folder, 'N21E105.hgt', (row, column) => (row < 10 && column < 20 ? VOID : 2000 + column));
    expect((await take([east])).files).toMatchObject([{ outcome: 'replaced', highest: 3200 }]);
    expect(await count()).toBe(1);
  });

  it('of a folder takes all the rasters in it, and tells their seams', async () => {
    const report = await take([folder]);
    expect(report.files.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['N21E104.hgt', 'new'],
      ['N21E105.hgt', 'already_there'],
    ]);
    // Ten posts of the edge are voids in the one. Two differ, by 10 m and by 110 m.
    expect(report.terrain?.seams).toEqual([
      { between: ['N21E105.hgt', 'N21E104.hgt'], posts: 1191, different: 2, largest_m: 110 },
    ]);
    const of2010 = await terrainReport(database.db, day);
    expect(of2010).toMatchObject({ pct_covered: 100, missing: [] });
    await expect(take([join(folder, 'nothing')])).rejects.toThrow('There is no file');
  });

  it('of heights as people is refused', async () => {
    await expect(take([east], false, 'population')).rejects.toMatchObject({ code: 'kind' });
  });
});

describe('heights on the grid', () => {
  it('are those of the slope, 1,200 m a degree of longitude', async () => {
    const loaded = await loadTerrainRaster(database.db, frame, 9208, 1000);
    expect(loaded?.raster).toMatchObject({
      srid: 9208,
      origin_e_m: 565_000,
      origin_n_m: 2_356_000,
      step_m: 50,
      cols: 101,
      rows: 101,
    });
    expect(loaded?.about).toMatchObject({
      files: ['N21E105.hgt', 'N21E104.hgt'],
      pct_squares: 100,
      voids: 0,
      bridged: 0,
    });
    for (const [lon, lat] of [
      [105.402, 21.322],
      [105.395, 21.315],
      [105.41, 21.33],
    ] as const) {
      const height = loaded ? groundAt(loaded.raster, ...projector.forward(lon, lat)) : Number.NaN;
      expect(height).toBeCloseTo(2000 + 1200 * (lon - 105), 1);
    }
    expect(loaded?.raster.heights_m.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('cross the seam of two tiles', async () => {
    const [e, n] = projector.forward(105, 21.31);
    const seam = {
      ...frame,
      origin_e_m: Math.round(e / 100) * 100 - 1500,
      origin_n_m: Math.round(n / 100) * 100 - 1500,
    };
    const loaded = await loadTerrainRaster(database.db, seam, 9208, 0);
    for (const lon of [104.99, 104.9999, 105, 105.0001, 105.01]) {
      const height = loaded ? groundAt(loaded.raster, ...projector.forward(lon, 21.31)) : Number.NaN;
      expect(height).toBeCloseTo(2000 + 1200 * (lon - 105), 0);
    }
  });

  it('are kept while the rasters stay, and loaded anew when one changes', async () => {
    const first = await loadTerrainRaster(database.db, frame, 9208, 0);
    expect(await loadTerrainRaster(database.db, frame, 9208, 0)).toBe(first);
    expect(await loadTerrainRaster(database.db, frame, 9208, 0, { step_m: 100 })).not.toBe(first);
    writeTile(folder, 'N21E105.hgt', () => 3);
    await take([east]);
    const second = await loadTerrainRaster(database.db, frame, 9208, 0);
    expect(second?.about.sha256s).not.toEqual(first?.about.sha256s);
    expect(new Set(second?.raster.heights_m)).toEqual(new Set([3]));
  });

  it('of a frame that is absurdly large are refused', async () => {
    await expect(loadTerrainRaster(database.db, { ...frame, cols: 100_000, rows: 1000 }, 9208, 0)).rejects.toThrow(
      RangeError,
    );
  });
});

describe('a raster over the communes alone', () => {
  it('leaves no square degree missing, though it covers none of them wholly', async () => {
    await database.db.query(sql`delete from raster_tile`);
    const [cols, rows] = [461, 41];
    const place = { west: 104.98, north: 21.33, step_lon: 0.001, step_lat: 0.001, cols, rows };
    const raster = { ...place, values: new Int16Array(cols * rows), voids: 0, impossible: 0, lowest: 0, highest: 0 };
    await database.revision.change((tx) =>
      storeRaster(tx, 'terrain', { name: 'part.tif', sha256: 'made', raster, cut_from: null }, ''),
    );
    expect(await terrainReport(database.db, day)).toMatchObject({ pct_covered: 100, missing: [], seams: [] });
    // Moved east to 105.405 it covers the eastern commune only in part, and the western one not at all.
    await database.db.query(sql`update raster_tile set west = west + 0.425`);
    const moved = await terrainReport(database.db, day);
    expect(moved.missing).toEqual(['N21E104', 'N21E105']);
    expect(moved.pct_covered).toBeCloseTo(25, 0);
  });
});
