import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteFilter } from '../../../server/contract/index.ts';
import { openSites, type SiteRow } from '../../../server/domains/exports/queries.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
const at = '2020-06-01';

/** Two masts, three operators on air and one that left, one certificate superseded, one shared, one missing. */
const oneSite = sql`
  with o as (
    insert into operator (code, name, valid_from) values
      ('A', 'A', '2000-01-01'), ('B', 'B', '2000-01-01'), ('C', 'C', '2000-01-01'), ('D', 'D', '2000-01-01')
    returning id, code
  ), s as (
    insert into site (code, name, geom, address, environment, valid_from) values
      ('=1+1', '@Trạm', st_setsrid(st_makepoint(105.402, 21.322), 4326), '+84 Khu 3', 'rural', '2005-01-01')
    returning id
  ), m as (
    insert into mast (site_id, mast_no, class, height_m, permit_no, permit_date)
    select s.id, v.* from s, (values (1, 'A2b', 42.5, 'P-1', '2004-05-06'::date), (2, 'A1a', 12, null, null)) v
    returning id, mast_no
  ), t as (
    insert into station (site_id, mast_id, operator_id, operator_code, bts_class, equipment, commissioned, decommissioned)
    select s.id, m.id, o.id, v.code, v.bts_class, v.equipment, '2006-01-01', v.gone
      from s, (values ('A', 'a1', 1, 'Nokia', null::date), ('B', 'b1', 1, 'Nokia', null), ('C', 'c1', 2, 'ZTE', null),
                      ('D', 'd1', 2, 'Old', '2019-01-01')) v (operator, code, bts_class, equipment, gone)
      join o on o.code = v.operator join m on m.mast_no = 1
    returning id, operator_code
  ), c as (
    insert into cell (station_id, cell_code, technology, band_mhz, azimuth_deg, valid_from, valid_to)
    select t.id, v.cell, v.technology, v.band, v.azimuth, '2006-01-01', v.gone
      from t join (values ('a1', '1', '2G', 900, 0, null::date), ('a1', '2', '2G', 900, 120, null), ('a1', '3', '4G', 1800, 0, null),
                          ('b1', '1', '3G', 2100, 0, null), ('c1', '1', '2G', 1800, 0, null), ('c1', '2', '5G', 3500, 0, '2020-01-01'))
             v (station, cell, technology, band, azimuth, gone) on v.station = t.operator_code
    returning id
  ), f as (
    insert into certificate (no, issued, expires) values
      ('OLD', '2012-01-01', '2017-01-01'), ('NEW', '2017-01-01', '2022-01-01'), ('FUTURE', '2021-01-01', '2026-01-01'),
      ('SOON', '2015-07-01', '2020-07-01')
    returning id, no
  ), l as (
    insert into station_certificate (station_id, certificate_id)
    select t.id, f.id from (values ('a1', 'OLD'), ('a1', 'NEW'), ('a1', 'FUTURE'), ('b1', 'SOON')) v (station, no)
      join t on t.operator_code = v.station join f on f.no = v.no
    returning station_id
  )
  insert into inspection (site_id, inspected_on, officer, finding)
  select s.id, v.* from s, (values ('2018-03-04'::date, 'X', 'Đạt'), ('2019-03-04', 'X', '-Thiếu tiếp địa'), ('2021-01-01', 'X', 'later')) v`;

async function read(filter: Omit<SiteFilter, 'at'> = {}): Promise<SiteRow[]> {
  const reading = await openSites(database.db, { at, ...filter });
  const rows: SiteRow[] = [];
  for await (const batch of reading.rows()) rows.push(...batch);
  await reading.close();
  return rows;
}

async function one(filter: Omit<SiteFilter, 'at'> = {}): Promise<SiteRow> {
  const rows = await read(filter);
  expect(rows).toHaveLength(1);
  return rows[0] as SiteRow;
}

