import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DistrictConnectivityList,
  type PlaceConnectivityList,
  type TopologyFindingItem,
  type TopologyList,
  todayInVietnam,
} from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { EDIT_TOKEN, startServerWithDatabase, type TestServer } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

/** Degrees of latitude at 21° north that make a metre. */
const METRE = 1 / 110_720;

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: false });
  const { db } = server.database;
  await db.query(sql`insert into fibre_network (code, name) values ('net', 'Net')`);
  await db.query(
    sql`insert into operator (code, name, valid_from) values ('ONE', 'One', '2000-01-01'), ('TWO', 'Two', '2000-01-01')`,
  );
});
afterAll(() => server.close());

interface MadeNode {
  code: string;
  kind: string;
  lon: number;
  lat: number;
  serves?: string;
  operator?: string;
}

/** Nodes as given, and a span from the core to each of `reached`. */
async function insertNetwork(core: string, nodes: readonly MadeNode[], reached: readonly string[]): Promise<void> {
  const { db, revision } = server.database;
  for (const { code, kind, lon, lat, serves = null, operator = null } of nodes)
    await db.query(sql`
      insert into fibre_node (network_id, code, kind, serves_unit_code, operator_id, geom)
      select id, ${code}, ${kind}, ${serves}, (select id from operator where code = ${operator}), st_setsrid(st_makepoint(${lon}, ${lat}), 4326)
        from fibre_network`);
  await db.query(sql`
    insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m)
    select a.network_id, a.code || '-' || b.code, a.id, b.id, st_makeline(a.geom, b.geom), st_length(st_makeline(a.geom, b.geom)::geography)
      from fibre_node a, fibre_node b where a.code = ${core} and b.code = any(${reached}::text[])`);
  await revision.refresh();
  await server.context.revision.refresh();
}

const findings = async (language = 'en'): Promise<TopologyFindingItem[]> =>
  (
    await server.json<TopologyList>('/api/v1/connectivity/topology?limit=1000', {
      headers: { 'Accept-Language': language },
    })
  ).body.items;
const findingOf = async (kind: string, code: string, language?: string): Promise<TopologyFindingItem> => {
  const found = (await findings(language)).find((item) => item.kind === kind && item.codes.includes(code));
  if (!found) throw new Error(`no ${kind} of ${code}`);
  return found;
};
async function accept({ key }: TopologyFindingItem): Promise<void> {
  const { body } = await server.json<{ applied: number }>('/api/v1/connectivity/topology/repairs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${EDIT_TOKEN}` },
    body: JSON.stringify({ keys: [key], why: 'trial' }),
  });
  expect(body.applied).toBe(1);
}
const statusIn = async (
  list: 'districts' | 'communes' | 'sites',
  code: string,
  query = '',
): Promise<string | undefined> =>
  (
    await server.json<PlaceConnectivityList | DistrictConnectivityList>(`/api/v1/connectivity/${list}?${query}`)
  ).body.items.find((item) => item.code === code)?.status;

type Row = Record<string, unknown>;
/** Every fibre row, by table and id, but for its drawing. */
async function allRows(): Promise<Map<string, Row>> {
  const rows = await server.database.db.query<{ key: string; row: Row }>(sql`
    select 'fibre_node ' || id as key, to_jsonb(n) - 'geom' as row from fibre_node n
    union all select 'fibre_span ' || id, to_jsonb(s) - 'geom' from fibre_span s
    union all select 'fibre_former_node ' || id, to_jsonb(f) - 'geom' from fibre_former_node f`);
  return new Map(rows.map(({ key, row }) => [key, row]));
}

/** Accepts a repair. @returns the entries of the audit log: exactly the rows that are not as they were, as they were and as they are */
async function acceptAndRead(
  finding: TopologyFindingItem,
): Promise<{ key: string; before: Row | null; after: Row | null }[]> {
  const { db } = server.database;
  const [last] = await db.query<{ id: number }>(sql`select coalesce(max(id), 0) as id from audit_log`);
  const before = await allRows();
  await accept(finding);
  const after = await allRows();
  const entries = await db.query<{ key: string; before: Row | null; after: Row | null }>(sql`
    select table_name || ' ' || row_id as key, before, after from audit_log
     where id > ${last?.id ?? 0} and actor = 'edit token' and action = 'repair' and why = 'trial' and at is not null order by id`);
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
  );
  expect(entries.map(({ key }) => key).toSorted()).toEqual(differing.toSorted());
  for (const entry of entries) {
    for (const [told, rows] of [
      [entry.before, before],
      [entry.after, after],
    ] as const) {
      const row = rows.get(entry.key);
      if (row) expect(told).toMatchObject(row);
      else expect(told).toBeNull();
    }
  }
  return entries;
}

