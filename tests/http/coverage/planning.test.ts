import { inflateSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CommuneCoverageList,
  CoverageSpot,
  PlannedChange,
  Problem,
  RadioPath,
  SiteDetail,
  SiteItem,
  SiteList,
  SuggestRequest,
  SuggestResult,
  WhatIfRequest,
  WhatIfResult,
} from '../../../server/contract/index.ts';
import { startServerWithDatabase } from '../../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerWithDatabase>>;
const at = '2026-01-01';

let server: Server;
let sites: SiteItem[];
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
  const { body } = await server.json<SiteList>(`/api/v1/sites?at=${at}&operator=MOBIFONE&technology=4G&limit=1000`);
  sites = body.items.filter(({ position_flag, status }) => position_flag === null && status === 'active');
});
afterAll(() => server.close());

function post<T>(path: string, body: unknown, language = 'en') {
  return server.json<T>(`/api/v1/coverage/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    body: JSON.stringify(body),
  });
}

async function whatIf(changes: PlannedChange[], also: Partial<WhatIfRequest> = {}): Promise<WhatIfResult> {
  const request = { operator: 'MOBIFONE', technology: '4G', at, changes, ...also };
  const { status, body } = await post<WhatIfResult>('what-if', request);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const siteNo = (index: number): SiteItem => sites[index % sites.length] as SiteItem;

/** A site where an operator is not. */
async function siteWithout(operator: string): Promise<SiteItem> {
  const { body } = await server.json<SiteList>(`/api/v1/sites?at=${at}&limit=1000`);
  const site = body.items.find(
    (one) => one.operators.length > 0 && !one.operators.includes(operator) && one.position_flag === null,
  );
  if (!site) throw new Error('the demo has no such site');
  return site;
}

describe('POST /coverage/what-if', () => {
  it.each([
    ['MOBIFONE', '4G'],
    ['VIETTEL', '2G'],
    ['VINAPHONE', '5G'],
    [undefined, '4G'],
    [undefined, '5G'],
  ] as const)('begins with the figures of the communes: %s %s', async (operator, technology) => {
    const query = `at=${at}&technology=${technology}${operator ? `&operator=${operator}` : ''}`;
    const { body: communes } = await server.json<CommuneCoverageList>(`/api/v1/coverage/communes?${query}`);
    expect(communes.run?.stale).toBe(false);
    const { lon, lat } = siteNo(3);
    const request = { technology, at, changes: [{ kind: 'add', lon, lat }], ...(operator ? { operator } : {}) };
    const { body } = await post<WhatIfResult>('what-if', request);
    const { people_covered, population, area_covered_km2, area_km2 } = communes.totals;
    expect(body.before).toMatchObject({ people_covered, population });
    expect(body.before.area_covered_km2).toBeCloseTo(area_covered_km2, 5);
    expect(body.before.area_km2).toBeCloseTo(area_km2, 5);
    expect(body.after.population).toBeGreaterThanOrEqual(population);
    expect(body.after.area_km2).toBeGreaterThanOrEqual(body.before.area_km2);
  });

  it('lists the communes that change, and they add up to the difference', async () => {
    const changes: PlannedChange[] = [siteNo(5), siteNo(90), siteNo(200)].map(({ id }) => ({
      kind: 'remove',
      site_id: id,
    }));
    const { communes, delta, before, after } = await whatIf(changes);
    expect(delta.people).toBeLessThan(0);
    const both = communes.filter((one) => one.status_before !== 'unknown' && one.status_after !== 'unknown');
    const sum = (of: (one: (typeof both)[number]) => number): number => both.reduce((total, one) => total + of(one), 0);
    expect(sum((one) => (one.people_after ?? 0) - (one.people_before ?? 0))).toBe(delta.people);
    expect(sum((one) => (one.area_after_km2 ?? 0) - (one.area_before_km2 ?? 0))).toBeCloseTo(delta.area_km2, 5);
    const all = communes.reduce((total, one) => total + (one.people_after ?? 0) - (one.people_before ?? 0), 0);
    expect(after.people_covered - before.people_covered).toBe(all);
    for (const one of communes) {
      expect(one.name).not.toBe('');
      expect(one.people_after !== one.people_before || one.area_after_km2 !== one.area_before_km2).toBe(true);
    }
  });

  it('changes nothing where nothing changes in the end', async () => {
    const absent = await siteWithout('MOBIFONE');
    const { id, lon, lat } = siteNo(11);
    const nothing = { people: 0, area_km2: 0 };
    const back: PlannedChange[] = [
      { kind: 'move', site_id: id, lon: lon + 0.02, lat },
      { kind: 'move', site_id: id, lon, lat },
    ];
    const gone: PlannedChange[] = [
      { kind: 'add', site_id: absent.id },
      { kind: 'remove', site_id: absent.id },
    ];
    for (const operator of ['MOBIFONE', undefined]) {
      const { delta, communes } = await whatIf(back, operator ? { operator } : { operator: undefined as never });
      expect([delta, communes]).toEqual([nothing, []]);
    }
    expect((await whatIf(gone)).delta).toEqual(nothing);
  });

  it('takes switching off as leaving, and two identical additions as one', async () => {
    const site_id = siteNo(40).id;
    const [off, removed] = await Promise.all([
      whatIf([{ kind: 'off', site_id }]),
      whatIf([{ kind: 'remove', site_id }]),
    ]);
    expect({ ...off, warnings: [] }).toEqual({ ...removed, warnings: [] });
    const { lon, lat } = siteNo(60);
    const add: PlannedChange = { kind: 'add', lon: lon + 0.015, lat: lat + 0.01, eirp_dbm: 40 };
    const [once, twice] = await Promise.all([whatIf([add]), whatIf([add, add])]);
    expect(twice.after).toEqual(once.after);
  });

  it('says in the language of the reader which defaults it took, and draws what is asked for', async () => {
    const { lon, lat } = siteNo(70);
    const changes: PlannedChange[] = [{ kind: 'add', lon: lon + 0.01, lat }];
    const { taken, warnings, gained, lost } = await whatIf(changes, { area: true, technology: '5G' });
    const values = { antenna_height_m: 30, band_mhz: 3500, eirp_dbm: 30.2, azimuths_deg: [0, 120, 240] };
    expect(taken).toEqual([{ change_no: 1, ...values }]);
    expect(warnings.join()).toMatch(/height is the default, 30 m.*band.*3,500 MHz.*EIRP.*30\.2 dBm.*0°, 120° and 240°/);
    expect(gained?.type).toBe('MultiPolygon');
    expect(lost?.coordinates).toEqual([]);
    const request = { operator: 'MOBIFONE', technology: '5G', at, changes };
    const { body } = await post<WhatIfResult>('what-if', request, 'vi');
    expect(body.warnings.join()).toMatch(/băng tần lấy mặc định 3\.500 MHz/);
    expect(body.gained).toBeNull();
  });

  it.each([
    ['an unknown operator', { operator: 'NOBODY' }, '/operator'],
    ['an unknown site', { changes: [{ kind: 'off', site_id: 999_999 }] }, '/changes/0/site_id'],
    ['nothing at all', { changes: [] }, '/changes'],
    ['an unknown kind', { changes: [{ kind: 'paint', site_id: 1 }] }, '/changes/0/kind'],
    ['an addition nowhere', { changes: [{ kind: 'add' }] }, '/changes/0/lon'],
    ['an addition in another province', { changes: [{ kind: 'add', lon: 106.7, lat: 20.8 }] }, '/changes/0/lon'],
    [
      'a mast of a kilometre',
      { changes: [{ kind: 'add', lon: 105, lat: 21, antenna_height_m: 1_000 }] },
      '/changes/0/antenna_height_m',
    ],
    ['an unknown member', { colour: 'red' }, '/colour'],
  ])('refuses %s with a pointer to it', async (_what, wrong, pointer) => {
    const changes = [{ kind: 'off', site_id: siteNo(0).id }];
    const request = { operator: 'MOBIFONE', technology: '4G', at, changes, ...wrong };
    const { status, body } = await post<Problem>('what-if', request);
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('refuses a band that is not of the technology once, not for each of the sectors', async () => {
    const changes: PlannedChange[] = [{ kind: 'add', lon: 105.1, lat: 21.2, band_mhz: 1 }];
    const { status, body } = await post<Problem>('what-if', { operator: 'VIETTEL', technology: '4G', at, changes });
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.pointer)).toEqual(['/changes/0/band_mhz']);
  });

  it('refuses a site where the operator is not, and a move across the country', async () => {
    const { id } = await siteWithout('MOBIFONE');
    const ask = (changes: PlannedChange[]) =>
      post<Problem>('what-if', { operator: 'MOBIFONE', technology: '4G', at, changes });
    const absent = await ask([{ kind: 'remove', site_id: id }]);
    expect(absent).toMatchObject({ status: 400, body: { errors: [{ pointer: '/changes/0/site_id', value: id }] } });
    const [west, east] = [...sites]
      .sort((a, b) => a.lat - b.lat)
      .filter((_, i, all) => i === 0 || i === all.length - 1);
    const far = await ask([{ kind: 'move', site_id: west?.id ?? 0, lon: east?.lon ?? 0, lat: east?.lat ?? 0 }]);
    expect(far).toMatchObject({ status: 400, body: { errors: [{ pointer: '/changes/0/lon' }] } });
    expect(far.body.detail).toMatch(/at most 50 km/);
  });
});

describe('POST /coverage/suggest', () => {
  const suggest = async (also: Partial<SuggestRequest> = {}): Promise<SuggestResult> => {
    const request = { operator: 'VIETNAMOBILE', technology: '4G', at, count: 3, ...also };
    const { status, body } = await post<SuggestResult>('suggest', request);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };

  it('does not hold up what others ask', async () => {
    // Both threads know the day and the subjects: nothing but the questions themselves is left.
    await Promise.all([suggest({ count: 1 }), whatIf([{ kind: 'off', site_id: siteNo(1).id }])]);
    let answered = 0;
    const suggestions = suggest({ count: 8, operator: 'GMOBILE', technology: '2G' }).then(() => answered++);
    await whatIf([{ kind: 'off', site_id: siteNo(2).id }]);
    const { lon, lat } = siteNo(2);
    await server.json(`/api/v1/coverage/spot?at=${at}&lon=${lon}&lat=${lat}`);
    expect(answered).toBe(0);
    await suggestions;
  });

  it('ranks sites that gain, together, what a what-if of them says', async () => {
    const { items, people_gained, bound, candidates, before } = await suggest();
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(candidates.share).toBeGreaterThan(10);
    // Not every place of the province is weighed, and it is said.
    expect(candidates.left_out).toBeGreaterThan(0);
    expect(bound.at_most_people).toBeGreaterThanOrEqual(people_gained);
    expect(bound.guarantee).toBeGreaterThan(0.4);
    expect(bound.guarantee).toBeLessThanOrEqual(1 - 1 / Math.E);
    const changes = items.map(
      ({ site_id, lon, lat, antenna_height_m }): PlannedChange =>
        site_id === null ? { kind: 'add', lon, lat, antenna_height_m } : { kind: 'add', site_id, antenna_height_m },
    );
    const { delta, before: same } = await whatIf(changes, { operator: 'VIETNAMOBILE' });
    expect(delta.people).toBe(people_gained);
    expect(items.reduce((sum, item) => sum + item.people_gained, 0)).toBe(people_gained);
    expect(delta.area_km2).toBeCloseTo(
      items.reduce((sum, item) => sum + item.area_gained_km2, 0),
      4,
    );
    expect(before).toEqual(same);
  });

  it('says how far the nearest mast and the nearest fibre are, geodesically', async () => {
    const { items } = await suggest({ sharing: 'never' });
    for (const { lon, lat, nearest_mast_m, nearest_fibre_m, nearest_fibre_code, kind, site_id } of items) {
      expect([kind, site_id]).toEqual(['new', null]);
      const [row] = await server.database.db.query<{ mast: number; fibre: number; codes: string[] }>(sql`
        with p as (select st_setsrid(st_makepoint(${lon}, ${lat}), 4326)::geography as point),
        fibre as (
          select code, st_distance(geom::geography, p.point) as metres from fibre_node, p where status = 'operational'
          union all
          select code, st_distance(geom::geography, p.point) from fibre_span, p
           where status = 'operational' and is_valid_at(valid_from, valid_to, ${at}::date))
        select (select min(st_distance(s.geom::geography, p.point)) from site s, p
                 where is_valid_at(s.valid_from, s.valid_to, ${at}::date) and site_status_at(s.status, s.valid_to, ${at}::date) <> 'removed') as mast,
               (select min(metres) from fibre) as fibre,
               array(select code from fibre where metres <= (select min(metres) + 0.01 from fibre)) as codes`);
      expect(nearest_mast_m).toBeCloseTo(row?.mast ?? 0, 1);
      expect(nearest_mast_m).toBeGreaterThan(95);
      expect(nearest_fibre_m).toBeCloseTo(row?.fibre ?? 0, 1);
      expect(row?.codes).toContain(nearest_fibre_code);
    }
  });

  it('shares only masts where the operator is absent, and stays in the district asked for', async () => {
    const { items, candidates } = await suggest({ sharing: 'only', district: '240' });
    expect(candidates).toMatchObject({ new: 0, left_out: 0 });
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(item.nearest_mast_m).toBeCloseTo(0, 1);
      const { body } = await server.json<SiteDetail>(`/api/v1/sites/${item.site_id}?at=${at}`);
      expect(body).toMatchObject({ code: item.site_code });
      expect(body.operators.includes('VIETNAMOBILE')).toBe(item.kind === 'own');
    }
    const { body } = await server.json<CommuneCoverageList>(
      `/api/v1/coverage/communes?at=${at}&technology=4G&district=240`,
    );
    const codes = body.items.map(({ code }) => code);
    for (const item of items) expect(codes).toContain(item.commune_code);
  });

  it('add the technology at sites of the operator that do not have it, and a what-if of them says the same', async () => {
    const asked = { operator: 'VIETTEL', technology: '5G' } as const;
    const { items, candidates, people_gained } = await suggest({ ...asked, sharing: 'only', count: 10 });
    const without = await server.database.db.query<{ id: number }>(sql`
      select distinct s.id from site s join station t on t.site_id = s.id join operator o on o.id = t.operator_id
       where o.code = 'VIETTEL' and is_valid_at(s.valid_from, s.valid_to, ${at}::date) and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
         and not exists (select 1 from cell c where c.station_id = t.id and c.technology = '5G' and is_valid_at(c.valid_from, c.valid_to, ${at}::date))`);
    const ids = new Set(without.map(({ id }) => id));
    const own = items.filter(({ kind }) => kind === 'own');
    expect(candidates.own).toBeGreaterThan(10);
    expect(own.length).toBeGreaterThan(0);
    for (const { site_id } of own) expect(ids).toContain(site_id);
    const changes = items.map(({ site_id, antenna_height_m }): PlannedChange => {
      return { kind: 'add', site_id: site_id ?? -1, antenna_height_m };
    });
    expect((await whatIf(changes, asked)).delta.people).toBe(people_gained);
  });

  it.each([
    [{ district: '999' }, '/district'],
    [{ count: 0 }, '/count'],
    [{ count: 51 }, '/count'],
    [{ sharing: 'perhaps' }, '/sharing'],
    [{ operator: 'NOBODY' }, '/operator'],
  ])('refuses %o', async (wrong, pointer) => {
    const request = { operator: 'VIETNAMOBILE', technology: '4G', at, count: 3, ...wrong };
    const { status, body } = await post<Problem>('suggest', request);
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe('GET /coverage/spot and /coverage/path', () => {
  it('give the level that the run stored, and the losses it is made of', async () => {
    const [grid] = await server.database.db.query<{ grid: { origin_e_m: number; origin_n_m: number; cols: number } }>(
      sql`select r.grid from coverage_run_at(${at}::date) r`,
    );
    const { lon, lat } = siteNo(25);
    const { body: spot } = await server.json<CoverageSpot>(
      `/api/v1/coverage/spot?at=${at}&lon=${lon + 0.004}&lat=${lat + 0.002}`,
    );
    expect(spot.items.length).toBeGreaterThan(3);
    expect(spot).toMatchObject({ ground_m: null, note: null, commune: { name: expect.any(String) as string } });
    const [place] = await server.database.db.query<{ e: number; n: number }>(sql`
      select st_x(p) as e, st_y(p) as n from st_transform(st_setsrid(st_makepoint(${spot.lon}, ${spot.lat}), 4326), 9208) p`);
    const { origin_e_m, origin_n_m, cols } = grid?.grid ?? { origin_e_m: 0, origin_n_m: 0, cols: 0 };
    const square =
      Math.floor(((place?.n ?? 0) - origin_n_m) / 100) * cols + Math.floor(((place?.e ?? 0) - origin_e_m) / 100);
    const layers = await server.database.db.query<{
      operator: string;
      technology: string;
      band_mhz: number;
      base_dbm: number;
      step_db: number;
      levels: Uint8Array;
      cell_ids: number[];
      servers: Uint8Array;
    }>(sql`
      select o.code as operator, l.technology, l.band_mhz, l.base_dbm, l.step_db, l.levels, l.servers, l.cell_ids
        from coverage_run_at(${at}::date) r join coverage_level l on l.run_id = r.id join operator o on o.id = l.operator_id`);
    let stored = 0;
    for (const layer of layers) {
      const value = inflateSync(layer.levels)[square] ?? 0;
      const server_no = inflateSync(layer.servers).readUInt16LE(2 * square);
      const item = spot.items.find(
        (one) =>
          one.operator === layer.operator && one.technology === layer.technology && one.band_mhz === layer.band_mhz,
      );
      if (value === 0) {
        expect(item).toBeUndefined();
        continue;
      }
      stored++;
      expect(item?.cell_id).toBe(layer.cell_ids[server_no - 1]);
      const low = layer.base_dbm + (value - 1) * layer.step_db;
      expect(item?.level_dbm).toBeGreaterThanOrEqual(low);
      if (value < 254) expect(item?.level_dbm).toBeLessThan(low + layer.step_db);
      expect(item?.covered).toBe(value >= 129);
    }
    expect(stored).toBe(spot.items.length);

    for (const item of spot.items) {
      const { body: path } = await server.json<RadioPath>(
        `/api/v1/coverage/path?at=${at}&lon=${spot.lon}&lat=${spot.lat}&cell_id=${item.cell_id}`,
      );
      expect(path).toMatchObject({ level_dbm: item.level_dbm, profile: null, itm_db: null, incomplete: true });
      expect(path).toMatchObject({ site: { id: item.site_id, code: item.site_code }, cell: { code: item.cell_code } });
      expect(path.eirp_dbm - path.antenna_db - path.model_db - path.diffraction_db).toBe(path.level_dbm);
    }
  });

  it('have nothing to say outside the province', async () => {
    const spot = await server.json<CoverageSpot>(`/api/v1/coverage/spot?at=${at}&lon=106.7&lat=20.8`);
    expect(spot).toMatchObject({ status: 200, body: { items: [], commune: null } });
    expect(spot.body.note).toBe('Điểm này nằm ngoài mọi xã của tỉnh nên không tính mức thu.');
    const far = await server.json<CoverageSpot>(`/api/v1/coverage/spot?at=${at}&lon=100&lat=10`, {
      headers: { 'Accept-Language': 'en' },
    });
    expect(far.body.note).toBe('This spot is outside every commune of the province: no levels are computed there.');
    const path = await server.json<Problem>(`/api/v1/coverage/path?at=${at}&lon=106.7&lat=20.8&cell_id=1`);
    expect(path).toMatchObject({ status: 404, body: { detail: expect.stringContaining('outside') as string } });
    const { lon, lat } = siteNo(0);
    const unknown = await server.json(`/api/v1/coverage/path?at=${at}&lon=${lon}&lat=${lat}&cell_id=99999999`);
    expect(unknown.status).toBe(404);
    expect((await server.json(`/api/v1/coverage/spot?at=${at}&lon=105`)).status).toBe(400);
  });
});

describe('planning', () => {
  it('touches nothing: not a row, not the revision', async () => {
    const { db } = server.database;
    const state = () =>
      db.query(sql`
        select (select revision from dataset_revision) as revision, (select count(*) from site) as sites,
               (select count(*) from station) as stations, (select count(*) from cell) as cells,
               (select count(*) from mast) as masts, (select count(*) from audit_log) as audit,
               (select md5(string_agg(s::text, '|' order by s.id)) from site s) as content`);
    const before = await state();
    const { id, lon, lat } = siteNo(33);
    await whatIf([
      { kind: 'add', lon: lon + 0.01, lat },
      { kind: 'move', site_id: id, lon, lat: lat + 0.01 },
      { kind: 'raise', site_id: siteNo(34).id, antenna_height_m: 60 },
      { kind: 'remove', site_id: siteNo(35).id },
    ]);
    await post('suggest', { technology: '5G', at, count: 2 });
    expect(await state()).toEqual(before);
  });

  it('on a day before there were communes says so', async () => {
    const { status, body } = await post<Problem>('what-if', {
      technology: '2G',
      at: '1950-01-01',
      changes: [{ kind: 'add', lon: 105.2, lat: 21.3 }],
    });
    expect([status, body.detail]).toEqual([409, expect.stringContaining('no communes')]);
  });

  it('answers 503 with Retry-After when too much is asked at once', async () => {
    const { lon, lat } = siteNo(50);
    const request = { technology: '4G', at, changes: [{ kind: 'add', lon: lon + 0.01, lat }] };
    const ask = () =>
      server.fetch('/api/v1/coverage/what-if', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request),
      });
    const answers = await Promise.all(Array.from({ length: 40 }, ask));
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const busy = answers.find(({ status }) => status === 503);
    expect(Number(busy?.headers.get('retry-after'))).toBeGreaterThan(0);
    await Promise.all(answers.map((answer) => answer.text()));
  });
});
