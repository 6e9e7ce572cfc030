import { describe, expect, it } from 'vitest';
import { claimsCsv } from './claims-csv.ts';
import { detectFormat } from './index.ts';
import { bufferSource, fileSource, readHead } from './source.ts';
import { collect, fixture, readAll } from './test-support.ts';

describe('claims CSV', () => {
  it('gives a row error with field, value and reason for each bad row, and the other rows go on', async () => {
    const { records, errors, rows, counts } = await readAll(claimsCsv, fixture('claims_row_errors.csv'));
    expect(rows).toBe(20);
    expect(errors.map((error) => [error.row, error.field, error.value, error.code])).toEqual([
      [6, 'pct_pop', '104', 'out_of_range'],
      [7, 'pct_pop', '-3', 'out_of_range'],
      [8, 'covered', 'true', 'contradiction'],
      [9, 'covered', 'false', 'contradiction'],
      [10, 'as_of', '2108-12-31', 'future_date'],
      [14, 'technology', '6G', 'not_in_list'],
      [15, 'covered', 'maybe', 'not_yes_or_no'],
      [16, 'covered', null, 'missing'],
      [17, 'as_of', null, 'missing'],
      [17, 'operator', null, 'missing'],
      [17, 'commune_code', null, 'missing'],
      [18, 'row', 'Tổng cộng 2', 'total_row'],
      [19, 'row', 'VIETTEL,2G,10001,2008-12-31,true', 'wrong_column_count'],
    ]);
    for (const { reason } of errors) expect(reason.length).toBeGreaterThan(10);
    expect(records.map(({ row }) => row)).toEqual([2, 3, 4, 5, 11, 12, 13, 20, 21]);
    expect(counts).toEqual({ covered_by_share: 1 });
    expect(records[1]).toEqual({
      row: 3,
      operator: 'Viettel',
      technology: '2G',
      commune_code: '10002',
      as_of: '2008-12-31',
      covered: true,
      pct_pop: 96,
      source: 'CV 12/2009',
      synthetic: false,
    });
  });

  it('reads Vietnamese headers, decimal commas, percent signs and words', async () => {
    const path = fixture('claims_vietnamese_headers.csv');
    const head = await readHead(fileSource(path));
    expect(detectFormat('khai-bao.csv', head)?.id).toBe('claims-csv');
    const { records, errors } = await readAll(claimsCsv, path);
    expect(errors).toEqual([]);
    expect(records.map(({ technology, as_of, covered, pct_pop }) => [technology, as_of, covered, pct_pop])).toEqual([
      ['2G', '2008-12-31', true, 97.5],
      ['3G', '2010-12-31', false, 41.25],
    ]);
  });

  it('decides by the share alone at 95 %, not below', async () => {
    const text = 'operator,technology,commune_code,as_of,pct_pop\nA,2G,1,2008-12-31,94.9\nA,2G,2,2008-12-31,95\n';
    const { records } = await collect(claimsCsv.read(bufferSource('claims.csv', text)));
    expect(records.map(({ covered }) => covered)).toEqual([false, true]);
  });

  it('refuses a file without the share and without the answer', async () => {
    const text = 'operator,technology,commune_code,as_of\nA,2G,1,2008-12-31\n';
    expect(claimsCsv.detect('claims.csv', Buffer.from(text))).toBe(false);
    await expect(collect(claimsCsv.read(bufferSource('claims.csv', text)))).rejects.toThrow('covered or pct_pop');
  });
});
