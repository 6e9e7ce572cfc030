import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzip } from '../../../server/domains/exports/testing/unzip.ts';
import { sortKey } from '../../../server/platform/text/index.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

type Record = { [header: string]: string };
interface Feature {
  id: number;
  geometry: { type: string; coordinates: number[] };
  properties: { [key: string]: unknown };
}

const districts = ['227', '228', ...Array.from({ length: 11 }, (_, index) => String(230 + index))];

async function get(path: string, headers?: { [name: string]: string }): Promise<Response> {
  const response = await server.fetch(`/api/v1/${path}`, { headers: headers ?? {} });
  expect(response.status, path).toBe(200);
  return response;
}

async function csv(query: string): Promise<{ rows: Record[]; text: string; headers: Headers }> {
  const response = await get(`exports/sites.csv?${query}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8');
  return { rows: parse(text, { bom: true, columns: true }) as Record[], text, headers: response.headers };
}

async function list(query: string): Promise<{ numberMatched: number; counts: { [what: string]: number } }> {
  return (await (await get(`sites?limit=1&${query}`)).json()) as Awaited<ReturnType<typeof list>>;
}

/** First header of a small export; reading as text takes the BOM away. */
async function firstHeader(query: string, language: string): Promise<string | undefined> {
  const path = `exports/sites.csv?at=2008-12-31&district=227${query}`;
  return (await (await get(path, { 'Accept-Language': language })).text()).split(',')[0];
}

const sum = (rows: Record[], header: string): number => rows.reduce((total, row) => total + Number(row[header]), 0);

describe('district exports at the end of 2008', () => {
  it('have 400 rows together, each site once, each export as many as the list says', async () => {
    const codes: string[] = [];
    for (const district of districts) {
      const query = `at=2008-12-31&district=${district}`;
      const [{ rows, headers }, { numberMatched, counts }] = await Promise.all([csv(query), list(query)]);
      expect(rows.length, district).toBe(numberMatched);
      expect(headers.get('x-export-counts')).toBe(
        `sites=${counts['sites']}, stations=${counts['stations']}, cells=${counts['cells']}`,
      );
      expect(new Set(rows.map((row) => row['Mã huyện']))).toEqual(new Set([district]));
      expect(rows.map((row) => row['STT'])).toEqual(rows.map((_, index) => String(index + 1)));
      codes.push(...rows.map((row) => row['Mã vị trí trạm'] ?? ''));
    }
    expect(codes).toHaveLength(400);
    expect(new Set(codes).size).toBe(400);
  });

  it('have every diacritic of the database', async () => {
    const { rows } = await csv('at=2008-12-31');
    const stored = await server.context.db.query<{ code: string; name: string; address: string }>(
      sql`select code, name, address from site`,
    );
    const byCode = new Map(stored.map((site) => [site.code, site]));
    expect(rows.some((row) => /[ạậộừđ]/.test(row['Địa chỉ'] ?? ''))).toBe(true);
    for (const row of rows) {
      const site = byCode.get(row['Mã vị trí trạm'] ?? '');
      expect([row['Tên vị trí trạm'], row['Địa chỉ']]).toEqual([site?.name, site?.address]);
    }
  });

  it('are in order of district, commune and code, by the Vietnamese alphabet', async () => {
    const { rows } = await csv('at=2008-12-31');
    const keys = rows.map((row) =>
      [
        sortKey(row['Huyện, thị xã, thành phố'] ?? ''),
        row['Mã huyện'],
        sortKey(row['Xã, phường, thị trấn'] ?? ''),
        row['Mã xã'],
        row['Mã vị trí trạm'],
      ].join('\0'),
    );
    expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(rows.map((row) => row['Mã huyện'])).size).toBe(13);
  });
});

describe('rows, counts and list agree', () => {
  for (const query of [
    'at=2008-12-31&operator=VIETTEL',
    'at=2026-01-01&technology=5G',
    'at=2026-01-01&technology=4G&operator=VINAPHONE&district=230',
    'at=2026-01-01&band=900',
    'at=2008-12-31&certificate=none',
    'at=2026-01-01&certificate=expired&operator=MOBIFONE',
    'at=2026-01-01&mast_class=A2a',
    'at=2026-01-01&status=removed',
    'at=2026-01-01&bbox=105.3,21.2,105.5,21.4',
    'at=2026-01-01&q=hung%20long',
    'at=1990-01-01',
  ]) {
    it(query, async () => {
      const [{ rows }, geojson, { numberMatched, counts }] = await Promise.all([
        csv(`${query}&lang=en`),
        get(`exports/sites.geojson?${query}`).then((response) => response.json()),
        list(query),
      ]);
      expect(rows).toHaveLength(numberMatched);
      expect({ sites: rows.length, stations: sum(rows, 'Stations'), cells: sum(rows, 'Cells') }).toEqual(counts);
      const collection = geojson as { counts: unknown; features: Feature[] };
      expect(collection.counts).toEqual(counts);
      expect(collection.features.map((each) => each.properties['code'])).toEqual(rows.map((row) => row['Site code']));
    });
  }

  it('shows every operator of a site, but the stations of the operator that was asked for', async () => {
    const { rows } = await csv('at=2008-12-31&operator=VIETTEL&lang=en');
    expect(rows.every((row) => row['Operators (all)']?.includes('VIETTEL'))).toBe(true);
    expect(rows.some((row) => row['Operators (all)']?.includes(';'))).toBe(true);
    expect(rows.every((row) => /^VIETTEL \S+(; VIETTEL \S+)*$/.test(row['Operators’ station codes'] ?? ''))).toBe(true);
    expect(rows.filter((row) => row['Shared'] === 'yes').length).toBeGreaterThan(0);
  });
});

describe('a district that was abolished', () => {
  it('is shown, with the communes of the day, and the file says so', async () => {
    const { rows, headers } = await csv('at=2026-01-01&district=230');
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['Huyện, thị xã, thành phố']))).toEqual(new Set(['Huyện Đoan Hùng']));
    const communes = rows.map((row) => sortKey(row['Xã, phường, thị trấn'] ?? ''));
    expect(communes).toEqual([...communes].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(decodeURIComponent(headers.get('x-export-notes') ?? '')).toContain('không còn từ ngày 2025-07-01');
  });

  it('leaves the column empty when no district is asked for', async () => {
    const { rows } = await csv('at=2026-01-01&commune=08152');
    expect(rows.every((row) => row['Mã huyện'] === '')).toBe(true);
  });
});

describe('CSV', () => {
  it('is UTF-8 with BOM and CRLF, with a file name in UTF-8 and in ASCII', async () => {
    const { text, headers, rows } = await csv('at=2008-12-31&district=227');
    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(text.split('\r\n')).toHaveLength(rows.length + 2);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(headers.get('content-type')).toContain('text/csv; charset=utf-8');
    const [, ascii, utf8] = /filename="([\x20-\x7e]+)"; filename\*=UTF-8''(\S+)$/.exec(
      headers.get('content-disposition') ?? '',
    ) as unknown as string[];
    expect(ascii).toMatch(/^vi-tri-tram_2008-12-31_227-Thanh-pho-Viet-Tri_51-.*\.csv$/);
    expect(decodeURIComponent(utf8 ?? '')).toMatch(/^vị-trí-trạm_2008-12-31_227-Thành-phố-Việt-Trì_51-.*\.csv$/);
    expect(headers.get('x-export-filter')).toBe('at=2008-12-31&district=227');
    expect(headers.get('etag')).toMatch(/^"\S+"$/);
  });

  it('is in the language asked for, else in that of the browser, else in Vietnamese', async () => {
    expect(await firstHeader('', 'en-GB,en;q=0.9')).toBe('No.');
    expect(await firstHeader('&lang=vi', 'en')).toBe('STT');
    expect(await firstHeader('', 'fr')).toBe('STT');
  });
});

describe('XLSX', () => {
  it('has the rows of the CSV, real dates, codes as text, filter buttons, and says what it is', async () => {
    const query = 'at=2008-12-31&district=227&lang=vi';
    const [file, { rows }] = await Promise.all([
      get(`exports/sites.xlsx?${query}`).then(async (response) => Buffer.from(await response.arrayBuffer())),
      csv(query),
    ]);
    const [table, about] = (await readXlsx(file)).sheets;
    const [header = [], ...cells] = table?.rows ?? [];
    expect(header).toEqual(Object.keys(rows[0] ?? {}));
    const asCsv = cells.map((row) =>
      header.map((_, index) => {
        const value = row[index];
        return value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '');
      }),
    );
    expect(asCsv).toEqual(rows.map((row) => Object.values(row)));
    expect(cells[0]?.[header.indexOf('Mã xã')]).toMatch(/^0\d{4}$/);
    expect(cells.some((row) => row[header.indexOf('Ngày cấp')] instanceof Date)).toBe(true);

    const facts = new Map(about?.rows.map(([label, value]) => [label, value]));
    expect(facts.get('Tại ngày')).toBe('2008-12-31');
    expect(facts.get('Huyện')).toBe('227 Thành phố Việt Trì');
    expect(facts.get('Vị trí trạm')).toBe(rows.length);
    expect(facts.get('Phiên bản dữ liệu')).toBe(server.context.revision.current);
    expect(facts.get('Hệ toạ độ')).toContain('EPSG:9208');

    const parts = unzip(file);
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toMatch(new RegExp(`<autoFilter ref="A1:[A-Z]+${rows.length + 1}"/>`));
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(parts.get('xl/styles.xml')).toContain('formatCode="dd/mm/yyyy"');
    expect(parts.get('xl/styles.xml')).toContain('formatCode="0.0000000"');
  });
});

describe('GeoJSON', () => {
  it('is WGS84 without crs member, with integer ids, typed values, and says what it is', async () => {
    const response = await get('exports/sites.geojson?at=2008-12-31&district=227');
    expect(response.headers.get('content-type')).toContain('application/geo+json');
    const collection = (await response.json()) as { features: Feature[] } & { [member: string]: unknown };
    expect(collection).toMatchObject({
      type: 'FeatureCollection',
      numberMatched: 51,
      at: '2008-12-31',
      filter: { at: '2008-12-31', district: '227' },
      dataset_revision: server.context.revision.current,
      synthetic: true,
    });
    expect(collection).not.toHaveProperty('crs');
    expect(collection['written_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
    for (const { id, geometry, properties } of collection.features) {
      expect(Number.isSafeInteger(id)).toBe(true);
      const [lon = 0, lat = 0] = geometry.coordinates;
      expect(lon > 104 && lon < 106 && lat > 20 && lat < 22).toBe(true);
      expect(properties['operators']).toBeInstanceOf(Array);
      expect(typeof properties['shared']).toBe('boolean');
      expect(properties['status']).toBe('active');
      expect(properties).not.toHaveProperty('signature');
    }
  });
});

describe('what cannot be exported', () => {
  it.each([
    ['sites.pdf?at=2008-12-31', 404, 'urn:phusong:problem:unknown-format'],
    ['sites.csv?lang=fr', 400, 'urn:phusong:problem:invalid-request'],
    ['sites.csv?colour=red', 400, 'urn:phusong:problem:invalid-request'],
    ['sites.csv?at=2008-02-30', 400, 'urn:phusong:problem:invalid-request'],
    ['sites.xlsx?district=999', 404, 'urn:phusong:problem:unknown-district'],
    ['sites.geojson?operator=NOBODY', 404, 'urn:phusong:problem:unknown-operator'],
  ])('%s → %i', async (path, status, type) => {
    const response = await server.fetch(`/api/v1/exports/${path}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(await response.json()).toMatchObject({ status, type });
  });

  it('answers 304 to whoever has the current file', async () => {
    const etag = (await get('exports/sites.csv?at=2008-12-31')).headers.get('etag') ?? '';
    const again = await server.fetch('/api/v1/exports/sites.csv?at=2008-12-31', { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
  });
});
