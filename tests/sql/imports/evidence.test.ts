import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { insertUnit } from '../../support/units.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phusong-evidence-'));
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  await insertUnit(db, { code: '10001', box: [105.1, 21.2, 105.2, 21.3], name: 'Xã Cũ', validTo: '2025-07-01' });
  await insertUnit(db, { code: '10002', box: [105.2, 21.2, 105.3, 21.3] });
  await insertUnit(db, { code: '00712', box: [105.3, 21.2, 105.4, 21.3], name: 'Xã Số Không' });
  await insertUnit(db, { code: '10001', box: [105.1, 21.2, 105.3, 21.3], name: 'Xã Mới', validFrom: '2025-07-01' });
  await insertUnit(db, { code: '20001', box: [105.4, 21.2, 105.5, 21.3], name: 'Xã Mai', validFrom: '2025-07-01' });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const fixture = (name: string): string => projectPath('fixtures', 'imports', name);
async function revision(): Promise<number> {
  const [row] = await database.db.query<{ revision: number }>(sql`select revision from dataset_revision`);
  return row?.revision ?? -1;
}
const claims = () =>
  database.db.query(sql`
    select o.code as operator, c.technology, u.name as commune, c.as_of, c.covered, c.pct_pop, c.source
      from coverage_claim c join operator o on o.id = c.operator_id join admin_unit u on u.id = c.commune_id
     order by c.as_of, u.code, u.valid_from, o.code`);

describe('claims', () => {
  it('refuses rows with field, value and reason, and takes the others', async () => {
    const report = await importPath(database.revision, fixture('claims_row_errors.csv'));
    const ours = /unknown_(operator|commune)|future_date|not_in_service|duplicate|not_in_force/;
    const told = report.errors.map(({ row, field, value, code }) => [row, field, value, code]);
    expect(told.filter(([, , , code]) => ours.test(String(code)))).toEqual([
      [4, 'operator', 'NOBODY', 'unknown_operator'],
      [5, 'commune_code', '99999', 'unknown_commune'],
      [10, 'as_of', '2108-12-31', 'future_date'],
      [11, 'operator', 'VIETTEL', 'operator_not_in_service'],
      [12, 'commune_code', '10001', 'duplicate_claim'],
      [20, 'commune_code', '20001', 'commune_not_in_force'],
      [21, 'commune_code', '712', 'unknown_commune'],
    ]);
    const reasons = new Map(report.errors.map((error) => [error.row, error]));
    expect(reasons.get(11)?.reason).toBe('Viettel served since 2004-10-15.');
    expect(reasons.get(20)?.reason).toContain('Xã Mai is in force since 2025-07-01');
    expect(reasons.get(21)?.proposal).toContain('00712 is Xã Số Không');
    expect(report).toMatchObject({ rows_read: 20, rows_accepted: 3, tables: { coverage_claim: { inserted: 2 } } });
    // Row 13 says again what row 2 says.
    expect(report.findings).toEqual({ covered_by_share: 1, repeated_rows: 1 });
    expect(await claims()).toEqual([
      {
        operator: 'VIETTEL',
        technology: '2G',
        commune: 'Xã Cũ',
        as_of: '2008-12-31',
        covered: true,
        pct_pop: 97.5,
        source: 'CV 12/2009',
      },
      {
        operator: 'VIETTEL',
        technology: '2G',
        commune: 'Xã 10002',
        as_of: '2008-12-31',
        covered: true,
        pct_pop: 96,
        source: 'CV 12/2009',
      },
    ]);
  });

  it('again changes nothing; a code means the unit in force on the day of the claim', async () => {
    const before = await revision();
    const again = await importPath(database.revision, fixture('claims_row_errors.csv'));
    expect(again.tables).toEqual({ coverage_claim: { inserted: 0, updated: 0 } });
    expect(await revision()).toBe(before);
    const path = await fileOf(
      'khai-bao.csv',
      'operator,technology,commune_code,as_of,covered,pct_pop\nVIETTEL,2G,10001,2025-12-31,true,99\nVIETTEL,2G,10001,2008-12-31,false,30\n',
    );
    const report = await importPath(database.revision, path);
    expect(report.tables).toEqual({ coverage_claim: { inserted: 1, updated: 1 } });
    expect(await revision()).toBe(before + 1);
    expect(await claims()).toMatchObject([
      { commune: 'Xã Cũ', covered: false, pct_pop: 30, source: 'khai-bao.csv' },
      { commune: 'Xã 10002' },
      { commune: 'Xã Mới', as_of: '2025-12-31', covered: true },
    ]);
  });
});

