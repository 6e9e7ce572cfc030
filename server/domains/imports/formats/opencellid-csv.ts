import { dayInVietnam } from '../../../contract/index.ts';
import type { CsvRow } from './csv-rows.ts';
import { chooseDelimiter, rawCsvRows, readCsvRows, wrongColumnCount } from './csv-rows.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions, RowError } from './format.ts';
import { ImportFileError, rowError } from './format.ts';
import { operatorOfNetwork } from './mobile-networks.ts';
import type { OpenCellRecord, Technology } from './records.ts';

/** Columns in the order of the native dumps, which come with or without this header. */
const NATIVE = [
  'radio',
  'mcc',
  'net',
  'area',
  'cell',
  'unit',
  'lon',
  'lat',
  'range',
  'samples',
  'changeable',
  'created',
  'updated',
  'averageSignal',
] as const;
type Column = (typeof NATIVE)[number] | 'network';

/** Names other tools give the columns, lower-case; anything not listed is ignored. */
const RENAMED = new Map<string, Column>(
  Object.entries({
    mnc: 'net',
    lac: 'area',
    tac: 'area',
    cid: 'cell',
    cellid: 'cell',
    psc: 'unit',
    longitude: 'lon',
    latitude: 'lat',
    sam: 'samples',
    averagesignal: 'averageSignal',
    network: 'network',
  } satisfies Record<string, Column>),
);
for (const column of NATIVE) RENAMED.set(column.toLowerCase(), column);

/** CDMA is cdma2000 1x (S-Fone, EVN Telecom), counted with the voice networks of its time. */
const TECHNOLOGY: Record<string, Technology> = { GSM: '2G', CDMA: '2G', UMTS: '3G', LTE: '4G', NBIOT: '4G', NR: '5G' };

const REQUIRED: readonly Column[] = ['radio', 'mcc', 'net', 'area', 'cell', 'lon', 'lat'];
const BATCH_SIZE = 5_000;

/**
 * OpenCelliD cells. A row is a cell, not a tower. Grouping rule: cells of the same mcc-net at the same position (six
 * decimals, 0.1 m) share one `site_key` and make one site with one station; cells of two networks are two sites, because
 * the positions are estimates of each network's own measurements. Nothing else is merged.
 */
