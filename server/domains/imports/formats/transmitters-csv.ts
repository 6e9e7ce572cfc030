import { rawCsvRows } from './csv-rows.ts';
import { type CsvTable, defineTable, hasColumns, readTable } from './csv-table.ts';
import type { ImportFormat } from './format.ts';
import { type ReadPosition, readPositionsOf } from './read-position.ts';
import type { TransmitterRecord } from './records.ts';
import { OVER_0, type RowReader } from './row-reader.ts';
import { DEFAULT_FROM } from './values.ts';

const COLUMNS = [
  'code',
  'name',
  'service',
  'frequency_mhz',
  'erp_w',
  'erp_kw',
  'height_m',
  'lon',
  'lat',
  'valid_from',
  'valid_to',
  'operator',
  'polarisation',
  'digital',
  'threshold_dbuv_m',
  'declared_pct_area',
  'declared_pct_pop',
  'declared_source',
  'synthetic',
] as const;
type TransmitterColumn = (typeof COLUMNS)[number];

const transmitterTable: CsvTable<TransmitterColumn> = defineTable({
  columns: COLUMNS,
  required: [['code'], ['service'], ['frequency_mhz'], ['erp_w', 'erp_kw'], ['height_m'], ['lon'], ['lat']],
  text: ['name', 'service', 'operator', 'polarisation', 'declared_source'],
  numbers: [
    'frequency_mhz',
    'erp_w',
    'erp_kw',
    'height_m',
    'lon',
    'lat',
    'threshold_dbuv_m',
    'declared_pct_area',
    'declared_pct_pop',
  ],
  aliases: {
    'ma may phat': 'code',
    'ma dai': 'code',
    'ten may phat': 'name',
    'ten dai': 'name',
    'dich vu': 'service',
    'loai hinh': 'service',
    'tan so': 'frequency_mhz',
    'tan so phat': 'frequency_mhz',
    'tan so mhz': 'frequency_mhz',
    erp: 'erp_w',
    'cong suat buc xa': 'erp_w',
    'cong suat buc xa hieu dung': 'erp_w',
    'erp kw': 'erp_kw',
    'cong suat buc xa kw': 'erp_kw',
    'cong suat buc xa hieu dung kw': 'erp_kw',
    'chieu cao ang ten': 'height_m',
    'do cao ang ten': 'height_m',
    'kinh do': 'lon',
    longitude: 'lon',
    'vi do': 'lat',
    latitude: 'lat',
    'ngay phat song': 'valid_from',
    'ngay bat dau': 'valid_from',
    'ngay ngung': 'valid_to',
    'ngay ket thuc': 'valid_to',
    'don vi quan ly': 'operator',
    'don vi phat song': 'operator',
    'phan cuc': 'polarisation',
    'truyen hinh so': 'digital',
    'nguong cuong do truong': 'threshold_dbuv_m',
    'dien tich khai bao': 'declared_pct_area',
    'ty le dien tich khai bao': 'declared_pct_area',
    'dan so khai bao': 'declared_pct_pop',
    'ty le dan so khai bao': 'declared_pct_pop',
    'nguon khai bao': 'declared_source',
    'du lieu gia lap': 'synthetic',
  },
  words: {
    'phat thanh fm': 'fm',
    'phat thanh am': 'am',
    'truyen hinh': 'tv',
    television: 'tv',
    ngang: 'horizontal',
    dung: 'vertical',
    'hon hop': 'mixed',
    h: 'horizontal',
    v: 'vertical',
  },
});

/** Where each service may be, MHz: FM 65–108; long, medium and short wave; television bands I to V. */
const BANDS_MHZ = { fm: [65, 108], am: [0.1485, 26.1], tv: [41, 960] } as const;
const MOST_ERP_W = 2_000_000;
/** No antenna of the world is higher above the ground, m. */
const MOST_HEIGHT_M = 850;

/** Radio and television transmitters: one row each, a code stands once. */
export const transmittersCsv: ImportFormat<'transmitter'> = {
  id: 'transmitters-csv',
  makes: 'transmitters',
  record: 'transmitter',
  label: { vi: 'Danh sách máy phát thanh, truyền hình (CSV)', en: 'List of radio and television transmitters (CSV)' },
  detect: (_fileName, head) => hasColumns(transmitterTable, head),
  rows: rawCsvRows,
  read: (source, options = {}) =>
    readTable(source, options, transmitterTable, (start) => {
      const readPosition = readPositionsOf<TransmitterColumn>(start);
      const seen = new Map<string, number>();
      return (reader) => readTransmitter(reader, readPosition, seen, options.valid_from ?? DEFAULT_FROM);
    }),
};

