import { createHash } from 'node:crypto';
import { todayInVietnam } from '../../../contract/index.ts';
import { searchKey } from '../../../platform/text/index.ts';
import { typeFromName } from './boundary-fields.ts';
import { rawCsvRows } from './csv-rows.ts';
import { type CsvTable, defineTable, hasColumns, readTable } from './csv-table.ts';
import type { ImportFormat } from './format.ts';
import { type ReadPosition, readPositionsOf } from './read-position.ts';
import type { VillageRecord } from './records.ts';
import type { RowReader } from './row-reader.ts';
import { UNIT_CODE } from './values.ts';

const COLUMNS = [
  'code',
  'name',
  'commune_code',
  'lon',
  'lat',
  'population',
  'households',
  'year',
  'source',
  'synthetic',
] as const;
type VillageColumn = (typeof COLUMNS)[number];
type Reader = RowReader<VillageColumn>;

const villageTable: CsvTable<VillageColumn> = defineTable({
  columns: COLUMNS,
  required: [['name'], ['commune_code'], ['lon'], ['lat']],
  text: ['name', 'source'],
  numbers: ['lon', 'lat', 'population', 'households'],
  aliases: {
    'ma thon': 'code',
    'ma khu': 'code',
    'village code': 'code',
    ten: 'name',
    'ten thon': 'name',
    'ten khu': 'name',
    thon: 'name',
    'khu dan cu': 'name',
    'village name': 'name',
    'ma xa': 'commune_code',
    'ma xa phuong': 'commune_code',
    'ma don vi hanh chinh': 'commune_code',
    'kinh do': 'lon',
    longitude: 'lon',
    'vi do': 'lat',
    latitude: 'lat',
    'dan so': 'population',
    'so dan': 'population',
    'nhan khau': 'population',
    'so nhan khau': 'population',
    'so ho': 'households',
    nam: 'year',
    nguon: 'source',
  },
  words: {},
});

/** Larger than any village: such a number is that of a commune or district, or a typing error. */
const MOST_PEOPLE = 100_000;

/** Villages as points, one row each; with or without their own people. */
export const villagesCsv: ImportFormat<'village'> = {
  id: 'villages-csv',
  makes: 'villages',
  record: 'village',
  label: { vi: 'Thôn, khu dân cư (CSV)', en: 'Villages (CSV)' },
  detect: (_fileName, head) => hasColumns(villageTable, head),
  rows: rawCsvRows,
  read: (source, options = {}) =>
    readTable(source, options, villageTable, (start) => {
      const readPosition = readPositionsOf(start);
      const thisYear = Number(todayInVietnam().slice(0, 4));
      return (reader, counts) => [readVillage(reader, readPosition, thisYear, counts)];
    }),
};

/** A code that a village without one always gets again: of its commune and name. */
const madeUpCode = (commune: string, name: string): string =>
  `${commune}-${createHash('sha256').update(searchKey(name)).digest('hex').slice(0, 8).toUpperCase()}`;

function readCode(reader: Reader, commune: string, name: string, counts: Record<string, number>): string {
  const given = reader.text('code')?.toUpperCase() ?? null;
  if (given === null && commune !== '' && name !== '') counts['codes_made_up'] = (counts['codes_made_up'] ?? 0) + 1;
  const code = given ?? madeUpCode(commune, name);
  if (!UNIT_CODE.test(code)) reader.fail('code', 'bad_code', 'A code has 1 to 20 letters, digits, dots or dashes');
  return code;
}

function readCount(reader: Reader, column: 'population' | 'households'): number | null {
  const value = reader.number(column, { min: 0, max: MOST_PEOPLE });
  if (value !== null && !Number.isInteger(value)) reader.fail(column, 'not_whole', 'Must be a whole number');
  return value;
}

function readVillage(
  reader: Reader,
  readPosition: ReadPosition<VillageColumn>,
  thisYear: number,
  counts: Record<string, number>,
): VillageRecord {
  const name = reader.required('name');
  const commune_code = reader.required('commune_code');
  const { lon, lat } = readPosition(reader, commune_code || null);
  const year = reader.number('year', { min: 1900, max: thisYear });
  if (year !== null && !Number.isInteger(year)) reader.fail('year', 'not_whole', 'Must be a whole number');
  return {
    row: reader.row,
    code: readCode(reader, commune_code, name, counts),
    name,
    type: typeFromName(name)?.type ?? '',
    commune_code,
    lon,
    lat,
    population: readCount(reader, 'population'),
    households: readCount(reader, 'households'),
    year: year ?? thisYear,
    source: reader.text('source'),
    synthetic: reader.boolean('synthetic') ?? false,
  };
}
