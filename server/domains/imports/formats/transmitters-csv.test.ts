import { describe, expect, it } from 'vitest';
import { detectFormat, IMPORT_FORMATS } from './index.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';
import { transmittersCsv } from './transmitters-csv.ts';

describe('transmitters CSV', () => {
  it('gives a row error with field, value and reason for each bad row, and the other rows go on', async () => {
    const { records, errors, rows } = await readAll(transmittersCsv, fixture('transmitters_row_errors.csv'));
    expect(rows).toBe(18);
    expect(errors.map((error) => [error.row, error.field, error.value, error.code])).toEqual([
      [5, 'frequency_mhz', '207.25', 'not_of_service'],
      [6, 'frequency_mhz', '684', 'not_of_service'],
      [7, 'erp_w', '0', 'out_of_range'],
      [8, 'erp_w', '5000 kW', 'out_of_range'],
      [9, 'erp_w', '43 dBm', 'unknown_unit'],
      [10, 'height_m', '-5', 'out_of_range'],
      [11, 'height_m', '4200', 'out_of_range'],
      [12, 'valid_to', '1999-10-01', 'ends_before_start'],
      [13, 'code', 'T1', 'duplicate_code'],
      [14, 'digital', 'true', 'contradiction'],
      [15, 'declared_pct_area', '101', 'out_of_range'],
      [15, 'declared_pct_pop', '-1', 'out_of_range'],
      [16, 'lon', '21.31 105.21', 'lat_lon_swapped'],
      [17, 'code', null, 'missing'],
      [17, 'service', null, 'missing'],
      [17, 'frequency_mhz', null, 'missing'],
      [17, 'erp_w', null, 'missing'],
      [17, 'height_m', null, 'missing'],
    ]);
    for (const { reason } of errors) expect(reason.length).toBeGreaterThan(10);
    expect(errors[1]?.proposal).toBe('684 kHz is 0.684 MHz');
    expect(records.map(({ row }) => row)).toEqual([2, 3, 4, 18, 19]);
  });

  it('takes power in W and kW, frequencies in MHz and kHz, by the unit written', async () => {
    const { records } = await readAll(transmittersCsv, fixture('transmitters_row_errors.csv'));
    expect(records.map(({ code, frequency_mhz, erp_w, height_m }) => [code, frequency_mhz, erp_w, height_m])).toEqual([
      ['T1', 104, 5000, 105],
      ['T2', 97.3, 2000, 105],
      ['T3', 0.684, 10_000, 60],
      ['T15', 674, 5000, 125],
      ['T16', 104, 5000, 105],
    ]);
    expect(records[0]).toMatchObject({
      service: 'fm',
      operator: 'Đài tỉnh',
      declared_pct_area: 80,
      declared_pct_pop: 90,
      declared_source: 'BC 2008',
      digital: false,
      threshold_dbuv_m: null,
    });
    expect(records[3]).toMatchObject({ digital: true, threshold_dbuv_m: 54.5 });
  });

  it('reads Vietnamese headers, decimal commas and a column in kW', async () => {
    const path = fixture('transmitters_vietnamese_headers_kw.csv');
    expect(detectFormat('danh-sach.csv', await readHead(fileSource(path)))?.id).toBe('transmitters-csv');
    const { records, errors } = await readAll(transmittersCsv, path);
    expect(errors).toEqual([]);
    expect(
      records.map((row) => [row.service, row.frequency_mhz, row.erp_w, row.height_m, row.valid_from, row.polarisation]),
    ).toEqual([
      ['fm', 104.5, 5000, 105.5, '1997-05-19', 'vertical'],
      ['tv', 583.25, 200, 125, '2000-04-10', 'horizontal'],
    ]);
  });

  it('is told apart from every other list', async () => {
    const head = await readHead(fileSource(fixture('transmitters_row_errors.csv')));
    expect(IMPORT_FORMATS.filter((format) => format.detect('x.csv', head)).map(({ id }) => id)).toEqual([
      'transmitters-csv',
    ]);
  });

  it('refuses a file without power', async () => {
    const text = 'code,service,frequency_mhz,height_m,lon,lat\nA,fm,100,50,105.2,21.3\n';
    expect(transmittersCsv.detect('t.csv', Buffer.from(text))).toBe(false);
    await expect(collect(transmittersCsv.read(bufferSource('t.csv', text)))).rejects.toThrow('erp_w or erp_kw');
  });
});
