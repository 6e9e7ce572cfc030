import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines } from './csv.ts';

describe('CSV', () => {
  it('puts an apostrophe before text that a spreadsheet would run as a formula', () => {
    const dangerous = ['=1+1', '+84 912', '-5', '@SUM(A1)', '\tx', '=HYPERLINK("http://x","y")'];
    expect(parse(csvLines([dangerous]))).toEqual([dangerous.map((text) => `'${text}`)]);
  });

  it('keeps numbers numeric, negative ones too, and ends lines with CRLF', () => {
    expect(csvLines([[-5, 21.5, 0, null, '07912', 'a;b']])).toBe('-5,21.5,0,,07912,a;b\r\n');
  });

  it('gives every text back through another reader', () => {
    const harmless = fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r＝＋－＠]/.test(text));
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 2, maxLength: 5 }), (texts) => {
        expect(parse(csvLines([texts]), { record_delimiter: '\r\n', relax_column_count: true })).toEqual([texts]);
      }),
    );
  });
});
