import { describe, expect, it } from 'vitest';
import { detectFormat } from './index.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';
import { villagesCsv } from './villages-csv.ts';

const read = (text: string) => collect(villagesCsv.read(bufferSource('thon.csv', text)));

describe('villages CSV', () => {
  it('is recognised by its columns, and is no list of sites', async () => {
    const path = fixture('villages_row_errors.csv');
    expect(detectFormat('thon.csv', await readHead(fileSource(path)))?.id).toBe('villages-csv');
    const sites = fixture('sites_row_errors.csv');
    expect(detectFormat('tram.csv', await readHead(fileSource(sites)))?.id).toBe('sites-csv');
  });

  it('gives a row error with field, value and reason for each bad row, and the other rows go on', async () => {
    const { records, errors, rows } = await readAll(villagesCsv, fixture('villages_row_errors.csv'));
    expect(rows).toBe(15);
    expect(errors.map(({ row, field, value, code }) => [row, field, value, code])).toEqual([
      [5, 'name', null, 'missing'],
      [6, 'commune_code', null, 'missing'],
      [7, 'lon', '21,31 105,21', 'lat_lon_swapped'],
      [8, 'population', 'mười', 'not_a_number'],
      [9, 'population', '-5', 'out_of_range'],
      [10, 'population', '10,5', 'not_whole'],
      [11, 'year', '3019', 'out_of_range'],
      [12, 'code', 'mã 11', 'bad_code'],
      [13, 'row', 'Tổng cộng 1.200', 'total_row'],
    ]);
    expect(records.map(({ row }) => row)).toEqual([2, 3, 4, 14, 15, 16]);
    expect(records[0]).toMatchObject({
      code: 'T-01',
      name: 'Thôn Đồng Tiến',
      lon: 105.205,
      lat: 21.305,
      population: 1200,
      households: 310,
      year: 2019,
    });
    // Not known is not zero.
    expect(records.slice(1, 3).map(({ population }) => population)).toEqual([null, 0]);
  });

  it('makes a code of commune and name, the same every time, for villages without one', async () => {
    const rows =
      'Thôn Hoà,10001,105.2,21.3\nThôn Hòa,10001,105.2,21.3\nThôn Hòa,10002,105.2,21.3\nThôn Hai,10001,105.2,21.3';
    const { records, counts } = await read(`name,commune_code,lon,lat\n${rows}\n`);
    const codes = records.map(({ code }) => code);
    expect(codes[0]).toMatch(/^10001-[0-9A-F]{8}$/);
    // Two ways of writing one name are one village.
    expect(codes[1]).toBe(codes[0]);
    expect(new Set(codes).size).toBe(3);
    expect(counts).toMatchObject({ codes_made_up: 4 });
  });

  it('takes names that begin like the words of a total', async () => {
    const header = 'name,commune_code,lon,lat\n';
    const names = ['Cộng Hoà', 'Công Lý', 'Tổng công ty 319', 'Tổng Khê'];
    const text = header + names.map((name, at) => `${name},10001,105.2,21.3${at}`).join('\n');
    const { records, errors } = await read(`${text}\nTổng cộng,,,\nCộng: 4,,,\nTổng số thôn,,,`);
    expect(records.map(({ name }) => name)).toEqual(names);
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [6, 'total_row'],
      [7, 'total_row'],
      [8, 'total_row'],
    ]);
  });
});
