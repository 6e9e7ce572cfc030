import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DistrictConnectivityList, type TopologyList, topologyList } from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { EDIT_TOKEN, startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

const findings = async (query = '', language = 'en'): Promise<TopologyList> => {
  const { status, body } = await server.json<TopologyList>(`/api/v1/connectivity/topology?limit=1000${query}`, {
    headers: { 'Accept-Language': language },
  });
  expect(status).toBe(200);
  topologyList.parse(body);
  return body;
};

interface Repaired {
  applied: number;
  passed_over: string[];
}
const repair = async (
  keys: readonly string[],
  { signed = true, ...also }: { signed?: boolean; tolerance_m?: number } = {},
) =>
  server.json<Repaired>('/api/v1/connectivity/topology/repairs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(signed ? { Authorization: `Bearer ${EDIT_TOKEN}` } : {}) },
    body: JSON.stringify({ keys, ...also, why: 'trial' }),
  });

describe('faults of the drawing', () => {
  it('are listed with a sentence and a repair, and mended only when accepted', async () => {
    const database = server.database.db;
    await database.query(sql`
      insert into fibre_node (network_id, code, geom) select network_id, 'X-LONELY', st_setsrid(st_makepoint(105.5, 21.05), 4326) from fibre_node limit 1`);
    await server.context.revision.refresh();
    const before = await findings();
    const lonely = before.items.find((item) => item.codes.includes('X-LONELY'));
    expect(lonely).toMatchObject({ kind: 'unused_node', proposal: { action: 'remove_node' } });
    expect(lonely?.sentence).toMatch(/X-LONELY.*Proposal: drop the node/);
    const keys = [lonely?.key ?? '', 'no-such-key'];
    expect((await repair(keys, { signed: false })).status).toBe(401);
    const done = await repair(keys);
    expect(done.body).toMatchObject({ applied: 1, passed_over: ['no-such-key'] });
    const after = await findings();
    expect(after.items.map(({ key }) => key).toSorted()).toEqual(
      before.items.flatMap(({ key }) => (key === lonely?.key ? [] : [key])).toSorted(),
    );
    const [entry] = await database.query<{ why: string; before: { code: string } }>(
      sql`select why, before from audit_log where action = 'repair' order by id desc limit 1`,
    );
    expect(entry).toMatchObject({ why: 'trial', before: { code: 'X-LONELY' } });
  });

  it('two nodes 15 m apart become one, and their spans keep their lengths', async () => {
    const { items } = await findings();
    const twins = items.find((item) => item.kind === 'duplicate_nodes');
    expect(twins?.detail_m).toBeGreaterThan(11);
    const length = async () =>
      (await server.database.db.query<{ m: number }>(sql`select sum(length_m) as m from fibre_span`))[0]?.m;
    const before = await length();
    const done = await repair([twins?.key ?? '']);
    expect(done.body.applied).toBe(1);
    expect(await length()).toBeCloseTo(before ?? Number.NaN, 6);
    expect((await findings()).counts.duplicate_nodes).toBeUndefined();
  });
});

describe('the snapping tolerance', () => {
  it('is asked for, told in the answer, and said again by who accepts', async () => {
    await server.database.db.query(sql`
      insert into fibre_node (network_id, code, geom)
      select (select min(id) from fibre_network), 'S-' || lat, st_setsrid(st_makepoint(105.9, lat), 4326) from unnest(array[21.8, 21.8003]) lat`);
    await server.context.revision.refresh();
    const twins = ({ items }: TopologyList) =>
      items.filter(({ kind, codes }) => kind === 'duplicate_nodes' && codes[0] === 'S-21.8');
    const usual = await findings();
    expect(usual).toMatchObject({ tolerance_m: 16, tolerances: { snap_m: 16, end_m: 50, reach_m: 100 } });
    expect(usual).toEqual(await findings('&tolerance_m=16'));
    expect(twins(usual)).toEqual([]);
    const wide = await findings('&tolerance_m=40');
    expect(wide).toMatchObject({ tolerance_m: 40, tolerances: { snap_m: 40, end_m: 125, reach_m: 250 } });
    const [found] = twins(wide);
    expect(found?.detail_m).toBeCloseTo(33.2, 1);
    const keys = [found?.key ?? ''];
    expect((await repair(keys)).body).toMatchObject({ applied: 0, passed_over: keys });
    expect((await repair(keys, { tolerance_m: 40 })).body).toMatchObject({ applied: 1, passed_over: [] });
    expect(twins(await findings('&tolerance_m=40'))).toEqual([]);
  });

  it.each(['0.9', '201', 'near', ''])('of "%s" is refused', async (tolerance_m) => {
    const { status, body } = await server.json<{ errors: { pointer: string }[] }>(
      `/api/v1/connectivity/topology?tolerance_m=${tolerance_m}`,
    );
    expect(status).toBe(400);
    expect(body.errors[0]?.pointer).toContain('tolerance_m');
    expect((await repair(['any'], { tolerance_m: Number(tolerance_m) })).status).toBe(400);
  });
});

