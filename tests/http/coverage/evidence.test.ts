import { deflateSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommuneEvidence, DisagreementList, MeasurementList } from '../../../server/contract/index.ts';
import { unprojectFromVn2000 } from '../../../server/platform/geo/index.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';
import { insertUnit } from '../../support/units.ts';

/**
 * A grid of 4 × 2 squares over two communes side by side, hand-made: 4G of Viettel in two bands, 3G without levels.
 * Value 129 is covered: required = -110 + 10.3 dBm, so value 1 is -163.7 dBm.
 */
const grid = { origin_e_m: 560_000, origin_n_m: 2_350_000, cols: 4, rows: 2, grid_m: 100, srid: 9208 };
const base_dbm = -163.7;
const low = [140, 128, 10, 0, 200, 129, 0, 0];
const high = [130, 129, 0, 0, 100, 100, 0, 50];

/** The middle of a square, in degrees. */
function middle(col: number, row: number): { lon: number; lat: number } {
  const easting_m = grid.origin_e_m + (col + 0.5) * grid.grid_m;
  const northing_m = grid.origin_n_m + (row + 0.5) * grid.grid_m;
  return unprojectFromVn2000({ easting_m, northing_m }, grid.srid);
}

let server: TestServer & { database: { db: TestServer['context']['db'] } };
let west: number;
let east: number;
const base = '/api/v1/coverage';
const at = '2025-12-31';

async function insertRun(): Promise<void> {
  const { db } = server.context;
  const thresholds = { '2G': -95, '3G': -105, '4G': -110, '5G': -110 };
  const parameters = { covered_from_pct: 95, shadowing_margin_db: 10.3 };
  await db.query(sql`
    insert into coverage_run (at, vintage, model, model_version, parameters, thresholds, inventory_revision, grid)
    values (${at}::date, '2025-07-01', 'by hand', '1', ${JSON.stringify(parameters)}::jsonb, ${JSON.stringify(thresholds)}::jsonb,
            (select revision from dataset_revision), ${JSON.stringify(grid)}::jsonb)`);
  for (const [band, values] of [
    [900, low],
    [1800, high],
  ] as const) {
    const levels = deflateSync(Uint8Array.from(values)).toString('base64');
    await db.query(sql`
      insert into coverage_level (run_id, operator_id, technology, band_mhz, base_dbm, step_db, levels, servers, cell_ids)
      select r.id, o.id, '4G', ${band}::float8, ${base_dbm}::float8, 0.5, decode(${levels}, 'base64'), ''::bytea, '{}'
        from coverage_run r, operator o where o.code = 'VIETTEL'`);
  }
  const results = JSON.stringify([
    { commune: west, scope: 'operator', status: 'partial', people: 800 },
    { commune: east, scope: 'operator', status: 'unknown', people: null },
    { commune: west, scope: 'any', status: 'partial', people: 900 },
  ]);
  await db.query(sql`
    insert into coverage_commune (run_id, scope, operator_id, technology, commune_id, population, people_covered, pct_pop, area_km2, area_covered_km2, pct_area, centre_covered, status, unknown_reason)
    select r.id, v.scope, case when v.scope = 'operator' then o.id end, '4G', v.commune, case when v.people is null then null else 1000 end, v.people,
           v.people / 10.0, 1, 0.5, 50, true, v.status, case when v.status = 'unknown' then 'population' end
      from coverage_run r, operator o, jsonb_to_recordset(${results}::jsonb) as v (commune bigint, scope text, status text, people integer)
     where o.code = 'VIETTEL'`);
}

