import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CommuneCoverage,
  CommuneCoverageList,
  DisagreementList,
  GapItem,
  GapList,
} from '../../../server/contract/index.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer;
let scenarioIds: number[];
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
  const { db, revision } = server.context;
  const reached = { people_covered: 900, population: 1000, area_covered_km2: 8.5, area_km2: 10 };
  const result = {
    before: reached,
    after: { ...reached, people_covered: 960, area_covered_km2: 9 },
    delta: { people: 60, area_km2: 0.5 },
    communes: [{}, {}],
    taken: [{ change_no: 1, antenna_height_m: 42, band_mhz: 1800, eirp_dbm: 58.5, azimuths_deg: [0, 120, 240] }],
    warnings: [
      { vi: 'Thay đổi 1: không biết độ cao mặt đất tại đó.', en: 'Change 1: the ground is not known.' },
      { vi: 'Thay đổi 2: cao hơn cột.', en: 'Change 2: higher than the mast.' },
    ],
    synthetic: true,
  };
  const [site] = await db.query<{ id: number }>(sql`select id from site where code = 'PT227-0001'`);
  const changes = [
    { kind: 'add', lon: 105.25, lat: 21.25, antenna_height_m: 42, azimuths_deg: [0, 120, 240] },
    { kind: 'raise', site_id: site?.id, antenna_height_m: 60 },
  ];
  const rows = await db.query<{ id: number }>(sql`
    insert into scenario (name, note, at, operator_id, technology, changes, result, result_revision)
    values ('Phương án Đoan Hùng', '=1+1', '2025-12-31', (select id from operator where code = 'VIETTEL'), '4G', ${JSON.stringify(changes)}::jsonb, ${JSON.stringify(result)}::jsonb, (select revision from dataset_revision)),
           ('Phương án hai', '', '2025-12-31', null, '4G', ${JSON.stringify(changes.slice(0, 1))}::jsonb, null, null)
    returning id`);
  scenarioIds = rows.map(({ id }) => id);
  await revision.refresh();
});
afterAll(() => server.close());

type Row = { [header: string]: string };
interface Collection {
  features: { id: number; geometry: { type: string } | null; properties: { [key: string]: unknown } }[];
  [member: string]: unknown;
}

async function get(path: string, headers: { [name: string]: string } = {}): Promise<Response> {
  const response = await server.fetch(`/api/v1/${path}`, { headers });
  expect(response.status, path).toBe(200);
  return response;
}
const list = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T;
async function csv(what: string, query: string): Promise<{ rows: Row[]; headers: Headers }> {
  const response = await get(`exports/${what}.csv?${query}&lang=en`);
  return { rows: parse(await response.text(), { bom: true, columns: true }) as Row[], headers: response.headers };
}
const geojson = (what: string, query: string): Promise<Collection> =>
  list<Collection>(`exports/${what}.geojson?${query}&lang=en`);
async function xlsx(what: string, query: string) {
  const file = Buffer.from(await (await get(`exports/${what}.xlsx?${query}&lang=vi`)).arrayBuffer());
  return (await readXlsx(file)).sheets;
}

