import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConnectivityPlan,
  type CutResult,
  connectivityPlan,
  type DistrictConnectivityList,
} from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

const post = <T>(path: string, body: object) =>
  server.json<T>(`/api/v1/connectivity/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const square = (lon: number, lat: number, half: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon - half, lat - half],
      [lon + half, lat - half],
      [lon + half, lat + half],
      [lon - half, lat + half],
      [lon - half, lat - half],
    ],
  ],
});

describe('what the network does not have', () => {
  it('is refused by name, or left out and listed beside the answer for the rest', async () => {
    const at = '2026-01-01';
    const [span] = await server.database.db.query<{ id: number }>(sql`
      select id from fibre_span where status = 'operational' and is_valid_at(valid_from, valid_to, ${at}::date) order by id limit 1`);
    const spans = [span?.id ?? -1, 999_999];
    const others = { route_groups: ['NO-SUCH'], nodes: [888_888] };
    const refused = await post<{ detail: string }>('cut', { at, spans, ...others });
    expect(refused.status).toBe(404);
    for (const name of ['999999', 'NO-SUCH', '888888']) expect(refused.body.detail).toContain(name);
    const { status, body } = await post<CutResult>('cut', { at, spans, ...others, unknown: 'skip' });
    expect(status).toBe(200);
    expect(body.unknown).toEqual({ spans: [999_999], route_groups: ['NO-SUCH'], nodes: [888_888] });
    expect(body.cut).toEqual({ spans: [span?.id], nodes: [] });
    const alone = await post<CutResult>('cut', { at, spans: [span?.id] });
    expect(body.lost).toEqual(alone.body.lost);
    expect(alone.body.unknown).toEqual({ spans: [], route_groups: [], nodes: [] });
  });
});

describe('an area', () => {
  it('takes what PostGIS finds in it, and is the cut of those spans and nodes', async () => {
    const area = square(105.1416, 21.4223, 0.03);
    const { status, body } = await post<CutResult>('cut', { at: '2026-01-01', area });
    expect(status).toBe(200);
    const geometry = JSON.stringify(area);
    const spans = await server.database.db.query<{ id: number }>(sql`
      select s.id from fibre_span s where s.status = 'operational' and is_valid_at(s.valid_from, s.valid_to, '2026-01-01')
         and st_intersects(s.geom, st_setsrid(st_geomfromgeojson(${geometry}), 4326))`);
    const nodes = await server.database.db.query<{ id: number }>(sql`
      select id from fibre_node where st_intersects(geom, st_setsrid(st_geomfromgeojson(${geometry}), 4326))`);
    expect(spans.length).toBeGreaterThan(1);
    expect(body.cut.nodes.toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
    expect(body.cut.spans).toEqual(expect.arrayContaining(spans.map(({ id }) => id)));
    const again = await post<CutResult>('cut', { at: '2026-01-01', spans: body.cut.spans, nodes: body.cut.nodes });
    expect(again.body.lost).toEqual(body.lost);
    expect(body.lost_ids.communes).toHaveLength(body.lost.communes.length);
  });

  it('where no fibre is takes nothing; one that is no ring is refused with the reason', async () => {
    expect((await post<CutResult>('cut', { area: square(107, 18, 0.1) })).body.lost.people).toBe(0);
    const open = {
      type: 'Polygon',
      coordinates: [
        [
          [105, 21],
          [105.1, 21],
          [105.1, 21.1],
          [105, 21.1],
        ],
      ],
    };
    const refused = await post<{ detail: string }>('cut', { area: open });
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toContain('not closed');
  });
});

describe('a plan', () => {
  const plan = async (query: string): Promise<ConnectivityPlan> => {
    const { status, body } = await server.json<ConnectivityPlan>(`/api/v1/connectivity/plan?at=2026-01-01&${query}`);
    expect(status).toBe(200);
    connectivityPlan.parse(body);
    return body;
  };

  it('for two ways makes every district dual when its spans are built', async () => {
    const proposed = await plan('goal=dual');
    expect(proposed).toMatchObject({ wanted: 3, impossible: [], exact: true });
    expect(proposed.cost).toBe(proposed.spans.reduce((sum, span) => sum + span.cost, 0));
    expect(proposed.lower_bound).toBeLessThanOrEqual(proposed.cost);
    const database = server.database.db;
    for (const span of proposed.spans)
      await database.query(sql`
        insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, deployment, length_m, valid_from)
        select a.network_id, ${`PLAN-${span.no}`}, a.id, b.id, st_makeline(a.geom, b.geom), 'aerial', ${span.length_m}, date '2025-01-01'
          from fibre_node a, fibre_node b where a.code = ${span.start_code} and b.code = ${span.end_code} limit 1`);
    await server.context.revision.refresh();
    const { body } = await server.json<DistrictConnectivityList>('/api/v1/connectivity/districts?at=2026-01-01');
    expect(body.totals).toMatchObject({ total: 13, dual: 13 });
    expect((await plan('goal=dual')).spans).toEqual([]);
    await database.query(sql`delete from fibre_span where code like 'PLAN-%'`);
    await server.context.revision.refresh();
  });

  it('for communes without fibre reaches each of them, straight or not at all', async () => {
    const proposed = await plan('goal=extend');
    expect(proposed.wanted).toBe(13);
    expect(proposed.impossible).toEqual([]);
    const reached = new Set(proposed.spans.flatMap(({ start_code, end_code }) => [start_code, end_code]));
    const { body } = await server.json<{ items: { code: string; status: string }[] }>(
      '/api/v1/connectivity/communes?at=2026-01-01&limit=1000',
    );
    for (const { code } of body.items.filter((item) => item.status === 'none')) expect(reached).toContain(code);
    expect((await plan('goal=extend&max_hop_m=100')).impossible.length).toBe(13);
    expect((await plan('goal=extend&cost_per_m=10')).cost).toBeCloseTo(
      proposed.spans.reduce((sum, span) => sum + span.length_m * 10, 0),
      -2,
    );
  });

  it('along roads says when there are none, and a bad question is refused', async () => {
    expect((await server.json('/api/v1/connectivity/plan?goal=dual&along=lines')).status).toBe(409);
    expect((await server.json('/api/v1/connectivity/plan?goal=cheap')).status).toBe(400);
  });
});