export const opencellidCsv: ImportFormat<'open_cell'> = {
  id: 'opencellid-csv',
  makes: 'sites',
  record: 'open_cell',
  label: { vi: 'Ô mạng OpenCelliD (CSV)', en: 'OpenCelliD cells (CSV)' },
  detect(_fileName, head) {
    const text = head.toString('utf8').replace(/^\ufeff/, '');
    const cells = (text.split(/\r?\n/, 1)[0] ?? '').split(chooseDelimiter(text)).map((cell) => cell.trim());
    return columnsOf(cells) !== null;
  },
  rows: rawCsvRows,
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<OpenCellRecord>> {
  const size = options.batch_size ?? BATCH_SIZE;
  const seen = new Set<string>();
  let columns: Columns | null = null;
  let batch = emptyBatch();
  let rowsRead = 0;
  for await (const chunk of readCsvRows(source, options.max_bytes)) {
    let rows = chunk;
    if (columns === null) {
      columns = columnsOf(chunk[0]?.cells ?? []);
      if (columns === null) throw unknownColumns(source);
      if (columns.hasHeader) rows = chunk.slice(1);
    }
    for (const row of rows) readInto(batch, row, columns, seen);
    rowsRead += rows.length;
    if (batch.rows < size) continue;
    yield batch;
    batch = emptyBatch();
  }
  if (rowsRead === 0) throw new ImportFileError('empty', `"${source.file_name}" has no rows`);
  if (batch.rows > 0) yield batch;
}

interface Columns {
  at: Partial<Record<Column, number>>;
  hasHeader: boolean;
  count: number;
}

/** Where each column stands, by the header, or by the native order when the first row is already a cell; null when neither. */
function columnsOf(first: readonly string[]): Columns | null {
  if (first.length === NATIVE.length && Object.hasOwn(TECHNOLOGY, first[0] ?? '')) {
    return {
      at: Object.fromEntries(NATIVE.map((column, index) => [column, index])),
      hasHeader: false,
      count: NATIVE.length,
    };
  }
  const at: Partial<Record<Column, number>> = {};
  for (const [index, name] of first.entries()) {
    const column = RENAMED.get(name.toLowerCase());
    if (column !== undefined) at[column] ??= index;
  }
  return REQUIRED.every((column) => at[column] !== undefined) ? { at, hasHeader: true, count: first.length } : null;
}

function readInto(
  batch: ImportBatch<OpenCellRecord>,
  { row, cells }: CsvRow,
  columns: Columns,
  seen: Set<string>,
): void {
  batch.rows += 1;
  const record =
    cells.length === columns.count
      ? readRow(row, cells, columns.at)
      : wrongColumnCount(row, cells.length, columns.count, cells);
  if ('reason' in record) {
    batch.errors.push(record);
    return;
  }
  const identity = `${record.radio} ${record.mcc} ${record.net} ${record.area} ${record.cell}`;
  if (seen.has(identity)) {
    batch.errors.push(rowError(row, 'cell', identity, 'duplicate_cell', 'The same cell is already in this file'));
    return;
  }
  seen.add(identity);
  batch.records.push(record);
}

function readRow(row: number, cells: readonly string[], at: Columns['at']): OpenCellRecord | RowError {
  const text = (column: Column) => cells[at[column] ?? -1] ?? '';
  const integer = (column: Column) => (/^-?\d+$/.test(text(column)) ? Number(text(column)) : null);
  const radio = text('radio').toUpperCase();
  const technology = TECHNOLOGY[radio];
  if (technology === undefined) {
    return rowError(
      row,
      'radio',
      radio,
      'unknown_radio',
      `The radio must be one of ${Object.keys(TECHNOLOGY).join(', ')}`,
    );
  }
  const [mcc, net, area, cell] = [integer('mcc'), integer('net'), integer('area'), integer('cell')];
  if (mcc === null || net === null || area === null || cell === null) {
    const field = (['mcc', 'net', 'area', 'cell'] as const).find((column) => integer(column) === null) ?? 'mcc';
    return rowError(row, field, text(field), 'not_an_integer', 'A whole number is needed');
  }
  const beyond = beyondRange({ mcc, net, area, cell });
  if (beyond !== null) return rowError(row, beyond.column, text(beyond.column), 'out_of_range', beyond.reason);
  const [lon, lat] = [degrees(text('lon'), 180), degrees(text('lat'), 90)];
  if (lon === null || lat === null) return badPosition(row, text('lon'), text('lat'), lon === null);
  const changeable = integer('changeable');
  return {
    row,
    radio,
    technology,
    mcc,
    net,
    area,
    cell,
    unit: integer('unit'),
    lon,
    lat,
    range_m: integer('range'),
    samples: integer('samples'),
    changeable: changeable === null ? null : changeable === 1,
    created: dayOf(integer('created')),
    updated: dayOf(integer('updated')),
    operator: operatorOfNetwork(mcc, net),
    network_name: text('network') || null,
    site_key: `${mcc}-${net}@${lon.toFixed(6)},${lat.toFixed(6)}`,
  };
}

/** Numbers of networks and cells: MCC of three digits; net up to the SID of CDMA (16 bits); the others must only be exact. */
const RANGES = {
  mcc: [0, 999],
  net: [0, 65_535],
  area: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  cell: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const;

function beyondRange(
  numbers: Record<keyof typeof RANGES, number>,
): { column: keyof typeof RANGES; reason: string } | null {
  for (const column of ['mcc', 'net', 'area', 'cell'] as const) {
    const [from, to] = RANGES[column];
    if (numbers[column] < from || numbers[column] > to) return { column, reason: `Must be from ${from} to ${to}` };
  }
  return null;
}

function badPosition(row: number, lon: string, lat: string, byLongitude: boolean): RowError {
  const error = byLongitude
    ? rowError(row, 'lon', lon, 'bad_longitude', 'Longitude must be a number within ±180 degrees')
    : rowError(row, 'lat', lat, 'bad_latitude', 'Latitude must be a number within ±90 degrees');
  const [first, second] = [Number(lon), Number(lat)];
  const known = lon !== '' && lat !== '' && Number.isFinite(first) && Number.isFinite(second);
  return known ? { ...error, position: { first, second, commune_code: null } } : error;
}

function degrees(text: string, limit: number): number | null {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : null;
}

/** The day in Vietnam of Unix seconds; zero and less mean "not known". */
function dayOf(seconds: number | null): string | null {
  return seconds === null || seconds <= 0 || seconds > 8.64e9 ? null : dayInVietnam(new Date(seconds * 1_000));
}

function unknownColumns(source: ImportSource): ImportFileError {
  const message = `"${source.file_name}" has no OpenCelliD columns (${REQUIRED.join(', ')}) in its first row`;
  return new ImportFileError('unknown_columns', message);
}

function emptyBatch(): ImportBatch<OpenCellRecord> {
  return { records: [], errors: [], rows: 0, counts: {} };
}
