import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type NetworkFigures,
  networkFigures,
  type PlaceConnectivityList,
  type PlaceDetail,
  placeConnectivityList,
  placeDetail,
  type RiskRanking,
  riskRanking,
} from '../../../server/contract/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

const AT = 'at=2026-01-01';
async function ask<T>(path: string, schema: { parse: (body: unknown) => unknown }): Promise<T> {
  const { status, body } = await server.json<T>(`/api/v1/connectivity/${path}`);
  expect(status).toBe(200);
  schema.parse(body);
  return body;
}
const communes = (more = '') => ask<PlaceConnectivityList>(`communes?${AT}&limit=1000${more}`, placeConnectivityList);

describe('commune centres', () => {
  it('are all of the day, each once, and the totals are those of the items', async () => {
    const { items, totals, numberMatched } = await communes();
    expect(numberMatched).toBe(66);
    expect(new Set(items.map(({ id }) => id)).size).toBe(66);
    for (const status of ['none', 'single', 'dual'] as const)
      expect(items.filter((item) => item.status === status)).toHaveLength(totals[status]);
    expect(totals.on_fibre).toBe(totals.single + totals.dual);
    expect(totals.on_ring).toBeLessThanOrEqual(totals.on_fibre);
  });

  it('has the nearest cable as PostGIS measures it on the ellipsoid, to the metre', async () => {
    const { items } = await communes();
    const measured = await server.database.db.query<{ id: number; metres: number }>(sql`
      select u.id, min(st_distance(s.geom::geography, u.centre::geography)) as metres
        from admin_unit u cross join fibre_span s
       where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, '2026-01-01')
         and s.status = 'operational' and is_valid_at(s.valid_from, s.valid_to, '2026-01-01')
       group by u.id`);
    expect(measured).toHaveLength(66);
    const byId = new Map(items.map((item) => [item.id, item.nearest_cable_m ?? Number.NaN]));
    for (const { id, metres } of measured) expect(Math.abs((byId.get(id) ?? Number.NaN) - metres)).toBeLessThan(1);
  });

  it.each(['2008-12-31', '2026-01-01'])('has on %s the nearest node that gaps and suggestions have', async (at) => {
    const { items } = await ask<PlaceConnectivityList>(`communes?at=${at}&limit=1000`, placeConnectivityList);
    const found = await server.database.db.query<{ id: number; metres: number }>(sql`
      select u.id, n.distance_m as metres from admin_unit u cross join lateral nearest_fibre_node(u.centre, ${at}::date) n
       where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`);
    expect(found).toHaveLength(items.length);
    const byId = new Map(items.map((item) => [item.id, item.nearest_node_m ?? Number.NaN]));
    expect(found.filter(({ id, metres }) => !(Math.abs((byId.get(id) ?? Number.NaN) - metres) < 1))).toEqual([]);
  });

  it('page without loss or repetition', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: PlaceConnectivityList = await ask(`communes?${AT}&limit=25${more}`, placeConnectivityList);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual((await communes()).items.map(({ id }) => id));
  });

  it('one of them in detail is what the list says, with paths that are as long', async () => {
    const { items } = await communes();
    const dual = items.find((item) => item.status === 'dual');
    const single = items.find((item) => item.status === 'single');
    const none = items.find((item) => item.status === 'none');
    const detail = (id: number | undefined) => ask<PlaceDetail>(`communes/${id}?${AT}`, placeDetail);
    const [d, s, n] = [await detail(dual?.id), await detail(single?.id), await detail(none?.id)];
    expect([d.status, s.status, n.status]).toEqual(['dual', 'single', 'none']);
    expect(d.bridges).toEqual([]);
    expect(s.bridges.length).toBeGreaterThan(0);
    expect(n).toMatchObject({ paths: [], availability: { unavailability: 1 } });
    expect(s.paths[0]?.length_km).toBeCloseTo(single?.length_km ?? Number.NaN, 3);
    expect([d.length_km, s.length_km, n.length_km]).toEqual([dual?.length_km, single?.length_km, null]);
    expect(s.availability?.unavailability).toBeGreaterThan(d.availability?.unavailability ?? Number.NaN);
  });

  it('of another operator’s network are counted in that network alone', async () => {
    const own = await communes('&operator=VIETTEL');
    expect(own).toMatchObject({ view: 'operator', operator: 'VIETTEL' });
    expect(own.totals.on_fibre).toBeLessThan((await communes()).totals.on_fibre);
    const shared = await communes('&view=sharing');
    expect(shared.totals.dual).toBeGreaterThanOrEqual((await communes()).totals.dual);
  });

  it('refuses the view of an operator without one, and an operator that is not there', async () => {
    expect((await server.json(`/api/v1/connectivity/communes?${AT}&view=operator`)).status).toBe(400);
    expect((await server.json(`/api/v1/connectivity/communes?${AT}&operator=NOBODY`)).status).toBe(404);
    expect((await server.json(`/api/v1/connectivity/communes/999999?${AT}`)).status).toBe(404);
  });
});

