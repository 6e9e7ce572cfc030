import * as fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const AT = '2026-01-01';
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await database.db.query(sql`insert into fibre_network (code, name) values ('N', 'Net')`);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.query(sql`delete from site`);
  await database.db.query(sql`delete from fibre_node`);
});

interface Place {
  code: string;
  lon: number;
  lat: number;
  status?: string;
  validFrom?: string;
  validTo?: string | null;
}

async function insertSites(places: readonly Place[]): Promise<void> {
  await database.db.query(sql`
    insert into site (code, geom, status, valid_from, valid_to)
    select p.code, st_setsrid(st_makepoint(p.lon, p.lat), 4326), coalesce(p.status, 'active'), coalesce(p."validFrom", '2000-01-01')::date, p."validTo"::date
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (code text, lon float8, lat float8, status text, "validFrom" text, "validTo" text)`);
}

async function insertNodes(places: readonly Place[]): Promise<void> {
  await database.db.query(sql`
    insert into fibre_node (network_id, code, geom, status)
    select n.id, p.code, st_setsrid(st_makepoint(p.lon, p.lat), 4326), coalesce(p.status, 'operational')
      from fibre_network n, jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (code text, lon float8, lat float8, status text)`);
}

async function insertSpans(
  spans: readonly { code: string; from: string; to: string; status?: string; validFrom?: string; validTo?: string }[],
): Promise<void> {
  await database.db.query(sql`
    insert into fibre_span (network_id, code, start_node_id, end_node_id, geom, length_m, status, valid_from, valid_to)
    select a.network_id, p.code, a.id, b.id, st_makeline(a.geom, b.geom), 1000, coalesce(p.status, 'operational'),
           coalesce(p."validFrom", '1900-01-01')::date, p."validTo"::date
      from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
           as p (code text, "from" text, "to" text, status text, "validFrom" text, "validTo" text)
      join fibre_node a on a.code = p."from" join fibre_node b on b.code = p."to"`);
}

interface Found {
  code: string;
  distance_m: number;
}
const point = (lon: number, lat: number) => `POINT(${lon} ${lat})`;
const inService = ['active', 'suspended'];

async function nearestSite(shape: string, statuses: readonly string[] = inService): Promise<Found | null> {
  const [row] = await database.db.query<Found>(sql`
    select s.code, n.distance_m from nearest_site(st_geomfromtext(${shape}, 4326), ${AT}::date, ${[...statuses]}::text[]) n join site s on s.id = n.site_id`);
  return row ?? null;
}

async function nearestNode(shape: string, at = AT): Promise<Found | null> {
  const [row] = await database.db.query<Found>(
    sql`select code, distance_m from nearest_fibre_node(st_geomfromtext(${shape}, 4326), ${at}::date)`,
  );
  return row ?? null;
}

async function nearestSpan(shape: string): Promise<Found | null> {
  const [row] = await database.db.query<Found>(
    sql`select code, distance_m from nearest_fibre_span(st_geomfromtext(${shape}, 4326), ${AT}::date)`,
  );
  return row ?? null;
}

// At 21° N a degree of latitude is 110,720 m and one of longitude 103,970 m: 0.0104° east are nearer than 0.01° north.
const north: Place[] = Array.from({ length: 6 }, (_, i) => ({ code: `NORTH-${i}`, lon: 105 + i * 1e-5, lat: 21.01 }));
const east: Place = { code: 'EAST', lon: 105.0104, lat: 21 };

