import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { ImportFileError } from './format.ts';
import type { ImportSource } from './format.ts';
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
 * cells are passed over but counted. Throws ImportFileError for an unclosed quote, or a file that is empty, binary or too large.
 */
export async function* readCsvRows(source: ImportSource, maxBytes: number = MAX_CSV_BYTES): AsyncGenerator<CsvRow[]> {
  const pieces = decodeText(source, maxBytes, false);
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
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (cells.some((cell) => cell !== '')) chunk.push({ row, cells });
      if (chunk.length < ROWS_IN_CHUNK) continue;
      yield chunk;
      chunk = [];
    }
  } catch (cause) {
    throw cause instanceof ImportFileError ? cause : csvFault(source, cause);
  }
  await feeding;
  if (chunk.length > 0) yield chunk;
}

/** The sign that occurs most often in the first line outside quotes. */
export function chooseDelimiter(text: string): string {
  const line = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length - 1;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function csvFault(source: ImportSource, cause: unknown): ImportFileError {
  const unclosed = cause instanceof CsvError && /QUOTE|MAX_RECORD/.test(cause.code);
  const detail = unclosed
    ? 'a quotation mark is misplaced or not closed'
    : cause instanceof Error
      ? cause.message
      : String(cause);
  const line = cause instanceof CsvError && typeof cause['lines'] === 'number' ? ` near line ${cause['lines']}` : '';
  return new ImportFileError('broken_csv', `"${source.file_name}" is not valid CSV${line}: ${detail}`, { cause });
}