describe('coverage of communes', () => {
  it.each([
    'at=2008-12-31&technology=2G&operator=MOBIFONE',
    'at=2008-12-31&technology=2G&operator=MOBIFONE&district=240',
    'at=2008-12-31&technology=2G',
    'at=2008-12-31&technology=2G&scope=at_least_two',
    'at=2025-12-31&technology=5G&operator=VIETTEL',
    'at=1990-01-01&technology=2G',
  ])('has the rows and sums of the list: %s', async (query) => {
    const { items, totals, numberMatched } = await list<CommuneCoverageList>(`coverage/communes?${query}`);
    const [{ rows, headers }, collection] = await Promise.all([csv('coverage', query), geojson('coverage', query)]);
    expect(rows.map((row) => row['Commune code'])).toEqual(items.map(({ code }) => code));
    expect(headers.get('x-export-counts')).toBe(`rows=${numberMatched}, communes=${numberMatched}`);
    const known = rows.filter((row) => row['Status'] !== 'unknown');
    const sum = (header: string) => known.reduce((total, row) => total + Number(row[header]), 0);
    expect(sum('People covered')).toBe(totals.people_covered);
    expect(sum('Population')).toBe(totals.population);
    expect(sum('Area covered (km²)')).toBeCloseTo(totals.area_covered_km2, 1);
    expect(collection.features.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(collection.features.map(({ properties }) => properties['status'])).toEqual(
      items.map(({ status }) => status),
    );
  });

  it('without a technology has every one of the run, each as its own list', async () => {
    const { rows } = await csv('coverage', 'at=2025-12-31&operator=VIETTEL');
    const technologies = [...new Set(rows.map((row) => row['Technology']))];
    expect(technologies).toEqual(['2G', '3G', '4G', '5G']);
    for (const technology of technologies) {
      const { items } = await list<{ items: CommuneCoverage[] }>(
        `coverage/communes?at=2025-12-31&operator=VIETTEL&technology=${technology}`,
      );
      const own = rows.filter((row) => row['Technology'] === technology);
      expect(own.map((row) => [row['Commune'], row['People covered']])).toEqual(
        items.map(({ name, people_covered }) => [name, String(people_covered ?? '')]),
      );
    }
  });

  it('says which run, model and thresholds the figures are of, in words of the language', async () => {
    const query = 'at=2008-12-31&technology=2G&operator=MOBIFONE';
    const [table, about] = await xlsx('coverage', query);
    const [header = [], ...rows] = table?.rows ?? [];
    expect(rows).toHaveLength(277);
    expect(rows.every((row) => /^\d{5}$/.test(String(row[header.indexOf('Mã xã')])))).toBe(true);
    expect(new Set(rows.map((row) => row[header.indexOf('Phạm vi')]))).toEqual(new Set(['Một doanh nghiệp']));
    expect(['Đạt', 'Một phần', 'Chưa phủ', 'Chưa rõ']).toContain(rows[0]?.[header.indexOf('Kết quả')]);
    const facts = new Map(about?.rows.map(([label, value]) => [label, value]));
    expect(facts.get('Doanh nghiệp')).toBe('MOBIFONE');
    expect(facts.get('Tính cho ngày')).toBe('2008-12-31');
    // Both moments in the same zone.
    const inVietnam = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/;
    expect([facts.get('Tính lúc'), facts.get('Lập lúc')]).toEqual([
      expect.stringMatching(inVietnam),
      expect.stringMatching(inVietnam),
    ]);
    const { run } = await list<CommuneCoverageList>(`coverage/communes?${query}`);
    expect(Date.parse(String(facts.get('Tính lúc')))).toBe(Math.floor(Date.parse(run?.created_at ?? '') / 1000) * 1000);
    expect(facts.get('Ngưỡng')).toContain('2G -95 dBm');
    expect(facts.get('Phiên bản dữ liệu')).toBe(server.context.revision.current);
    expect(JSON.stringify(about?.rows)).toContain('ước tính');
  });
});

describe('gaps', () => {
  it.each([
    'at=2008-12-31&technology=2G&operator=HT_MOBILE',
    'at=2025-12-31&technology=5G',
    'at=2025-12-31&technology=5G&operator=MOBIFONE&min_people=500',
    'at=2025-12-31&operator=VINAPHONE&technology=4G&district=240',
  ])('has the rows of the list, with outlines: %s', async (query) => {
    const { items, numberMatched } = await list<{ items: GapItem[]; numberMatched: number }>(
      `coverage/gaps?${query}&limit=1000`,
    );
    const [{ rows }, collection] = await Promise.all([csv('gaps', query), geojson('gaps', query)]);
    expect(rows).toHaveLength(numberMatched);
    expect(rows.map((row) => [Number(row['Rank']), Number(row['People']), row['Commune codes']])).toEqual(
      items.map(({ rank, people, communes }) => [rank, people, communes.map(({ code }) => code).join('; ')]),
    );
    expect(collection.features.map(({ id, geometry }) => [id, geometry?.type])).toEqual(
      items.map(({ id }) => [id, 'MultiPolygon']),
    );
    expect(collection['counts']).toEqual({
      gaps: items.length,
      people: items.reduce((sum, { people }) => sum + people, 0),
    });
  });

  it('of several technologies are counted, their people are not added up', async () => {
    const query = 'at=2025-12-31&operator=VINAPHONE';
    const { items, numberMatched, not_listed: rest } = await list<GapList>(`coverage/gaps?${query}&limit=1000`);
    expect(new Set(items.map(({ technology }) => technology)).size).toBeGreaterThan(1);
    expect(rest).toBeNull();
    const { counts, notes } = await geojson('gaps', query);
    expect(counts).toEqual({ gaps: numberMatched });
    const said = 'people are not added up';
    expect(String(notes)).toContain(said);
    expect(String((await geojson('gaps', `${query}&technology=4G`))['notes'])).not.toContain(said);
  });
});

describe('the statement of gaps', () => {
  it('says what is not covered and no row, unless less is asked for', async () => {
    const query = 'at=2025-12-31&technology=5G&operator=MOBIFONE';
    const { not_listed: rest } = await list<GapList>(`coverage/gaps?${query}`);
    expect(rest?.too_small.patches).toBeGreaterThan(0);
    const said = async (parameters: string): Promise<string> => {
      const sheets = await xlsx('gaps', parameters);
      return JSON.stringify(sheets.at(-1)?.rows);
    };
    const people = rest?.too_small.people.toLocaleString('vi-VN') ?? '';
    expect(await said(query)).toContain(`Không liệt kê: ${rest?.too_small.patches} vùng dưới 0,1 km²`);
    expect(await said(query)).toContain(`km², ${people} người`);
    expect(await said(`${query}&min_people=10`)).not.toContain('Không liệt kê');
  });
});

describe('disagreements', () => {
  it.each([
    'at=2008-12-31',
    'at=2025-12-31&kind=modelled_not_measured',
    'at=2025-12-31&operator=VIETTEL&technology=4G',
    'at=2008-12-31&district=240',
  ])('has the rows and counts of the list: %s', async (query) => {
    const { items, numberMatched, counts, claims, points } = await list<DisagreementList>(
      `coverage/disagreements?${query}&limit=1000`,
    );
    const [{ rows, headers }, collection] = await Promise.all([
      csv('disagreements', query),
      geojson('disagreements', query),
    ]);
    expect(rows).toHaveLength(numberMatched);
    const below = 'Of them below the threshold';
    expect(rows.map((row) => [row['Commune code'], row['Operator'], row[below]])).toEqual(
      items.map(({ commune_code, operator, points_below }) => [commune_code, operator, String(points_below ?? '')]),
    );
    expect(headers.get('x-export-counts')).toBe(
      `disagreements=${numberMatched}, claims=${claims}, points=${points}, points_below=${counts.points_below}`,
    );
    expect(collection.features.map(({ id, properties }) => [id, properties['kind']])).toEqual(
      items.map(({ id, kind }) => [id, kind]),
    );
  });

  it('have the error of the model on a sheet of its own', async () => {
    const { statistics } = await list<DisagreementList>('coverage/disagreements?at=2025-12-31');
    const [, errors] = await xlsx('disagreements', 'at=2025-12-31');
    expect(statistics.length).toBeGreaterThan(2);
    expect(errors?.rows.slice(1).map((row) => row.slice(0, 3))).toEqual(
      statistics.map(({ operator, technology, points }) => [operator, technology, points]),
    );
  });
});

describe('scenarios', () => {
  it('have one row a change, at its place or that of its site, and their results on a sheet', async () => {
    const query = `ids=${scenarioIds.join()}`;
    const { rows, headers } = await csv('scenarios', query);
    expect(
      rows.map((row) => [row['Name of the scenario'], row['Change'], row['Site code'], row['Antenna height (m)']]),
    ).toEqual([
      ['Phương án Đoan Hùng', 'add', '', '42'],
      ['Phương án Đoan Hùng', 'raise', 'PT227-0001', '60'],
      ['Phương án hai', 'add', '', '42'],
    ]);
    // A note that a spreadsheet would run as a formula is text.
    expect(rows.map((row) => row['Note of the scenario'])).toEqual(["'=1+1", "'=1+1", '']);
    // Defaults taken are known of what was computed.
    expect(rows.map((row) => [row['Band (MHz)'], row['EIRP (dBm)'], row['Azimuths (°)']])).toEqual([
      ['1800', '58.5', '0; 120; 240'],
      ['', '', ''],
      ['', '', '0; 120; 240'],
    ]);
    expect(rows[0]).toMatchObject({
      'Latitude WGS84 (°)': '21.25',
      'Longitude WGS84 (°)': '105.25',
      'Change in people (whole scenario)': '60',
      'Assumptions and notes (whole scenario)': 'Change 1: the ground is not known.; Change 2: higher than the mast.',
    });
    expect(Number(rows[1]?.['Latitude WGS84 (°)'])).toBeGreaterThan(21);
    expect(headers.get('x-export-counts')).toBe('changes=3, scenarios=2');
    const { features } = await geojson('scenarios', query);
    expect(features.map(({ geometry }) => geometry?.type)).toEqual(['Point', 'Point', 'Point']);
    expect(features[0]?.properties['scenario_warnings']).toEqual([
      'Change 1: the ground is not known.',
      'Change 2: higher than the mast.',
    ]);
    expect(features.map(({ properties }) => properties['scenario_note'])).toEqual(['=1+1', '=1+1', '']);
    const [, results] = await xlsx('scenarios', query);
    const [header = [], ...scenarios] = results?.rows ?? [];
    const value = (row: number, name: string) => scenarios[row]?.[header.indexOf(name)];
    expect(scenarios).toHaveLength(2);
    expect([value(0, 'Dân số được phủ trước'), value(0, 'Dân số được phủ sau'), value(0, 'Chênh lệch dân số')]).toEqual(
      [900, 960, 60],
    );
    expect(value(0, 'Giả thiết và lưu ý')).toBe(
      'Thay đổi 1: không biết độ cao mặt đất tại đó.; Thay đổi 2: cao hơn cột.',
    );
    expect([value(0, 'Ghi chú'), value(1, 'Chênh lệch dân số') ?? null]).toEqual(['=1+1', null]);
  });

  it('say that a result is out of date when it is, of which scenario, and else nothing of it', async () => {
    const query = `ids=${scenarioIds.join()}`;
    const notes = async (): Promise<string> => String((await geojson('scenarios', query))['notes']);
    expect(await notes()).not.toMatch(/out of date/i);
    await server.context.db.query(sql`update scenario set result_revision = 1 where id = ${scenarioIds[0]}`);
    expect(await notes()).toMatch(/out of date, as the inventory has changed: Phương án Đoan Hùng \(\d+\)\.$/i);
  });
});

it.each([
  ['coverage.csv?technology=2G&operator=VIETTEL&scope=any', 400],
  ['coverage.pdf?technology=2G', 404],
  ['coverage.csv?operator=NOBODY', 404],
  ['gaps.csv?district=999', 404],
  ['gaps.csv?scope=any', 400],
  ['disagreements.csv?kind=gap', 400],
  ['scenarios.csv', 400],
  ['scenarios.csv?ids=999999', 404],
])('%s → %i', async (path, status) => {
  const response = await server.fetch(`/api/v1/exports/${path}`);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});
