import { rawCsvRows } from './csv-rows.ts';
import { hasColumns, readTable } from './csv-table.ts';
import type { ImportFormat } from './format.ts';
import { type ReadPosition, readPositionsOf } from './read-position.ts';
import type { SiteCellRecord, Technology } from './records.ts';
import { OVER_0 } from './row-reader.ts';
import { checkConsistency } from './site-consistency.ts';
import { MAX_HEIGHT_M, readBands, readRadio } from './site-radio.ts';
import { type SiteColumn, type SiteRowReader, siteTable } from './sites-columns.ts';
import { DEFAULT_FROM } from './values.ts';

const TECHNOLOGIES: readonly Technology[] = ['2G', '3G', '4G', '5G'];

/** What is known of the file beyond one row. */
interface FileState {
  readPosition: ReadPosition<SiteColumn>;
  /** Position of each site as first seen. */
  positions: Map<string, string>;
  cells: Set<string>;
  /** First day of what a row does not tell. */
  defaultFrom: string;
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
  detect: (_fileName, head) => hasColumns(siteTable, head),
  rows: rawCsvRows,
  read: (source, options = {}) =>
    readTable(source, options, siteTable, (start) => {
      const state = {
        readPosition: readPositionsOf(start),
        positions: new Map(),
        cells: new Set<string>(),
        defaultFrom: options.valid_from ?? DEFAULT_FROM,
      };
      return (reader, counts) => readRow(reader, state, counts);
    }),
};

/** The records of one row: one for each band. */
function readRow(reader: SiteRowReader, state: FileState, counts: Record<string, number>): SiteCellRecord[] {
  const base = {
    row: reader.row,
    ...readSite(reader, state),
    ...readMast(reader, counts),
    ...readStation(reader),
    ...readRadio(reader),
    ...readCertificate(reader),
    synthetic: reader.boolean('synthetic') ?? false,
  };
  const records = readBands(reader, base.technology).map((band_mhz): SiteCellRecord => ({ ...base, band_mhz }));
  for (const record of records) checkConsistency(record, reader, state.defaultFrom);
  if (reader.errors.length === 0) for (const record of records) checkAgainstFile(record, reader, state);
  return records;
}

function readSite(reader: SiteRowReader, state: FileState) {
  const site_code = reader.required('site_code');
  return {
    site_code,
    site_name: reader.text('site_name') ?? site_code,
    ...state.readPosition(reader, reader.raw('commune_code') || null),
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

function readMast(reader: SiteRowReader, counts: Record<string, number>) {
  const height = { min: OVER_0, max: MAX_HEIGHT_M, unit: 'm' };
  return {
    mast_no: wholeNumber(reader, 'mast_no', 1, 99),
    mast_class: reader.oneOf('mast_class', ['A1a', 'A1b', 'A2a', 'A2b', 'A2c'] as const),
    mast_height_m: heightOf(reader, 'mast_height_m', height),
    on_building: reader.boolean('on_building'),
    building_height_m: readBuildingHeight(reader, counts),
    mast_owner: reader.text('mast_owner'),
    permit_no: reader.text('permit_no'),
    permit_date: reader.date('permit_date'),
  };
}

/** A building of 0 m is how lists say that there is none; it is counted. */
function readBuildingHeight(reader: SiteRowReader, counts: Record<string, number>): number | null {
  const height = reader.number('building_height_m', { min: 0, max: 500, unit: 'm' });
  if (height !== 0) return height;
  counts['building_heights_of_0_left_out'] = (counts['building_heights_of_0_left_out'] ?? 0) + 1;
  return null;
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
