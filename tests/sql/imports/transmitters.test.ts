import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { insertUnit } from '../../support/units.ts';

const file = projectPath('fixtures', 'imports', 'transmitters_row_errors.csv');
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await insertUnit(database.db, { code: '10001', box: [105.1, 21.2, 105.3, 21.4] });
});
afterAll(() => database.close());

const stored = () =>
  database.db.query(sql`
    select code, name, service, frequency_mhz, erp_w, height_m, st_x(geom) as lon, st_y(geom) as lat, valid_from, valid_to, operator, digital,
           threshold_dbuv_m, declared_pct_area, declared_pct_pop, declared_source
      from transmitter order by code collate "C"`);

describe('a list of transmitters', () => {
  it('is checked in a dry run, which writes nothing', async () => {
    const report = await importPath(database.revision, file, { dryRun: true });
    expect(report).toMatchObject({
      rows_read: 18,
      rows_accepted: 4,
      tables: { transmitter: { inserted: 4, updated: 0 } },
    });
    expect(await stored()).toEqual([]);
  });

  it('goes in but for its bad rows and those outside the province', async () => {
    const report = await importPath(database.revision, file);
    expect(report.findings).toMatchObject({ rows_outside_province: 1 });
    expect(
      report.errors.filter(({ code }) => code === 'outside_province').map(({ row, field }) => [row, field]),
    ).toEqual([[19, 'lon']]);
    const rows = await stored();
    expect(rows.map((row) => row['code'])).toEqual(['T1', 'T15', 'T2', 'T3']);
    expect(rows[0]).toEqual({
      code: 'T1',
      name: 'Đài một',
      service: 'fm',
      frequency_mhz: 104,
      erp_w: 5000,
      height_m: 105,
      lon: 105.21,
      lat: 21.31,
      valid_from: '1997-05-19',
      valid_to: null,
      operator: 'Đài tỉnh',
      digital: false,
      threshold_dbuv_m: null,
      declared_pct_area: 80,
      declared_pct_pop: 90,
      declared_source: 'BC 2008',
    });
  });

  it('taken again changes nothing', async () => {
    const before = await stored();
    const report = await importPath(database.revision, file);
    expect(report.tables).toEqual({ transmitter: { inserted: 0, updated: 0 } });
    expect(await stored()).toEqual(before);
  });

  it('keeps its refused rows as received', async () => {
    const [row] = await database.db.query<{ raw: Record<string, string> }>(sql`
      select r.raw from import_row r join import_error e on e.batch_id = r.batch_id and e.row_no = r.row_no
       where e.code = 'not_of_service' order by e.batch_id, e.row_no limit 1`);
    expect(row?.raw).toMatchObject({ code: 'T4', frequency_mhz: '207.25' });
  });

  it('takes those of a neighbour when it is allowed', async () => {
    const report = await importPath(database.revision, file, { allowOutside: true });
    expect(report.tables).toEqual({ transmitter: { inserted: 1, updated: 0 } });
  });
});
