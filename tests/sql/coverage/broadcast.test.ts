import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BroadcastCommuneList, Problem, TransmitterList } from '../../../server/contract/index.ts';
import { type BroadcastSummary, runBroadcast } from '../../../server/domains/coverage/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { EDIT_TOKEN, startTestServer, type TestServer } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

const day = '2008-12-31';
let database: TestDatabase;
let server: TestServer;
let run: BroadcastSummary;

interface Made {
  code: string;
  service: 'fm' | 'am' | 'tv';
  mhz: number;
  from?: string;
  to?: string;
  digital?: boolean;
  threshold?: number;
}

/** 1 kW from 150 m in the middle of the first commune: the tabulated curve. */
function insertTransmitter({ code, service, mhz, from = '2000-01-01', to, digital = false, threshold }: Made) {
  return database.db.query(sql`
    insert into transmitter (code, name, service, frequency_mhz, erp_w, height_m, geom, valid_from, valid_to, digital, threshold_dbuv_m, declared_pct_pop, declared_source)
    values (${code}, ${`Đài ${code}`}, ${service}, ${mhz}, 1000, 150, st_setsrid(st_makepoint(105.21, 21.31), 4326), ${from}::date, ${to ?? null}::date,
            ${digital}, ${threshold ?? null}::float8, 90, 'BC 2008')`);
}

beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  const near = await insertUnit(db, { code: '10001', box: [105.2, 21.3, 105.22, 21.32] });
  const far = await insertUnit(db, { code: '10002', box: [105.9, 21.3, 105.92, 21.32] });
  await insertUnit(db, { code: '10003', box: [105.22, 21.3, 105.24, 21.32] });
  const province = await insertUnit(db, { level: 'province', code: '25', box: [105.2, 21.3, 105.92, 21.32] });
  await db.query(sql`
    insert into admin_stat (unit_id, year, population, source) values (${near}, 2009, 5000, 'test'), (${far}, 2009, 7000, 'test')`);
  await db.query(sql`
    insert into indicator_value (unit_id, year, indicator, value, unit_of_measure, kind, source)
    values (${province}, 2008, 'television_coverage.area_percent', 80, 'percent', 'reported', 'BC 2008'),
           (${province}, 2007, 'television_coverage.area_percent', 70, 'percent', 'reported', 'BC 2007'),
           (${province}, 2009, 'television_coverage.area_percent', 85, 'percent', 'reported', 'BC 2009'),
           (${province}, 2008, 'radio_coverage.populated_area_percent', 100, 'percent', 'reported', 'BC 2008'),
           (${province}, 2008, 'bts_sites', 400, 'site', 'reported', 'BC 2008')`);
  await insertTransmitter({ code: 'F1', service: 'fm', mhz: 100 });
  await insertTransmitter({ code: 'F2', service: 'fm', mhz: 100 });
  await insertTransmitter({ code: 'A1', service: 'am', mhz: 0.684 });
  await insertTransmitter({ code: 'T1', service: 'tv', mhz: 674, digital: true });
  await insertTransmitter({ code: 'LATER', service: 'fm', mhz: 100, from: '2009-01-01' });
  await insertTransmitter({ code: 'ENDED', service: 'fm', mhz: 100, to: day });
  run = await runBroadcast(db, database.revision, day);
  server = await startTestServer(db);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const transmitters = async (query = ''): Promise<TransmitterList> => {
  const { status, body } = await server.json<TransmitterList>(`/api/v1/broadcast/transmitters?at=${day}${query}`);
  expect(status).toBe(200);
  return body;
};
const union = ({ unions }: TransmitterList, service: string) => unions.find((one) => one.service === service);