function readTransmitter(
  reader: RowReader<TransmitterColumn>,
  readPosition: ReadPosition<TransmitterColumn>,
  seen: Map<string, number>,
  defaultFrom: string,
): TransmitterRecord[] {
  const code = reader.required('code');
  const service = reader.oneOf('service', ['fm', 'am', 'tv'] as const);
  if (service === null && reader.raw('service') === '') reader.required('service');
  const { lon, lat } = readPosition(reader, null);
  const transmitter = {
    row: reader.row,
    code,
    name: reader.text('name') ?? code,
    service: service ?? 'fm',
    frequency_mhz: readFrequency(reader, service),
    erp_w: readPower(reader),
    height_m: readHeight(reader),
    lon,
    lat,
    ...readDays(reader, defaultFrom),
    operator: reader.text('operator'),
    polarisation: reader.oneOf('polarisation', ['horizontal', 'vertical', 'mixed'] as const),
    digital: reader.boolean('digital') ?? false,
    threshold_dbuv_m: reader.number('threshold_dbuv_m', { min: 20, max: 120, unit: 'dBµV/m' }),
    declared_pct_area: reader.number('declared_pct_area', { min: 0, max: 100, unit: '%' }),
    declared_pct_pop: reader.number('declared_pct_pop', { min: 0, max: 100, unit: '%' }),
    declared_source: reader.text('declared_source'),
    synthetic: reader.boolean('synthetic') ?? false,
  };
  if (transmitter.digital && service !== null && service !== 'tv')
    reader.fail('digital', 'contradiction', 'Only television is told digital here');
  const earlier = seen.get(code);
  if (earlier !== undefined)
    reader.fail('code', 'duplicate_code', `Row ${earlier} has the same code; a transmitter stands once`);
  else if (code !== '') seen.set(code, reader.row);
  return [transmitter];
}

/** MHz by default, `684 kHz` too; it must be one of the service. */
function readFrequency(reader: RowReader<TransmitterColumn>, service: 'fm' | 'am' | 'tv' | null): number {
  needed(reader, 'frequency_mhz');
  const range = { min: 0.1, max: 100_000, unit: 'MHz' };
  const mhz = reader.number('frequency_mhz', range, { khz: (value) => value / 1_000, ghz: (value) => value * 1_000 });
  if (mhz === null || service === null) return mhz ?? 0;
  const [from, to] = BANDS_MHZ[service];
  if (mhz >= from && mhz <= to) return mhz;
  const inKhz = mhz / 1_000 >= from && mhz / 1_000 <= to ? `${mhz} kHz is ${mhz / 1_000} MHz` : undefined;
  const name = service.toUpperCase();
  reader.fail('frequency_mhz', 'not_of_service', `${name} is from ${from} to ${to} MHz`, undefined, inKhz);
  return mhz;
}

/** Effective radiated power in watts; `5 kW` and a column in kW too. */
function readPower(reader: RowReader<TransmitterColumn>): number {
  const inKw = !reader.has('erp_w') || (reader.raw('erp_w') === '' && reader.raw('erp_kw') !== '');
  const column = inKw ? 'erp_kw' : 'erp_w';
  needed(reader, column);
  const scale = inKw ? 1_000 : 1;
  const range = { min: OVER_0, max: MOST_ERP_W / scale, unit: inKw ? 'kW' : 'W' };
  const power = reader.number(column, range, { w: (w) => w / scale, kw: (kw) => (kw * 1_000) / scale });
  return (power ?? 0) * scale;
}

function readHeight(reader: RowReader<TransmitterColumn>): number {
  needed(reader, 'height_m');
  const before = reader.errors.length;
  const height = reader.number('height_m', { min: OVER_0, max: MOST_HEIGHT_M, unit: 'm' });
  const error = reader.errors[before];
  if (error?.code === 'out_of_range')
    error.reason = `An antenna is over 0 and at most ${MOST_HEIGHT_M} m above the ground`;
  return height ?? 0;
}

function readDays(reader: RowReader<TransmitterColumn>, defaultFrom: string) {
  const valid_from = reader.date('valid_from') ?? defaultFrom;
  const valid_to = reader.date('valid_to');
  if (valid_to !== null && valid_to <= valid_from)
    reader.fail('valid_to', 'ends_before_start', `It ends on or before its first day, ${valid_from}`);
  return { valid_from, valid_to };
}

/** A number that must be there: an empty cell is an error too. */
function needed(reader: RowReader<TransmitterColumn>, column: TransmitterColumn): void {
  if (reader.raw(column) === '') reader.required(column);
}
