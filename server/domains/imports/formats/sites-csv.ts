import type { HemisphereLanguage } from '../../../platform/geo/index.ts';
import { hemisphereLanguage, unprojectFromVn2000 } from '../../../platform/geo/index.ts';
import { searchKey } from '../../../platform/text/index.ts';
import type { CsvRow } from './csv-rows.ts';
import { rawCsvRows, readCsvRows, wrongColumnCount } from './csv-rows.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions } from './format.ts';
import { ImportFileError } from './format.ts';
import { checkPosition } from './geometry.ts';
import type { SiteCellRecord, Technology } from './records.ts';
import { checkConsistency } from './site-consistency.ts';
import { readBands, readRadio } from './site-radio.ts';
import type { ColumnStyles } from './site-row-reader.ts';
import { decideStyles, SiteRowReader } from './site-row-reader.ts';
import type { ColumnPlaces } from './sites-columns.ts';
import { findSiteColumns, REQUIRED_SITE_COLUMNS } from './sites-columns.ts';

const BATCH_SIZE = 5_000;
const TECHNOLOGIES: readonly Technology[] = ['2G', '3G', '4G', '5G'];
const MAX_HEIGHT_M = 350;

/** What is known of the file beyond one row. */
interface FileState {
  places: ColumnPlaces;
  columns: number;
  styles: ColumnStyles;
  language: HemisphereLanguage;
  srid: number | undefined;
  /** Position of each site as first seen. */
  positions: Map<string, string>;
  cells: Set<string>;
}

/**
 * The own sites CSV: one row is one station × technology × band, with a `;` list of azimuths. Headers in English or
 * Vietnamese, any order. Encoding of text and style of numbers are decided per column over the first rows.
 */