describe('a run', () => {
  it('computes those on air that day, and tells how many it could not', () => {
    expect(run).toMatchObject({ at: day, transmitters: 4, not_computed: 2 });
  });

  it('is told with every figure: model, parameters, and that there was no terrain', async () => {
    const list = await transmitters();
    expect(list.run).toMatchObject({
      id: run.run_id,
      model: 'itu-r-p1546-6',
      terrain_source: null,
      stale: false,
      for_other_day: false,
    });
    expect(list.run?.parameters).toMatchObject({ receiver_height_m: 10, time_pct: 50, max_distance_km: 100 });
  });

  it('serves 2 × 2 km round a mast by the tabulated curve and not a commune 70 km away', async () => {
    const { body } = await server.json<BroadcastCommuneList>(`/api/v1/broadcast/communes?at=${day}&service=fm`);
    expect(
      body.items.map(({ code, population, people_covered, pct_pop }) => [code, population, people_covered, pct_pop]),
    ).toEqual([
      ['10001', 5000, 5000, 100],
      ['10002', 7000, 0, 0],
      ['10003', null, null, null],
    ]);
    expect(body.items[2]).toMatchObject({ pct_area: 100 });
  });

  it('knows no figure of a service that was not computed', async () => {
    const { body } = await server.json<BroadcastCommuneList>(`/api/v1/broadcast/communes?at=${day}&service=tv`);
    expect(body.items.map(({ people_covered, pct_area }) => [people_covered, pct_area])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
  });
});

describe('transmitters', () => {
  it('are listed with what is computed beside what is declared, and why there is no figure', async () => {
    const list = await transmitters();
    expect(list.items.map(({ code, reason }) => [code, reason])).toEqual([
      ['A1', 'am_not_modelled'],
      ['F1', null],
      ['F2', null],
      ['T1', 'no_threshold'],
    ]);
    expect(list.items[1]).toMatchObject({
      people_covered: 5000,
      population: 12_000,
      declared_pct_pop: 90,
      declared_pct_area: null,
      declared_source: 'BC 2008',
      threshold_dbuv_m: 54,
      threshold_urban_dbuv_m: 66,
      flags: ['no_terrain', 'threshold_by_surroundings'],
    });
  });

  it('that are alike serve what one serves', async () => {
    const list = await transmitters('&service=fm');
    const [one, two] = list.items;
    const all = union(list, 'fm');
    for (const key of ['people_covered', 'area_covered_km2', 'pct_pop', 'pct_area'] as const) {
      expect(two?.[key]).toBe(one?.[key]);
      expect(all?.[key]).toBe(one?.[key]);
    }
    expect(all?.transmitters).toBe(2);
    expect(list.unions).toHaveLength(1);
  });

  it('of a service stand beside the latest reported figures not after the year', async () => {
    const list = await transmitters();
    expect(union(list, 'tv')?.declared).toEqual([
      {
        indicator: 'television_coverage.area_percent',
        value: 80,
        unit_of_measure: 'percent',
        year: 2008,
        source: 'BC 2008',
      },
    ]);
    expect(union(list, 'fm')?.declared.map(({ indicator }) => indicator)).toEqual([
      'radio_coverage.populated_area_percent',
    ]);
    expect(union(list, 'am')).toMatchObject({ reason: 'am_not_modelled', people_covered: null, population: 12_000 });
  });

  it('page by code', async () => {
    const first = await transmitters('&limit=3');
    expect(first).toMatchObject({ numberMatched: 4, numberReturned: 3 });
    const rest = await transmitters(`&limit=3&cursor=${first.next_cursor}`);
    expect(rest.items.map(({ code }) => code)).toEqual(['T1']);
    expect(rest.next_cursor).toBeNull();
  });

  it('are points in GeoJSON, lon before lat', async () => {
    const response = await server.fetch(`/api/v1/broadcast/transmitters?at=${day}&service=am`, {
      headers: { Accept: 'application/geo+json' },
    });
    const { features } = (await response.json()) as { features: { geometry: { coordinates: number[] } }[] };
    expect(features[0]?.geometry.coordinates).toEqual([105.21, 21.31]);
  });

  it.each(['service=radio', 'at=2008-13-01', 'limit=0', 'cursor=x', 'operator=VTV'])('refuse %s', async (query) => {
    const { status } = await server.json(`/api/v1/broadcast/transmitters?${query}`);
    expect(status).toBe(400);
  });
});

describe('areas', () => {
  it('have the area of their polygons, but for the outer edge, where squares of 100 m end off the boundary', async () => {
    const rows = await database.db.query<{ stored: number; drawn: number; valid: boolean }>(sql`
      select area_covered_km2 as stored, st_area(geom::geography) / 1e6 as drawn, st_isvalid(geom) as valid from broadcast_area where geom is not null`);
    expect(rows).toHaveLength(3);
    for (const { stored, drawn, valid } of rows) {
      expect(valid).toBe(true);
      expect(Math.abs(stored - drawn)).toBeLessThan(0.01 * drawn);
    }
  });

  it('are the rows of the tile layer: by transmitter, and any of a service', async () => {
    const rows = await database.db.query<{
      service: string;
      transmitter: string | null;
      threshold_dbuv_m: number | null;
    }>(sql`
      select service, transmitter, threshold_dbuv_m from tile_rows_broadcast(${day}::date, null) order by transmitter nulls last`);
    expect(rows).toEqual([
      { service: 'fm', transmitter: 'F1', threshold_dbuv_m: 54 },
      { service: 'fm', transmitter: 'F2', threshold_dbuv_m: 54 },
      { service: 'fm', transmitter: null, threshold_dbuv_m: null },
    ]);
    const none = await database.db.query(sql`select * from tile_rows_broadcast(${day}::date, array[]::bigint[])`);
    expect(none).toEqual([]);
    const before = await database.db.query(sql`select * from tile_rows_broadcast('1990-01-01'::date, null)`);
    expect(before).toEqual([]);
  });

  it('are in a tile of the map', async () => {
    expect((await server.fetch(`/tiles/broadcast/8/202/112.mvt?at=${day}`)).status).toBe(200);
    expect((await server.fetch(`/tiles/broadcast/8/202/112.mvt?operator=X`)).status).toBe(400);
  });
});

describe('POST /broadcast/runs', () => {
  const post = (body: object, token: string | null = EDIT_TOKEN) =>
    server.json<{ run_id: number } & Problem>('/api/v1/broadcast/runs', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });

  it('needs the edit token and a day', async () => {
    expect((await post({ at: day }, null)).status).toBe(401);
    expect((await post({ at: day }, 'a-wrong-token-0123456789')).status).toBe(403);
    expect((await post({ at: 'yesterday' })).status).toBe(400);
  });

  it('says so when there is nothing to compute', async () => {
    const { status, body } = await post({ at: '1990-01-01' });
    expect(status).toBe(409);
    expect(body.type).toBe('urn:phusong:problem:no-communes');
    expect(body.detail).toContain('no communes in force');
  });

  it('takes the place of the run of that day, one at a time', async () => {
    await database.revision.change((tx) => tx.query(sql`update transmitter set erp_w = 2000 where code = 'F2'`));
    expect((await transmitters()).run).toMatchObject({ id: run.run_id, stale: true });
    const both = await Promise.all([post({ at: day }), post({ at: day })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const list = await transmitters();
    expect(list.run).toMatchObject({ stale: false });
    expect(list.run?.id).toBe(both.find(({ status }) => status === 200)?.body.run_id);
    expect(await database.db.query(sql`select count(*)::int as runs from broadcast_run`)).toEqual([{ runs: 1 }]);
  });
});

describe('another day', () => {
  it('is answered by the run there is, which says whose day it is', async () => {
    const { body } = await server.json<TransmitterList>('/api/v1/broadcast/transmitters?at=2009-06-01&service=fm');
    expect(body.run).toMatchObject({ at: day, for_other_day: true, stale: true });
    expect(body.items.map(({ code, reason }) => [code, reason])).toEqual([
      ['F1', null],
      ['F2', null],
      ['LATER', 'not_computed'],
    ]);
  });

  it('of other communes has no run: figures are not known', async () => {
    const { body } = await server.json<TransmitterList>('/api/v1/broadcast/transmitters?at=2001-01-01');
    expect(body.run).toBeNull();
    expect(new Set(body.items.map(({ reason }) => reason))).toEqual(new Set(['not_computed']));
    expect(body.items[0]).toMatchObject({ population: null, people_covered: null, pct_pop: null });
    expect(body.unions.every(({ reason }) => reason === 'not_computed')).toBe(true);
  });
});
