import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { unzip } from '../../testing/unzip.ts';
import { type Cell, cellStyle, columnLetters, dateSerial, xmlText } from './cells.ts';
import { type Worksheet, workbookStream } from './workbook.ts';

async function bytesOf(sheets: Worksheet[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of workbookStream(sheets, new Date('2026-11-23T08:30:00Z'))) pieces.push(piece);
  return Buffer.concat(pieces);
}

const texts = (values: string[]): Cell[] => values.map((value) => ({ value, style: cellStyle.text }));

describe('cells', () => {
  it('numbers days as Excel does', () => {
    expect(dateSerial('1900-03-01')).toBe(61);
    expect(dateSerial('2008-12-31')).toBe(39_813);
    expect(dateSerial('2026-11-23')).toBe(46_349);
  });

  it('names columns up to the last one that a sheet can have', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });

  it('escapes what XML cannot hold, and what looks like such an escape', () => {
    expect(xmlText('a<b>&"\u0001\r\n_x0041_')).toBe('a&lt;b&gt;&amp;"_x0001__x000D_\n_x005F_x0041_');
  });

  it('cuts text at the longest that a cell may hold', () => {
    expect(xmlText('x'.repeat(40_000))).toHaveLength(32_767);
  });
});

describe('workbook', () => {
  it('gives every text back through another reader, and none of it is a formula', async () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'=+-@<>&"\'_x0 \n\tĐđỬợ\u0001') })
      .filter((value) => value !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (values) => {
        const file = await bytesOf([{ name: 'Danh sách', widths: values.map(() => 10), rows: () => [texts(values)] }]);
        expect((await readXlsx(file)).sheets[0]?.rows).toEqual([values]);
        expect(unzip(file).get('xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/);
      }),
      { numRuns: 50 },
    );
  });

  it('freezes, filters and repeats the header of a table, on the range of its rows', async () => {
    const sheet: Worksheet = {
      name: "Trạm '08",
      widths: [5, 20],
      table: { rows: 2 },
      rows: () => [texts(['a', 'b']), texts(['1', '2']), texts(['3', '4'])],
    };
    const files = unzip(await bytesOf([sheet]));
    expect(files.get('xl/worksheets/sheet1.xml')).toContain(
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    );
    expect(files.get('xl/worksheets/sheet1.xml')).toContain('<autoFilter ref="A1:B3"/>');
    expect(files.get('xl/workbook.xml')).toContain("'Trạm ''08'!$1:$1");
  });

  it('fails as a whole when a row fails', async () => {
    const broken: Worksheet = {
      name: 'x',
      widths: [5],
      rows: async function* () {
        yield texts(['a']);
        throw new Error('the database went away');
      },
    };
    await expect(bytesOf([broken])).rejects.toThrow('the database went away');
  });

  it('stops pulling rows when its reader stops', async () => {
    let closed = false;
    const endless: Worksheet = {
      name: 'x',
      widths: [5],
      rows: async function* () {
        try {
          for (;;) yield texts([Math.random().toString(36).repeat(20)]);
        } finally {
          closed = true;
        }
      },
    };
    let pieces = 0;
    for await (const _ of workbookStream([endless], new Date())) if (++pieces > 20) break;
    await expect.poll(() => closed).toBe(true);
  });
});