describe('the audit log of a repair', () => {
  it('has the parts of a divided span, the one that is new with nothing before', async () => {
    const lat = 21.5;
    await insertNetwork(
      'A1-CORE',
      [
        { code: 'A1-CORE', kind: 'core', lon: 105, lat },
        { code: 'A1-END', kind: 'site', lon: 105.1, lat },
        { code: 'A1-LOOSE', kind: 'joint', lon: 105.05, lat: lat + 50 * METRE },
        { code: 'A1-FAR', kind: 'site', lon: 105.05, lat: lat + 0.1 },
      ],
      ['A1-END'],
    );
    await insertNetwork('A1-FAR', [], ['A1-LOOSE']);
    const entries = await acceptAndRead(await findingOf('dangling_end', 'A1-LOOSE'));
    expect(entries.map(({ key, before, after }) => [key.split(' ')[0], before?.['code'], after?.['code']])).toEqual([
      ['fibre_span', 'A1-CORE-A1-END', 'A1-CORE-A1-END'],
      ['fibre_span', undefined, 'A1-CORE-A1-END/2'],
    ]);
    expect(entries[1]?.after).toMatchObject({
      coordinates: [
        [105.05, expect.closeTo(lat + 50 * METRE, 7)],
        [105.1, lat],
      ],
    });
  });

  it('has a joint that is added, and what becomes of its span', async () => {
    const lat = 21.6;
    await insertNetwork(
      'A2-CORE',
      [
        { code: 'A2-CORE', kind: 'core', lon: 105, lat },
        { code: 'A2-END', kind: 'site', lon: 105.1, lat },
      ],
      ['A2-END'],
    );
    await insertNetwork('A2-END', [], ['A2-CORE']);
    await server.database.db.query(sql`
      update fibre_span set geom = st_setpoint(geom, 1, st_makepoint(105.2, ${lat + 0.1})) where code = 'A2-CORE-A2-END'`);
    await server.context.revision.refresh();
    const found = await findingOf('end_far_from_node', 'A2-CORE-A2-END');
    expect(found.proposal).toMatchObject({ action: 'add_node' });
    const entries = await acceptAndRead(found);
    expect(entries.filter(({ before }) => before === null).map(({ after }) => after)).toMatchObject([
      { code: 'A2-CORE-A2-END/end', kind: 'joint', lon: 105.2, lat: 21.7 },
      { code: `A2-CORE-A2-END/to-${todayInVietnam()}`, valid_to: todayInVietnam() },
    ]);
  });

  it('has a node that goes with all its columns, what it was, and the spans that move', async () => {
    const lat = 21.7;
    await insertNetwork(
      'A3-CORE',
      [
        { code: 'A3-CORE', kind: 'core', lon: 105, lat },
        { code: 'A3-STAYS', kind: 'district', lon: 105.1, lat },
        { code: 'A3-GOES', kind: 'site', lon: 105.1, lat: lat + 10 * METRE },
      ],
      ['A3-GOES'],
    );
    await server.database.db.query(
      sql`update fibre_node set name = 'Nhà trạm Hoà', ofds = '{"power": true}' where code = 'A3-GOES'`,
    );
    await server.context.revision.refresh();
    const entries = await acceptAndRead(await findingOf('duplicate_nodes', 'A3-GOES'));
    expect(entries.find(({ key, after }) => key.startsWith('fibre_node') && after === null)?.before).toMatchObject({
      code: 'A3-GOES',
      name: 'Nhà trạm Hoà',
      ofds: { power: true },
      lon: 105.1,
    });
    expect(new Set(entries.map(({ key }) => key.split(' ')[0]))).toEqual(
      new Set(['fibre_former_node', 'fibre_node', 'fibre_span']),
    );
    expect(entries).toHaveLength(3);
  });
});

