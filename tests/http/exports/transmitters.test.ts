import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransmitterList } from '../../../server/contract/index.ts';
import { runBroadcast } from '../../../server/domains/coverage/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2008-12-31';
let database: TestDatabase;
let server: TestServer;
let list: TransmitterList;

beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  const commune = await insertUnit(db, { code: '10001', box: [105.2, 21.3, 105.22, 21.32] });
  await db.query(
    sql`insert into admin_stat (unit_id, year, population, source) values (${commune}, 2009, 5000, 'test')`,
  );
  await db.query(sql`
    insert into transmitter (code, name, service, frequency_mhz, erp_w, height_m, geom, valid_from, declared_pct_pop, operator)
    select r.code, r.name, r.service, r.mhz, 1000, 150, st_setsrid(st_makepoint(105.21, 21.31), 4326), '2000-01-01', r.declared, 'Đài tỉnh'
      from (values ('F1', 'Phát thanh Phú Thọ', 'fm', 100, 90.5), ('A1', 'Phát thanh AM', 'am', 0.684, null)) as r (code, name, service, mhz, declared)`);
  await runBroadcast(db, database.revision, day);
  server = await startTestServer(db);
  list = (await server.json<TransmitterList>(`/api/v1/broadcast/transmitters?at=${day}`)).body;
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function csv(query: string): Promise<Record<string, string>[]> {
  const response = await server.fetch(`/api/v1/exports/transmitters.csv?at=${day}${query}`);
  if (response.status !== 200) console.log(await response.text());
  expect(response.status).toBe(200);
  return parse(Buffer.from(await response.arrayBuffer()), { bom: true, columns: true });
}

describe('the list of transmitters as a file', () => {
  it('has the rows and figures of the list, in words of its language', async () => {
    const rows = await csv('&lang=vi');
    expect(rows.map((row) => row['Mã máy phát'])).toEqual(list.items.map(({ code }) => code));
    const [am, fm] = rows;
    expect(am).toMatchObject({
      'Dịch vụ': 'Phát thanh AM',
      'Vì sao không tính': 'P.1546 không dùng cho AM',
      'Dân số được phủ': '',
    });
    expect(fm).toMatchObject({
      'Tên máy phát': 'Phát thanh Phú Thọ',
      'Dân số được phủ': '5000',
      'Dân số': '5000',
      '% dân số (tính toán)': '100',
      '% dân số (khai báo)': '90.5',
    });
    const english = await csv('&lang=en&service=fm');
    expect(english).toHaveLength(1);
    expect(english[0]).toMatchObject({ 'Why not computed': '', Flags: expect.stringContaining('no terrain') });
  });

  it('says in its headers how many, and that the figures are estimates', async () => {
    const response = await server.fetch(`/api/v1/exports/transmitters.csv?at=${day}&lang=en`, { method: 'HEAD' });
    expect(response.headers.get('x-export-counts')).toBe('transmitters=2');
    const notes = decodeURIComponent(response.headers.get('x-export-notes') ?? '');
    expect(notes).toContain('estimates');
    expect(notes).toContain('two curves');
    expect(notes).toContain('5000 of 5000 people');
  });

  it('is a workbook and GeoJSON too, with the same rows', async () => {
    const workbook = await readXlsx(
      new Uint8Array(await (await server.fetch(`/api/v1/exports/transmitters.xlsx?at=${day}`)).arrayBuffer()),
    );
    const cells = JSON.stringify(workbook.sheets.map(({ rows }) => rows));
    for (const { code } of list.items) expect(cells).toContain(`"${code}"`);
    const response = await server.fetch(`/api/v1/exports/transmitters.geojson?at=${day}`);
    const { features } = (await response.json()) as {
      features: { geometry: object; properties: Record<string, unknown> }[];
    };
    expect(features.map(({ properties }) => properties['code'])).toEqual(['A1', 'F1']);
    expect(features[1]?.geometry).toEqual({ type: 'Point', coordinates: [105.21, 21.31] });
    expect(features[1]?.properties).toMatchObject({ service: 'fm', people_covered: 5000 });
  });
});
