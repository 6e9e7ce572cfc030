import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { ImportSource, RawRow, RowError, RowPlace } from './format.ts';
import { ImportFileError, rowError } from './format.ts';
import { decodeText, MAX_CSV_BYTES } from './source.ts';

/** A row longer than this is an unclosed quote swallowing the file, not a row. */
const MAX_ROW_SIGNS = 1_000_000;
const ROWS_IN_CHUNK = 1_000;

export interface CsvRow {
  /** Row as a spreadsheet shows it: the first row of the file is 1. */
  row: number;
  cells: string[];
}

/**
 * The rows of a CSV file in chunks, streamed. The delimiter (`,` `;` or tab) is taken from the first line; rows of only empty
 * cells are passed over but counted. Throws ImportFileError for an unclosed quote, a file that stops in the middle of a row, or
 * one that is empty, binary or too large.
 */
export async function* readCsvRows(source: ImportSource, maxBytes: number = MAX_CSV_BYTES): AsyncGenerator<CsvRow[]> {
  const end = { text: '' };
  const pieces = withEnd(decodeText(source, maxBytes, false), end);
  const first = (await pieces.next()).value ?? '';
  const parser = parse({
    delimiter: chooseDelimiter(first),
    trim: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_SIGNS,
  });
  // The loop below meets the same failure as the pipeline; this only keeps it from being reported twice.
  const feeding = pipeline(Readable.from(startingWith(first, pieces)), parser).catch(() => undefined);
  let chunk: CsvRow[] = [];
  let row = 0;
  let columns = 0;
  let last = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      columns ||= cells.length;
      last = cells.length;
      if (cells.some((cell) => cell !== '')) chunk.push({ row, cells });
      if (chunk.length < ROWS_IN_CHUNK) continue;
      yield chunk;
      chunk = [];
    }
  } catch (cause) {
    throw cause instanceof ImportFileError ? cause : csvFault(source, cause);
  }
  await feeding;
  if (last < columns && !/[\r\n]$/.test(end.text)) throw truncated(source, row, last, columns);
  if (chunk.length > 0) yield chunk;
}

/** The sign that occurs most often in the first line outside quotes. */
export function chooseDelimiter(text: string): string {
  const line = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length - 1;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Keeps the last piece that is not empty, to see how the file ends. */
async function* withEnd(pieces: AsyncIterable<string>, end: { text: string }): AsyncGenerator<string> {
  for await (const piece of pieces) {
    if (piece !== '') end.text = piece;
    yield piece;
  }
}

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** A last row without a line end and with too few cells: the file was cut while it was written or copied. */
function truncated(source: ImportSource, row: number, cells: number, columns: number): ImportFileError {
  return new ImportFileError(
    'truncated',
    `"${source.file_name}" stops in the middle of row ${row} (${cells} of ${columns} columns, no end of line); get the whole file`,
  );
}

/** A row whose values would stand in wrong columns. */
export function wrongColumnCount(
  at: number | RowPlace,
  cells: number,
  columns: number,
  values: readonly string[],
): RowError {
  const reason = `The row has ${cells} columns instead of ${columns}`;
  return rowError(at, 'row', values.join(','), 'wrong_column_count', reason);
}

/** The rows of a CSV file as received, by the names of its first row; a row of another length, or without names, as a list. */
export async function* rawCsvRows(source: ImportSource): AsyncGenerator<RawRow[]> {
  let names: readonly string[] | null = null;
  for await (const chunk of readCsvRows(source)) {
    const columns = (names ??= chunk[0]?.cells ?? []);
    yield chunk.map(({ row, cells }) => {
      const named = row > 1 && cells.length === columns.length;
      const raw = named ? Object.fromEntries(cells.map((cell, index) => [columns[index] ?? '', cell])) : cells;
      return { row, scope: null, raw };
    });
  }
}

const MISPLACED_QUOTE = 'a quotation mark is misplaced or not closed';
const CSV_FAULTS = new Map<string, string>([
  ['CSV_QUOTE_NOT_CLOSED', MISPLACED_QUOTE],
  ['CSV_INVALID_CLOSING_QUOTE', MISPLACED_QUOTE],
  ['INVALID_OPENING_QUOTE', MISPLACED_QUOTE],
  [
    'CSV_MAX_RECORD_SIZE',
    `a row is longer than ${MAX_ROW_SIGNS.toLocaleString('en')} signs; its lines do not end, or ${MISPLACED_QUOTE}`,
  ],
]);

function csvFault(source: ImportSource, cause: unknown): ImportFileError {
  const detail = cause instanceof CsvError ? (CSV_FAULTS.get(cause.code) ?? cause.message) : String(cause);
  const line = cause instanceof CsvError && typeof cause['lines'] === 'number' ? ` near line ${cause['lines']}` : '';
  return new ImportFileError('broken_csv', `"${source.file_name}" is not valid CSV${line}: ${detail}`, { cause });
}