async function insertEvidence(): Promise<void> {
  const { db } = server.context;
  const claims = JSON.stringify([
    { commune: west, technology: '4G', as_of: '2025-06-30', covered: false, pct: 50 },
    { commune: west, technology: '4G', as_of: '2025-12-01', covered: true, pct: null },
    { commune: west, technology: '4G', as_of: '2026-06-30', covered: false, pct: 10 },
    { commune: east, technology: '4G', as_of: '2025-12-01', covered: true, pct: 99 },
    { commune: west, technology: '5G', as_of: '2025-12-01', covered: true, pct: 99 },
  ]);
  await db.query(sql`
    insert into coverage_claim (operator_id, technology, commune_id, as_of, covered, pct_pop, source)
    select o.id, v.technology, v.commune, v.as_of, v.covered, v.pct, 'CV 12'
      from operator o, jsonb_to_recordset(${claims}::jsonb) as v (commune bigint, technology text, as_of date, covered boolean, pct float8)
     where o.code = 'VIETTEL'`);
  const points = JSON.stringify([
    { ...middle(0, 0), level: -95, at: '2025-11-10T08:00:00+07:00' }, // modelled 140: -94.2, covered
    { ...middle(1, 0), level: -115, at: '2025-11-10T08:01:00+07:00' }, // the band at 1800 MHz makes it 129: covered, measured below
    { ...middle(0, 1), level: -111, at: '2025-11-10T08:02:00+07:00' }, // 200: -64.2, covered, measured below
    { ...middle(1, 1), level: -110, at: '2025-11-10T08:03:00+07:00' }, // 129, at the threshold: not below it
    { ...middle(2, 0), level: -100, at: '2025-11-10T08:04:00+07:00' }, // 10: not covered, measured above
    { ...middle(3, 0), level: -125, at: '2025-11-10T08:05:00+07:00' }, // 0: no level
    { ...middle(9, 0), level: -90, at: '2025-11-10T08:06:00+07:00' }, // outside the grid
    { ...middle(0, 0), level: -120, at: '2023-11-10T08:00:00+07:00' }, // too old
    { ...middle(0, 0), level: -120, at: '2026-01-01T00:30:00+07:00' }, // the day after, in Vietnam
  ]);
  await db.query(sql`
    insert into measurement (operator_id, technology, geom, measured_at, level_dbm, source)
    select o.id, '4G', st_setsrid(st_makepoint(v.lon, v.lat), 4326), v.at, v.level, 'đo 11/2025'
      from operator o, jsonb_to_recordset(${points}::jsonb) as v (lon float8, lat float8, level float8, at timestamptz)
     where o.code = 'VIETTEL'`);
}

beforeAll(async () => {
  server = await startServerWithDatabase({ demo: false });
  const { db, revision } = server.context;
  const [south, border, north] = [middle(-2, -2), middle(1.5, 0), middle(12, 4)];
  const unit = { validFrom: '2025-07-01' };
  west = await insertUnit(db, { ...unit, code: '10001', box: [south.lon, south.lat, border.lon, north.lat] });
  east = await insertUnit(db, { ...unit, code: '10002', box: [border.lon, south.lat, north.lon, north.lat] });
  await insertRun();
  await insertEvidence();
  await revision.refresh();
});
afterAll(() => server.close());

const get = async <T>(path: string): Promise<T> => {
  const { status, body } = await server.json<T>(`${base}/${path}`);
  expect(status, path).toBe(200);
  return body;
};

describe('disagreements', () => {
  it('are one claim that the run does not bear out, and points below on squares that it covers', async () => {
    const list = await get<DisagreementList>(`disagreements?at=${at}`);
    expect(list.items.map(({ kind, commune_code }) => [kind, commune_code])).toEqual([
      ['claimed_not_modelled', '10001'],
      ['modelled_not_measured', '10001'],
    ]);
    expect(list).toMatchObject({
      numberMatched: 2,
      next_cursor: null,
      counts: { claimed_not_modelled: 1, modelled_not_measured: 1, points_below: 2 },
      // That of the unknown commune, and that of a technology without a run, contradict nothing.
      claims: 1,
      points: 6,
      measured_from: '2024-01-02',
    });
    expect(list.items[0]).toMatchObject({ declared_as_of: '2025-12-01', declared_pct_pop: null, people_covered: 800 });
    expect(list.items[1]).toMatchObject({ points: 4, points_below: 2, lowest_dbm: -115, threshold_dbm: -110 });
    const { lon, lat } = middle(1, 0);
    expect(list.items[1]?.lon).toBeCloseTo(lon, 6);
    expect(list.items[1]?.lat).toBeCloseTo(lat, 6);
  });

  it('come with how far the model is from what was measured', async () => {
    const { statistics } = await get<DisagreementList>(`disagreements?at=${at}`);
    // Modelled -94.2, -99.7, -64.2, -99.7, -159.2 against -95, -115, -111, -110, -100.
    const errors = [0.8, 15.3, 46.8, 10.3, -59.2];
    const mean = errors.reduce((sum, error) => sum + error, 0) / 5;
    const sd = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 4);
    expect(statistics).toEqual([
      {
        operator: 'VIETTEL',
        technology: '4G',
        points: 6,
        modelled_points: 5,
        mean_error_db: expect.closeTo(mean, 9) as number,
        sd_error_db: expect.closeTo(sd, 9) as number,
        covered_points: 4,
        covered_below: 2,
        uncovered_above: 1,
      },
    ]);
  });

  it('keep their place when only some are asked for, page by it, and are GeoJSON too', async () => {
    const [one] = (await get<DisagreementList>(`disagreements?at=${at}&kind=modelled_not_measured`)).items;
    expect(one?.id).toBe(2);
    const first = await get<DisagreementList>(`disagreements?at=${at}&limit=1`);
    expect(first.next_cursor).not.toBeNull();
    const next = await get<DisagreementList>(`disagreements?at=${at}&limit=1&cursor=${first.next_cursor}`);
    expect([next.items[0]?.id, next.next_cursor]).toEqual([2, null]);
    expect((await get<DisagreementList>(`disagreements?at=${at}&commune=10002`)).items).toEqual([]);
    expect((await get<DisagreementList>(`disagreements?at=${at}&operator=MOBIFONE`)).statistics).toEqual([]);
    const response = await server.fetch(`${base}/disagreements?at=${at}`, {
      headers: { Accept: 'application/geo+json' },
    });
    const { features } = (await response.json()) as { features: { geometry: { type: string } }[] };
    expect(features.map(({ geometry }) => geometry.type)).toEqual(['Point', 'Point']);
  });

  it('are none before anything was claimed or measured', async () => {
    expect(await get<DisagreementList>('disagreements?at=2001-01-01')).toMatchObject({
      items: [],
      counts: { claimed_not_modelled: 0, modelled_not_measured: 0, points_below: 0 },
      claims: 0,
      points: 0,
      run: null,
    });
  });

  it('follow an edit at once', async () => {
    const { db, revision } = server.context;
    await db.query(
      sql`update coverage_claim set covered = false, pct_pop = 94 where as_of = '2025-12-01' and commune_id = ${west} and technology = '4G'`,
    );
    await revision.refresh();
    expect((await get<DisagreementList>(`disagreements?at=${at}`)).counts.claimed_not_modelled).toBe(0);
    await db.query(sql`update coverage_claim set covered = true, pct_pop = null where pct_pop = 94`);
    await revision.refresh();
    expect((await get<DisagreementList>(`disagreements?at=${at}`)).counts.claimed_not_modelled).toBe(1);
  });
});

