import { type CsvTable, defineTable } from './csv-table.ts';

/** Operator, technology and where it comes from: what both kinds of evidence have. */
const SHARED_ALIASES = {
  'doanh nghiep': 'operator',
  'nha mang': 'operator',
  'ma nha mang': 'operator',
  'ma doanh nghiep': 'operator',
  plmn: 'operator',
  'cong nghe': 'technology',
  radio: 'technology',
  rat: 'technology',
  nguon: 'source',
  'nguon so lieu': 'source',
  'van ban': 'source',
  campaign: 'source',
  'dot do': 'source',
  'du lieu gia lap': 'synthetic',
} as const;

/** Names that networks and phones give the technologies. */
const TECHNOLOGY_WORDS = {
  gsm: '2G',
  umts: '3G',
  wcdma: '3G',
  lte: '4G',
  nr: '5G',
} as const;

const CLAIM_COLUMNS = [
  'operator',
  'technology',
  'commune_code',
  'as_of',
  'covered',
  'pct_pop',
  'source',
  'synthetic',
] as const;
export type ClaimColumn = (typeof CLAIM_COLUMNS)[number];

/** Operators' declarations, one row a commune. */
export const claimTable: CsvTable<ClaimColumn> = defineTable({
  columns: CLAIM_COLUMNS,
  required: [['operator'], ['technology'], ['commune_code'], ['as_of'], ['covered', 'pct_pop']],
  text: ['operator', 'technology', 'covered', 'source'],
  numbers: ['pct_pop'],
  aliases: {
    ...SHARED_ALIASES,
    'ma xa': 'commune_code',
    'ma xa phuong': 'commune_code',
    'ma don vi hanh chinh': 'commune_code',
    ngay: 'as_of',
    'tai ngay': 'as_of',
    'ngay khai bao': 'as_of',
    'so lieu tai ngay': 'as_of',
    'duoc phu song': 'covered',
    'da phu song': 'covered',
    'phu song': 'covered',
    'dan so duoc phu': 'pct_pop',
    'ty le dan so': 'pct_pop',
    'ty le dan so duoc phu': 'pct_pop',
    'ty le phu dan so': 'pct_pop',
    'ty le phu song dan so': 'pct_pop',
  },
  words: TECHNOLOGY_WORDS,
});

const MEASUREMENT_COLUMNS = [
  'lon',
  'lat',
  'measured_at',
  'operator',
  'mcc',
  'mnc',
  'technology',
  'level_dbm',
  'rxlev_raw',
  'asu',
  'source',
  'synthetic',
] as const;
export type MeasurementColumn = (typeof MEASUREMENT_COLUMNS)[number];

/** Drive-test points. A level is raw (RxLev 0–63, ASU) only where the header says so. */
export const measurementTable: CsvTable<MeasurementColumn> = defineTable({
  columns: MEASUREMENT_COLUMNS,
  required: [['lon'], ['lat'], ['measured_at'], ['operator', 'mnc'], ['technology'], ['level_dbm', 'rxlev_raw', 'asu']],
  text: ['operator', 'technology', 'source'],
  numbers: ['lon', 'lat', 'level_dbm'],
  aliases: {
    ...SHARED_ALIASES,
    'kinh do': 'lon',
    'toa do kinh do': 'lon',
    longitude: 'lon',
    'vi do': 'lat',
    'toa do vi do': 'lat',
    latitude: 'lat',
    time: 'measured_at',
    timestamp: 'measured_at',
    datetime: 'measured_at',
    'thoi gian': 'measured_at',
    'thoi diem': 'measured_at',
    'thoi diem do': 'measured_at',
    net: 'mnc',
    level: 'level_dbm',
    dbm: 'level_dbm',
    signal: 'level_dbm',
    rxlev: 'level_dbm',
    rscp: 'level_dbm',
    rsrp: 'level_dbm',
    'ss rsrp': 'level_dbm',
    'rxlev dbm': 'level_dbm',
    'rscp dbm': 'level_dbm',
    'rsrp dbm': 'level_dbm',
    'muc thu': 'level_dbm',
    'muc tin hieu': 'level_dbm',
    'cuong do tin hieu': 'level_dbm',
    'rxlev 0 63': 'rxlev_raw',
    'rxlev tho': 'rxlev_raw',
  },
  words: TECHNOLOGY_WORDS,
});