describe('an end led elsewhere', () => {
  it('is led there from today on: on days before the span is as it was, and a district keeps its way', async () => {
    const lat = 21.8;
    const district = await insertUnit(server.database.db, {
      level: 'district',
      code: 'R4',
      box: [105.1, lat, 105.2, lat + 0.1],
    });
    await insertUnit(server.database.db, { code: 'R4-C', parentId: district, box: [105.1, lat, 105.2, lat + 0.1] });
    await insertNetwork(
      'R4-CORE',
      [
        { code: 'R4-CORE', kind: 'core', lon: 105, lat },
        { code: 'R4-DISTRICT', kind: 'district', lon: 105.15, lat: lat + 0.05, serves: 'R4' },
        { code: 'R4-OTHER', kind: 'site', lon: 105.05, lat: lat + 0.05 },
      ],
      ['R4-DISTRICT', 'R4-OTHER'],
    );
    await insertNetwork('R4-OTHER', [], ['R4-DISTRICT']);
    await server.database.db.query(sql`
      update fibre_span set geom = st_setpoint(geom, 1, (select geom from fibre_node where code = 'R4-OTHER')), deployment = 'duct', ofds = '{"id": "R4"}'
       where code = 'R4-CORE-R4-DISTRICT'`);
    await server.context.revision.refresh();
    const before = await statusIn('districts', 'R4', 'at=2020-01-01');
    expect([before, await statusIn('districts', 'R4')]).toEqual(['dual', 'dual']);
    const found = await findingOf('end_far_from_node', 'R4-CORE-R4-DISTRICT');
    expect(found.proposal).toMatchObject({ action: 'reattach_end' });
    expect(found.sentence).toMatch(
      /from today on\. After it one failure is enough to cut off these units, which none did before \(1\): R4\.$/,
    );
    expect((await findingOf('end_far_from_node', 'R4-CORE-R4-DISTRICT', 'vi')).sentence).toMatch(
      /Sau đó chỉ một sự cố cũng đủ cắt rời các đơn vị sau, trước đó thì không \(1\): R4\.$/,
    );
    await acceptAndRead(found);
    expect([await statusIn('districts', 'R4', 'at=2020-01-01'), await statusIn('districts', 'R4')]).toEqual([
      before,
      'single',
    ]);
    const today = todayInVietnam();
    const rows = await server.database.db.query(sql`
      select s.code, s.valid_from, s.valid_to, b.code as end, s.deployment, s.ofds from fibre_span s join fibre_node b on b.id = s.end_node_id
       where s.code like 'R4-CORE-R4-DISTRICT%' order by s.valid_from desc`);
    expect(rows).toEqual([
      {
        code: 'R4-CORE-R4-DISTRICT',
        valid_from: today,
        valid_to: null,
        end: 'R4-OTHER',
        deployment: 'duct',
        ofds: { id: 'R4' },
      },
      {
        code: `R4-CORE-R4-DISTRICT/to-${today}`,
        valid_from: '1900-01-01',
        valid_to: today,
        end: 'R4-DISTRICT',
        deployment: 'duct',
        ofds: {},
      },
    ]);
  });
});

describe('an end that is the last way of a district', () => {
  it('is not led elsewhere: who would be cut off is said in both languages, and the district keeps its way', async () => {
    const lat = 21.9;
    const district = await insertUnit(server.database.db, {
      level: 'district',
      code: 'R6',
      box: [105.1, lat, 105.2, lat + 0.05],
    });
    await insertUnit(server.database.db, { code: 'R6-C', parentId: district, box: [105.1, lat, 105.2, lat + 0.05] });
    await insertNetwork(
      'R6-CORE',
      [
        { code: 'R6-CORE', kind: 'core', lon: 105, lat },
        { code: 'R6-DISTRICT', kind: 'district', lon: 105.15, lat: lat + 0.02, serves: 'R6' },
      ],
      ['R6-DISTRICT'],
    );
    const { db } = server.database;
    await db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, status)
      select network_id, 'R6-PLANNED', start_node_id, end_node_id, geom, length_m, 'planned' from fibre_span where code = 'R6-CORE-R6-DISTRICT'`);
    await db.query(sql`
      update fibre_span set geom = st_setpoint(geom, 1, st_makepoint(105.1, ${lat})) where code = 'R6-CORE-R6-DISTRICT'`);
    await server.context.revision.refresh();
    const reasons = {
      en: /take the way to a core from these nodes \(1\): R6-DISTRICT \(R6\)\. A person/,
      vi: /không còn đường tới nút lõi \(1\): R6-DISTRICT \(R6\)\. Cần người/,
    };
    for (const [language, reason] of Object.entries(reasons)) {
      const found = await findingOf('end_far_from_node', 'R6-CORE-R6-DISTRICT', language);
      expect(found.proposal).toBeNull();
      expect(found.sentence).toMatch(reason);
    }
    const { key } = await findingOf('end_far_from_node', 'R6-CORE-R6-DISTRICT');
    const { body } = await server.json('/api/v1/connectivity/topology/repairs', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${EDIT_TOKEN}` },
      body: JSON.stringify({ keys: [key] }),
    });
    expect(body).toMatchObject({ applied: 0, passed_over: [key] });
    expect(await statusIn('districts', 'R6')).toBe('single');
  });
});

