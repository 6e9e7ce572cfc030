import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ImportFileError } from '../../../server/domains/imports/index.ts';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { insertUnit } from '../../support/units.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phusong-import-'));
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  await insertUnit(db, { code: '10001', box: [105.1, 21.2, 105.2, 21.3] });
  await insertUnit(db, { code: '10002', box: [105.2, 21.2, 105.3, 21.3] });
  await db.query(
    sql`insert into operator (code, name, valid_from) values ('VIETTEL', 'Viettel', '2000-01-01'), ('VINAPHONE', 'VinaPhone', '1996-06-26') on conflict do nothing`,
  );
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const header =
  'site_code,site_name,lon,lat,commune_code,site_from,mast_no,mast_class,mast_height_m,operator,operator_code,commissioned,technology,band_mhz,azimuths_deg,certificate_no,certificate_issued,certificate_expires';
const good = [
  'PT1,Trạm Một,105.15,21.25,10001,2008-01-01,1,A1a,42,VIETTEL,VT1,2008-02-01,2G,900,0;120;240,C1,2008-03-01,2013-03-01',
  'PT1,Trạm Một,105.15,21.25,10001,2008-01-01,1,A1a,42,VIETTEL,VT1,2008-02-01,3G,2100,0;120;240,C1,2008-03-01,2013-03-01',
  'PT1,Trạm Một,105.15,21.25,10001,2008-01-01,1,A1a,42,VINAPHONE,VN1,2008-02-01,2G,900,,C1,2008-03-01,2013-03-01',
  'PT2,Trạm Hai,105.25,21.25,10002,2008-01-01,1,A2b,12,VIETTEL,VT2,2008-02-01,2G,900,30;150;270,,,',
];

async function fileOf(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `\uFEFF${[header, ...lines].join('\r\n')}\r\n`);
  return path;
}

interface Inventory {
  sites: number;
  masts: number;
  stations: number;
  cells: number;
  certificates: number;
  operators: number;
  batches: number;
  errors: number;
  revision: number;
}
async function inventory(): Promise<Inventory> {
  const [row] = await database.db.query<Inventory>(sql`
    select (select count(*) from site) as sites, (select count(*) from mast) as masts, (select count(*) from station) as stations,
           (select count(*) from cell) as cells, (select count(*) from certificate) as certificates, (select count(*) from operator) as operators,
           (select count(*) from import_batch) as batches, (select count(*) from import_error) as errors, (select revision from dataset_revision) as revision`);
  if (!row) throw new Error('no row');
  return row;
}

