import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommuneCoverageList, GapItem, GapList, UnitCoverageList } from '../../../server/contract/index.ts';
import { startServerWithDatabase } from '../../support/server.ts';
import { COVERAGE_DAYS } from '../../support/templates.ts';
import { insertUnit } from '../../support/units.ts';

let server: Awaited<ReturnType<typeof startServerWithDatabase>>;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

async function ask<T>(path: string): Promise<T> {
  const { status, body } = await server.json<T>(`/api/v1/coverage/${path}`);
  expect(status, path).toBe(200);
  return body;
}
const questions = ['technology=2G', 'technology=4G&scope=at_least_two', 'technology=2G&operator=VINAPHONE'];

describe.each(COVERAGE_DAYS)('figures as at %s', (day) => {
  it.each(questions)('of the province are the sums of the list, added up in the database: %s', async (question) => {
    const { totals, scope } = await ask<CommuneCoverageList>(`communes?at=${day}&${question}`);
    const {
      items,
      district_note,
      scope: unitScope,
    } = await ask<UnitCoverageList>(`units?at=${day}&${question}&level=province`);
    expect(items.length).toBe(1);
    expect([unitScope, district_note]).toEqual([scope, null]);
    for (const [name, value] of Object.entries(totals)) {
      const own = items[0]?.[name as keyof typeof totals] ?? null;
      if (value === null || own === null) expect(own, name).toBe(value);
      else expect(own, name).toBeCloseTo(value, 6);
    }
  });

  it.each(questions)('of the districts add up to those of the province: %s', async (question) => {
    const { items, district_note } = await ask<UnitCoverageList>(`units?at=${day}&${question}`);
    const [province] = (await ask<UnitCoverageList>(`units?at=${day}&${question}&level=province`)).items;
    expect(items.length).toBe(13);
    expect(district_note === null).toBe(day < '2025');
    const sum = (pick: (item: UnitCoverageList['items'][number]) => number): number =>
      items.reduce((total, item) => total + pick(item), 0);
    expect(sum(({ communes }) => communes)).toBe(province?.communes);
    expect(sum(({ people_covered }) => people_covered)).toBe(province?.people_covered);
    expect(sum(({ area_covered_km2 }) => area_covered_km2)).toBeCloseTo(province?.area_covered_km2 ?? 0, 6);
    expect(sum(({ people_at_least }) => people_at_least)).toBe(province?.people_at_least);
    expect(province?.people_at_least).toBeGreaterThanOrEqual(province?.people_covered ?? 0);
    for (const { people_low, people_covered, people_high, population } of items)
      expect(people_low <= people_covered && people_covered <= people_high && people_high <= population).toBe(true);
  });

  it('of at least two operators are within those of any', async () => {
    const any = await ask<CommuneCoverageList>(`communes?at=${day}&technology=2G`);
    const two = await ask<CommuneCoverageList>(`communes?at=${day}&technology=2G&scope=at_least_two`);
    any.items.forEach((item, i) => {
      const other = two.items[i];
      if (item.area_covered_km2 === null) return;
      expect(other?.area_covered_km2 ?? 0).toBeLessThanOrEqual(item.area_covered_km2 + 1e-6);
    });
  });
});

describe('gaps', () => {
  const question = 'at=2026-01-01&operator=VINAPHONE&technology=4G&limit=1000';

  it('can be asked for from a least area and number of people, and are then the larger ones', async () => {
    const all = await ask<GapList>(`gaps?${question}`);
    const some = await ask<GapList>(`gaps?${question}&min_area_km2=0.5&min_people=50`);
    expect(some.items.map(({ id }) => id)).toEqual(
      all.items.filter(({ area_km2, people }) => area_km2 >= 0.5 && people >= 50).map(({ id }) => id),
    );
    expect(some.numberMatched).toBeLessThan(all.numberMatched);
    expect((await server.json(`/api/v1/coverage/gaps?${question}&min_people=-1`)).status).toBe(400);
  });

  it('have villages only where the inventory has any: null is not none', async () => {
    const { items } = await ask<GapList>(`gaps?${question}`);
    expect(items.every(({ village_count, villages }) => village_count === null && villages === null)).toBe(true);
  });

  it('are found one by one with their outline, and a wrong id is not', async () => {
    const { items } = await ask<GapList>(`gaps?${question}`);
    const gap = await ask<GapItem & { geometry: { type: string }; at: string }>(`gaps/${items[0]?.id}`);
    expect(gap).toMatchObject({ ...items[0], at: '2026-01-01', geometry: { type: 'MultiPolygon' } });
    expect((await server.json('/api/v1/coverage/gaps/999999999')).status).toBe(404);
  });
});

describe('signal bands', () => {
  it('are in the tiles with their level and scope, of one operator or of any', async () => {
    const rows = await server.context.db.query<{ scope: string; operator: string | null; levels: number[] }>(sql`
      select t.scope, t.operator, array_agg(t.level_db order by t.level_db) as levels from tile_rows_coverage('2026-01-01', null) t
       where t.technology = '4G' group by 1, 2`);
    expect(rows.find(({ scope }) => scope === 'any')).toEqual({
      scope: 'any',
      operator: null,
      levels: [0, 10, 20, 30],
    });
    expect(rows.filter(({ scope }) => scope === 'operator').length).toBeGreaterThan(2);
    const { vector_layers } = (
      await server.json<{ vector_layers: { fields: Record<string, string> }[] }>('/tiles/coverage.json')
    ).body;
    expect(vector_layers[0]?.fields).toMatchObject({
      level_db: expect.any(String) as string,
      scope: expect.any(String) as string,
    });
  });
});

describe('a run of before levels were stored', () => {
  it('still answers, says so, and has no bands', async () => {
    const { db, revision } = server.context;
    const commune = await insertUnit(db, {
      code: '99999',
      box: [105, 21, 105.1, 21.1],
      validFrom: '1950-01-01',
      validTo: '1951-01-01',
    });
    await revision.change(async (tx) => {
      const [run] = await tx.query<{ id: number }>(sql`
        insert into coverage_run (at, vintage, model, model_version, parameters, thresholds, inventory_revision)
        values ('1950-06-01', '1950-01-01', 'old', '1', '{}', '{}', 1) returning id`);
      await tx.query(sql`
        insert into coverage_commune (run_id, scope, technology, commune_id, population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area, status)
        values (${run?.id}, 'any', '2G', ${commune}, 10, 5, 50, 2, 1, 50, 'partial')`);
    });
    const { run, items, totals } = await ask<CommuneCoverageList>('communes?at=1950-06-01&technology=2G');
    expect(run?.note).toMatch(/dải mức tín hiệu/);
    expect(items[0]).toMatchObject({ people_covered: 5, people_low: null, area_high_km2: null, pct_terrain: null });
    expect(totals).toMatchObject({ people_covered: 5, people_low: 0 });
    const newer = await ask<CommuneCoverageList>('communes?at=2026-01-01&technology=2G');
    expect(newer.run?.note).toBeNull();
    expect((await server.json('/tiles/coverage/8/202/112.mvt?at=1950-06-01')).status).toBe(204);
  });
});
