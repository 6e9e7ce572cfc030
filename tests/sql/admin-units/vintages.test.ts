import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
});
afterAll(() => database.close());

async function value<T>(statement: Parameters<TestDatabase['db']['query']>[0]): Promise<T> {
  const [row] = await database.db.query<{ value: T }>(statement);
  if (!row) throw new Error('no row');
  return row.value;
}

describe('the boundaries of the demo province', () => {
  it('are 13 districts and 277 communes until 2025-06-30, and 66 communes from the next day', async () => {
    const count = (level: string, day: string): Promise<number> =>
      value(
        sql`select count(*) as value from admin_unit where level = ${level} and is_valid_at(valid_from, valid_to, ${day}::date)`,
      );
    expect(await Promise.all(['province', 'district', 'commune'].map((level) => count(level, '2025-06-30')))).toEqual([
      1, 13, 277,
    ]);
    expect(await Promise.all(['province', 'district', 'commune'].map((level) => count(level, '2025-07-01')))).toEqual([
      1, 0, 66,
    ]);
  });

  it('fill each other: communes their district, districts the province, and both vintages the same ground', async () => {
    const rows = await database.db.query<{ name: string; own: number; parts: number; difference_ha: number }>(sql`
      select p.name || ' ' || p.valid_from as name, p.area_km2 as own, sum(c.area_km2) as parts,
             st_area(st_symdifference(p.geom, st_union(c.geom))::geography) / 1e4 as difference_ha
        from admin_unit p join admin_unit c on c.parent_id = p.id
       where p.geom is not null group by p.id order by p.id`);
    expect(rows).toHaveLength(15);
    for (const { name, own, parts, difference_ha } of rows) {
      expect(Math.abs(parts - own) / own, name).toBeLessThan(1e-6);
      expect(difference_ha, name).toBeLessThan(0.1);
    }
    const areas = await database.db.query<{ area: number }>(sql`
      select sum(area_km2) as area from admin_unit where level = 'commune' group by valid_from order by valid_from`);
    expect(Math.abs((areas[0]?.area ?? 0) - (areas[1]?.area ?? 1))).toBeLessThan(0.01);
  });

  it('have no two communes of one vintage on the same ground', async () => {
    const overlapping = await value<number>(sql`
      select count(*) as value from admin_unit a join admin_unit b on a.id < b.id and a.geom && b.geom
       where a.level = 'commune' and b.level = 'commune' and a.valid_from = b.valid_from
         and st_relate(a.geom, b.geom, '2********')`);
    expect(overlapping).toBe(0);
  });

  it('have a centre inside, and a parent of the same vintage', async () => {
    expect(await value(sql`select count(*) as value from admin_unit where not st_covers(geom, centre)`)).toBe(0);
    expect(
      await value(sql`
      select count(*) as value from admin_unit u left join admin_unit p on p.id = u.parent_id
       where u.level <> 'province' and (p.id is null or p.valid_from <> u.valid_from)`),
    ).toBe(0);
  });

  it('are linked from each old commune to its successor', async () => {
    const linked = await value<number>(sql`
      select count(distinct f.id) as value from admin_change c join admin_unit f on f.id = c.from_unit_id join admin_unit t on t.id = c.to_unit_id
       where f.level = 'commune' and t.level = 'commune' and f.valid_to = t.valid_from and c.changed_on = t.valid_from`);
    expect(linked).toBe(277);
  });

  it('give every site one commune in each vintage, and the one that contains it', async () => {
    const rows = await database.db.query<{ vintages: number; sites: number }>(sql`
      select k.vintages, count(*) as sites from (
        select s.id, (select count(*) from site_commune sc where sc.site_id = s.id) as vintages from site s) k group by k.vintages`);
    expect(rows).toEqual([{ vintages: 2, sites: await value(sql`select count(*) as value from site`) }]);
    expect(
      await value(sql`
      select count(*) as value from site_commune sc join site s on s.id = sc.site_id join admin_unit u on u.id = sc.commune_id
       where sc.method = 'contains' and not st_covers(u.geom, s.geom)`),
    ).toBe(0);
  });
});

describe('districts after their abolition', () => {
  it('district_of_code: the one in force, else the last that was, and which of both', async () => {
    const at = async (code: string, day: string): Promise<unknown[]> =>
      database.db.query(sql`select name, in_force from district_of_code(${code}, ${day}::date)`);
    expect(await at('237', '2008-12-31')).toEqual([{ name: 'Huyện Lâm Thao', in_force: true }]);
    expect(await at('237', '2025-06-30')).toEqual([{ name: 'Huyện Lâm Thao', in_force: true }]);
    expect(await at('237', '2025-07-01')).toEqual([{ name: 'Huyện Lâm Thao', in_force: false }]);
    expect(await at('999', '2008-12-31')).toEqual([]);
  });

  it('districts_at: all 13 on any day from their beginning', async () => {
    const at = (day: string): Promise<number> => value(sql`select count(*) as value from districts_at(${day}::date)`);
    expect(await Promise.all(['2007-04-09', '2025-06-30', '2025-07-01', '2030-01-01'].map(at))).toEqual([
      13, 13, 13, 13,
    ]);
    expect(await at('1990-01-01')).toBe(0);
  });

  it('population_at: the latest census not after the day, else the earliest', async () => {
    const at = async (day: string): Promise<unknown> =>
      (
        await database.db.query(sql`
        select p.year from admin_unit u cross join lateral population_at(u.id, ${day}::date) p where u.level = 'commune' and u.code = '07888' and u.valid_to is not null`)
      )[0];
    expect(await Promise.all(['2008-12-31', '2009-01-01', '2018-12-31', '2019-01-01', '2024-01-01'].map(at))).toEqual([
      { year: 2009 },
      { year: 2009 },
      { year: 2009 },
      { year: 2019 },
      { year: 2019 },
    ]);
  });
});

describe('is_valid_at', () => {
  it.each([
    ['2008-12-31', null, '2008-12-31', true],
    ['2008-12-31', null, '2008-12-30', false],
    ['2000-01-01', '2008-12-31', '2008-12-30', true],
    ['2000-01-01', '2008-12-31', '2008-12-31', false],
    [null, null, '1900-01-01', true],
  ])('from %s to %s on %s: %s', async (from, to, day, expected) => {
    expect(await value(sql`select is_valid_at(${from}::date, ${to}::date, ${day}::date) as value`)).toBe(expected);
  });
});
