import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunSummary, runCoverage } from '../../../server/domains/coverage/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2008-12-31';
/** Nothing of the inventory begins or ends between the days: its other runs are as good, and removed after use. */
const nextDay = '2009-01-01';
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  await db.query(sql`delete from operator`);
  await db.query(
    sql`insert into operator (code, name, valid_from) values ('ONE', 'One', '2000-01-01'), ('TWIN', 'Twin', '2000-01-01'), ('THIRD', 'Third', '2000-01-01')`,
  );
  for (const [code, west] of [
    ['10001', 105.2],
    ['10002', 105.25],
    ['10003', 105.3],
  ] as const) {
    const id = await insertUnit(db, { code, box: [west, 21.3, west + 0.05, 21.34] });
    await db.query(
      sql`insert into admin_stat (unit_id, year, population, source) values (${id}, 2008, ${code === '10003' ? 900 : 5000}, 'test')`,
    );
  }
  // Weak, so that each covers a part only; heights of ONE are not known: it has an error band.
  await insertSite('A', 'ONE', 105.21, ['2G', '4G'], null);
  await insertSite('B', 'ONE', 105.27, ['2G', '4G'], null);
  await insertSite('C', 'TWIN', 105.22, ['2G', '3G'], 30);
  await insertSite('D', 'TWIN', 105.32, ['2G', '4G'], 30);
  // So many cells that a change is one of few: a run takes levels over where little has changed.
  await insertSite('M', 'THIRD', 105.23, ['5G'], 30);
  await db.query(sql`
    insert into cell (station_id, cell_code, technology, azimuth_deg, beamwidth_deg, antenna_height_m, eirp_dbm, valid_from)
    select c.station_id, '5G-' || n, '5G', n * 6, 65, 30, 40, c.valid_from from cell c, generate_series(1, 50) n where c.technology = '5G'`);
});
afterAll(() => database.close());

async function insertSite(code: string, operator: string, lon: number, technologies: string[], height: number | null) {
  await database.db.query(sql`
    with s as (insert into site (code, geom, valid_from, position_method, environment)
                    values (${code}, st_setsrid(st_makepoint(${lon}::float8, 21.32), 4326), '2008-01-01', 'gps', 'suburban') returning id),
    t as (insert into station (site_id, operator_id, operator_code, commissioned)
          select s.id, o.id, ${code}, '2008-01-01' from s, operator o where o.code = ${operator} returning id)
    insert into cell (station_id, cell_code, technology, azimuth_deg, beamwidth_deg, antenna_height_m, eirp_dbm, valid_from)
    select t.id, technology, technology, 60, 65, ${height}::float8, 40, '2008-01-01' from t, unnest(${technologies}::text[]) as technology`);
}

const TABLES = [
  'coverage_commune',
  'coverage_area',
  'gap',
  'unlisted_gaps',
  'coverage_level',
  'coverage_spread',
  'coverage_cell',
];

/** Everything that is stored of a run, but for which run it is. */
async function storedOf({ run_id }: RunSummary): Promise<Record<string, string[]>> {
  const stored: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await database.db.query<{ row: string }>(sql`
      select (to_jsonb(e) - 'id' - 'run_id')::text as row from ${raw(table)} e where e.run_id = ${run_id} order by (to_jsonb(e) - 'id' - 'run_id')::text collate "C"`);
    stored[table] = rows.map(({ row }) => row);
  }
  return stored;
}

/** Keys that a run computed itself. */
async function computedIn({ run_id }: RunSummary): Promise<string[]> {
  const rows = await database.db.query<{ key: string }>(sql`
    select k.technology || ' ' || coalesce(o.code, k.scope) as key from coverage_key k left join operator o on o.id = k.operator_id
     where k.run_id = ${run_id} and k.computed_in = ${run_id} order by k.technology, o.code nulls last, k.scope`);
  return rows.map(({ key }) => key);
}

const ofSiteB = sql`station_id = any(array(select t.id from station t join site s on s.id = t.site_id where s.code = 'B'))`;

