import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertUnit } from '../../support/units.ts';

const vintage = '2007-04-09';
const later = '2025-07-01';
let database: TestDatabase;
const id: Record<string, number> = {};
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  // West and east overlap between 105.10 and 105.12; the codes are against the order of writing.
  id['west'] = await insertUnit(db, { code: '00020', box: [105.0, 21.0, 105.12, 21.1], validTo: later });
  id['east'] = await insertUnit(db, { code: '00010', box: [105.1, 21.0, 105.2, 21.1], validTo: later });
  // A gap of 0.01° (1,038 m) to the north of both.
  id['north'] = await insertUnit(db, { code: '00030', box: [105.0, 21.11, 105.2, 21.2], validTo: later });
  // The code of the west is used again after 2025, for another place.
  id['reused'] = await insertUnit(db, { code: '00020', box: [105.1, 21.0, 105.2, 21.2], validFrom: later });
});
afterAll(() => database.close());

interface Found {
  commune_id: number;
  method: string;
  distance_m: number;
}
async function communeOf(lon: number, lat: number, on = vintage): Promise<Found | null> {
  const [found] = await database.db.query<Found>(
    sql`select * from commune_of_point(st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326), ${on}::date)`,
  );
  return found ?? null;
}

describe('commune_of_point', () => {
  it('gives the commune that contains the point', async () => {
    expect(await communeOf(105.05, 21.05)).toEqual({ commune_id: id['west'], method: 'contains', distance_m: 0 });
    expect(await communeOf(105.15, 21.05)).toEqual({ commune_id: id['east'], method: 'contains', distance_m: 0 });
  });

  it('gives the smallest code where several contain it', async () => {
    expect(await communeOf(105.11, 21.05)).toMatchObject({ commune_id: id['east'], method: 'contains' });
    // A point on a shared edge is in both.
    expect(await communeOf(105.1, 21.0)).toMatchObject({ commune_id: id['east'], method: 'contains' });
  });

  it('gives the nearest within 2 km where none contains it, with the distance in metres', async () => {
    // 0.004° of latitude at 21° N are 442.9 m on the ellipsoid (110,720 m a degree).
    const found = await communeOf(105.05, 21.104);
    expect(found).toMatchObject({ commune_id: id['west'], method: 'nearest' });
    expect(found?.distance_m).toBeGreaterThan(441);
    expect(found?.distance_m).toBeLessThan(445);
    expect(await communeOf(105.05, 21.107)).toMatchObject({ commune_id: id['north'], method: 'nearest' });
    // Measured on the ground, not in degrees: 0.019° of longitude are 1,975 m here, 0.0195° are 2,027 m.
    expect(await communeOf(105.219, 21.15)).toMatchObject({ commune_id: id['north'], method: 'nearest' });
    expect(await communeOf(105.2195, 21.15)).toBeNull();
  });

  it('gives nothing outside the province', async () => {
    expect(await communeOf(106, 22)).toBeNull();
    expect(await communeOf(0, 0)).toBeNull();
  });

  it('gives nothing for an empty point or a day before every vintage', async () => {
    expect(await communeOf(105.05, 21.05, '1990-01-01')).toBeNull();
    expect(
      await database.db.query(
        sql`select * from commune_of_point(st_geomfromtext('POINT EMPTY', 4326), ${vintage}::date)`,
      ),
    ).toEqual([]);
    expect(await database.db.query(sql`select * from commune_of_point(null, ${vintage}::date)`)).toEqual([]);
  });

  it('takes longitude first', async () => {
    expect(await communeOf(21.05, 105.05 - 90)).toBeNull();
    expect(await communeOf(105.19, 21.02)).toMatchObject({ commune_id: id['east'] });
  });

  it('keeps vintages apart though codes are used again', async () => {
    expect(await communeOf(105.05, 21.05, later)).toBeNull();
    expect(await communeOf(105.15, 21.105, later)).toMatchObject({ commune_id: id['reused'], method: 'contains' });
  });
});

describe('assign_site_communes', () => {
  const insertSite = async (code: string, lon: number, lat: number): Promise<number> => {
    const [row] = await database.db.query<{ id: number }>(
      sql`insert into site (code, geom, valid_from) values (${code}, st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326), '2008-01-01') returning id`,
    );
    return row?.id ?? Number.NaN;
  };
  const assignments = (site: number): Promise<{ commune_id: number; method: string }[]> =>
    database.db.query(sql`select commune_id, method from site_commune where site_id = ${site} order by commune_id`);
  const assign = async (sites: number[] | null): Promise<number> => {
    const [row] = await database.db.query<{ changed: number }>(
      sql`select assign_site_communes(${sites}::bigint[]) as changed`,
    );
    return row?.changed ?? Number.NaN;
  };

  it('puts a site into one commune of each vintage, and touches nothing when it runs again', async () => {
    const inside = await insertSite('IN', 105.11, 21.05);
    const near = await insertSite('NEAR', 105.11, 21.105);
    const outside = await insertSite('OUT', 107, 22);
    expect(await assign([inside, near, outside])).toBe(4);
    expect(await assignments(inside)).toEqual([
      { commune_id: id['east'], method: 'contains' },
      { commune_id: id['reused'], method: 'contains' },
    ]);
    expect((await assignments(near)).map((row) => row.method)).toEqual(['nearest', 'contains']);
    expect(await assignments(outside)).toEqual([]);
    const [before] = await database.db.query(sql`select revision from dataset_revision`);
    expect(await assign(null)).toBe(0);
    expect(await database.db.query(sql`select revision from dataset_revision`)).toEqual([before]);
  });

  it('follows a site that moves, and communes that change', async () => {
    const site = await insertSite('MOVE', 105.05, 21.05);
    await assign([site]);
    await database.db.query(
      sql`update site set geom = st_setsrid(st_makepoint(105.15, 21.15), 4326) where id = ${site}`,
    );
    expect(await assign([site])).toBe(3);
    expect((await assignments(site)).map((row) => row.commune_id)).toEqual([id['north'], id['reused']]);
    await database.db.query(sql`delete from admin_unit where id = ${id['reused']}`);
    expect((await assignments(site)).map((row) => row.commune_id)).toEqual([id['north']]);
  });
});