export const sitesCsv: ImportFormat<'site_cell'> = {
  id: 'sites-csv',
  makes: 'sites',
  record: 'site_cell',
  label: { vi: 'Danh sách trạm (CSV)', en: 'Site list (CSV)' },
  detect(_fileName, head) {
    const first =
      head
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .split(/\r?\n/, 1)[0] ?? '';
    return (
      missingColumns(findSiteColumns(first.split(/[,;\t]/).map((cell) => cell.replaceAll('"', '').trim()))).length === 0
    );
  },
  rows: rawCsvRows,
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<SiteCellRecord>> {
  const size = options.batch_size ?? BATCH_SIZE;
  let state: FileState | null = null;
  let batch: ImportBatch<SiteCellRecord> = { records: [], errors: [], rows: 0, counts: {} };
  let rowsRead = 0;
  for await (const chunk of readCsvRows(source, options.max_bytes)) {
    const rows = state === null ? chunk.slice(1) : chunk;
    state ??= startFile(source, chunk[0], rows, options);
    for (const row of rows) readInto(batch, row, state);
    rowsRead += rows.length;
    if (batch.rows < size) continue;
    yield batch;
    batch = { records: [], errors: [], rows: 0, counts: {} };
  }
  if (rowsRead === 0) throw new ImportFileError('empty', `"${source.file_name}" has no rows`);
  if (batch.rows > 0) yield batch;
}

function startFile(
  source: ImportSource,
  header: CsvRow | undefined,
  rows: readonly CsvRow[],
  options: ReadOptions,
): FileState {
  const places = findSiteColumns(header?.cells ?? []);
  const missing = missingColumns(places);
  if (missing.length > 0) {
    throw new ImportFileError(
      'unknown_columns',
      `"${source.file_name}" has no column ${missing.join(', ')} in its first row`,
    );
  }
  const coordinates = rows.flatMap(({ cells }) => [cells[places.lon ?? -1] ?? '', cells[places.lat ?? -1] ?? '']);
  return {
    places,
    columns: header?.cells.length ?? 0,
    styles: decideStyles(rows, places),
    language: hemisphereLanguage(coordinates),
    srid: options.srid,
    positions: new Map(),
    cells: new Set(),
  };
}

function missingColumns(places: ColumnPlaces): string[] {
  return REQUIRED_SITE_COLUMNS.filter((column) => places[column] === undefined);
}

function readInto(batch: ImportBatch<SiteCellRecord>, row: CsvRow, state: FileState): void {
  batch.rows += 1;
  const reader = new SiteRowReader(row, state.places, state.styles);
  const records = isWhole(reader, row, state.columns) ? readRow(reader, state) : [];
  batch.errors.push(...reader.errors);
  if (reader.errors.length === 0) batch.records.push(...records);
}

/** Refuses totals and rows with too few or too many cells. */
function isWhole(reader: SiteRowReader, row: CsvRow, columns: number): boolean {
  if (row.cells.slice(0, 3).some((cell) => /^(tong cong|tong so|tong|cong|total)\b/.test(searchKey(cell)))) {
    reader.fail('row', 'total_row', 'A row of totals is not a site', row.cells.filter(Boolean).join(' '));
    return false;
  }
  if (row.cells.length === columns) return true;
  reader.errors.push(wrongColumnCount(row.row, row.cells.length, columns, row.cells));
  return false;
}

/** The records of one row: one for each band. */
function readRow(reader: SiteRowReader, state: FileState): SiteCellRecord[] {
  const base = {
    row: reader.row,
    ...readSite(reader, state),
    ...readMast(reader),
    ...readStation(reader),
    ...readRadio(reader),
    ...readCertificate(reader),
    synthetic: reader.boolean('synthetic') ?? false,
  };
  const records = readBands(reader).map((band_mhz): SiteCellRecord => ({ ...base, band_mhz }));
  for (const record of records) checkConsistency(record, reader);
  if (reader.errors.length === 0) for (const record of records) checkAgainstFile(record, reader, state);
  return records;
}

function readSite(reader: SiteRowReader, state: FileState) {
  const site_code = reader.required('site_code');
  return {
    site_code,
    site_name: reader.text('site_name') ?? site_code,
    ...readPosition(reader, state),
    position_method: reader.oneOf('position_method', ['gps', 'map', 'declared'] as const),
    accuracy_m: reader.number('accuracy_m', { min: 0, max: 100_000, unit: 'm' }, { km: (km) => km * 1_000 }),
    address: reader.text('address'),
    commune_code: reader.text('commune_code'),
    environment: reader.oneOf('environment', ['urban', 'suburban', 'rural', 'open'] as const),
    site_status: reader.oneOf('site_status', ['planned', 'active', 'suspended', 'removed'] as const),
    site_from: reader.date('site_from'),
    site_to: reader.date('site_to'),
  };
}

function readPosition(reader: SiteRowReader, state: FileState) {
  const source_text = `${reader.raw('lon')} ${reader.raw('lat')}`;
  const first = reader.coordinate('lon', state.language);
  const second = reader.coordinate('lat', state.language);
  const position = {
    lon: first ?? 0,
    lat: second ?? 0,
    source_text,
    source_x: null,
    source_y: null,
    source_srid: null,
  };
  if (first === null || second === null) return position;
  if (state.srid !== undefined && Math.abs(first) > 1_000 && Math.abs(second) > 1_000) {
    const at = unprojectFromVn2000({ easting_m: first, northing_m: second }, state.srid);
    return { ...position, ...at, source_x: first, source_y: second, source_srid: state.srid };
  }
  const checked = checkPosition([first, second]);
  if (!checked.ok) {
    const { code, reason, proposal } = checked.fault;
    reader.fail(
      'lon',
      code,
      code === 'metres_not_degrees' ? `${reason}: say which VN-2000 zone they are in` : reason,
      source_text,
      proposal,
    );
    const commune_code = reader.raw('commune_code') || null;
    for (const error of reader.errors) if (error.code === code) error.position = { first, second, commune_code };
  }
  return position;
}

function readMast(reader: SiteRowReader) {
  const height = { min: Number.MIN_VALUE, max: MAX_HEIGHT_M, unit: 'm' };
  return {
    mast_no: wholeNumber(reader, 'mast_no', 1, 99),
    mast_class: reader.oneOf('mast_class', ['A1a', 'A1b', 'A2a', 'A2b', 'A2c'] as const),
    mast_height_m: heightOf(reader, 'mast_height_m', height),
    on_building: reader.boolean('on_building'),
    building_height_m: reader.number('building_height_m', { min: 0, max: 500, unit: 'm' }),
    mast_owner: reader.text('mast_owner'),
    permit_no: reader.text('permit_no'),
    permit_date: reader.date('permit_date'),
  };
}

function heightOf(reader: SiteRowReader, column: 'mast_height_m', range: { min: number; max: number; unit: string }) {
  const before = reader.errors.length;
  const value = reader.number(column, range);
  const error = reader.errors[before];
  if (error?.code === 'out_of_range') error.reason = `A mast is over 0 and at most ${MAX_HEIGHT_M} m high`;
  return value;
}

function readStation(reader: SiteRowReader) {
  const operator = reader.text('operator');
  const bts = reader.oneOf('bts_class', ['1', '2'] as const);
  return {
    operator,
    operator_code:
      operator === null ? reader.text('operator_code') : reader.required('operator_code', 'of the station is missing'),
    bts_class: bts === null ? null : bts === '1' ? (1 as const) : (2 as const),
    equipment: reader.text('equipment'),
    commissioned: reader.date('commissioned'),
    decommissioned: reader.date('decommissioned'),
    technology: reader.oneOf('technology', TECHNOLOGIES),
  };
}

function readCertificate(reader: SiteRowReader) {
  return {
    certificate_no: reader.text('certificate_no'),
    certificate_issuer: reader.text('certificate_issuer'),
    certificate_issued: reader.date('certificate_issued'),
    certificate_expires: reader.date('certificate_expires'),
  };
}

function wholeNumber(reader: SiteRowReader, column: 'mast_no', min: number, max: number): number | null {
  const value = reader.number(column, { min, max });
  return value === null || Number.isInteger(value)
    ? value
    : reader.fail(column, 'not_an_integer', 'A whole number is needed');
}

/** A site has one position, and a cell stands once in a file. */
function checkAgainstFile(record: SiteCellRecord, reader: SiteRowReader, state: FileState): void {
  const position = `${record.lon.toFixed(6)} ${record.lat.toFixed(6)}`;
  const known = state.positions.get(record.site_code) ?? position;
  state.positions.set(record.site_code, known);
  if (known !== position)
    reader.fail('lon', 'site_position_differs', `Site ${record.site_code} is at ${known} in an earlier row`, position);
  for (const azimuth of record.azimuths_deg.length > 0 ? record.azimuths_deg : ['station']) {
    const cell = [
      record.site_code,
      record.operator,
      record.operator_code,
      record.technology,
      record.band_mhz,
      azimuth,
    ].join('|');
    if (state.cells.has(cell))
      reader.fail('row', 'duplicate_cell', 'The same station, technology, band and azimuth is in an earlier row', cell);
    state.cells.add(cell);
  }
}