describe('the row of one site', () => {
  beforeAll(async () => {
    database = await openTestDatabase({ demo: false });
    await database.revision.change((tx) => tx.query(oneSite));
  });
  afterAll(() => database.close());

  it('has what is on air that day, the highest mast, the latest inspection and the certificate that expires first', async () => {
    expect(await one()).toMatchObject({
      no: 1,
      code: '=1+1',
      operators: ['A', 'B', 'C'],
      shared: true,
      stations: 3,
      cells: 5,
      station_codes: ['A a1', 'B b1', 'C c1'],
      bts_classes: ['1', '2'],
      equipment: ['Nokia', 'ZTE'],
      technologies: ['2G', '3G', '4G'],
      bands: ['2G 1800', '2G 900', '3G 2100', '4G 1800'],
      mast_class: 'A2b',
      mast_height_m: 42.5,
      masts: ['A2b 42.5 m', 'A1a 12 m'],
      permit_no: 'P-1',
      permit_date: '2004-05-06',
      certificate_no: 'SOON',
      certificate_issued: '2015-07-01',
      certificate_expires: '2020-07-01',
      certificate_days_left: 30,
      certificate_state: 'due',
      certificate_nos: ['NEW', 'SOON'],
      stations_without_certificate: 1,
      last_inspected_on: '2019-03-04',
      last_finding: '-Thiếu tiếp địa',
      commune_code: null,
      district_code: null,
    });
  });

  it('has the stations of the operator that was asked for, and still all operators', async () => {
    expect(await one({ operator: 'A' })).toMatchObject({
      operators: ['A', 'B', 'C'],
      shared: true,
      stations: 1,
      cells: 3,
      station_codes: ['A a1'],
      technologies: ['2G', '4G'],
      certificate_no: 'NEW',
      certificate_state: 'valid',
      stations_without_certificate: 0,
    });
  });

  it('has the cells of the technology and band that were asked for', async () => {
    expect(await one({ technology: '2G' })).toMatchObject({
      stations: 2,
      cells: 3,
      station_codes: ['A a1', 'C c1'],
      technologies: ['2G'],
      bands: ['2G 1800', '2G 900'],
    });
    expect(await read({ technology: '5G' })).toEqual([]);
  });

  it('has the stations without a certificate when these were asked for', async () => {
    expect(await one({ certificate: 'none' })).toMatchObject({
      station_codes: ['C c1'],
      certificate_no: null,
      certificate_expires: null,
      certificate_days_left: null,
      certificate_state: 'none',
      stations_without_certificate: 1,
    });
  });

  it('has the mast of the class that was asked for', async () => {
    expect(await one({ mast_class: 'A1a' })).toMatchObject({ mast_class: 'A1a', mast_height_m: 12, permit_no: null });
  });

  it('counts an empty list as empty', async () => {
    const reading = await openSites(database.db, { at: '2001-01-01' });
    expect(reading).toMatchObject({
      counts: { sites: 0, stations: 0, cells: 0 },
      dataset_revision: database.revision.current,
      synthetic: false,
    });
    await reading.close();
  });
});

describe('one snapshot', () => {
  let demo: TestDatabase;
  beforeAll(async () => {
    demo = await openTestDatabase({ demo: true });
  });
  afterAll(() => demo.close());

  it('gives the rows that were counted, although sites are removed while they are read', async () => {
    const filter = { at: '2026-01-01' };
    const before = demo.revision.current;
    const reading = await openSites(demo.db, filter);
    const rows: SiteRow[] = [];
    for await (const batch of reading.rows()) {
      if (rows.length === 0) await demo.revision.change((tx) => tx.query(sql`delete from site where id % 2 = 0`));
      rows.push(...batch);
    }
    await reading.close();
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows).toHaveLength(reading.counts.sites);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(reading.dataset_revision).toBe(before);

    const after = await openSites(demo.db, filter);
    await after.close();
    expect(after.counts.sites).toBeLessThan(rows.length);
    expect(after.dataset_revision).toBe(demo.revision.current);
  });
});