/** What is done one after the other, and what is to be computed anew for it. */
const edits: [what: string, keys: string[], edit: () => Promise<unknown>][] = [
  [
    'an azimuth, and a height that becomes known',
    ['2G ONE', '2G any', '2G at_least_two', '4G ONE', '4G any', '4G at_least_two'],
    () =>
      database.db.query(sql`
        update cell set azimuth_deg = case when technology = '4G' then 200 else azimuth_deg end,
                        antenna_height_m = case when technology = '2G' then 25 else antenna_height_m end
         where ${ofSiteB}`),
  ],
  [
    'a first site of a technology',
    ['3G THIRD', '3G any', '3G at_least_two'],
    () => insertSite('E', 'THIRD', 105.29, ['3G'], 20),
  ],
  [
    'a position that is doubted, and a station that ends',
    ['2G', '3G', '4G'].flatMap((technology) => [
      `${technology} TWIN`,
      `${technology} any`,
      `${technology} at_least_two`,
    ]),
    async () => {
      await database.db.query(sql`update site set position_flag = 'rounded', accuracy_m = 2000 where code = 'D'`);
      await database.db.query(sql`update station set decommissioned = '2008-12-01' where operator_code = 'C'`);
    },
  ],
  [
    'a name, a mast beside a gap and the fibre there',
    [],
    async () => {
      await database.db.query(sql`update site set name = 'x' where code = 'A'`);
      await database.db.query(
        sql`insert into site (code, geom, valid_from, position_method) values ('F', st_setsrid(st_makepoint(105.345, 21.301), 4326), '2008-01-01', 'gps')`,
      );
      await database.db.query(sql`
        with n as (insert into fibre_network (code, name) values ('NET', 'Net') returning id)
        insert into fibre_node (network_id, code, geom) select n.id, 'NODE', st_setsrid(st_makepoint(105.345, 21.302), 4326) from n`);
    },
  ],
];

describe('a run takes over what an earlier one computed from the same', () => {
  let run: RunSummary;
  beforeAll(async () => {
    run = await runCoverage(database.db, database.revision, day);
  });

  it('which the first one has none of', async () => {
    expect(run).toMatchObject({ compared_with: null, keys: 4 * 5, keys_taken_over: 0 });
    expect(await computedIn(run)).toHaveLength(4 * 5);
    const stored = await storedOf(run);
    expect(Object.entries(stored).filter(([, rows]) => rows.length < 4)).toEqual([]);
  });

  it.each(edits)('after %s, and is row for row what a run from scratch is', async (_what, keys, edit) => {
    await edit();
    const earlier = run;
    run = await runCoverage(database.db, database.revision, day);
    expect(run.compared_with).toBe(earlier.run_id);
    expect(await computedIn(run)).toEqual(keys);
    expect(run.keys - run.keys_taken_over).toBe(keys.length);
    const full = await runCoverage(database.db, database.revision, nextDay, { full: true });
    expect(full).toMatchObject({ compared_with: null, keys_taken_over: 0 });
    expect(await storedOf(run)).toEqual(await storedOf(full));
    await database.db.query(sql`delete from coverage_run where id = ${full.run_id}`);
  });

  it('but for everything when the people of a commune are others', async () => {
    await database.db.query(sql`update admin_stat set population = population + 1 where population = 900`);
    run = await runCoverage(database.db, database.revision, day);
    expect(run).toMatchObject({ keys: 4 * 5, keys_taken_over: 0 });
    expect(run.compared_with).not.toBeNull();
  });

  it('also of another day, and still says which run computed it', async () => {
    const other = await runCoverage(database.db, database.revision, nextDay);
    expect(other).toMatchObject({ compared_with: run.run_id, keys_taken_over: 4 * 5 });
    await database.db.query(sql`delete from coverage_run where id = ${run.run_id}`);
    const again = await runCoverage(database.db, database.revision, day);
    expect(again).toMatchObject({ compared_with: other.run_id, keys_taken_over: 4 * 5 });
    const rows = await database.db.query(
      sql`select distinct computed_in from coverage_key where run_id = ${again.run_id}`,
    );
    expect(rows).toEqual([{ computed_in: run.run_id }]);
  });

  it('or stores nothing, and says so, when the earlier run goes while it computes', async () => {
    const before = await database.db.query(sql`select id from coverage_run order by id`);
    let gone: Promise<unknown> | undefined;
    const computing = runCoverage(database.db, database.revision, day, {
      onProgress: ({ stage }) => {
        if (stage !== 'figures' || gone) return;
        gone = database.db.query(sql`delete from coverage_level`);
      },
    });
    await expect(computing).rejects.toThrow(/removed meanwhile/);
    await gone;
    expect(await database.db.query(sql`select id from coverage_run order by id`)).toEqual(before);
  });
});