describe('a span of no length between nodes of two districts', () => {
  it('is left to a person, with the reason in both languages', async () => {
    const { db } = server.database;
    await db.query(sql`
      insert into fibre_node (network_id, code, kind, serves_unit_code, geom)
      select (select min(id) from fibre_network), 'Z-' || unit, 'district', unit, st_setsrid(st_makepoint(105.9, 21.7), 4326)
        from unnest(array['234', '240']) unit`);
    await db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m)
      select a.network_id, 'Z-PATCH', a.id, b.id, st_makeline(a.geom, b.geom), 0 from fibre_node a, fibre_node b
       where a.code = 'Z-234' and b.code = 'Z-240'`);
    await server.context.revision.refresh();
    const reasons = { en: /serve two different units \(234, 240\)/, vi: /hai đơn vị khác nhau \(234, 240\)/ };
    for (const [language, reason] of Object.entries(reasons)) {
      const { items } = await findings('', language);
      const patch = items.find(({ codes }) => codes[0] === 'Z-PATCH');
      expect(patch).toMatchObject({ kind: 'zero_length', proposal: null });
      expect(patch?.sentence).toMatch(reason);
    }
    await db.query(sql`delete from fibre_node where code like 'Z-%'`);
    await server.context.revision.refresh();
  });
});

describe('a divided span', () => {
  it('gives its further part what is recorded of it, whatever the codes of others, and a code that is free', async () => {
    const { db } = server.database;
    await db.query(sql`
      insert into fibre_node (network_id, code, kind, geom)
      select (select min(id) from fibre_network), code, kind, st_setsrid(st_makepoint(lon, lat), 4326)
        from (values ('D-A', 'site', 105.9, 21.9), ('D-B', 'site', 106, 21.9), ('D-C', 'joint', 105.95, 21.9005), ('D-D', 'site', 105.95, 21.95))
             as row (code, kind, lon, lat)`);
    await db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, deployment, route_group, status, valid_from)
      select a.network_id, row.code, a.id, b.id, st_makeline(a.geom, b.geom), 10000, row.deployment, row.route_group, row.status, row.since::date
        from (values ('K', 'D-A', 'D-D', 'aerial', 'RG-K', 'operational', '2000-01-01'),
                     ('K/9', 'D-A', 'D-B', 'duct', null, 'planned', '2010-01-01'),
                     ('K/9/2', 'D-A', 'D-B', 'buried', null, 'decommissioned', '2000-01-01'),
                     ('K-STUB', 'D-D', 'D-C', 'aerial', null, 'operational', '2000-01-01'))
             as row (code, start, finish, deployment, route_group, status, since)
        join fibre_node a on a.code = row.start join fibre_node b on b.code = row.finish order by row.code`);
    await server.context.revision.refresh();
    const { items } = await findings();
    const loose = items.find(({ codes }) => codes[0] === 'D-C');
    expect(loose?.proposal).toMatchObject({ action: 'split_span' });
    expect(await repair([loose?.key ?? ''])).toMatchObject({ status: 200, body: { applied: 1 } });
    const parts = await db.query(sql`
      select s.code, a.code as start, b.code as end, s.deployment, s.route_group, s.status, s.valid_from, round(s.length_m) as length_m
        from fibre_span s join fibre_node a on a.id = s.start_node_id join fibre_node b on b.id = s.end_node_id
       where s.code like 'K/9%' and s.status <> 'decommissioned' order by s.code`);
    const same = {
      deployment: 'duct',
      route_group: null,
      status: 'planned',
      valid_from: '2010-01-01',
      length_m: 5_000,
    };
    expect(parts).toEqual([
      { code: 'K/9', start: 'D-A', end: 'D-C', ...same },
      { code: 'K/9/3', start: 'D-C', end: 'D-B', ...same },
    ]);
  });
});

