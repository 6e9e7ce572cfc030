import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommuneCoverageList, GapList, Summary } from '../../../server/contract/index.ts';
import { type RunSummary, runCoverage } from '../../../server/domains/coverage/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2008-12-31';
let database: TestDatabase;
let server: TestServer;
let run: RunSummary;

/** One site with one 2G station; `cells` false leaves it silent. */
async function insertSite(code: string, operator: string, lon: number, lat: number, cells = true): Promise<void> {
  await database.db.query(sql`
    with s as (insert into site (code, geom, valid_from, position_method) values (${code}, st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326), '2008-01-01', 'gps') returning id),
    t as (insert into station (site_id, operator_id, operator_code, commissioned) select s.id, o.id, ${code}, '2008-01-01' from s, operator o where o.code = ${operator} returning id)
    insert into cell (station_id, cell_code, technology, band_mhz, antenna_height_m, eirp_dbm, valid_from)
    select t.id, '2G-900-omni', '2G', 900, 45, 55, '2008-01-01' from t where ${cells}`);
}

beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  const near = await insertUnit(db, { code: '10001', box: [105.2, 21.3, 105.22, 21.32] });
  const far = await insertUnit(db, { code: '10002', box: [105.9, 21.3, 105.92, 21.32] });
  await insertUnit(db, { code: '10003', box: [105.22, 21.3, 105.24, 21.32] });
  await db.query(
    sql`insert into admin_stat (unit_id, year, population, source) values (${near}, 2009, 5000, 'test'), (${far}, 2009, 7000, 'test')`,
  );
  await db.query(
    sql`insert into operator (code, name, valid_from) values ('ONE', 'One', '2000-01-01'), ('TWIN', 'Twin', '2000-01-01'), ('SILENT', 'Silent', '2000-01-01')`,
  );
  await insertSite('S1', 'ONE', 105.21, 21.31);
  await insertSite('S2', 'TWIN', 105.21, 21.31);
  await insertSite('S3', 'SILENT', 105.21, 21.31, false);
  run = await runCoverage(db, database.revision, day);
  server = await startTestServer(db);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const ask = async (query: string): Promise<CommuneCoverageList> =>
  (await server.json<CommuneCoverageList>(`/api/v1/coverage/communes?at=${day}&technology=2G${query}`)).body;

describe('a commune', () => {
  it('of 2 × 2 km round a mast of 45 m is covered, one 70 km away is not', async () => {
    const { items } = await ask('&operator=ONE');
    expect(
      items.map(({ code, status, pct_pop, people_covered, centre_covered }) => ({
        code,
        status,
        pct_pop,
        people_covered,
        centre_covered,
      })),
    ).toEqual([
      { code: '10001', status: 'covered', pct_pop: 100, people_covered: 5_000, centre_covered: true },
      { code: '10002', status: 'uncovered', pct_pop: 0, people_covered: 0, centre_covered: false },
      expect.objectContaining({ code: '10003', status: 'unknown', people_covered: null }),
    ]);
  });

  it('without a known population is unknown, and in neither sum', async () => {
    const { items, totals } = await ask('&operator=ONE');
    expect(items[2]).toMatchObject({ code: '10003', population: null, unknown_reason: 'population' });
    expect(totals).toMatchObject({
      population: 12_000,
      people_covered: 5_000,
      communes: 3,
      communes_covered: 1,
      communes_unknown: 1,
    });
    expect(totals.pct_pop).toBeCloseTo(41.667, 2);
    expect(totals.area_km2).toBeCloseTo((items[0]?.area_km2 ?? 0) + (items[1]?.area_km2 ?? 0), 6);
  });
});

it('the overview has the covered commune, and the unknown one apart', async () => {
  const { body } = await server.json<Summary>(`/api/v1/summary?at=${day}`);
  expect(body.communes).toEqual({ total: 3, covered: 1, unknown: 1 });
});

describe('an operator', () => {
  it('without a cell covers 0 %, which is not unknown', async () => {
    const { items, totals } = await ask('&operator=SILENT');
    expect(
      items.slice(0, 2).map(({ status, pct_pop, area_covered_km2 }) => ({ status, pct_pop, area_covered_km2 })),
    ).toEqual([
      { status: 'uncovered', pct_pop: 0, area_covered_km2: 0 },
      { status: 'uncovered', pct_pop: 0, area_covered_km2: 0 },
    ]);
    expect(totals).toMatchObject({ people_covered: 0, pct_pop: 0, area_covered_km2: 0 });
  });

  it('on the same mast covers the same, and both together no more and no less than one', async () => {
    const [one, twin, any, two] = await Promise.all([
      ask('&operator=ONE'),
      ask('&operator=TWIN'),
      ask(''),
      ask('&scope=at_least_two'),
    ]);
    const figures = (list: CommuneCoverageList): unknown =>
      list.items.map(({ code, people_covered, area_covered_km2 }) => ({ code, people_covered, area_covered_km2 }));
    expect(figures(twin)).toEqual(figures(one));
    expect(figures(any)).toEqual(figures(one));
    expect(figures(two)).toEqual(figures(one));
    expect([one.scope, any.scope, two.scope]).toEqual(['operator', 'any', 'at_least_two']);
    expect(any.operator).toBeNull();
    const both = await server.json(`/api/v1/coverage/communes?at=${day}&technology=2G&operator=ONE&scope=any`);
    expect(both.status).toBe(400);
  });
});