describe('own sites as CSV', () => {
  it('as a dry run says what would be written, and writes nothing at all', async () => {
    const before = await inventory();
    const report = await importPath(database.revision, await fileOf('good.csv', good), { dryRun: true });
    expect(report).toMatchObject({
      dry_run: true,
      format: 'sites-csv',
      rows_read: 4,
      rows_accepted: 4,
      rows_refused: 0,
      errors: [],
      batch_id: null,
    });
    expect(report.tables).toMatchObject({
      site: { inserted: 2 },
      mast: { inserted: 2 },
      station: { inserted: 3 },
      cell: { inserted: 10 },
      certificate: { inserted: 1 },
    });
    expect(await inventory()).toEqual(before);
  });

  it('makes sites, masts, stations, cells and a shared certificate, each counted once', async () => {
    const before = await inventory();
    await importPath(database.revision, await fileOf('good.csv', good));
    expect(await inventory()).toEqual({
      ...before,
      sites: 2,
      masts: 2,
      stations: 3,
      cells: 10,
      certificates: 1,
      batches: before.batches + 1,
      revision: before.revision + 1,
    });
    expect(
      await database.db.query(sql`
        select s.code, u.code as commune, sc.method from site s join site_commune sc on sc.site_id = s.id join admin_unit u on u.id = sc.commune_id order by s.code`),
    ).toEqual([
      { code: 'PT1', commune: '10001', method: 'contains' },
      { code: 'PT2', commune: '10002', method: 'contains' },
    ]);
    const [shared] = await database.db.query<{ stations: number }>(
      sql`select count(*) as stations from station_certificate`,
    );
    expect(shared?.stations).toBe(2);
  });

  it('imported again changes nothing: the dataset revision stays', async () => {
    const before = await inventory();
    const report = await importPath(database.revision, await fileOf('good.csv', good));
    expect(report.rows_accepted).toBe(4);
    for (const [table, counts] of Object.entries(report.tables))
      expect([table, counts]).toEqual([table, { inserted: 0, updated: 0 }]);
    expect(await inventory()).toEqual({ ...before, batches: before.batches + 1 });
  });

  it('with a corrected value changes that row only', async () => {
    const before = await inventory();
    const report = await importPath(
      database.revision,
      await fileOf(
        'corrected.csv',
        good.map((line) => line.replace('Trạm Hai', 'Trạm Hai Bis')),
      ),
    );
    expect(report.tables).toMatchObject({
      site: { inserted: 0, updated: 1 },
      station: { inserted: 0, updated: 0 },
      cell: { inserted: 0, updated: 0 },
    });
    expect(await inventory()).toEqual({ ...before, batches: before.batches + 1, revision: before.revision + 1 });
  });

  it('takes the good rows and tells row, field, value and reason of the bad ones', async () => {
    const before = await inventory();
    const report = await importPath(
      database.revision,
      await fileOf('mixed.csv', [
        'PT3,Tốt,105.16,21.26,10001,2008-01-01,1,A1a,30,VIETTEL,VT3,2008-02-01,2G,900,,,,',
        'PT4,Cao,105.17,21.26,10001,2008-01-01,1,A1a,4200,VIETTEL,VT4,2008-02-01,2G,900,,,,',
        'PT5,Không ai,105.18,21.26,10001,2008-01-01,1,A1a,30,NOBODY,XX5,2008-02-01,2G,900,,,,',
        'PT6,Xa,107.5,16.2,10001,2008-01-01,1,A1a,30,VIETTEL,VT6,2008-02-01,2G,900,,,,',
        'PT7,Hạn,105.18,21.27,10001,2008-01-01,1,A1a,30,VIETTEL,VT7,2008-02-01,2G,900,,C7,2013-01-01,2008-01-01',
        'PT8,Lạ,105.18,21.28,10001,2008-01-01,1,A1a,30,VIETTEL,VT8,2008-02-01,6G,900,,,,',
        'PT9,Hai nơi,105.19,21.28,10001,2008-01-01,1,A1a,30,VIETTEL,VT1,2008-02-01,2G,900,,,,',
      ]),
    );
    expect(report).toMatchObject({ rows_read: 7, rows_accepted: 1, rows_refused: 6 });
    const told = new Map(report.errors.map((error) => [error.row, error]));
    expect([...told.keys()].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(told.get(3)).toMatchObject({ field: 'mast_height_m', value: '4200' });
    expect(told.get(4)).toMatchObject({ field: 'operator', value: 'NOBODY' });
    expect(told.get(5)).toMatchObject({ code: 'outside_province' });
    expect(told.get(6)?.field).toMatch(/certificate/);
    expect(told.get(7)).toMatchObject({ field: 'technology', value: '6G' });
    expect(told.get(8)).toMatchObject({ field: 'operator_code', value: 'VT1' });
    for (const error of report.errors) expect(error.reason.length).toBeGreaterThan(10);
    const after = await inventory();
    expect(after).toMatchObject({
      sites: before.sites + 1,
      stations: before.stations + 1,
      errors: before.errors + 6,
      revision: before.revision + 1,
    });
    const kept = await database.db.query(
      sql`select row_no, field from import_error where batch_id = ${report.batch_id} order by row_no`,
    );
    expect(kept).toHaveLength(6);
  });

  it('takes a site outside every commune when that is allowed, without a commune', async () => {
    const line = 'PT6,Xa,107.5,16.2,,2008-01-01,1,A1a,30,VIETTEL,VT6,2008-02-01,2G,900,,,,';
    const report = await importPath(database.revision, await fileOf('outside.csv', [line]), { allowOutside: true });
    expect(report).toMatchObject({ rows_accepted: 1, rows_refused: 0 });
    expect(
      await database.db.query(sql`select 1 from site_commune sc join site s on s.id = sc.site_id where s.code = 'PT6'`),
    ).toEqual([]);
  });

  it('when every row is refused leaves the inventory and its revision alone', async () => {
    const before = await inventory();
    const report = await importPath(
      database.revision,
      await fileOf('bad.csv', ['PTX,Xấu,abc,21.2,10001,2008-01-01,1,A1a,30,VIETTEL,VTX,2008-02-01,2G,900,,,,']),
    );
    expect(report).toMatchObject({ rows_read: 1, rows_accepted: 0, rows_refused: 1 });
    expect(await inventory()).toEqual({ ...before, batches: before.batches + 1, errors: before.errors + 1 });
  });
});

describe('a file that cannot be taken', () => {
  let before: Inventory;
  beforeEach(async () => {
    before = await inventory();
  });
  const damaged = (name: string): string => projectPath('fixtures', 'imports', name);

  it.each([
    ['truncated JSON', 'boundaries_truncated.geojson'],
    ['another coordinate system', 'boundaries_wrong_crs.geojson'],
  ])('for %s is refused with a clear sentence, and nothing is written', async (_why, name) => {
    const refused = importPath(database.revision, damaged(name), { valid_from: '2007-04-09' });
    await expect(refused).rejects.toThrow(ImportFileError);
    await expect(refused).rejects.toThrow(new RegExp(name));
    expect(await inventory()).toEqual(before);
  });

  it('because it is too large is refused before it is read', async () => {
    const path = await fileOf('large.csv', good);
    await expect(importPath(database.revision, path, { max_bytes: 100 })).rejects.toThrow(/larger than the limit/);
    expect(await inventory()).toEqual(before);
  });

  it('because it is not there is refused', async () => {
    await expect(importPath(database.revision, join(folder, 'absent.csv'))).rejects.toThrow(/absent\.csv/);
  });

  it('because the user stops it half-way leaves nothing', async () => {
    const controller = new AbortController();
    const many = Array.from(
      { length: 12_000 },
      (_, i) => `MANY${i},,105.15,21.25,,2008-01-01,1,A1a,30,VIETTEL,MANY${i},2008-02-01,2G,900,,,,`,
    );
    const path = await fileOf('many.csv', many);
    const stopped = importPath(database.revision, path, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('stopped by the user')),
    });
    await expect(stopped).rejects.toThrow('stopped by the user');
    expect(await inventory()).toEqual(before);
  });
});