describe('evidence of a commune', () => {
  it('has declared, modelled and measured side by side, and unions only modelled', async () => {
    const { items, code } = await get<CommuneEvidence>(`communes/${west}?at=${at}`);
    expect(code).toBe('10001');
    expect(items.map(({ technology, scope, operator }) => [technology, scope, operator])).toEqual([
      ['4G', 'operator', 'VIETTEL'],
      ['4G', 'any', null],
      ['5G', 'operator', 'VIETTEL'],
    ]);
    expect(items[0]).toMatchObject({
      status: 'partial',
      people_covered: 800,
      declared: { covered: true, pct_pop: null, as_of: '2025-12-01', source: 'CV 12' },
      measured: {
        points: 4,
        below: 2,
        median_dbm: -110.5,
        modelled_points: 4,
        first: '2025-11-10',
        last: '2025-11-10',
      },
    });
    expect(items[1]).toMatchObject({ people_covered: 900, declared: null, measured: null });
    expect(items[2]).toMatchObject({ status: 'unknown', unknown_reason: 'not_computed', declared: { pct_pop: 99 } });
  });

  it.each([
    ['communes/999999', 404],
    ['communes/abc', 404],
  ])('%s → %i', async (path, status) => {
    expect((await server.json(`${base}/${path}`)).status).toBe(status);
    // The communes of this vintage were not there in 2008.
    expect((await server.json(`${base}/communes/${west}?at=2008-12-31`)).status).toBe(404);
  });
});

describe('measurements', () => {
  it('say what the run has on their square', async () => {
    const list = await get<MeasurementList>(`measurements?at=${at}&operator=VIETTEL&technology=4G`);
    expect(list.numberMatched).toBe(7);
    expect(
      list.items.map(({ level_dbm, modelled_dbm, modelled_covered }) => [level_dbm, modelled_dbm, modelled_covered]),
    ).toEqual([
      [-95, -94.2, true],
      [-115, -99.7, true],
      [-111, -64.2, true],
      [-110, -99.7, true],
      [-100, -159.2, false],
      [-125, null, false],
      [-90, null, null],
    ]);
    expect(list.items[0]).toMatchObject({
      threshold_dbm: -110,
      measured_at: '2025-11-10T01:00:00.000Z',
      source: 'đo 11/2025',
    });
  });

  it('are asked for by commune, by box (west, south, east, north), and page by page', async () => {
    expect((await get<MeasurementList>(`measurements?at=${at}&commune=10002`)).numberMatched).toBe(3);
    const { lon, lat } = middle(1, 0);
    const box = [lon - 1e-4, lat - 1e-4, lon + 1e-4, lat + 1e-4];
    expect(
      (await get<MeasurementList>(`measurements?at=${at}&bbox=${box.join()}`)).items.map((item) => item.level_dbm),
    ).toEqual([-115]);
    const first = await get<MeasurementList>(`measurements?at=${at}&limit=5`);
    const rest = await get<MeasurementList>(`measurements?at=${at}&limit=5&cursor=${first.next_cursor}`);
    expect([first.items.length, rest.items.length, rest.next_cursor]).toEqual([5, 2, null]);
    expect((await server.json(`${base}/measurements?operator=NOBODY`)).status).toBe(404);
    expect((await server.json(`${base}/measurements?cursor=x`)).status).toBe(400);
  });
});