describe('a day without a site', () => {
  const before = '2007-06-30';

  it('is 0 % of every technology, for an operator in force, any and at least two, and not unknown', async () => {
    await runCoverage(database.db, database.revision, before);
    for (const technology of ['2G', '3G', '4G', '5G']) {
      for (const whose of ['&operator=ONE', '', '&scope=at_least_two']) {
        const { items, totals } = (
          await server.json<CommuneCoverageList>(
            `/api/v1/coverage/communes?at=${before}&technology=${technology}${whose}`,
          )
        ).body;
        expect(items.map(({ status }) => status)).toEqual(['uncovered', 'uncovered', 'unknown']);
        expect(totals).toMatchObject({ population: 12_000, people_covered: 0, pct_pop: 0, area_covered_km2: 0 });
      }
    }
    await database.db.query(sql`delete from coverage_run where at = ${before}::date`);
  });
});

describe('a gap', () => {
  const then = '2008-09-30';

  it('has the nearest of the fibre nodes in service on the day of its run', async () => {
    const { db } = database;
    await db.query(sql`insert into fibre_network (code, name) values ('N', 'Net')`);
    await db.query(sql`
      insert into fibre_node (network_id, code, geom)
      select n.id, v.code, st_setsrid(st_makepoint(v.lon, 21.31), 4326) from fibre_network n, (values ('SINCE', 105.5), ('LATER', 105.91)) as v (code, lon)`);
    await db.query(sql`
      insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, valid_from)
      select a.network_id, v.code, a.id, b.id, st_makeline(a.geom, b.geom), 1000, v.since::date
        from (values ('OLD', 'SINCE', 'SINCE', '2000-01-01'), ('NEW', 'SINCE', 'LATER', '2010-01-01')) as v (code, start, finish, since)
        join fibre_node a on a.code = v.start join fibre_node b on b.code = v.finish`);
    await runCoverage(db, database.revision, then);
    const { body } = await server.json<GapList>(`/api/v1/coverage/gaps?at=${then}&technology=2G`);
    const gap = body.items.find(({ communes }) => communes.some(({ code }) => code === '10002'));
    expect(gap).toMatchObject({ nearest_node_code: 'SINCE' });
    expect(gap?.nearest_node_m).toBeGreaterThan(40_000);
    await db.query(sql`delete from coverage_run where at = ${then}::date`);
    await db.query(sql`delete from fibre_network`);
  });
});

describe('a run', () => {
  it('that is cancelled while it computes leaves the last one in place', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const cancelled = runCoverage(database.db, database.revision, day, {
      full: true,
      signal: controller.signal,
      onProgress: ({ stage }) => void (stage === 'levels' && controller.abort(reason)),
    });
    await expect(cancelled).rejects.toBe(reason);
    const late = new AbortController();
    const storing = runCoverage(database.db, database.revision, day, {
      signal: late.signal,
      onProgress: ({ stage, done_share }) => void (stage === 'store' && done_share > 0.9 && late.abort(reason)),
    });
    await expect(storing).rejects.toBe(reason);
    expect(await database.db.query(sql`select id from coverage_run`)).toEqual([{ id: run.run_id }]);
    expect(await database.db.query(sql`select distinct run_id from coverage_level`)).toEqual([{ run_id: run.run_id }]);
  });

  it('tells its progress, never falling, through all its stages', async () => {
    const seen: { stage: string; done_share: number }[] = [];
    run = await runCoverage(database.db, database.revision, day, {
      onProgress: (progress) => seen.push({ ...progress }),
    });
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['read', 'levels', 'figures', 'areas', 'store']);
    const shares = seen.map(({ done_share }) => done_share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect(Object.keys(run.milliseconds).sort()).toEqual(['areas', 'figures', 'levels', 'read', 'store']);
  });

  it('is stored with its model, parameters and thresholds, and told with every figure', async () => {
    const { run: told } = await ask('');
    expect(told).toMatchObject({ id: run.run_id, at: day, stale: false });
    expect(told?.model.length).toBeGreaterThan(3);
    expect(told?.thresholds).toMatchObject({ '2G': -95, '3G': -105, '4G': -110, '5G': -110 });
  });

  it('is stale as soon as the inventory changes, and the answer says so', async () => {
    await database.revision.change((tx) => tx.query(sql`update site set name = 'x' where code = 'S1'`));
    expect((await ask('')).run?.stale).toBe(true);
  });

  it('of the same day takes the place of the one before', async () => {
    const again = await runCoverage(database.db, database.revision, day);
    const rows = await database.db.query(sql`select id from coverage_run`);
    expect(rows).toEqual([{ id: again.run_id }]);
    expect((await ask('')).run).toMatchObject({ id: again.run_id, stale: false });
  });

  it('does not answer for a day whose communes it was not made for', async () => {
    const { run: none, items } = (
      await server.json<CommuneCoverageList>('/api/v1/coverage/communes?at=1990-01-01&technology=2G')
    ).body;
    expect(none).toBeNull();
    expect(items).toEqual([]);
    await expect(runCoverage(database.db, database.revision, '1990-01-01')).rejects.toThrow(/no communes in force/);
  });
});