describe('sites', () => {
  it('are those of the list of sites, on fibre exactly where a node of kind site stands beside them', async () => {
    const list = await ask<PlaceConnectivityList>(`sites?${AT}&limit=10000`, placeConnectivityList);
    const { body } = await server.json<{ numberMatched: number }>(`/api/v1/sites?${AT}&limit=1`);
    expect(list.numberMatched).toBe(body.numberMatched);
    expect(list.items).toHaveLength(body.numberMatched);
    expect(body.numberMatched).toBeGreaterThan(1_000);
    const [row] = await server.database.db.query<{ sites: number }>(sql`
      select count(distinct s.id) as sites from site s join fibre_node n on n.kind = 'site' and st_dwithin(n.geom::geography, s.geom::geography, 100)
        join fibre_span p on n.id in (p.start_node_id, p.end_node_id) and is_valid_at(p.valid_from, p.valid_to, '2026-01-01')
       where is_valid_at(s.valid_from, s.valid_to, '2026-01-01') and site_status_at(s.status, s.valid_to, '2026-01-01') in ('active', 'suspended')`);
    expect(list.totals.on_fibre).toBe(row?.sites);
  });
});

describe('the district of a commune or a site', () => {
  it.each(['2008-12-31', '2026-01-01'])('is named in the lists on %s, after districts the last one', async (at) => {
    for (const list of ['communes', 'sites']) {
      const { items } = await ask<PlaceConnectivityList>(`${list}?at=${at}&limit=10000`, placeConnectivityList);
      expect(items.length).toBeGreaterThan(60);
      expect(items.filter(({ district_name }) => district_name === null).map(({ code }) => code)).toEqual([]);
    }
  });

  it('is, of a site, the district that the list of sites names, and in its details the same', async () => {
    const at = '2008-12-31';
    const named = await server.database.db.query<{ id: number; name: string }>(sql`
      select sc.site_id as id, d.name from site_commune sc join communes_at(${at}::date) c on c.commune_id = sc.commune_id
        join admin_unit d on d.id = c.district_id`);
    const districts = new Map(named.map(({ id, name }) => [id, name]));
    const { items } = await ask<PlaceConnectivityList>(`sites?at=${at}&limit=10000`, placeConnectivityList);
    expect(items.filter(({ id, district_name }) => districts.get(id) !== district_name)).toEqual([]);
    const [first] = items;
    const detail = await ask<PlaceDetail>(`sites/${first?.id}?at=${at}`, placeDetail);
    expect(detail.district_name).toBe(first?.district_name);
  });

  it('is not there for a site outside all districts', async () => {
    await server.database.db.query(sql`
      insert into site (code, geom, valid_from) values ('D-OUTSIDE', st_setsrid(st_makepoint(110, 15), 4326), '2001-01-01')`);
    await server.context.revision.refresh();
    const { items } = await ask<PlaceConnectivityList>(`sites?${AT}&limit=10000`, placeConnectivityList);
    expect(items.find(({ code }) => code === 'D-OUTSIDE')).toMatchObject({ district_name: null, status: 'none' });
    await server.database.db.query(sql`delete from site where code = 'D-OUTSIDE'`);
    await server.context.revision.refresh();
  });
});