describe('the nearest site', () => {
  it('is the nearest in metres, however many are nearer in degrees', async () => {
    await insertSites([...north, east]);
    const found = await nearestSite(point(105, 21));
    expect(found?.code).toBe('EAST');
    expect(found?.distance_m).toBeGreaterThan(1_080);
    expect(found?.distance_m).toBeLessThan(1_083);
  });

  it('counts longitude before latitude: the same numbers the other way round lie elsewhere', async () => {
    await insertSites([{ code: 'SWAPPED', lon: 21, lat: 85 }, east]);
    expect(await nearestSite(point(105, 21))).toMatchObject({ code: 'EAST' });
  });

  it('has no distance inside an area, and is not there without sites', async () => {
    const area = 'POLYGON((105 21,105.1 21,105.1 21.1,105 21.1,105 21))';
    expect(await nearestSite(area)).toBeNull();
    await insertSites([
      { code: 'INSIDE', lon: 105.05, lat: 21.05 },
      { code: 'OUTSIDE', lon: 105.11, lat: 21.05 },
    ]);
    expect(await nearestSite(area)).toEqual({ code: 'INSIDE', distance_m: 0 });
  });

  it('is one of the statuses and of the day', async () => {
    await insertSites([
      { code: 'PLANNED', lon: 105.001, lat: 21, status: 'planned' },
      { code: 'LATER', lon: 105.002, lat: 21, validFrom: '2026-02-01' },
      { code: 'GONE', lon: 105.003, lat: 21, status: 'removed', validTo: '2020-01-01' },
      { code: 'SUSPENDED', lon: 105.004, lat: 21, status: 'suspended' },
      { code: 'STILL', lon: 105.005, lat: 21, status: 'removed', validTo: '2030-01-01' },
    ]);
    expect((await nearestSite(point(105, 21)))?.code).toBe('SUSPENDED');
    expect((await nearestSite(point(105, 21), ['planned', ...inService]))?.code).toBe('PLANNED');
    expect((await nearestSite(point(105, 21), ['active']))?.code).toBe('STILL');
  });

  it('is the one that looking at all of them finds', async () => {
    const place = fc.record({
      lon: fc.double({ min: 104.8, max: 105.6, noNaN: true }),
      lat: fc.double({ min: 20.9, max: 21.7, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 30 }), place, async (places, from) => {
        await database.db.query(sql`delete from site`);
        await insertSites(places.map((one, i) => ({ code: `S${i}`, ...one })));
        const [expected] = await database.db.query<{ metres: number }>(sql`
          select min(st_distance(geom::geography, st_setsrid(st_makepoint(${from.lon}::float8, ${from.lat}::float8), 4326)::geography)) as metres from site`);
        expect((await nearestSite(point(from.lon, from.lat)))?.distance_m).toBeCloseTo(expected?.metres ?? -1, 6);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the nearest fibre', () => {
  it('is a node in operation, the nearest in metres', async () => {
    expect(await nearestNode(point(105, 21))).toBeNull();
    await insertNodes([...north, east, { code: 'PLANNED', lon: 105, lat: 21, status: 'planned' }]);
    expect((await nearestNode(point(105, 21)))?.code).toBe('EAST');
  });

  it('is a node in service on the day: one where a span of that day ends, or no span ever did', async () => {
    await insertNodes([
      { code: 'LATER', lon: 105.001, lat: 21 },
      { code: 'ENDED', lon: 105.002, lat: 21 },
      { code: 'GONE', lon: 105.003, lat: 21, status: 'decommissioned' },
      { code: 'DRAWN', lon: 105.004, lat: 21 },
      { code: 'ALONE', lon: 105.005, lat: 21 },
      { code: 'FAR', lon: 105.1, lat: 21 },
    ]);
    await insertSpans([
      { code: 'S1', from: 'LATER', to: 'FAR', validFrom: '2026-02-01' },
      { code: 'S2', from: 'ENDED', to: 'FAR', validTo: '2020-01-01' },
      { code: 'S3', from: 'GONE', to: 'FAR', status: 'decommissioned', validTo: '2015-01-01' },
      { code: 'S4', from: 'DRAWN', to: 'FAR', status: 'planned' },
    ]);
    const nearestOn = async (at: string) => (await nearestNode(point(105, 21), at))?.code;
    expect(await nearestOn('2026-02-01')).toBe('LATER');
    expect(await nearestOn(AT)).toBe('ALONE');
    expect(await nearestOn('2019-12-31')).toBe('ENDED');
    await database.db.query(sql`delete from fibre_node where code = 'ENDED'`);
    expect(await nearestOn('2014-12-31')).toBe('GONE');
    expect(await nearestOn('2015-01-01')).toBe('ALONE');
  });

  it('is a span in operation on the day, measured to its course and not to its ends', async () => {
    expect(await nearestSpan(point(105, 21))).toBeNull();
    await insertNodes([
      { code: 'A', lon: 104.9, lat: 21.01 },
      { code: 'B', lon: 105.1, lat: 21.01 },
      { code: 'C', lon: 105.0104, lat: 20.9 },
      { code: 'D', lon: 105.0104, lat: 21.1 },
      { code: 'E', lon: 105, lat: 20.9 },
      { code: 'F', lon: 105, lat: 21.1 },
    ]);
    await insertSpans([
      ...Array.from({ length: 6 }, (_, i) => ({ code: `NORTH-${i}`, from: 'A', to: 'B' })),
      { code: 'EAST', from: 'C', to: 'D' },
      { code: 'GONE', from: 'E', to: 'F', validTo: '2020-01-01' },
    ]);
    const found = await nearestSpan(point(105, 21));
    expect(found?.code).toBe('EAST');
    expect(found?.distance_m).toBeGreaterThan(1_080);
    expect(found?.distance_m).toBeLessThan(1_083);
  });
});
