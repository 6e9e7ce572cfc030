import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificateStates,
  mastClasses,
  type SiteItem,
  type SiteList,
  siteStatuses,
  technologies,
} from '../../../server/contract/index.ts';
import { decodeGzip } from '../../../server/tiles/testing/decode.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';
import { tileOf } from '../../support/tile-math.ts';

let server: TestServer & { database: TestDatabase };
/** Every zoom-10 tile with a site of the demo; at that zoom sites are not merged. */
let tiles: { z: number; x: number; y: number }[];
let bands: number[];
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
  const sites = await server.database.db.query<{ lon: number; lat: number }>(
    sql`select st_x(geom) as lon, st_y(geom) as lat from site`,
  );
  tiles = [
    ...new Map(sites.map(({ lon, lat }) => tileOf(lon, lat, 10)).map((tile) => [`${tile.x}/${tile.y}`, tile])).values(),
  ];
  bands = (
    await server.database.db.query<{ band: number }>(
      sql`select distinct band_mhz as band from cell where band_mhz is not null`,
    )
  ).map((row) => row.band);
});
afterAll(() => server.close());

const days = ['2006-05-01', '2008-12-31', '2012-07-15', '2025-06-30', '2025-07-01', '2026-01-01'];
const districts = ['227', '228', '230', '231', '232', '233', '234', '235', '236', '237', '238', '239', '240'];
const operators = [
  'VIETTEL',
  'VINAPHONE',
  'MOBIFONE',
  'VIETNAMOBILE',
  'GMOBILE',
  'EVN_TELECOM',
  'SFONE',
  'HT_MOBILE',
  'BEELINE',
];

/** A box somewhere in the province, from a few kilometres to all of it. */
const bbox = fc
  .tuple(
    fc.double({ min: 104.8, max: 105.4, noNaN: true }),
    fc.double({ min: 20.9, max: 21.7, noNaN: true }),
    fc.double({ min: 0.03, max: 0.7, noNaN: true }),
  )
  .map(([west, south, size]) => [west, south, west + size, south + size].map((value) => value.toFixed(5)).join(','));

const filter = fc.record(
  {
    at: fc.constantFrom(...days),
    district: fc.constantFrom(...districts),
    operator: fc.constantFrom(...operators),
    technology: fc.constantFrom(...technologies),
    band: fc.nat().map((n) => String(bands[n % bands.length])),
    status: fc.constantFrom(...siteStatuses),
    mast_class: fc.constantFrom(...mastClasses),
    certificate: fc.constantFrom(...certificateStates),
    bbox,
    q: fc.constantFrom('thi tran', 'Hùng', 'xa', 'viet tri', '1', 'PT', '%', 'khong co'),
  },
  { requiredKeys: ['at'] },
);
type Filter = typeof filter extends fc.Arbitrary<infer T> ? T : never;

const queryOf = (chosen: Filter): string => new URLSearchParams(Object.entries(chosen)).toString();

