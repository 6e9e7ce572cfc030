import { searchKey } from '../../../platform/text/index.ts';
import type { CsvRow } from './csv-rows.ts';
import { chooseDelimiter, readCsvRows, wrongColumnCount } from './csv-rows.ts';
import type { ImportBatch, ImportSource, ReadOptions } from './format.ts';
import { ImportFileError } from './format.ts';
import { decideColumns, RowReader } from './row-reader.ts';

const BATCH_SIZE = 5_000;

/** Where each column stands in a file. */
export type ColumnPlaces<C extends string> = Partial<Record<C, number>>;

/** A CSV table of ours: columns in any order, by their own names or by those that people write. */
export interface CsvTable<C extends string> {
  /** Groups of columns of which a file needs at least one each. */
  required: readonly (readonly C[])[];
  /** Free text, whose encoding is decided per column. */
  text: readonly C[];
  /** Numbers, whose decimal sign is decided per column. */
  numbers: readonly C[];
  /** Words for the values of a list, as search keys. */
  words: ReadonlyMap<string, string>;
  /** The column of a search key. */
  names: ReadonlyMap<string, C>;
}

export function defineTable<C extends string>(given: {
  columns: readonly C[];
  required: CsvTable<C>['required'];
  text: readonly C[];
  numbers: readonly C[];
  /** Headers that people write, as search keys (no accents, no punctuation). */
  aliases: Readonly<Record<string, C>>;
  words: Readonly<Record<string, string>>;
}): CsvTable<C> {
  const { columns, aliases, words, ...table } = given;
  const own = columns.map((column) => [searchKey(column), column] as const);
  return { ...table, names: new Map([...Object.entries(aliases), ...own]), words: new Map(Object.entries(words)) };
}

/** Where each column stands in a header row. What stands in brackets (`Chiều cao cột (m)`) counts only if a name has it. */
export function findColumns<C extends string>({ names }: CsvTable<C>, header: readonly string[]): ColumnPlaces<C> {
  const places: ColumnPlaces<C> = {};
  for (const [index, name] of header.entries()) {
    const column = names.get(searchKey(name)) ?? names.get(searchKey(name.replace(/[([].*[)\]]/, '')));
    if (column !== undefined) places[column] ??= index;
  }
  return places;
}

function missingColumns<C extends string>({ required }: CsvTable<C>, places: ColumnPlaces<C>): string[] {
  return required
    .filter((group) => group.every((column) => places[column] === undefined))
    .map((group) => group.join(' or '));
}

/** Whether the first line of a file has the columns that the table needs. */
export function hasColumns<C extends string>(table: CsvTable<C>, head: Buffer): boolean {
  const first =
    head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/, 1)[0] ?? '';
  const header = first.split(chooseDelimiter(first)).map((cell) => cell.replaceAll('"', '').trim());
  return missingColumns(table, findColumns(table, header)).length === 0;
}

/** What is known of a file when its first rows are there. */
export interface TableStart<C extends string> {
  options: ReadOptions;
  /** The cells of a column in the first rows. */
  column(name: C): string[];
}

/** Reads one row; faults go into the reader's errors, and then nothing of the row is taken. */
export type ReadRow<C extends string, R> = (reader: RowReader<C>, counts: Record<string, number>) => R[];

/**
 * The records of a CSV table in batches, streamed. Rows of totals and of another length are row errors.
 * @param begin called once with the first rows; gives what reads a row
 * @throws ImportFileError when a needed column or every row is missing
 */
export async function* readTable<C extends string, R>(
  source: ImportSource,
  options: ReadOptions,
  table: CsvTable<C>,
  begin: (start: TableStart<C>) => ReadRow<C, R>,
): AsyncGenerator<ImportBatch<R>> {
  const size = options.batch_size ?? BATCH_SIZE;
  let readInto: ((batch: ImportBatch<R>, row: CsvRow) => void) | null = null;
  let batch: ImportBatch<R> = { records: [], errors: [], rows: 0, counts: {} };
  let rowsRead = 0;
  for await (const chunk of readCsvRows(source, options.max_bytes)) {
    const rows: CsvRow[] = readInto === null ? chunk.slice(1) : chunk;
    readInto ??= startFile(source, chunk[0], rows, options, table, begin);
    for (const row of rows) readInto(batch, row);
    rowsRead += rows.length;
    if (batch.rows < size) continue;
    yield batch;
    batch = { records: [], errors: [], rows: 0, counts: {} };
  }
  if (rowsRead === 0) throw new ImportFileError('empty', `"${source.file_name}" has no rows`);
  if (batch.rows > 0) yield batch;
}

function startFile<C extends string, R>(
  source: ImportSource,
  header: CsvRow | undefined,
  rows: readonly CsvRow[],
  options: ReadOptions,
  table: CsvTable<C>,
  begin: (start: TableStart<C>) => ReadRow<C, R>,
): (batch: ImportBatch<R>, row: CsvRow) => void {
  const places = findColumns(table, header?.cells ?? []);
  const missing = missingColumns(table, places);
  if (missing.length > 0) {
    throw new ImportFileError(
      'unknown_columns',
      `"${source.file_name}" has no column ${missing.join(', ')} in its first row`,
    );
  }
  const columns = decideColumns(table, places, rows);
  const width = header?.cells.length ?? 0;
  const readRow = begin({ options, column: (name) => rows.map(({ cells }) => cells[places[name] ?? -1] ?? '') });
  return (batch, row) => {
    batch.rows += 1;
    const reader = new RowReader(row, columns);
    const records = isWhole(reader, width) ? readRow(reader, batch.counts) : [];
    batch.errors.push(...reader.errors);
    if (reader.errors.length === 0) batch.records.push(...records);
  };
}

/** Words of a row of totals. `Tổng công ty`, `Công ty` and names such as `Cộng Hoà` are none. */
const TOTALS = /^((tong cong(?! ty)|tong so|total)\b|(tong|cong)[\s:]*\d*$)/;

/** Refuses totals and rows with too few or too many cells. */
function isWhole<C extends string>(reader: RowReader<C>, width: number): boolean {
  const { row, cells } = reader;
  if (cells.slice(0, 3).some((cell) => TOTALS.test(searchKey(cell)))) {
    reader.fail('row', 'total_row', 'A row of totals is not a row of the list', cells.filter(Boolean).join(' '));
    return false;
  }
  if (cells.length === width) return true;
  reader.errors.push(wrongColumnCount(row, cells.length, width, cells));
  return false;
}
