import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectLevels } from '../../../server/domains/coverage/earlier-run.ts';
import type { GridFrame } from '../../../server/domains/coverage/rules/grid.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { COVERAGE_DAYS } from '../../support/templates.ts';
import { cutAreas } from './cut-areas.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
});
afterAll(() => database.close());

describe.each(COVERAGE_DAYS)('the coverage run of %s', (day) => {
  it('covers of every commune what its polygons cover, within 1 % of the commune, for every operator and union', async () => {
    const rows = await cutAreas(database.db, day);
    expect(rows.length).toBeGreaterThan(day < '2025' ? 277 * 8 : 66 * 20);
    expect(rows.filter(({ stored, recomputed }) => Math.abs(stored - recomputed) > 1)).toEqual([]);
    // And without leaning to either side.
    expect(Math.abs(rows.reduce((sum, row) => sum + row.stored - row.recomputed, 0) / rows.length)).toBeLessThan(0.05);
    expect(rows.filter(({ covered_km2, area_km2 }) => covered_km2 > area_km2)).toEqual([]);
    for (const { stored, covered_km2, area_km2 } of rows) expect(stored).toBeCloseTo((100 * covered_km2) / area_km2, 6);
    expect(rows.some(({ stored }) => stored > 5 && stored < 95)).toBe(true);
  });

  it('has bands that are valid, lie inside each other and together weigh as much as is reasonable', async () => {
    const [row] = await database.db.query<{ bands: number; valid: boolean; outside: number; points: number }>(sql`
      select count(*) as bands, bool_and(st_isvalid(a.geom)) as valid, sum(st_npoints(a.geom)) as points,
             count(*) filter (where exists (
               select 1 from coverage_area w where w.run_id = a.run_id and w.scope = a.scope and w.technology = a.technology
                 and w.operator_id is not distinct from a.operator_id and w.level_db = a.level_db - 10 and w.area_km2 < a.area_km2)) as outside
        from coverage_area a join coverage_run r on r.id = a.run_id where r.at = ${day}::date`);
    expect(row).toMatchObject({ valid: true, outside: 0 });
    expect(row?.bands).toBeGreaterThan(day < '2025' ? 12 : 60);
    expect(row?.points).toBeLessThan(1_000_000);
  });

  it('stores levels whose covered squares are the people of the figures, counted anew', async () => {
    const [run] = await database.db.query<{ id: number; grid: GridFrame }>(
      sql`select id, grid from coverage_run where at = ${day}::date`,
    );
    if (!run) throw new Error('there is no run');
    const { layers } = await selectLevels(database.db, run.id, run.grid);
    expect(layers.length).toBeGreaterThan(2);
    for (const { levels, servers, cell_ids } of layers) {
      expect([levels.length, servers.length]).toEqual([run.grid.cols * run.grid.rows, run.grid.cols * run.grid.rows]);
      expect(
        servers.every((server, square) => server <= cell_ids.length && server > 0 === (levels[square] ?? 0) > 0),
      ).toBe(true);
    }
    const covered = (operatorId: number, technology: string): number => {
      const own = layers.filter((layer) => layer.operator_id === operatorId && layer.technology === technology);
      let count = 0;
      for (let square = 0; square < (own[0]?.levels.length ?? 0); square++)
        if (own.some(({ levels }) => (levels[square] ?? 0) >= 129)) count++;
      return count / 100;
    };
    const totals = await database.db.query<{
      operator_id: number;
      technology: string;
      km2: number;
      unknown: number;
    }>(sql`
      select operator_id, technology, coalesce(sum(area_covered_km2), 0) as km2, count(*) filter (where area_covered_km2 is null) as unknown
        from coverage_commune c where run_id = ${run.id} and scope = 'operator' group by 1, 2`);
    for (const { operator_id, technology, km2 } of totals.filter(({ unknown }) => unknown === 0))
      expect(Math.abs(covered(operator_id, technology) - km2)).toBeLessThan(0.005 * km2 + 0.5);
  });

  it('has an error band around every figure', async () => {
    const [row] = await database.db.query<{ wrong: number; wide: number }>(sql`
      select count(*) filter (where not (people_low <= people_covered and people_covered <= people_high and people_high <= population
               and area_low_km2 <= area_covered_km2 + 1e-6 and area_covered_km2 <= area_high_km2 + 1e-6 and area_high_km2 <= area_km2 + 1e-6)) as wrong,
             count(*) filter (where people_low < people_high) as wide
        from coverage_commune c join coverage_run r on r.id = c.run_id where r.at = ${day}::date and c.status <> 'unknown'`);
    expect(row?.wrong).toBe(0);
    expect(row?.wide).toBeGreaterThan(5);
  });

  it('is a union, never a sum: any operator covers at least what each covers, and at most all of them together', async () => {
    const [row] = await database.db.query<{ less: number; more: number; compared: number }>(sql`
      with one as (
        select c.commune_id, c.technology, max(c.area_covered_km2) as greatest, sum(c.area_covered_km2) as sum
          from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date where c.scope = 'operator' group by 1, 2
           having count(*) = count(c.area_covered_km2)
      )
      select count(*) as compared, count(*) filter (where c.area_covered_km2 < one.greatest - 1e-6) as less,
             count(*) filter (where c.area_covered_km2 > one.sum + 0.001 * c.area_km2) as more
        from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date join one using (commune_id, technology) where c.scope = 'any'`);
    expect(row).toMatchObject({ less: 0, more: 0 });
    expect(row?.compared).toBeGreaterThan(60);
  });

  it('is certain of at least as much of any operator as of each, in every commune, the unknown among them', async () => {
    const rows = await database.db.query<{
      status: string;
      compared: number;
      less: number;
      other: number;
      some: number;
    }>(sql`
      with c as (select c.* from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date)
      select a.status, count(*) as compared,
             count(*) filter (where a.people_at_least < o.people_at_least or a.area_at_least_km2 < o.area_at_least_km2 - 1e-6) as less,
             count(*) filter (where a.status <> 'unknown' and (a.people_at_least, a.area_at_least_km2) is distinct from (a.people_covered, a.area_covered_km2)) as other,
             count(*) filter (where a.people_at_least > 0 and a.area_at_least_km2 > 0) as some
        from c a join c o using (commune_id, technology) where a.scope = 'any' and o.scope = 'operator' group by a.status`);
    expect(rows.map(({ status }) => status)).toContain(day < '2025' ? 'covered' : 'unknown');
    for (const { status, less, other, some } of rows) {
      expect([status, less, other]).toEqual([status, 0, 0]);
      if (status !== 'uncovered') expect(some).toBeGreaterThan(5);
    }
  });

  it('calls a commune covered from 95 % of its people, and never more people than live there', async () => {
    const rows = await database.db.query<{ status: string; least: number; most: number; nothing: number }>(sql`
      select c.status, min(c.pct_pop) as least, max(c.pct_pop) as most, count(*) filter (where c.pct_pop = 0 and c.pct_area = 0) as nothing
        from coverage_commune c join coverage_run r on r.id = c.run_id and r.at = ${day}::date where c.status <> 'unknown' group by 1`);
    for (const { status, least, most, nothing } of rows) {
      if (status === 'covered') expect(least).toBeGreaterThanOrEqual(95);
      if (status === 'partial') expect([nothing, most < 95]).toEqual([0, true]);
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

  it('leaves as gaps what it does not cover, but for the edges of the squares', async () => {
    // On a fine grid: without one the embedded engine gives no row at all where edges nearly meet.
    const [row] = await database.db.query<{ both_km2: number; gaps_km2: number; edge_km: number }>(sql`
      with gap_piece as (
        select g.operator_id, g.technology, st_subdivide(st_makevalid(g.geom), 128) as geom
          from gap g join coverage_run r on r.id = g.run_id and r.at = ${day}::date where g.kind = 'gap'
      ),
      area_piece as (
        select a.operator_id, a.technology, st_subdivide(a.geom, 128) as geom
          from coverage_area a join coverage_run r on r.id = a.run_id and r.at = ${day}::date where a.scope = 'operator' and a.level_db = 0
      )
      select (select coalesce(sum(st_area(st_intersection(g.geom, a.geom, 1e-8)::geography)) / 1e6, 0)
                from gap_piece g join area_piece a using (operator_id, technology) where st_intersects(g.geom, a.geom)) as both_km2,
             sum(g.area_km2) as gaps_km2, sum(st_perimeter(g.geom::geography)) / 1000 as edge_km
        from gap g join coverage_run r on r.id = g.run_id and r.at = ${day}::date where g.kind = 'gap'`);
    expect(row?.gaps_km2).toBeGreaterThan(10);
    // An outline cuts corners off squares on both sides: an eighth of a square a side at the most.
    expect(row?.both_km2).toBeLessThan(0.0125 * (row?.edge_km ?? 0));
  });

  it('keeps as gaps, or in sums of what is too small or doubtful, every square that is not covered', async () => {
    const [run] = await database.db.query<{ id: number; grid: GridFrame }>(
      sql`select id, grid from coverage_run where at = ${day}::date`,
    );
    if (!run) throw new Error('there is no run');
    const { layers } = await selectLevels(database.db, run.id, run.grid);
    const subjects = await database.db.query<{
      operator_id: number;
      technology: string;
      km2: number;
      small: number;
    }>(sql`
      select u.operator_id, u.technology, u.small_area_km2 as small,
             u.small_area_km2 + u.doubtful_area_km2 + (
               select coalesce(sum(g.area_km2), 0) from gap g
                where g.run_id = u.run_id and g.operator_id = u.operator_id and g.technology = u.technology) as km2
        from unlisted_gaps u where u.run_id = ${run.id} and u.kind = 'gap'`);
    const wholes = subjects.map(({ operator_id, technology, km2 }) => {
      const own = layers.filter((layer) => layer.operator_id === operator_id && layer.technology === technology);
      let covered = 0;
      for (let square = 0; square < run.grid.cols * run.grid.rows; square++)
        if (own.some(({ levels }) => (levels[square] ?? 0) >= 129)) covered++;
      return covered / 100 + km2;
    });
    expect(wholes.length).toBeGreaterThan(3);
    expect(subjects.some(({ small }) => small > 0)).toBe(true);
    // What is covered and what is not make up the same ground for every subject, to the square.
    for (const whole of wholes) expect(whole).toBeCloseTo(wholes[0] ?? 0, 4);
  });

  it('tells what every cell was computed with', async () => {
    const [row] = await database.db.query<{
      cells: number;
      on_air: number;
      models: number;
      unsigned: number;
      certain: number;
    }>(sql`
      select count(*) as cells, count(distinct k.model) as models, count(*) filter (where k.used and k.signature = '') as unsigned,
             count(*) filter (where k.uncertainty_db = 0) as certain,
             (select count(*) from site s join station t on t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${day}::date)
                join cell c on c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${day}::date)
               where is_valid_at(s.valid_from, s.valid_to, ${day}::date) and site_status_at(s.status, s.valid_to, ${day}::date) = 'active') as on_air
        from coverage_cell k join coverage_run r on r.id = k.run_id where r.at = ${day}::date`);
    expect(row?.cells).toBe(row?.on_air);
    expect(row?.unsigned).toBe(0);
    expect(row?.models).toBeGreaterThan(0);
    expect(row?.certain).toBeGreaterThan(100);
  });
});
