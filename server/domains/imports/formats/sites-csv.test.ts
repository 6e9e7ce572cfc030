import { describe, expect, it } from 'vitest';
import { sitesCsv } from './sites-csv.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

describe('own sites CSV', () => {
  it('gives a row error with field, value and reason for each bad row, and the other rows go on', async () => {
    const { records, errors, rows } = await readAll(sitesCsv, fixture('sites_row_errors.csv'));
    expect(rows).toBe(21);
    expect(errors.map((error) => [error.row, error.field, error.value, error.code])).toEqual([
      [3, 'mast_height_m', '0', 'out_of_range'],
      [4, 'mast_height_m', '4200', 'out_of_range'],
      [5, 'mast_height_m', '-5', 'out_of_range'],
      [6, 'certificate_expires', '2008-01-01', 'date_order'],
      [7, 'commissioned', '2008-01-01', 'date_order'],
      [8, 'lon', '21.328 105.408', 'lat_lon_swapped'],
      [9, 'lon', '567440.3 2358740.1', 'metres_not_degrees'],
      [10, 'commissioned', '30/02/2008', 'bad_date'],
      [11, 'operator_code', null, 'missing'],
      [12, 'site_code', null, 'missing'],
      [13, 'technology', '6G', 'not_in_list'],
      [13, 'azimuths_deg', '400;0;0', 'bad_azimuth'],
      [13, 'azimuths_deg', '400;0;0', 'duplicate_azimuth'],
      [14, 'operator', 'nt', 'ditto_mark'],
      [15, 'row', 'Tổng cộng 12', 'total_row'],
      [16, 'row', 'S15,105.415,21.335,42,,,,VIETTEL,VT15,2008-01-01,2G,900', 'wrong_column_count'],
      [17, 'antenna_height_m', '40', 'antenna_above_mast'],
      [19, 'row', 'S1|VIETTEL|VT1|2G|900|0', 'duplicate_cell'],
      [20, 'lon', '105.500000 21.322000', 'site_position_differs'],
      [22, 'lon', null, 'missing'],
      [22, 'power_w', '20 feet', 'unknown_unit'],
      [22, 'band_mhz', 'nine', 'bad_band'],
    ]);
    expect(errors[0]?.reason).toBe('A mast is over 0 and at most 350 m high');
    expect(errors.find((error) => error.row === 8)?.proposal).toBe('[105.408, 21.328]');
    expect(records.map((record) => [record.row, record.site_code, record.band_mhz])).toEqual([
      [2, 'S1', 900],
      [18, 'S17', 900],
      [18, 'S17', 1800],
      [21, 'S20', null],
    ]);
  });

  it('reads units, short dates and lists of azimuths', async () => {
    const { records } = await readAll(sitesCsv, fixture('sites_row_errors.csv'));
    expect(records[0]).toMatchObject({
      site_name: 'S1',
      mast_height_m: 42,
      permit_date: '2007-02-01',
      commissioned: '2008-12-31',
      azimuths_deg: [0, 120, 240],
      power_w: expect.closeTo(19.9526, 4) as number,
      source_text: '105.402 21.322',
    });
    expect(records[3]).toMatchObject({ operator: null, technology: null, azimuths_deg: [] });
  });

  it('reads Vietnamese headers, semicolons, decimal commas and words', async () => {
    const path = fixture('sites_vietnamese_headers_decimal_comma.csv');
    expect(sitesCsv.detect(path, await readHead(fileSource(path)))).toBe(true);
    const { records, errors } = await readAll(sitesCsv, path);
    expect(errors).toEqual([]);
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      site_code: 'PT01',
      lon: 105.3929,
      lat: 21.3187,
      environment: 'urban',
      site_status: 'active',
      mast_height_m: 42.5,
      operator: 'Viettel',
      operator_code: 'PTO0001',
      commissioned: '2007-03-15',
      technology: '2G',
      band_mhz: 900,
      azimuths_deg: [0, 120, 240],
    });
    expect(records[1]).toMatchObject({
      lon: 105.01,
      lat: 21.14,
      environment: 'rural',
      azimuths_deg: [null],
      commissioned: '2008-12-01',
    });
    expect(records[1]?.source_text).toBe('105°00′36″Đ 21°08′24″B');
  });

  it('refuses a band that the technology is not standardised for', async () => {
    const bands = ['2G,99999', '2G,2600', '3G,450', '4G,28000', '4G,2600', '5G,28000'];
    const rows = bands.map((band, i) => `S${i},105.4,21.3,VIETTEL,V${i},${band},0`);
    const text = `site_code,lon,lat,operator,operator_code,technology,band_mhz,azimuths_deg\n${rows.join('\n')}\n`;
    const { records, errors } = await collect(sitesCsv.read(bufferSource('x.csv', text)));
    expect(errors.map(({ row, code, reason }) => [row, code, reason])).toEqual([
      [2, 'bad_band', 'A band of 2G is from 380 to 2000 MHz'],
      [3, 'bad_band', 'A band of 2G is from 380 to 2000 MHz'],
      [4, 'bad_band', 'A band of 3G is from 700 to 3600 MHz'],
      [5, 'bad_band', 'A band of 4G is from 410 to 6000 MHz'],
    ]);
    expect(records.map(({ band_mhz }) => band_mhz)).toEqual([2600, 28_000]);
  });

  it('converts TCVN3 columns of a file that is not UTF-8', async () => {
    const { records, errors } = await readAll(sitesCsv, fixture('sites_tcvn3_cp1252.csv'));
    expect(errors).toEqual([]);
    expect(records.map((record) => [record.site_name, record.address])).toEqual([
      ['Trạm Phú Thọ', 'Thị xã Phú Thọ'],
      ['Trạm Việt Trì', 'Thành phố Việt Trì'],
    ]);
  });

  it('converts VN-2000 metres when the zone is said, keeping them as received', async () => {
    const text = 'site_code,lon,lat\nS1,567440.3135,2358740.1389\n';
    const { records, errors } = await collect(sitesCsv.read(bufferSource('x.csv', text), { srid: 9208 }));
    expect(errors).toEqual([]);
    expect(records[0]).toMatchObject({ source_x: 567440.3135, source_y: 2358740.1389, source_srid: 9208 });
    expect(records[0]?.lon).toBeCloseTo(105.402, 7);
    expect(records[0]?.lat).toBeCloseTo(21.322, 7);
  });

  it('asks when N stands beside Vietnamese letters', async () => {
    const text = 'site_code,lon,lat\nS1,105°11′17″Đ,21°12′33″N\n';
    const { errors } = await collect(sitesCsv.read(bufferSource('x.csv', text)));
    expect(errors.map((error) => [error.field, error.code])).toEqual([['lat', 'ambiguous_hemisphere']]);
  });

  it('refuses a file without the needed columns', async () => {
    await expect(collect(sitesCsv.read(bufferSource('x.csv', 'site_code,name\nS1,a\n')))).rejects.toThrow(
      '"x.csv" has no column lon, lat in its first row',
    );
  });

  it('reads the demo sites without an error', async () => {
    const path = 'fixtures/demo/data/sites.csv';
    expect(sitesCsv.detect(path, await readHead(fileSource(path)))).toBe(true);
    const { records, errors } = await readAll(sitesCsv, path);
    expect(errors).toEqual([]);
    expect(records.length).toBeGreaterThan(400);
    expect(records.every((record) => record.synthetic)).toBe(true);
  });
});
