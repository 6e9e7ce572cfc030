import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsvRows } from './csv-rows.ts';
import { type ImportSource, rowError } from './format.ts';
import { bufferSource, fileSource, readHead, readJson } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'phusong-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = (text: string) => rowsFrom(bufferSource('x.csv', text));

async function rowsFrom(source: ImportSource): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const chunk of readCsvRows(source)) rows.push(...chunk.map(({ cells }) => cells));
  return rows;
}

/** Text for longer than the head by which a file is judged, then a NUL. */
const endsBinary = () => Readable.from([Buffer.from(`a,b\n${'1,2\n'.repeat(20_000)}`), Buffer.from('3,\0\n')]);

describe('files that cannot be taken', () => {
  it('are named with what is wrong', async () => {
    expect(() => fileSource(join(folder, 'none.csv'))).toThrow(/^There is no file ".*none\.csv"$/);
    expect(() => fileSource(folder)).toThrow(/^The folder ".*" has no networks\.csv/);
    await expect(readHead(bufferSource('x.csv', ''))).rejects.toThrow('"x.csv" is empty');
    await expect(readHead(bufferSource('x.csv', Buffer.from('504b03041400', 'hex')))).rejects.toThrow(
      /an Excel workbook/,
    );
  });

  it('a CSV file that stops in the middle of a row is refused as a whole', async () => {
    await expect(rowsOf('a,b,c\n1,2,3\n4,5')).rejects.toThrow(
      /^"x\.csv" stops in the middle of row 3 \(2 of 3 columns/,
    );
    await expect(rowsOf('a,b,c\n1,2,3\n4,"5')).rejects.toThrow(/not closed/);
  });

  it('a short row that ends its line is a row, and so is a whole last row without a line end', async () => {
    expect(await rowsOf('a,b,c\n1,2,3\n4,5\n')).toHaveLength(3);
    expect(await rowsOf('a,b,c\n1,2,3\n4,5,6')).toHaveLength(3);
  });
});

describe('signs that no database text can hold', () => {
  it('are replaced in JSON, and nothing else is', async () => {
    const text = String.raw`{"nul":"a\u0000b","half":"\ud83d!","pair":"\ud83d\ude00","written":"\\u0000","plain":"ố"}`;
    expect(await readJson(bufferSource('x.json', text))).toEqual({
      nul: 'a\ufffdb',
      half: '\ufffd!',
      pair: '😀',
      written: '\\u0000',
      plain: 'ố',
    });
  });

  it('make a CSV file no text', async () => {
    await expect(rowsOf('a,b\n1,\0\n')).rejects.toThrow(/is a binary file/);
    await expect(rowsFrom({ file_name: 'x.csv', size: null, open: endsBinary })).rejects.toThrow(
      /not valid UTF-8 text/,
    );
  });

  it('do not come from shortening a value', () => {
    expect(rowError(1, 'name', `${'x'.repeat(199)}😀 and more`, 'c', 'r').value).toBe(`${'x'.repeat(199)}…`);
  });
});

describe('siblings', () => {
  it('are files of the same folder only', () => {
    writeFileSync(join(folder, 'nodes.csv'), 'id\n');
    const source = fileSource(join(folder, 'nodes.csv'));
    expect(source.sibling?.('nodes.csv')?.file_name).toBe('nodes.csv');
    expect(source.sibling?.('spans.csv')).toBeNull();
    expect(source.sibling?.('../nodes.csv')).toBeNull();
    expect(source.sibling?.(join(folder, 'nodes.csv'))).toBeNull();
    expect(fileSource(folder).file_name).toMatch(/^phusong-source-.*\/nodes\.csv$/);
  });
});

describe('text in UTF-16', () => {
  it('is recognised by its mark', async () => {
    const head = await readHead(bufferSource('x.csv', Buffer.from('\ufeffsite_code,lon', 'utf16le')));
    expect(head.toString('utf8')).toBe('site_code,lon');
  });
});
