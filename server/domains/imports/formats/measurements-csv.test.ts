import { describe, expect, it } from 'vitest';
import { projectToVn2000 } from '../../../platform/geo/index.ts';
import { detectFormat } from './index.ts';
import { measurementsCsv } from './measurements-csv.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

const read = (text: string, options = {}) => collect(measurementsCsv.read(bufferSource('do.csv', text), options));
const levels = async (header: string, rows: readonly [technology: string, level: string][]) => {
  const lines = rows.map(([technology, level]) => `105.1,21.2,2025-11-10 08:00:00,VIETTEL,${technology},${level}`);
  const { records, errors } = await read(`lon,lat,time,operator,technology,${header}\n${lines.join('\n')}\n`);
  return { levels: records.map(({ level_dbm }) => level_dbm), errors: errors.map(({ row, code }) => [row, code]) };
};

describe('measurements CSV', () => {
  it('gives a row error with field, value and reason for each bad row, and the other rows go on', async () => {
    const path = fixture('measurements_row_errors.csv');
    expect(detectFormat('do.csv', await readHead(fileSource(path)))?.id).toBe('measurements-csv');
    const { records, errors, rows } = await readAll(measurementsCsv, path);
    expect(rows).toBe(20);
    expect(errors.map((error) => [error.row, error.field, error.value, error.code])).toEqual([
      [6, 'level_dbm', '0', 'out_of_range'],
      [7, 'level_dbm', '45', 'out_of_range'],
      [8, 'level_dbm', '-161', 'out_of_range'],
      [9, 'level_dbm', null, 'missing'],
      [10, 'measured_at', '2025-11-10', 'bad_time'],
      [11, 'measured_at', '2025-11-31T08:31:15', 'bad_time'],
      [12, 'measured_at', '2125-11-10T08:31:15', 'future_date'],
      [13, 'operator', '452-99', 'unknown_network'],
      [15, 'operator', null, 'missing'],
      [16, 'lon', '21.25 105.15', 'lat_lon_swapped'],
      [19, 'technology', 'wifi', 'not_in_list'],
      [20, 'level_dbm', '-95 dB', 'unknown_unit'],
    ]);
    expect(records.map(({ row }) => row)).toEqual([2, 3, 4, 5, 14, 17, 18, 21]);
    expect(records[0]).toMatchObject({ measured_at: '2025-11-10T01:30:15.000Z', technology: '4G', level_dbm: -95.5 });
    expect(records[1]).toMatchObject({ measured_at: '2025-11-10T01:30:15.000Z', operator: 'VINAPHONE' });
    expect(records[7]).toMatchObject({ measured_at: '2025-11-10T01:32:00.000Z', technology: '5G', level_dbm: -99 });
  });

  it('knows the networks of Vietnam, in one column or in two', async () => {
    const rows = ['01', '02', '04', '05', '07'].map((mnc, i) => `105.1,21.2,2025-11-10 08:00:0${i},452,${mnc},4G,-90`);
    const { records } = await read(`lon,lat,time,mcc,mnc,technology,level_dbm\n${rows.join('\n')}\n`);
    expect(records.map(({ operator }) => operator)).toEqual([
      'MOBIFONE',
      'VINAPHONE',
      'VIETTEL',
      'VIETNAMOBILE',
      'GMOBILE',
    ]);
  });

  it('takes raw values only where the header says so', async () => {
    expect(await levels('RxLev', [['2G', '40']])).toEqual({ levels: [], errors: [[2, 'out_of_range']] });
    expect(await levels('RxLev', [['2G', '-70']])).toEqual({ levels: [-70], errors: [] });
    const raw: [string, string][] = [
      ['2G', '0'],
      ['2G', '40'],
      ['2G', '63'],
      ['2G', '64'],
      ['4G', '40'],
    ];
    for (const header of ['RxLev (0–63)', 'rxlev_raw']) {
      expect(await levels(header, raw)).toEqual({
        levels: [-110, -70, -47],
        errors: [
          [5, 'out_of_range'],
          [6, 'raw_level'],
        ],
      });
    }
  });

  it('reads ASU of 2G and 4G, and refuses that of 3G and "not known"', async () => {
    const rows: [string, string][] = [
      ['2G', '31'],
      ['2G', '99'],
      ['3G', '20'],
      ['4G', '45'],
      ['5G', '97'],
    ];
    expect(await levels('ASU', rows)).toEqual({
      levels: [-51, -95, -43],
      errors: [
        [3, 'raw_level'],
        [4, 'raw_level'],
      ],
    });
  });

  it('reads degrees with Vietnamese letters, and metres of a VN-2000 zone', async () => {
    const header = 'Kinh độ;Vĩ độ;Thời điểm;Nhà mạng;Công nghệ;Mức thu (dBm)';
    const rest = '10/11/2025 08:30:00;MobiFone;2G;-77,5';
    const { records } = await read(`${header}\n105°24′07.20″Đ;21°19′19.20″B;${rest}\n`);
    expect(records[0]).toMatchObject({ operator: 'MobiFone', level_dbm: -77.5 });
    expect(records[0]?.lon).toBeCloseTo(105.402, 6);
    const { easting_m, northing_m } = projectToVn2000(105.402, 21.322, 9208);
    const metres = await read(`${header}\n${easting_m};${northing_m};${rest}\n`, { srid: 9208 });
    expect(metres.records[0]?.lon).toBeCloseTo(105.402, 6);
    expect(metres.records[0]?.lat).toBeCloseTo(21.322, 6);
  });
});
