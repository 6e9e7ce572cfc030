import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { COVERAGE_DAYS } from '../../support/templates.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
});
afterAll(() => database.close());

interface Row {
  commune: string;
  stored: number;
  recomputed: number;
}

describe.each(COVERAGE_DAYS)('radio and television of the demo on %s', (day) => {
  it('serves of each commune what the polygons of its service serve, recomputed by PostGIS', async () => {
    const rows = await database.db.query<Row>(sql`
      with part as (
        select a.run_id, a.service, r.vintage, st_subdivide(a.geom, 256) as geom
          from broadcast_area a join broadcast_run r on r.id = a.run_id and r.at = ${day}::date
         where a.transmitter_id is null and a.geom is not null
      ), cut as (
        select p.service, u.id as commune_id, sum(st_area(st_intersection(p.geom, u.geom)::geography)) / 1e6 as km2
          from part p join admin_unit u on u.level = 'commune' and u.valid_from = p.vintage and st_intersects(u.geom, p.geom)
         group by 1, 2
      )
      select u.code || ' ' || c.service as commune, c.pct_area as stored, 100 * coalesce(cut.km2, 0) / u.area_km2 as recomputed
        from broadcast_commune c
        join broadcast_run r on r.id = c.run_id and r.at = ${day}::date
        join admin_unit u on u.id = c.commune_id
        left join cut on cut.service = c.service and cut.commune_id = c.commune_id
       where c.service in ('fm', 'tv')`);
    expect(rows.length).toBe(2 * (day < '2025' ? 277 : 66));
    const errors = rows.map(({ stored, recomputed }) => Math.abs(stored - recomputed)).sort((a, b) => a - b);
    // Areas are counted on parts of 25 m but drawn along squares of 100 m: the smallest communes feel their edges most.
    expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(0.6);
    expect(rows.filter((row) => Math.abs(row.stored - row.recomputed) > 1.5)).toEqual([]);
  });

  it('measures every commune and the province as the coverage of networks does', async () => {
    const [row] = await database.db.query<{ compared: number; unlike: number; served: number; covered: number }>(sql`
      with served as (select c.* from broadcast_commune c join broadcast_run r on r.id = c.run_id and r.at = ${day}::date where c.service = 'fm'),
      covered as (select distinct c.commune_id, c.area_km2 from coverage_commune c join coverage_run_at(${day}::date) r on r.id = c.run_id)
      select count(*)::int as compared, count(*) filter (where s.area_km2 is distinct from c.area_km2)::int as unlike,
             (select a.area_km2 from broadcast_area a join broadcast_run r on r.id = a.run_id and r.at = ${day}::date
               where a.service = 'fm' and a.transmitter_id is null) as served, sum(c.area_km2) as covered
        from served s full join covered c using (commune_id)`);
    expect(row).toMatchObject({ compared: day < '2025' ? 277 : 66, unlike: 0 });
    expect(row?.served).toBeCloseTo(row?.covered ?? Number.NaN, 4);
  });

  it('adds up: communes make the province, any transmitter is at least each and at most all, nothing exceeds 100 %', async () => {
    const [row] = await database.db.query<{
      unlike: number;
      less: number;
      more: number;
      beyond: number;
      compared: number;
    }>(sql`
      with run as (select id from broadcast_run where at = ${day}::date),
      whole as (select a.* from broadcast_area a join run on run.id = a.run_id where a.transmitter_id is null and a.reason is null),
      each as (select a.service, max(a.people_covered) as most, sum(a.people_covered) as sum from broadcast_area a join run on run.id = a.run_id
                where a.transmitter_id is not null and a.reason is null group by 1),
      summed as (select c.service, sum(c.people_covered) as people, sum(c.area_covered_km2) as km2 from broadcast_commune c join run on run.id = c.run_id group by 1)
      select count(*)::int as compared,
             count(*) filter (where s.people <> w.people_covered or abs(s.km2 - w.area_covered_km2) > 1e-3)::int as unlike,
             count(*) filter (where w.people_covered < e.most)::int as less, count(*) filter (where w.people_covered > e.sum)::int as more,
             count(*) filter (where w.people_covered > w.population or w.area_covered_km2 > w.area_km2)::int as beyond
        from whole w join summed s using (service) left join each e using (service)`);
    expect(row).toMatchObject({ unlike: 0, less: 0, more: 0, beyond: 0 });
    expect(row?.compared).toBeGreaterThanOrEqual(2);
  });
});
