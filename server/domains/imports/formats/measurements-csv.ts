import { TECHNOLOGIES } from './claims-csv.ts';
import { rawCsvRows } from './csv-rows.ts';
import { hasColumns, readTable } from './csv-table.ts';
import { type MeasurementColumn, measurementTable } from './evidence-columns.ts';
import type { ImportFormat } from './format.ts';
import { levelOfAsu, levelOfRxLev, MAX_RXLEV } from './measured-levels.ts';
import { operatorOfNetwork, readNetwork } from './mobile-networks.ts';
import { type ReadPosition, readPositionsOf } from './read-position.ts';
import type { MeasurementRecord, Technology } from './records.ts';
import type { RowReader } from './row-reader.ts';
import { readTime } from './values.ts';

type Reader = RowReader<MeasurementColumn>;

/** Below the noise of any receiver. */
const LOWEST_DBM = -160;

/** Drive-test points: one row is one operator × technology at a place and time. */
export const measurementsCsv: ImportFormat<'measurement'> = {
  id: 'measurements-csv',
  makes: 'measurements',
  record: 'measurement',
  label: { vi: 'Số liệu đo kiểm trên đường (CSV)', en: 'Drive-test measurements (CSV)' },
  detect: (_fileName, head) => hasColumns(measurementTable, head),
  rows: rawCsvRows,
  read: (source, options = {}) =>
    readTable(source, options, measurementTable, (start) => {
      const readPosition = readPositionsOf(start);
      const now = new Date().toISOString();
      return (reader) => readMeasurement(reader, readPosition, now);
    }),
};

function readMeasurement(
  reader: Reader,
  readPosition: ReadPosition<MeasurementColumn>,
  now: string,
): MeasurementRecord[] {
  const { lon, lat, source_text } = readPosition(reader, null);
  const technology = reader.oneOf('technology', TECHNOLOGIES);
  if (technology === null && reader.raw('technology') === '') reader.required('technology');
  const measured_at = readMoment(reader, now);
  const operator = readOperator(reader);
  const level_dbm = technology === null ? null : readLevel(reader, technology);
  const source = reader.text('source');
  const synthetic = reader.boolean('synthetic') ?? false;
  if (technology === null || measured_at === null || operator === null || level_dbm === null) return [];
  return [{ row: reader.row, lon, lat, source_text, measured_at, operator, technology, level_dbm, source, synthetic }];
}

function readMoment(reader: Reader, now: string): string | null {
  const text = reader.required('measured_at');
  if (text === '') return null;
  const moment = readTime(text);
  if (moment === null) {
    return reader.fail(
      'measured_at',
      'bad_time',
      'Not a time (2025-11-10T08:30:15, with or without a zone, or 10/11/2025 08:30:15)',
    );
  }
  return moment > now ? reader.fail('measured_at', 'future_date', 'A measurement cannot be of a time to come') : moment;
}

/** The operator by code or name, or by its network: `452-04` in one column, or mcc and mnc in two. */
function readOperator(reader: Reader): string | null {
  const given = reader.text('operator') ?? '';
  const network = given === '' ? `${reader.raw('mcc')}-${reader.raw('mnc').padStart(2, '0')}` : given;
  const column = given === '' && reader.has('mnc') ? 'mnc' : 'operator';
  const read = readNetwork(network);
  if (read === null) {
    if (given !== '') return given;
    reader.fail(column, 'missing', 'The operator is missing: its code, its name, or mcc and mnc of its network');
    return null;
  }
  return (
    operatorOfNetwork(read.mcc, read.mnc) ??
    reader.fail(column, 'unknown_network', 'There is no such mobile network in Vietnam', network)
  );
}

function readLevel(reader: Reader, technology: Technology): number | null {
  if (reader.raw('level_dbm') !== '') return readDbm(reader);
  if (reader.raw('rxlev_raw') !== '') {
    const raw = reader.number('rxlev_raw', { min: 0, max: MAX_RXLEV });
    if (raw === null) return null;
    return levelOfRxLev(raw, technology) ?? reader.fail('rxlev_raw', 'raw_level', 'RxLev is a level of 2G only');
  }
  if (reader.raw('asu') === '') return reader.fail('level_dbm', 'missing', 'The level is missing');
  const asu = reader.number('asu', { min: 0, max: 255 });
  if (asu === null) return null;
  return (
    levelOfAsu(asu, technology) ??
    reader.fail('asu', 'raw_level', `ASU ${asu} of ${technology} tells no level: give dBm`)
  );
}

/** A level in dBm. Zero and more is no received level: usually a raw value, or a sign that was lost. */
function readDbm(reader: Reader): number | null {
  const level = reader.number('level_dbm', { min: -1_000, max: 1_000, unit: 'dBm' });
  if (level === null) return null;
  if (level >= 0) {
    return reader.fail(
      'level_dbm',
      'out_of_range',
      'A received level is below 0 dBm; raw values stand in a column rxlev_raw (0 to 63) or asu',
    );
  }
  return level < LOWEST_DBM
    ? reader.fail('level_dbm', 'out_of_range', `A level below ${LOWEST_DBM} dBm cannot be received`)
    : level;
}
