import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ConnectivityPlan,
  DistrictConnectivityList,
  PlaceConnectivityList,
  PlaceDetail,
} from '../../../server/contract/index.ts';
import { shownPlaces } from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { importPath } from '../../support/import.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

const AT = 'at=2026-01-01';
async function csv(path: string): Promise<Record<string, string>[]> {
  const response = await server.fetch(`/api/v1/exports/${path}`);
  expect(response.status).toBe(200);
  return parse(await response.text(), { bom: true, columns: true });
}

describe('files of connectivity', () => {
  it('have the districts of the list, with the same status in words', async () => {
    const rows = await csv(`connectivity.csv?${AT}&lang=en`);
    const { body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?${AT}`);
    expect(rows.map((row) => [row['District code'], row['Connectivity']])).toEqual(
      body.items.map(({ code, status }) => [code, status]),
    );
    const vietnamese = await csv(`connectivity.csv?${AT}&lang=vi`);
    expect(new Set(vietnamese.map((row) => row['Kết nối']))).toEqual(new Set(['Kết nối đơn', 'Hai đường độc lập']));
  });

  it('have the communes and the sites of the lists', async () => {
    for (const [level, list] of [
      ['commune', 'communes'],
      ['site', 'sites'],
    ] as const) {
      const { body } = await server.json<PlaceConnectivityList>(`/api/v1/connectivity/${list}?${AT}&limit=1`);
      expect(await csv(`connectivity.csv?${AT}&level=${level}&lang=en`)).toHaveLength(body.numberMatched);
    }
  });

  it('go by the failure figures asked for, and say them', async () => {
    const rates = 'failures_duct=1000&failures_buried=1000&failures_aerial=1000&mttr_h=24';
    const rows = await csv(`connectivity.csv?${AT}&lang=en&${rates}`);
    const { body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?${AT}&${rates}`);
    const usual = await csv(`connectivity.csv?${AT}&lang=en`);
    for (const [at, { availability, code }] of body.items.entries()) {
      const minutes = Number(rows[at]?.['Cut off (minutes a year)']);
      expect(minutes, code).toBeCloseTo(availability?.minutes_per_year ?? -1, 3);
      expect(minutes, code).toBeGreaterThanOrEqual(Number(usual[at]?.['Cut off (minutes a year)']));
    }
    expect(rows.map((row) => row['Cut off (minutes a year)'])).not.toEqual(
      usual.map((row) => row['Cut off (minutes a year)']),
    );
    const wrong = await server.fetch(`/api/v1/exports/connectivity.csv?${AT}&mttr_h=0`);
    expect(wrong.status).toBe(400);
  });

  it('have the rows of the list that is narrowed by status and name', async () => {
    const { body } = await server.json<PlaceConnectivityList>(`/api/v1/connectivity/sites?at=2008-12-31&limit=10000`);
    const name = 'phu';
    const listed = shownPlaces(body.items, { reach: 'none', text: name });
    expect(listed.length).toBeGreaterThan(3);
    expect(listed.length).toBeLessThan(body.numberMatched);
    const rows = await csv(
      `connectivity.csv?at=2008-12-31&level=site&lang=en&status=none&name=${encodeURIComponent(name)}`,
    );
    expect(rows.map((row) => row['Code'])).toEqual(listed.map(({ code }) => code));
    const districts = await csv(`connectivity.csv?at=2008-12-31&lang=en&status=single`);
    expect(new Set(districts.map((row) => row['Connectivity']))).toEqual(new Set(['single']));
    const named = await csv('connectivity.csv?at=2008-12-31&lang=en&name=ha%20hoa');
    expect(named.map((row) => row['District'])).toEqual(['Huyện Hạ Hoà']);
    const all = await server.json<DistrictConnectivityList>('/api/v1/connectivity/districts?at=2008-12-31');
    expect(districts.map((row) => Number(row['Shortest way to the core (km)'])).sort()).toEqual(
      all.body.items
        .filter(({ status }) => status === 'single')
        .map(({ length_km }) => length_km)
        .sort(),
    );
  });

  it('have the ways of each commune as its details have them', async () => {
    const rows = await csv(`connectivity.csv?${AT}&level=commune&lang=en`);
    const { body } = await server.json<PlaceConnectivityList>(`/api/v1/connectivity/communes?${AT}&limit=1000`);
    const chosen = (['dual', 'single', 'none'] as const).flatMap((status) =>
      body.items.filter((item) => item.status === status).slice(0, 4),
    );
    expect(chosen.length).toBeGreaterThan(8);
    for (const { id, code } of chosen) {
      const { body: detail } = await server.json<PlaceDetail>(`/api/v1/connectivity/communes/${id}?${AT}`);
      const { status, length_km, paths, bridges, edge_disjoint, availability } = detail;
      const row = rows.find((one) => one['Code'] === code);
      const told = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value));
      expect(row, code).toMatchObject({
        'Shortest way to the core (km)': told(length_km),
        'Ways without a common span': told(edge_disjoint),
        'Main path (km)': told(paths[0]?.length_km),
        'Second path (km)': told(paths[1]?.length_km),
      });
      expect(row?.['Single cuts that isolate it'] === '').toBe(bridges.length === 0);
      const minutes = row?.['Cut off (minutes a year)'];
      if (status === 'none') expect(minutes).toBe('');
      else expect(Number(minutes)).toBeCloseTo(availability?.minutes_per_year ?? -1, 3);
    }
  });

  it('say of every row whether made-up cable is in its figures, and how sure a simulation is', async () => {
    for (const level of ['district', 'commune', 'site']) {
      const rows = await csv(`connectivity.csv?${AT}&lang=en&level=${level}`);
      expect(new Set(rows.map((row) => row['Synthetic'])), level).toEqual(new Set(['yes']));
      for (const row of rows)
        expect(row['Standard error (minutes a year)'] === '', row['Code']).toBe(row['Method'] !== 'monte carlo');
    }
    const { body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?${AT}`);
    const rows = await csv(`connectivity.csv?${AT}&lang=en`);
    for (const [at, { availability }] of body.items.entries()) {
      if (availability?.method !== 'monte_carlo') continue;
      const minutes = (availability.standard_error / availability.unavailability) * availability.minutes_per_year;
      expect(Number(rows[at]?.['Standard error (minutes a year)'])).toBeCloseTo(minutes, 3);
    }
    const drawn = await server.json<{ features: { properties: { synthetic: boolean } }[] }>(
      `/api/v1/exports/plan.geojson?${AT}&goal=extend`,
    );
    expect(new Set(drawn.body.features.map(({ properties }) => properties.synthetic))).toEqual(new Set([true]));
  });

  it('have the district of each commune and site, after districts the last ones', async () => {
    for (const at of ['2008-12-31', '2026-01-01'])
      for (const level of ['commune', 'site']) {
        const rows = await csv(`connectivity.csv?at=${at}&lang=en&level=${level}`);
        expect(rows.filter((row) => row['District'] === '').map((row) => row['Code'])).toEqual([]);
      }
    const before = await csv('connectivity.csv?at=2025-06-30&lang=en&level=site');
    const after = new Map((await csv(`connectivity.csv?${AT}&lang=en&level=site`)).map((row) => [row['Code'], row]));
    for (const row of before)
      if (after.has(row['Code'])) expect(after.get(row['Code'])?.['District'], row['Code']).toBe(row['District']);
    const lists = await csv('sites.csv?at=2008-12-31&lang=en');
    const listed = new Map(lists.map((row) => [row['Site code'], row['District']]));
    const sites = await csv('connectivity.csv?at=2008-12-31&lang=en&level=site');
    const differing = sites.filter((row) => listed.get(row['Code'] ?? '') !== row['District']);
    expect(differing.map((row) => row['Code'])).toEqual([]);
  });

  it('have the spans of a plan with their courses', async () => {
    const { body } = await server.json<ConnectivityPlan>(`/api/v1/connectivity/plan?${AT}&goal=extend`);
    const rows = await csv(`plan.csv?${AT}&goal=extend&lang=en`);
    expect(rows.map((row) => [row['From'], row['To'], Number(row[`Cost (${body.currency})`])])).toEqual(
      body.spans.map(({ start_code, end_code, cost }) => [start_code ?? '', end_code ?? '', cost]),
    );
    const drawn = await server.json<{ features: { geometry: { coordinates: number[][] } }[] }>(
      `/api/v1/exports/plan.geojson?${AT}&goal=extend`,
    );
    expect(drawn.body.features.map(({ geometry }) => geometry.coordinates)).toEqual(
      body.spans.map(({ coordinates }) => coordinates),
    );
  });
});

it('name the currency of a plan where its costs are, which are numbers', async () => {
  const { body } = await server.json<ConnectivityPlan>(`/api/v1/connectivity/plan?${AT}&goal=extend`);
  const response = await server.fetch(`/api/v1/exports/plan.xlsx?${AT}&goal=extend&lang=vi`);
  const { sheets } = await readXlsx(Buffer.from(await response.arrayBuffer()));
  const [table, about] = sheets;
  const [header, ...rows] = table?.rows ?? [];
  const costs = header?.indexOf(`Chi phí (${body.currency})`) ?? -1;
  expect(rows.map((row) => row[costs])).toEqual(body.spans.map(({ cost }) => cost));
  expect(about?.rows.map(([label, value]) => [label, value])).toContainEqual([
    `Chi phí mỗi mét (${body.currency})`,
    String(body.cost_per_m),
  ]);
});

describe('OFDS packages', () => {
  interface Package {
    networks: { nodes: { id: string }[]; spans: { id: string; start: string; end: string; status: string }[] }[];
  }

  it('have the networks of a day: spans as many as the list, ends that are there', async () => {
    const { body } = await server.json<Package>(`/api/v1/exports/fibre.json?${AT}`);
    const list = await server.json<{ numberMatched: number }>(`/api/v1/fibre/spans?${AT}&limit=1`);
    expect(body.networks).toHaveLength(2);
    const nodes = await server.json<{ numberMatched: number }>(`/api/v1/fibre/nodes?${AT}&limit=1`);
    expect(body.networks.reduce((sum, network) => sum + network.nodes.length, 0)).toBe(nodes.body.numberMatched);
    expect(body.networks.reduce((sum, { spans }) => sum + spans.length, 0)).toBe(list.body.numberMatched);
    for (const { nodes, spans } of body.networks) {
      const known = new Set(nodes.map(({ id }) => id));
      for (const { start, end } of spans) expect([known.has(start), known.has(end)]).toEqual([true, true]);
    }
  });

  it('have a plan as a network of planned spans', async () => {
    const { body } = await server.json<Package>(`/api/v1/exports/plan.json?${AT}&goal=extend`);
    const plan = await server.json<ConnectivityPlan>(`/api/v1/connectivity/plan?${AT}&goal=extend`);
    const [network] = body.networks;
    expect(network?.spans.map(({ status }) => status)).toEqual(plan.body.spans.map(() => 'planned'));
    const known = new Set(network?.nodes.map(({ id }) => id));
    expect(network?.spans.every(({ start, end }) => known.has(start) && known.has(end))).toBe(true);
  });

  it('are refused in other forms, with those that there are', async () => {
    const answer = await server.json<{ detail: string }>('/api/v1/exports/fibre.csv');
    expect([answer.status, answer.body.detail]).toEqual([404, 'Fibre networks are exported as json, geojson, zip.']);
    expect((await server.json('/api/v1/exports/fibre.json?network=NONE')).status).toBe(404);
  });
});

describe('a plan between networks with nodes of one code', () => {
  interface PlanPackage {
    networks: {
      nodes: { id: string }[];
      spans: { id: string; name?: string; start: string; end: string; route?: object }[];
    }[];
  }

  /** Two districts with one way, and beside the node of each the node `d` of another network, with a core of its own. */
  beforeAll(async () => {
    const { db } = server.database;
    const wanted = await db.query<{ id: number }>(sql`
      select n.id from fibre_node n where n.serves_unit_code = any(${await districtsWithOneWay()}) and n.kind = 'district' order by n.id limit 2`);
    expect(wanted).toHaveLength(2);
    for (const [at, { id }] of wanted.entries()) {
      const network = `Twin${'AB'.charAt(at)}`;
      await db.query(sql`
        with network as (insert into fibre_network (code, name) values (${network}, ${network}) returning id),
        node as (
          insert into fibre_node (network_id, code, kind, geom)
          select w.id, c.code, c.kind, st_translate(n.geom, c.east, 0)
            from network w, fibre_node n, (values ('d', 'joint', 0), ('x', 'core', 0.01)) c (code, kind, east) where n.id = ${id}
          returning id, network_id, code, geom)
        insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, deployment, length_m)
        select a.network_id, 's', a.id, b.id, st_makeline(a.geom, b.geom), 'aerial', 1000
          from node a, node b where a.code = 'x' and b.code = 'd'`);
    }
    await server.context.revision.refresh();
  });

  async function districtsWithOneWay(): Promise<string[]> {
    const { body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?${AT}`);
    return body.items.flatMap(({ code, status }) => (status === 'single' ? [code] : []));
  }

  it('names the networks of its ends', async () => {
    const rows = await csv(`plan.csv?${AT}&goal=dual&lang=en`);
    const ends = rows.flatMap((row) => [
      [row['From'], row['Network of the start']],
      [row['To'], row['Network of the end']],
    ]);
    expect(ends.filter(([code]) => code === 'd').map(([, network]) => network)).toEqual(
      expect.arrayContaining(['TwinA', 'TwinB']),
    );
    const { body } = await server.json<PlanPackage>(`/api/v1/exports/plan.json?${AT}&goal=dual`);
    const [network] = body.networks;
    const ids = network?.nodes.map(({ id }) => id) ?? [];
    expect(ids).toEqual(expect.arrayContaining(['TwinA/d', 'TwinB/d']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('comes in whole again, with the patches between nodes at one place, which are said to be such', async () => {
    const plan = await server.json<ConnectivityPlan>(`/api/v1/connectivity/plan?${AT}&goal=dual`);
    const patches = plan.body.spans.flatMap(({ no, length_m }) => (length_m === 0 ? [no] : []));
    expect(patches.length).toBeGreaterThan(1);
    const notes = { vi: ['Ghi chú', 'Đấu nối'], en: ['Note', 'A patch between two nodes at one place'] } as const;
    for (const [lang, [header, words]] of Object.entries(notes)) {
      const rows = await csv(`plan.csv?${AT}&goal=dual&lang=${lang}`);
      const noted = rows.flatMap((row, at) => (row[header]?.startsWith(words) ? [at + 1] : []));
      expect(noted, lang).toEqual(patches);
    }
    const drawn = await server.json<{ features: { geometry: { type: string } }[] }>(
      `/api/v1/exports/plan.geojson?${AT}&goal=dual`,
    );
    expect(drawn.body.features.flatMap(({ geometry }, at) => (geometry.type === 'Point' ? [at + 1] : []))).toEqual(
      patches,
    );

    const folder = await mkdtemp(join(tmpdir(), 'phusong-plan-'));
    const path = join(folder, 'plan.json');
    await writeFile(path, await (await server.fetch(`/api/v1/exports/plan.json?${AT}&goal=dual`)).text());
    const report = await importPath(server.context.revision, path);
    await rm(folder, { recursive: true });
    expect(report.errors).toEqual([]);
    expect(report.tables['fibre_span']).toMatchObject({ inserted: plan.body.spans.length });
    for (const asked of [`connectivity/districts?${AT}`, 'connectivity/topology', `fibre/spans?${AT}`])
      expect((await server.fetch(`/api/v1/${asked}`)).status, asked).toBe(200);
    const { body } = await server.json<PlanPackage>(`/api/v1/exports/fibre.json?${AT}&network=PLAN-dual`);
    const again = body.networks[0]?.spans.flatMap(({ id, route }) => (route ? [] : [id]));
    expect(again).toEqual(patches.map((no) => `PLAN-${no}`));
  });
});