describe('measurements', () => {
  const stored = async () =>
    (
      await database.db.query<{ row: string }>(sql`
        select concat_ws(' ', o.code, m.technology, st_x(m.geom), st_y(m.geom), to_char(m.measured_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), m.level_dbm, m.source) as row
          from measurement m join operator o on o.id = m.operator_id order by m.measured_at, o.code`)
    ).map(({ row }) => row);

  it('refuses rows with field, value and reason, and takes the others', async () => {
    const report = await importPath(database.revision, fixture('measurements_row_errors.csv'));
    const ours = new Set(['unknown_operator', 'operator_not_in_service', 'outside_province', 'duplicate_measurement']);
    expect(
      report.errors
        .filter(({ code }) => ours.has(code))
        .map(({ row, field, value, code }) => [row, field, value, code]),
    ).toEqual([
      [5, 'level_dbm', '-80', 'duplicate_measurement'],
      [14, 'operator', 'NOBODY', 'unknown_operator'],
      [17, 'lon', '107.5 16.2', 'outside_province'],
      [18, 'operator', 'VIETTEL', 'operator_not_in_service'],
    ]);
    // Another reading lies in the province: it is proposed, never applied.
    expect(report.errors.find(({ row }) => row === 16)?.proposal).toContain('105.15');
    expect(report).toMatchObject({
      rows_read: 20,
      rows_accepted: 4,
      findings: { repeated_rows: 1, rows_outside_province: 1 },
    });
    expect(await stored()).toEqual([
      'VIETTEL 4G 105.15 21.25 2025-11-10 01:30:15 -95.5 đo 11/2025',
      'VINAPHONE 4G 105.15 21.25 2025-11-10 01:30:15 -101 đo 11/2025',
      'VIETTEL 5G 105.25 21.25 2025-11-10 01:32:00 -99 đo 11/2025',
    ]);
  });

  it('again changes nothing, corrects a level, and takes points outside when that is allowed', async () => {
    const before = await revision();
    const again = await importPath(database.revision, fixture('measurements_row_errors.csv'));
    expect(again.tables).toEqual({ measurement: { inserted: 0, updated: 0 } });
    expect(await revision()).toBe(before);
    const text = `lon,lat,time,operator,technology,level_dbm,source
105.15,21.25,2025-11-10T08:30:15,VIETTEL,4G,-97,đo 11/2025
107.5,16.2,2025-11-10T08:40:00,VIETTEL,4G,-88,đo 11/2025
`;
    const path = await fileOf('do.csv', text);
    expect((await importPath(database.revision, path, { allowOutside: true })).tables).toEqual({
      measurement: { inserted: 1, updated: 1 },
    });
    expect((await stored())[0]).toContain('-97');
  });

  it('streams a large file: 100,000 rows, each taken once', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => {
      const at = new Date(Date.UTC(2025, 10, 1) + i * 1_000).toISOString();
      return `${(105.1 + (i % 1_000) * 0.0001).toFixed(6)},${(21.2 + Math.floor(i / 1_000) * 0.0009).toFixed(6)},${at},452-04,LTE,${-70 - (i % 50)}`;
    });
    const path = await fileOf('large.csv', `lon,lat,time,operator,technology,rsrp\n${lines.join('\n')}\n`);
    const seen: number[] = [];
    const report = await importPath(database.revision, path, { onProgress: (rows) => seen.push(rows) });
    expect(report).toMatchObject({
      rows_read: 100_000,
      rows_accepted: 100_000,
      tables: { measurement: { inserted: 100_000 } },
    });
    expect(seen.length).toBeGreaterThan(10);
    expect((await importPath(database.revision, path)).tables).toEqual({ measurement: { inserted: 0, updated: 0 } });
  });
});