describe('accepted repairs and other days', () => {
  const statusOf = async (district: string, at: string): Promise<string | undefined> => {
    const { body } = await server.json<DistrictConnectivityList>(`/api/v1/connectivity/districts?at=${at}`);
    return body.items.find(({ code }) => code === district)?.status;
  };
  const insertJoint = (code: string, lon: number, lat: number) =>
    server.database.db.query(sql`
      insert into fibre_node (network_id, code, kind, operator_id, geom, synthetic)
      select network_id, ${code}, 'joint', operator_id, st_setsrid(st_makepoint(${lon}, ${lat}), 4326), true
        from fibre_node where kind = 'core' order by id limit 1`);
  /** A second way for a district, over a joint of its own: to it from the first node of the district, on from it to the core. */
  const insertWay = (district: string, code: string, valid_to: string | null) =>
    server.database.db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, status, valid_from, valid_to, synthetic)
      select j.network_id, j.code || '-' || other.code, j.id, other.id, st_makeline(j.geom, other.geom),
             st_length(st_makeline(j.geom, other.geom)::geography), 'operational', '2000-01-01', ${valid_to}::date, true
        from fibre_node j
        join fibre_node other on other.id in (
          (select min(id) from fibre_node where kind = 'core'),
          (select min(id) from fibre_node where serves_unit_code = ${district} and kind = 'district'))
       where j.code = ${code}`);
  const acceptAll = async (about: RegExp): Promise<string[]> => {
    const { items } = await findings();
    const accepted = items.filter(({ codes, proposal }) => proposal && codes.some((code) => about.test(code)));
    if (accepted.length > 0) expect((await repair(accepted.map(({ key }) => key))).body.passed_over).toEqual([]);
    return accepted.map(({ kind }) => kind);
  };

  it.each([
    { name: 'ended', district: '234', lat: 21.61, valid_to: '2009-06-01', at: '2008-12-31' },
    { name: 'will end', district: '240', lat: 21.65, valid_to: '2900-01-01', at: '2026-01-01' },
  ])('a joint of spans that $name is in use: the district stays dual', async ({ district, lat, valid_to, at }) => {
    expect(await statusOf(district, at)).toBe('single');
    await insertJoint(`T-${district}`, 105.61, lat);
    await insertWay(district, `T-${district}`, valid_to);
    await server.context.revision.refresh();
    expect(await statusOf(district, at)).toBe('dual');
    expect(await acceptAll(new RegExp(`^T-${district}`))).toEqual([]);
    expect(await statusOf(district, at)).toBe('dual');
  });

  it('looks a span over that will end', async () => {
    await server.database.db.query(sql`
      update fibre_span set geom = st_setpoint(geom, 0, st_makepoint(105.61, 21.7)) where code like 'T-240-%'`);
    await server.context.revision.refresh();
    const { items } = await findings();
    const far = items.filter(({ kind, codes }) => kind === 'end_far_from_node' && codes[0]?.startsWith('T-240-'));
    expect(far).toHaveLength(2);
    await server.database.db.query(sql`delete from fibre_span where code like 'T-240-%'`);
    await server.database.db.query(sql`delete from fibre_node where code = 'T-240'`);
  });

  it('nodes made one keep the ways of the days when only one of them had any', async () => {
    const [district, at] = ['231', '2026-01-01'];
    await insertJoint('T-231-STAYS', 105.71, 21.61);
    await insertJoint('T-231', 105.71, 21.6101);
    await insertWay(district, 'T-231', null);
    // Between the two, only on days gone by; and a span that is no more at all.
    await server.database.db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, status, valid_to)
      select a.network_id, 'T-PATCH-' || state, a.id, b.id, st_makeline(a.geom, b.geom), 11, state, case when state = 'operational' then date '2001-01-01' end
        from fibre_node a, fibre_node b, unnest(array['operational', 'decommissioned']) state
       where a.code = 'T-231-STAYS' and b.code = 'T-231'`);
    await server.database.db.query(sql`update fibre_span set valid_to = '2026-01-02' where code like 'T-231-%'`);
    await server.context.revision.refresh();
    expect(await statusOf(district, at)).toBe('dual');
    expect(await acceptAll(/^T-231/)).toEqual(['duplicate_nodes']);
    expect(await statusOf(district, at)).toBe('dual');
    const rows = await server.database.db.query<{ code: string; start: string; status: string }>(sql`
      select s.code, n.code as start, n.status from fibre_span s join fibre_node n on n.id = s.start_node_id
       where s.code like 'T-231-%' or s.code like 'T-PATCH-%' order by s.code`);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatchObject({ start: 'T-231-STAYS', status: 'operational' });
    expect(await server.database.db.query(sql`select 1 from fibre_node where code = 'T-231'`)).toEqual([]);
  });
});