describe('figures of the network', () => {
  it('add up: cable is the sum of the spans in SQL, route is not longer, kinds of laying make the whole', async () => {
    const figures = await ask<NetworkFigures>(`figures?${AT}`, networkFigures);
    const rows = await server.database.db.query<{
      deployment: 'duct' | 'buried' | 'aerial';
      spans: number;
      km: number;
    }>(sql`
      select deployment, count(*) as spans, sum(length_m) / 1000 as km from fibre_span
       where status = 'operational' and is_valid_at(valid_from, valid_to, '2026-01-01') group by deployment`);
    const { lengths } = figures;
    for (const { deployment, spans, km } of rows) {
      expect(lengths.by_deployment[deployment].spans).toBe(spans);
      expect(lengths.by_deployment[deployment].cable_km).toBeCloseTo(km, 2);
    }
    expect(lengths.cable_km).toBeCloseTo(
      rows.reduce((sum, { km }) => sum + km, 0),
      2,
    );
    expect(lengths.route_km).toBeLessThan(lengths.cable_km);
    expect(lengths.underground_pct).toBeCloseTo(
      (100 * (lengths.by_deployment.duct.route_km + lengths.by_deployment.buried.route_km)) / lengths.route_km,
      3,
    );
  });

  it('have the reach that the lists have, and the spans of all operators', async () => {
    const figures = await ask<NetworkFigures>(`figures?${AT}`, networkFigures);
    const { totals } = await communes();
    expect(figures.communes).toEqual({ total: totals.total, on_fibre: totals.on_fibre, on_ring: totals.on_ring });
    expect(figures.districts.total).toBe(13);
    expect(figures.operators.map(({ operator }) => operator)).toEqual(['VIETTEL', 'VINAPHONE']);
    expect(figures.operators.reduce((sum, { lengths }) => sum + lengths.spans, 0)).toBe(figures.lengths.spans);
  });

  it('of a network that is empty are zeros, not an error', async () => {
    const figures = await ask<NetworkFigures>('figures?at=1990-01-01', networkFigures);
    expect(figures).toMatchObject({ lengths: { spans: 0, route_km: 0 }, shape: { class: 'none' } });
    expect(figures.lengths.underground_pct).toBeNull();
  });
});

describe('the cuts that lose most', () => {
  it('are in order, and each loses what a cut of it loses', async () => {
    const { singles, numberMatched } = await ask<RiskRanking>(`risks?${AT}&limit=1000`, riskRanking);
    expect(singles).toHaveLength(numberMatched);
    expect(singles.map(({ rank }) => rank)).toEqual(singles.map((_, at) => at + 1));
    const people = singles.map((risk) => risk.people);
    expect(people).toEqual(people.toSorted((a, b) => b - a));
    for (const risk of singles.slice(0, 8)) {
      const { body } = await server.json<{ lost: { people: number; communes: string[]; district_centres: string[] } }>(
        '/api/v1/connectivity/cut',
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ at: '2026-01-01', spans: risk.span_ids }),
        },
      );
      expect(body.lost.people).toBe(risk.people);
      expect(body.lost.communes).toHaveLength(risk.communes);
      expect(body.lost.district_centres).toEqual(risk.district_centres);
    }
  });

  it('the worst pair loses at least what any two of the worst single cuts lose together', async () => {
    const { singles, pair } = await ask<RiskRanking>(`risks?${AT}&limit=2`, riskRanking);
    expect(pair?.exact).toBe(true);
    const { body } = await server.json<{ lost: { people: number } }>('/api/v1/connectivity/cut', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ at: '2026-01-01', spans: singles.flatMap(({ span_ids }) => span_ids) }),
    });
    expect(pair?.people).toBeGreaterThanOrEqual(body.lost.people);
    expect(pair?.bound_people).toBeGreaterThanOrEqual(pair?.people ?? Number.NaN);
  });
});
