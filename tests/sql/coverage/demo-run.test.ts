import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { COVERAGE_DAYS } from '../../support/templates.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
  // Polygons run along the sides of 100 m squares; made valid once, they can be cut by communes on either engine.
  await database.db.script(`
    create table checked_area as
      select a.run_id, r.vintage, a.operator_id, a.technology, a.area_km2, st_subdivide(st_makevalid(a.geom), 256) as geom
        from coverage_area a join coverage_run r on r.id = a.run_id where a.technology in ('2G', '4G');
    create index on checked_area using gist (geom);`);
});
afterAll(() => database.close());

interface Row {
  commune: string;
  /** Share of the commune as stored, counted on the grid, and as cut from the polygons, %. */
  stored: number;
  recomputed: number;
  covered_km2: number;
  area_km2: number;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

describe.each(COVERAGE_DAYS)('the coverage run of %s', (day) => {
  it('covers of each commune what its polygons cover, within 1 % of the commune', async () => {
    const rows = await database.db.query<Row>(sql`
      with cut as (
        select a.run_id, a.operator_id, a.technology, u.id as commune_id, sum(st_area(st_intersection(a.geom, u.geom)::geography)) / 1e6 as km2
          from checked_area a join admin_unit u on u.level = 'commune' and u.valid_from = a.vintage and st_intersects(u.geom, a.geom)
         group by 1, 2, 3, 4
      )
      select u.code || ' ' || c.technology || ' ' || coalesce(o.code, 'any') as commune, c.pct_area as stored,
             100 * coalesce(cut.km2, 0) / u.area_km2 as recomputed, c.area_covered_km2 as covered_km2, c.area_km2
        from coverage_commune c
        join coverage_run r on r.id = c.run_id and r.at = ${day}::date
        join admin_unit u on u.id = c.commune_id
        left join operator o on o.id = c.operator_id
        left join cut on cut.run_id = c.run_id and cut.technology = c.technology and cut.commune_id = c.commune_id
              and cut.operator_id is not distinct from c.operator_id
       where c.scope in ('operator', 'any') and c.technology in ('2G', '4G') and c.status <> 'unknown'`);
    expect(rows.length).toBeGreaterThan(day < '2025' ? 277 * 4 : 66 * 4);
    const errors = rows.map(({ stored, recomputed }) => Math.abs(stored - recomputed));
    // A square of 100 m belongs to the commune of its centre: the smallest communes feel their edges most.
    expect(quantile(errors, 0.95)).toBeLessThan(1);
    expect(
      rows.filter(({ stored, recomputed, area_km2 }) => Math.abs(stored - recomputed) > (area_km2 < 5 ? 2.5 : 1.5)),
    ).toEqual([]);
    expect(rows.filter(({ covered_km2, area_km2 }) => covered_km2 > area_km2)).toEqual([]);
    for (const { stored, covered_km2, area_km2 } of rows) expect(stored).toBeCloseTo((100 * covered_km2) / area_km2, 6);
  });

  it('is a union, never a sum: any operator covers at least what each covers, and at most all of them together', async () => {
    const [row] = await database.db.query<{ less: number; more: number; compared: number }>(sql`
      with one as (
        select c.commune_id, c.technology, max(c.area_covered_km2) as greatest, sum(c.area_covered_km2) as sum
          from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date where c.scope = 'operator' group by 1, 2
      )
      select count(*) as compared, count(*) filter (where c.area_covered_km2 < one.greatest - 1e-6) as less,
             count(*) filter (where c.area_covered_km2 > one.sum + 1e-6) as more
        from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date join one using (commune_id, technology) where c.scope = 'any'`);
    expect(row).toMatchObject({ less: 0, more: 0 });
    expect(row?.compared).toBeGreaterThan(60);
  });

  it('calls a commune covered from 95 % of its people, and never more people than live there', async () => {
    const rows = await database.db.query<{ status: string; least: number; most: number }>(sql`
      select c.status, min(c.pct_pop) as least, max(c.pct_pop) as most
        from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date where c.status <> 'unknown' group by 1`);
    for (const { status, least, most } of rows) {
      if (status === 'covered') expect(least).toBeGreaterThanOrEqual(95);
      if (status === 'partial') expect([least > 0, most < 95]).toEqual([true, true]);
      if (status === 'uncovered') expect(most).toBe(0);
      expect(most).toBeLessThanOrEqual(100);
    }
    const [sum] = await database.db.query<{ covered: number; population: number; census: number }>(sql`
      select sum(c.people_covered) as covered, sum(c.population) as population,
             (select sum(p.population) from admin_unit u cross join lateral population_at(u.id, ${day}::date) p
               where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${day}::date)) as census
        from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date where c.scope = 'any' and c.technology = '2G' and c.status <> 'unknown'`);
    expect(sum?.population).toBeLessThanOrEqual(sum?.census ?? 0);
    expect(sum?.covered).toBeLessThanOrEqual(sum?.population ?? 0);
  });

  it('leaves as gaps what it does not cover', async () => {
    const [row] = await database.db.query<{ both_km2: number; gaps: number }>(sql`
      select coalesce(sum(st_area(st_intersection(st_makevalid(g.geom), a.geom)::geography)) / 1e6, 0) as both_km2, count(distinct g.id) as gaps
        from gap g join coverage_run r on r.id = g.run_id and r.at = ${day}::date
        join checked_area a on a.run_id = g.run_id and a.operator_id = g.operator_id and a.technology = g.technology and st_intersects(a.geom, g.geom)
       where g.kind = 'gap' and g.technology = '2G'`);
    expect(row?.both_km2).toBeLessThan(0.01);
  });
});
