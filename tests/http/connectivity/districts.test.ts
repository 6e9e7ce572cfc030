import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CutResult,
  type DistrictConnectivityList,
  districtConnectivityList,
  type FibreSpanItem,
  type NetworkFigures,
  type RiskRanking,
} from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

async function districtsAt(at: string): Promise<DistrictConnectivityList> {
  const { status, body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?at=${at}`);
  expect(status).toBe(200);
  districtConnectivityList.parse(body);
  return body;
}
const codesOf = (list: DistrictConnectivityList, status: string): string[] =>
  list.items
    .filter((item) => item.status === status)
    .map((item) => item.code)
    .sort();

async function cut(body: object): Promise<CutResult> {
  const { status, body: result } = await server.json<CutResult>('/api/v1/connectivity/cut', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
  return result;
}

describe('connectivity of the demo province', () => {
  it('on 2008-12-31: all 13 centres on fibre, six of them on two separate ways', async () => {
    const list = await districtsAt('2008-12-31');
    expect(list.totals).toEqual({ total: 13, on_fibre: 13, dual: 6, single: 7, none: 0 });
    expect(codesOf(list, 'dual')).toEqual(['227', '228', '230', '232', '233', '237']);
    expect(list.district_note).toBeNull();
  });

  it('with sharing no centre is worse connected than in the network of any operator alone', async () => {
    const rank = { none: 0, single: 1, dual: 2 };
    for (const at of ['2008-12-31', '2026-01-01']) {
      const shared = await districtsAt(`${at}&view=sharing`);
      expect(shared.district_note).toMatch(/1000 m/);
      for (const operator of ['VIETTEL', 'VINAPHONE', 'MOBIFONE']) {
        const alone = new Map(
          (await districtsAt(`${at}&operator=${operator}`)).items.map(({ code, status }) => [code, status]),
        );
        for (const { code, status } of shared.items)
          expect(rank[status], `${at} ${operator} ${code}`).toBeGreaterThanOrEqual(rank[alone.get(code) ?? 'none']);
      }
    }
  });

  it('on 2026-01-01: the southern ring is closed, and the note says whose districts these are', async () => {
    const list = await districtsAt('2026-01-01');
    expect(codesOf(list, 'single')).toEqual(['231', '234', '240']);
    expect(list.totals).toMatchObject({ dual: 10, none: 0 });
    expect(list.district_note).toMatch(/2025-07-01/);
  });

  it('the centre behind a shared duct is single: its two cables are one risk', async () => {
    const list = await districtsAt('2026-01-01');
    const haHoa = list.items.find((item) => item.code === '231');
    expect(haHoa?.status).toBe('single');
    expect(haHoa?.bridges.map((bridge) => bridge.route_group)).toContain('RG-HH');
    expect(haHoa?.bridges.find((bridge) => bridge.route_group === 'RG-HH')?.span_ids.length).toBeGreaterThan(1);
  });

  it('a centre on two ways has no bridge, and its two paths share no span', async () => {
    for (const item of (await districtsAt('2026-01-01')).items) {
      expect(item.paths.length).toBe(item.status === 'dual' || item.paths.length === 2 ? 2 : 1);
      if (item.status !== 'dual') continue;
      expect(item.bridges).toEqual([]);
      const [first, second] = item.paths;
      expect(item.paths_disjoint).toBe(true);
      expect(first?.span_ids.filter((id) => second?.span_ids.includes(id))).toEqual([]);
      expect(first?.length_km).toBeLessThanOrEqual((second?.length_km ?? 0) + 1e-9);
    }
  });

  it('a second way is shown wherever there is one, with every risk that both have in common', async () => {
    const { items } = await districtsAt('2026-01-01');
    for (const { paths, paths_shared, paths_disjoint, bridges, edge_disjoint } of items) {
      if ((edge_disjoint ?? 0) > 1) expect(paths).toHaveLength(2);
      const [first, second] = paths;
      const common = first?.span_ids.filter((id) => second?.span_ids.includes(id)) ?? [];
      const named = paths_shared.flatMap(({ span_ids }) => span_ids);
      expect(named).toEqual(expect.arrayContaining(common));
      expect(paths_disjoint).toBe(second === undefined ? edge_disjoint === null : paths_shared.length === 0);
      if (second) expect(paths_shared).toEqual(expect.arrayContaining(bridges));
    }
    const haHoa = items.find((item) => item.code === '231');
    expect(haHoa?.paths_shared.map(({ route_group }) => route_group)).toContain('RG-HH');
  });

  it('the shortest way of a centre is told also where another pair of ways is the shortest pair', async () => {
    const { items } = await districtsAt('2026-11-24');
    for (const { length_km, paths } of items) {
      expect(length_km).toBeLessThanOrEqual(paths[0]?.length_km ?? Number.NaN);
      if (paths.length === 1) expect(length_km).toBe(paths[0]?.length_km);
    }
    const camKhe = items.find(({ code }) => code === '235');
    expect(camKhe).toMatchObject({ status: 'dual', paths_disjoint: true });
    expect(camKhe?.length_km).toBeLessThan(0.5 * (camKhe?.paths[0]?.length_km ?? 0));
  });

  it('a failure rate given for buried cable is that of duct and aerial, which double with it', async () => {
    const minutesOf = ({ items }: DistrictConnectivityList) =>
      items.map(({ availability }) => availability?.minutes_per_year ?? Number.NaN);
    const [preset, doubled] = [await districtsAt('2008-12-31'), await districtsAt('2008-12-31&failures_buried=4.26')];
    expect(doubled.failure_model).toMatchObject({
      failures_per_1000_km_year: { duct: 4.26, buried: 4.26, aerial: 4.26 },
      sources: {
        duct: 'Cáp trong cống: giả định bằng cáp chôn.',
        buried: 'Cáp chôn: cho trong câu hỏi.',
        aerial: 'Cáp treo: giả định bằng cáp chôn.',
      },
    });
    const all = await districtsAt('2008-12-31&failures_buried=4.26&failures_duct=4.26&failures_aerial=4.26');
    expect(minutesOf(doubled)).toEqual(minutesOf(all));
    expect(minutesOf(doubled)).not.toEqual(minutesOf(preset));
  });

  it('nothing is on fibre before there is any, and nothing fails', async () => {
    const list = await districtsAt('2007-05-01');
    expect(list.items).toHaveLength(13);
    expect(list.totals.on_fibre).toBe(list.totals.dual + list.totals.single);
    expect((await districtsAt('1980-01-01')).items).toEqual([]);
  });
});

describe('a cable that was taken out of service later', () => {
  const spanOf = async (at: string) => {
    const [row] = await server.database.db.query<{ id: number }>(
      sql`select id from fibre_span where code = 'VNPT-S020'`,
    );
    return (await server.json<FibreSpanItem>(`/api/v1/fibre/spans/${row?.id}?at=${at}`)).body;
  };

  it('is in operation on the days when it was in force, in its details as in the list', async () => {
    const { body } = await server.json<{ items: FibreSpanItem[] }>('/api/v1/fibre/spans?at=2008-12-31&limit=1000');
    expect(body.items.find(({ code }) => code === 'VNPT-S020')?.status).toBe('operational');
    expect((await spanOf('2008-12-31')).status).toBe('operational');
    expect((await spanOf('2010-05-31')).status).toBe('decommissioned');
  });

  it('counts in the figures of the day: as many spans as the list and the package have', async () => {
    const at = 'at=2008-12-31';
    const { body: list } = await server.json<{ numberMatched: number }>(`/api/v1/fibre/spans?${at}`);
    const { body: figures } = await server.json<NetworkFigures>(`/api/v1/connectivity/figures?${at}`);
    const { body: network } = await server.json<{
      networks: { spans: { id: string; status: string; phusong: object }[] }[];
    }>(`/api/v1/exports/fibre.json?${at}`);
    const spans = network.networks.flatMap((each) => each.spans);
    expect([list.numberMatched, figures.lengths.spans, figures.shape.spans, spans.length]).toEqual([
      102, 102, 102, 102,
    ]);
    expect(spans.find(({ id }) => id === 'VNPT-S020')).toMatchObject({
      status: 'operational',
      phusong: { valid_to: '2010-05-31', decommissioned_since: true },
    });
  });
});

describe('a cut', () => {
  it('of any bridge of a single centre takes exactly the centres that name it, checked one by one', async () => {
    const { items } = await districtsAt('2026-01-01');
    const bridges = items.flatMap((item) => item.bridges);
    expect(bridges.length).toBeGreaterThan(0);
    for (const bridge of bridges) {
      const { lost } = await cut({ at: '2026-01-01', spans: bridge.span_ids });
      const named = items.filter((item) =>
        item.bridges.some((other) => other.span_ids.some((id) => bridge.span_ids.includes(id))),
      );
      expect(lost.district_centres.toSorted()).toEqual(named.map((item) => item.code).toSorted());
    }
  });

  it('of a span that is no bridge loses no centre', async () => {
    const { body } = await server.json<{ items: FibreSpanItem[] }>('/api/v1/fibre/spans?at=2026-01-01&limit=1000');
    const safe = body.items.filter((span) => !span.bridge && span.network === body.items[0]?.network).slice(0, 25);
    expect(safe.length).toBeGreaterThan(5);
    for (const span of safe) {
      expect((await cut({ at: '2026-01-01', spans: [span.id] })).lost.district_centres).toEqual([]);
    }
  });

  it('of the shared duct by its name is the cut of both cables', async () => {
    const spans = await server.database.db.query<{ id: number }>(
      sql`select id from fibre_span where route_group = 'RG-HH' and is_valid_at(valid_from, valid_to, '2026-01-01')`,
    );
    const byName = await cut({ at: '2026-01-01', route_groups: ['RG-HH'] });
    expect(byName.lost.district_centres).toEqual(['231']);
    expect(await cut({ at: '2026-01-01', spans: spans.map((span) => span.id) })).toEqual(byName);
  });

  it('of a node that is one place with another names the same spans as a cut of that one, where operators share', async () => {
    const pairs = await server.database.db.query<{ host: number; guest: number }>(sql`
      select a.id as host, b.id as guest from fibre_node a join fibre_node b
             on a.operator_id <> b.operator_id and a.id < b.id and st_dwithin(a.geom::geography, b.geom::geography, 50)`);
    expect(pairs.length).toBeGreaterThan(0);
    for (const { host, guest } of pairs) {
      const ofHost = await cut({ at: '2026-11-01', view: 'sharing', nodes: [host] });
      const ofGuest = await cut({ at: '2026-11-01', view: 'sharing', nodes: [guest] });
      expect(ofHost.cut.spans.length).toBeGreaterThan(0);
      expect(ofGuest.cut).toEqual({ ...ofHost.cut, nodes: [guest] });
      expect(ofGuest.lost).toEqual(ofHost.lost);
    }
  });

  it('of the core loses every centre but the one it stands in, if any', async () => {
    const cores = await server.database.db.query<{ id: number }>(sql`
      select n.id from fibre_node n join fibre_network w on w.id = n.network_id where n.kind = 'core' and w.code like '%VNPT%'`);
    const all = await server.database.db.query<{ id: number }>(sql`select id from fibre_node where kind = 'core'`);
    expect(cores.length).toBeGreaterThan(0);
    const { lost } = await cut({ at: '2026-01-01', nodes: all.map((node) => node.id) });
    expect(lost.district_centres).toHaveLength(13);
    expect(lost.people).toBeGreaterThan(1_000_000);
  });

  it('of a span on one side of the ring sends its far end the other way round', async () => {
    const [near, far] = await server.database.db.query<{ id: number; length_m: number }>(sql`
      select s.id, s.length_m from fibre_span s join fibre_node a on a.id = s.start_node_id join fibre_node b on b.id = s.end_node_id
       where (a.code, b.code) in (('N-CORE', 'N-D227'), ('N-D227', 'N-D237')) order by a.code`);
    const { lost, rerouted } = await cut({ at: '2026-01-01', spans: [far?.id] });
    expect(lost.district_centres).toEqual([]);
    const lamThao = rerouted.find((item) => item.code === '237');
    expect(lamThao?.length_km_before).toBeCloseTo(((near?.length_m ?? 0) + (far?.length_m ?? 0)) / 1_000, 3);
    expect(lamThao?.length_km_after).toBeGreaterThan(2 * (lamThao?.length_km_before ?? Number.NaN));
    expect(rerouted.map((item) => item.code)).not.toContain('227');
  });

  it('tells the new way of whoever goes another one: its spans add up, and none of them has failed', async () => {
    const at = '2026-01-01';
    const { body } = await server.json<{ items: FibreSpanItem[] }>(`/api/v1/fibre/spans?at=${at}&limit=1000`);
    const lengthOf = new Map(body.items.map(({ id, length_m }) => [id, length_m]));
    const { items } = await districtsAt(at);
    const camKhe = items.find(({ code }) => code === '235');
    // Its shortest way is not one of its pair: cut where the pair does not go.
    const [span] = camKhe?.paths[1]?.span_ids ?? [];
    const result = await cut({ at, spans: [span] });
    expect(result.rerouted.length).toBeGreaterThan(0);
    for (const { span_ids, bbox, hops_after, hops_before, length_km_after } of result.rerouted) {
      expect(span_ids).not.toContain(span);
      expect(hops_after).toBe(span_ids.length);
      expect(hops_before).toBeGreaterThan(0);
      const metres = span_ids.reduce((sum, id) => sum + (lengthOf.get(id) ?? Number.NaN), 0);
      expect(Math.abs(metres / 1_000 - length_km_after)).toBeLessThan(0.01);
      const [west, south, east, north] = bbox ?? [];
      expect(west).toBeLessThan(east ?? Number.NaN);
      expect(south).toBeLessThan(north ?? Number.NaN);
    }
  });

  it('ranked by people has its length to the metre, that of a route with several cables too', async () => {
    const { body } = await server.json<RiskRanking>('/api/v1/connectivity/risks?at=2008-12-31');
    expect(body.singles.some(({ route_group }) => route_group !== null)).toBe(true);
    for (const { length_km } of body.singles) expect(length_km).toBe(Math.round(length_km * 1_000) / 1_000);
  });
});