describe('nodes made one', () => {
  it('go on serving the site of the one that is gone', async () => {
    const lat = 21.1;
    await server.database.db.query(sql`
      insert into site (code, name, geom, valid_from) values ('R-SITE', 'Site', st_setsrid(st_makepoint(105.1, ${lat}), 4326), '2001-01-01')`);
    await insertNetwork(
      'R1-CORE',
      [
        { code: 'R1-CORE', kind: 'core', lon: 105, lat },
        { code: 'R1-SITE', kind: 'site', lon: 105.1, lat: lat - 95 * METRE },
        { code: 'R1-COMMUNE', kind: 'commune', lon: 105.1, lat: lat - 107 * METRE },
      ],
      ['R1-SITE'],
    );
    expect(await statusIn('sites', 'R-SITE')).toBe('single');
    const found = await findingOf('duplicate_nodes', 'R1-SITE');
    expect(found.codes).toEqual(['R1-COMMUNE', 'R1-SITE']);
    expect(found.sentence).toMatch(/goes on serving what each of them serves/);
    await accept(found);
    expect(await statusIn('sites', 'R-SITE')).toBe('single');
  });

  it('go on serving the site of the one that stays, where it comes to mean more', async () => {
    const lat = 21.2;
    await server.database.db.query(sql`
      insert into site (code, name, geom, valid_from) values ('R-MORE', 'More', st_setsrid(st_makepoint(105.1, ${lat}), 4326), '2001-01-01')`);
    await insertNetwork(
      'R2-CORE',
      [
        { code: 'R2-CORE', kind: 'core', lon: 105, lat },
        { code: 'R2-SITE', kind: 'site', lon: 105.1, lat, operator: 'ONE' },
        { code: 'R2-DISTRICT', kind: 'district', lon: 105.1, lat, operator: 'TWO' },
      ],
      ['R2-SITE'],
    );
    await server.database.db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m)
      select a.network_id, 'R2-PATCH', a.id, b.id, st_makeline(a.geom, b.geom), 0 from fibre_node a, fibre_node b
       where a.code = 'R2-SITE' and b.code = 'R2-DISTRICT'`);
    await server.context.revision.refresh();
    await accept(await findingOf('zero_length', 'R2-PATCH'));
    const [kept] = await server.database.db.query(sql`select kind from fibre_node where code = 'R2-SITE'`);
    expect(kept).toEqual({ kind: 'district' });
    expect(await statusIn('sites', 'R-MORE')).toBe('single');
  });

  it('go on serving the centre of the commune, and of the district, that only the one that is gone stood in or near', async () => {
    const lat = 21.3;
    const edge = 105.1;
    const district = await insertUnit(server.database.db, {
      level: 'district',
      code: 'R3',
      box: [edge, lat - 0.05, edge + 0.1, lat + 0.05],
    });
    await insertUnit(server.database.db, {
      code: 'R3-C',
      parentId: district,
      box: [edge, lat - 0.05, edge + 0.1, lat + 0.05],
    });
    await server.database.db.query(sql`
      update admin_unit set centre = st_setsrid(st_makepoint(${edge + 0.0001}, ${lat + 1_000 * METRE}), 4326) where id = ${district}`);
    await insertNetwork(
      'R3-CORE',
      [
        { code: 'R3-CORE', kind: 'core', lon: 105, lat },
        { code: 'R3-IN', kind: 'commune', lon: edge + 0.00005, lat: lat + 6 * METRE },
        { code: 'R3-OUT', kind: 'district', lon: edge - 0.00005, lat: lat - 5 * METRE },
      ],
      ['R3-IN'],
    );
    const before = [await statusIn('communes', 'R3-C'), await statusIn('districts', 'R3')];
    expect(before).toEqual(['single', 'single']);
    await accept(await findingOf('duplicate_nodes', 'R3-IN'));
    expect([await statusIn('communes', 'R3-C'), await statusIn('districts', 'R3')]).toEqual(before);
  });

  it('say beforehand with whom they are no longer one place when operators share', async () => {
    const lat = 21.4;
    await insertNetwork(
      'R5-CORE',
      [
        { code: 'R5-CORE', kind: 'core', lon: 105, lat },
        { code: 'R5-STAYS', kind: 'district', lon: 105.1, lat, operator: 'ONE' },
        { code: 'R5-GOES', kind: 'site', lon: 105.1, lat: lat + 12 * METRE, operator: 'ONE' },
        { code: 'R5-APART', kind: 'site', lon: 105.1, lat: lat + 55 * METRE, operator: 'TWO' },
      ],
      ['R5-GOES', 'R5-APART'],
    );
    const reasons = {
      en: /farther than 50 m from R5-APART: with sharing/,
      vi: /cách R5-APART hơn 50 m: khi dùng chung/,
    };
    for (const [language, reason] of Object.entries(reasons))
      expect((await findingOf('duplicate_nodes', 'R5-GOES', language)).sentence).toMatch(reason);
  });

  it('are so for days gone by too, and say so beforehand', async () => {
    const lat = 20.9;
    const box: [number, number, number, number] = [105.08, lat, 105.2, lat + 0.05];
    const district = await insertUnit(server.database.db, { level: 'district', code: 'R7', box });
    await insertUnit(server.database.db, { code: 'R7-C', parentId: district, box });
    await insertNetwork(
      'R7-CORE',
      [
        { code: 'R7-CORE', kind: 'core', lon: 105, lat },
        { code: 'R7-DISTRICT', kind: 'district', lon: 105.1, lat, serves: 'R7' },
        { code: 'R7-JOINT', kind: 'joint', lon: 105.1, lat: lat + 12 * METRE },
      ],
      ['R7-DISTRICT', 'R7-JOINT'],
    );
    const reasons = {
      en: /also for days gone by, whose figures change/,
      vi: /kể cả cho những ngày đã qua, nên số liệu/,
    };
    for (const [language, reason] of Object.entries(reasons))
      expect((await findingOf('duplicate_nodes', 'R7-JOINT', language)).sentence).toMatch(reason);
    expect(await statusIn('districts', 'R7', 'at=2020-01-01')).toBe('single');
    await accept(await findingOf('duplicate_nodes', 'R7-JOINT'));
    expect(await statusIn('districts', 'R7', 'at=2020-01-01')).toBe('dual');
  });

  it('hand on what they served before when they are made one again', async () => {
    const { db } = server.database;
    await db.query(sql`
      update fibre_node set geom = st_translate(geom, 0, ${-12 * METRE}) where code = 'R1-COMMUNE'`);
    await insertNetwork(
      'R1-CORE',
      [{ code: 'R1-DISTRICT', kind: 'district', lon: 105.1, lat: 21.1 - 125 * METRE }],
      [],
    );
    const found = await findingOf('duplicate_nodes', 'R1-DISTRICT');
    expect(found.codes).toEqual(['R1-DISTRICT', 'R1-COMMUNE']);
    await accept(found);
    expect(await statusIn('sites', 'R-SITE')).toBe('single');
    const former = await db.query(sql`
      select f.code, f.kind from fibre_former_node f join fibre_node n on n.id = f.node_id where n.code = 'R1-DISTRICT' order by f.id`);
    expect(former).toEqual([
      { code: 'R1-SITE', kind: 'site' },
      { code: 'R1-COMMUNE', kind: 'commune' },
    ]);
  });
});