/** Every page of the list; small pages, so that paging is put to the test. */
async function readList(query: string): Promise<{ list: SiteList; items: SiteItem[] }> {
  const items: SiteItem[] = [];
  let list: SiteList;
  let cursor: string | null = null;
  do {
    const page: { status: number; body: SiteList } = await server.json<SiteList>(
      `/api/v1/sites?${query}&limit=170${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect(page.status).toBe(200);
    list = page.body;
    expect(list.numberReturned).toBe(list.items.length);
    items.push(...list.items);
    cursor = list.next_cursor;
  } while (cursor !== null);
  return { list, items };
}

async function readTile(address: string): Promise<ReturnType<typeof decodeGzip>> {
  const response = await server.fetch(address);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status === 204) return [];
  expect([address, response.status]).toEqual([address, 200]);
  return decodeGzip(gzipSync(bytes), 'sites');
}

async function idsInTiles(query: string): Promise<number[]> {
  const found = await Promise.all(tiles.map(({ z, x, y }) => readTile(`/tiles/sites/${z}/${x}/${y}.mvt?${query}`)));
  return found.flat().map((feature) => {
    if (feature.id === undefined) throw new Error('merged at zoom 10');
    return feature.id;
  });
}

const sorted = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

describe('one filter everywhere', () => {
  it('list, pages, counts, tiles at zoom 10 and merged counts at zoom 0 agree for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (chosen) => {
        const query = queryOf(chosen);
        const { list, items } = await readList(query);
        const ids = items.map((item) => item.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(items).toHaveLength(list.numberMatched);
        expect(list.counts.sites).toBe(list.numberMatched);
        expect(sorted(await idsInTiles(query))).toEqual(sorted(ids));
        const world = await readTile(`/tiles/sites/0/0/0.mvt?${query}`);
        const drawn = world.reduce(
          (sum, feature) => sum + (feature.id === undefined ? Number(feature.properties['count']) : 1),
          0,
        );
        expect(drawn).toBe(ids.length);
      }),
      { numRuns: 60 },
    );
  });

  it('a filter never shows more than the filter without one of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(filter, fc.nat(), async (chosen, n) => {
        const names = Object.keys(chosen).filter((name) => name !== 'at' && name !== 'status');
        const left = names[n % Math.max(1, names.length)];
        if (left === undefined) return;
        const wider = Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== left)) as Filter;
        const [narrow, wide] = await Promise.all([readList(queryOf(chosen)), readList(queryOf(wider))]);
        const all = new Set(wide.items.map((item) => item.id));
        expect(narrow.items.filter((item) => !all.has(item.id))).toEqual([]);
        expect(narrow.list.counts.cells).toBeLessThanOrEqual(wide.list.counts.cells);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the same whether the text has accents or not', async () => {
    const idsOf = async (q: string): Promise<number[]> =>
      (await readList(new URLSearchParams({ at: '2026-01-01', q }).toString())).items.map((item) => item.id);
    const plain = await idsOf('hung');
    expect(plain.length).toBeGreaterThan(0);
    expect(await idsOf('Hùng')).toEqual(plain);
    expect(await idsOf('HƯNG')).toEqual(plain);
    expect(await idsOf('%')).toEqual([]);
    expect(await idsOf('_')).toEqual([]);
  });
});

describe('what the parts of the filter mean', () => {
  const countOf = async (query: string): Promise<number> =>
    (await server.json<SiteList>(`/api/v1/sites?limit=1&${query}`)).body.numberMatched;
  const byHand = async (statement: Parameters<TestDatabase['db']['query']>[0]): Promise<number> => {
    const [row] = await server.database.db.query<{ n: number }>(statement);
    return row?.n ?? Number.NaN;
  };

  it('operator and technology: a station of that operator with a cell of that technology, both on air that day', async () => {
    const found = await byHand(sql`
      select count(distinct s.id) as n from site s join station t on t.site_id = s.id join operator o on o.id = t.operator_id join cell c on c.station_id = t.id
       where o.code = 'VIETTEL' and c.technology = '3G' and s.valid_from <= '2012-07-15' and coalesce(s.valid_to > '2012-07-15', true)
         and (s.status in ('active', 'suspended') or s.status = 'removed') and t.commissioned <= '2012-07-15' and coalesce(t.decommissioned > '2012-07-15', true)
         and c.valid_from <= '2012-07-15' and coalesce(c.valid_to > '2012-07-15', true)`);
    expect(found).toBeGreaterThan(0);
    expect(await countOf('at=2012-07-15&operator=VIETTEL&technology=3G')).toBe(found);
  });

  it('bbox: west, south, east, north in degrees, never the other way round', async () => {
    const found = await byHand(sql`
      select count(*) as n from site where st_x(geom) between 105.1 and 105.3 and st_y(geom) between 21.2 and 21.5
         and valid_from <= '2008-12-31' and coalesce(valid_to > '2008-12-31', true)`);
    expect(found).toBeGreaterThan(0);
    expect(await countOf('at=2008-12-31&bbox=105.1,21.2,105.3,21.5')).toBe(found);
    // The same box with latitude first: no place on the globe.
    expect((await server.fetch('/api/v1/sites?bbox=21.2,105.1,21.5,105.3')).status).toBe(400);
  });

  it('the day a site ends it no longer counts, the day it begins it does', async () => {
    expect(await countOf('at=2008-12-30')).toBe(
      await byHand(
        sql`select count(*) as n from site where valid_from <= '2008-12-30' and coalesce(valid_to > '2008-12-30', true)`,
      ),
    );
    const [ended] = await server.database.db.query<{ code: string; valid_to: string }>(
      sql`select code, valid_to from site where valid_to = '2008-12-31'`,
    );
    expect(ended).toBeDefined();
    expect(await countOf(`at=2008-12-30&q=${ended?.code}`)).toBe(1);
    expect(await countOf(`at=2008-12-31&q=${ended?.code}`)).toBe(0);
  });

  it('status: planned and removed sites show only when asked for', async () => {
    const removed = await countOf('at=2026-01-01&status=removed');
    expect(removed).toBe(
      await byHand(sql`select count(*) as n from site where status = 'removed' and valid_to <= '2026-01-01'`),
    );
    const counts = await Promise.all(
      ['active', 'suspended'].map((status) => countOf(`at=2026-01-01&status=${status}`)),
    );
    expect(counts.reduce((a, b) => a + b, 0)).toBe(await countOf('at=2026-01-01'));
  });

  it('commune: of the vintage in force that day, though codes are used again', async () => {
    const [reused] = await server.database.db.query<{ code: string }>(sql`
      select a.code from admin_unit a join admin_unit b on b.code = a.code and b.level = 'commune' and b.valid_from > a.valid_from
        join site_commune sc on sc.commune_id = a.id where a.level = 'commune' group by a.code order by count(*) desc, a.code limit 1`);
    const [then, now] = await Promise.all([
      countOf(`at=2025-06-30&commune=${reused?.code}`),
      countOf(`at=2025-07-01&commune=${reused?.code}`),
    ]);
    const counted = async (day: string): Promise<number> =>
      byHand(sql`select count(*) as n from site s join site_commune sc on sc.site_id = s.id join admin_unit u on u.id = sc.commune_id
         where u.code = ${reused?.code} and is_valid_at(u.valid_from, u.valid_to, ${day}::date) and is_valid_at(s.valid_from, s.valid_to, ${day}::date)`);
    expect(then).toBe(await counted('2025-06-30'));
    expect(now).toBe(await counted('2025-07-01'));
    expect(now).not.toBe(then);
  });
});
