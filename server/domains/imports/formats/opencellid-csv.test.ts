import { describe, expect, it } from 'vitest';
import { opencellidCsv } from './opencellid-csv.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

const HEADER = 'radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal';

describe('OpenCelliD', () => {
  it('rows that cannot be taken are values, and the others go on', async () => {
    const { records, errors, rows } = await readAll(opencellidCsv, fixture('opencellid_row_errors.csv'));
    expect(rows).toBe(10);
    expect(errors.map((error) => [error.row, error.field, error.code])).toEqual([
      [5, 'cell', 'duplicate_cell'],
      [6, 'radio', 'unknown_radio'],
      [7, 'cell', 'not_an_integer'],
      [8, 'lon', 'bad_longitude'],
      [9, 'lat', 'bad_latitude'],
      [10, 'row', 'wrong_column_count'],
    ]);
    expect(records.map((record) => [record.row, record.operator, record.technology])).toEqual([
      [2, 'VIETTEL', '4G'],
      [3, 'VIETTEL', '4G'],
      [4, 'VINAPHONE', '2G'],
      [12, null, '5G'],
    ]);
    expect(records[0]).toMatchObject({ created: '2016-10-28', changeable: true, unit: 0 });
    expect(records[1]).toMatchObject({ created: null, changeable: false, unit: null });
  });

  it('cells of one network at one position are one site; another network there is another site', async () => {
    const { records } = await readAll(opencellidCsv, fixture('opencellid_row_errors.csv'));
    expect(records.slice(0, 3).map((record) => record.site_key)).toEqual([
      '452-4@105.402000,21.322000',
      '452-4@105.402000,21.322000',
      '452-2@105.402000,21.322000',
    ]);
  });

  it('a dump without header is read by the native order', async () => {
    const path = fixture('opencellid_without_header.csv');
    expect(opencellidCsv.detect(path, await readHead(fileSource(path)))).toBe(true);
    const { records, errors } = await readAll(opencellidCsv, path);
    expect(errors).toEqual([]);
    expect(records.map((record) => [record.row, record.radio, record.technology, record.lon])).toEqual([
      [1, 'UMTS', '3G', 105.4],
      [2, 'CDMA', '2G', 105.4],
    ]);
  });

  it('a file with other columns, an open quote or no rows is refused', async () => {
    await expect(collect(opencellidCsv.read(bufferSource('x.csv', 'a,b\n1,2\n')))).rejects.toThrow(
      /"x.csv" has no OpenCelliD columns/,
    );
    await expect(collect(opencellidCsv.read(bufferSource('x.csv', `${HEADER}\nLTE,"452,4\n`)))).rejects.toThrow(
      '"x.csv" is not valid CSV near line 2: a quotation mark is misplaced or not closed',
    );
    await expect(collect(opencellidCsv.read(bufferSource('x.csv', '\n\n')))).rejects.toThrow('"x.csv" has no rows');
  });

  it('stays within the limit of size even when the size is not known before', async () => {
    const source = {
      ...bufferSource('x.csv', `${HEADER}\n${'LTE,452,4,1,1,0,105,21,1,1,1,1,1,0\n'.repeat(1_000)}`),
      size: null,
    };
    await expect(collect(opencellidCsv.read(source, { max_bytes: 1_000 }))).rejects.toThrow(/larger than the limit/);
  });

  it('reads 100,000 rows in well under 3 s of processor time', async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, index) => `LTE,452,4,${index % 500},${index},0,105.${index},21.3,1000,1,1,1477602130,1477602130,0`,
    );
    const source = bufferSource('many.csv', `${HEADER}\n${lines.join('\n')}\n`);
    const start = process.cpuUsage();
    const { records, errors } = await collect(opencellidCsv.read(source));
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(3_000);
    expect([records.length, errors.length]).toEqual([100_000, 0]);
  });
});
