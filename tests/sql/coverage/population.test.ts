import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPopulation } from '../../../server/domains/coverage/population/load-population.ts';
import { selectRunCommunes } from '../../../server/domains/coverage/queries.ts';
import { assignSquares } from '../../../server/domains/coverage/rules/commune-squares.ts';
import { frameAround } from '../../../server/domains/coverage/rules/grid.ts';
import { spreadPopulation } from '../../../server/domains/coverage/rules/population.ts';
import { weighSquares } from '../../../server/domains/coverage/rules/population-weights.ts';
import { projectMultiPolygon, projectorFor } from '../../../server/domains/coverage/rules/projection.ts';
import { storeRaster } from '../../../server/domains/coverage/terrain/queries.ts';
import {
  detectFormat,
  fileSource,
  type ImportReport,
  importFile,
  readHead,
} from '../../../server/domains/imports/index.ts';
import { selectRevision } from '../../../server/platform/dataset-revision.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2020-01-01';
let database: TestDatabase;
let folder: string;

/** Three communes of about 2 × 2 km side by side. */
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  folder = mkdtempSync(join(tmpdir(), 'phusong-population-'));
  const { db } = database;
  for (const [i, people] of [1000, 500, 300].entries()) {
    const west = 105.2 + 0.02 * i;
    const id = await insertUnit(db, { code: `1000${i + 1}`, box: [west, 21.3, west + 0.02, 21.32] });
    await db.query(
      sql`insert into admin_stat (unit_id, year, population, source) values (${id}, 2019, ${people}, 'test')`,
    );
  }
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function take(path: string, as: 'villages' | 'habitable'): Promise<ImportReport> {
  const source = fileSource(path);
  const format = detectFormat(source.file_name, await readHead(source), as);
  if (!format) throw new Error(`${path} is not recognised`);
  return importFile(database.revision, source, format, { dryRun: false, allowOutside: false, valid_from: day });
}
const fixture = (name: string): string => projectPath('fixtures', 'imports', name);

/** The people of the three communes on the grid, by everything there is in the database. */
async function spread() {
  const projector = projectorFor(9208);
  const { communes } = (await selectRunCommunes(database.db, day)) ?? { communes: [] };
  const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
  const frame = frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    100,
  );
  const squares = assignSquares(shapes, frame);
  const sources = await loadPopulation(database.db, day);
  const populations = communes.map(({ population }) => population);
  const result = spreadPopulation(squares, populations, weighSquares(squares, communes, sources, projector));
  const sums = [0, 0, 0];
  result.people.forEach((n, square) => {
    const own = squares.commune[square] ?? 0;
    if (own < 3) sums[own] = (sums[own] ?? 0) + n;
    else expect(n).toBe(0);
  });
  expect(sums).toEqual([1000, 500, 300]);
  return result;
}

describe('people on the grid', () => {
  it('are spread evenly while nothing is known', async () => {
    expect(await spread()).toMatchObject({ method: 'uniform', methods: ['uniform', 'uniform', 'uniform'] });
  });

  it('are on habitable ground where there is some', async () => {
    const report = await take(fixture('habitable_row_errors.geojson'), 'habitable');
    expect(report).toMatchObject({
      rows_read: 6,
      rows_refused: 2,
      tables: { habitable_area: { inserted: 3, updated: 0 } },
    });
    expect(report.findings).toMatchObject({ not_residential_passed_over: 1, polygons_made_valid: 1 });
    expect(await spread()).toMatchObject({ method: 'mixed', methods: ['habitable', 'habitable', 'uniform'] });
  });

  it('are around villages where there are some', async () => {
    const report = await take(fixture('villages_row_errors.csv'), 'villages');
    expect(
      report.errors.filter(({ row }) => row > 13).map(({ row, field, code, proposal }) => [row, field, code, proposal]),
    ).toEqual([
      [14, 'commune_code', 'unknown_commune', undefined],
      [15, 'lon', 'outside_commune', undefined],
      [16, 'code', 'duplicate_village', undefined],
    ]);
    expect(report.tables).toMatchObject({ admin_unit: { inserted: 3 }, admin_stat: { inserted: 2 } });
    expect(report.findings).toMatchObject({ rows_outside_their_commune: 1 });
    const rows = await database.db.query(sql`
      select u.code, u.name, u.type, p.code as commune, u.valid_from, st_x(u.centre) as lon, s.population
        from admin_unit u join admin_unit p on p.id = u.parent_id left join admin_stat s on s.unit_id = u.id
       where u.level = 'village' order by s.population nulls last`);
    expect(rows).toMatchObject([
      { name: 'Khu 3', commune: '10001', valid_from: '2007-04-09', population: 0 },
      { code: 'T-01', type: 'Thôn', commune: '10001', lon: 105.205, population: 1200 },
      { type: 'Thôn', commune: '10001', population: null },
    ]);
    expect(await spread()).toMatchObject({ method: 'mixed', methods: ['villages', 'habitable', 'uniform'] });
  });

  it('are by a raster where one covers the commune', async () => {
    const values = new Float32Array(80 * 50).fill(1);
    const step = 1 / 1200;
    const place = { west: 105.195, north: 21.33, step_lon: step, step_lat: step, cols: 80, rows: 50 };
    const raster = { ...place, values, voids: 0, impossible: 0, lowest: 1, highest: 1 };
    await database.revision.change((tx) =>
      storeRaster(tx, 'population', { name: 'people.tif', sha256: 'made', raster, cut_from: null }, 'test'),
    );
    // It reaches to 105.261: the third commune only just.
    expect(await spread()).toMatchObject({ method: 'raster', methods: ['raster', 'raster', 'raster'] });
    await database.db.query(sql`update raster_tile set west = west - 0.03`);
    expect(await spread()).toMatchObject({ method: 'mixed', methods: ['raster', 'habitable', 'uniform'] });
    await database.db.query(sql`delete from raster_tile`);
  });
});

describe('the same files again', () => {
  it('change nothing', async () => {
    const before = await selectRevision(database.db);
    expect((await take(fixture('villages_row_errors.csv'), 'villages')).tables).toMatchObject({
      admin_unit: { inserted: 0, updated: 0 },
      admin_stat: { inserted: 0, updated: 0 },
    });
    expect((await take(fixture('habitable_row_errors.geojson'), 'habitable')).tables).toMatchObject({
      habitable_area: { inserted: 0, updated: 0 },
    });
    expect(await selectRevision(database.db)).toBe(before);
  });

  it('with a village moved and an area taken out follow the newer file', async () => {
    const villages = readFileSync(fixture('villages_row_errors.csv'), 'utf8').replace(
      '105,205;21,305',
      '105,207;21,305',
    );
    writeFileSync(join(folder, 'thon.csv'), villages);
    expect((await take(join(folder, 'thon.csv'), 'villages')).tables).toMatchObject({ admin_unit: { inserted: 0 } });
    const [moved] = await database.db.query<{ lon: number }>(
      sql`select st_x(centre) as lon from admin_unit where code = 'T-01'`,
    );
    expect(moved?.lon).toBe(105.207);
    const ground = JSON.parse(readFileSync(fixture('habitable_row_errors.geojson'), 'utf8')) as { features: unknown[] };
    ground.features.splice(1, 1);
    const path = join(folder, 'habitable_row_errors.geojson');
    writeFileSync(path, JSON.stringify(ground));
    const report = await take(path, 'habitable');
    expect(report.findings).toMatchObject({ areas_no_longer_in_the_file: 1 });
    const [left] = await database.db.query<{ n: number }>(sql`select count(*) as n from habitable_area`);
    expect(left?.n).toBe(2);
  });
});
