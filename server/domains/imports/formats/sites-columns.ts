import { searchKey } from '../../../platform/text/index.ts';

/** Columns of the own sites CSV, in file order. */
const SITE_COLUMNS = [
  'site_code',
  'site_name',
  'lon',
  'lat',
  'position_method',
  'accuracy_m',
  'address',
  'commune_code',
  'environment',
  'site_status',
  'site_from',
  'site_to',
  'mast_no',
  'mast_class',
  'mast_height_m',
  'on_building',
  'building_height_m',
  'mast_owner',
  'permit_no',
  'permit_date',
  'operator',
  'operator_code',
  'bts_class',
  'equipment',
  'commissioned',
  'decommissioned',
  'technology',
  'band_mhz',
  'azimuths_deg',
  'antenna_height_m',
  'tilt_deg',
  'gain_dbi',
  'power_w',
  'eirp_dbm',
  'beamwidth_deg',
  'cell_from',
  'cell_to',
  'certificate_no',
  'certificate_issuer',
  'certificate_issued',
  'certificate_expires',
  'synthetic',
] as const;
export type SiteColumn = (typeof SITE_COLUMNS)[number];

export const REQUIRED_SITE_COLUMNS: readonly SiteColumn[] = ['site_code', 'lon', 'lat'];

/** Free text, whose encoding is decided per column. */
export const TEXT_COLUMNS: readonly SiteColumn[] = [
  'site_name',
  'address',
  'environment',
  'site_status',
  'position_method',
  'mast_owner',
  'operator',
  'equipment',
  'certificate_issuer',
];

/** Numbers, whose decimal sign is decided per column. */
export const NUMBER_COLUMNS: readonly SiteColumn[] = [
  'lon',
  'lat',
  'accuracy_m',
  'mast_height_m',
  'building_height_m',
  'antenna_height_m',
  'tilt_deg',
  'gain_dbi',
  'power_w',
  'eirp_dbm',
  'beamwidth_deg',
];

/** Vietnamese headers of the paper and spreadsheet lists, as search keys (no accents, no punctuation, no unit in brackets). */
const ALIASES = new Map<string, SiteColumn>(
  Object.entries({
    'ma tram': 'site_code',
    'ma vi tri': 'site_code',
    'ma vi tri tram': 'site_code',
    'ten tram': 'site_name',
    'ten vi tri': 'site_name',
    'kinh do': 'lon',
    'toa do kinh do': 'lon',
    longitude: 'lon',
    'vi do': 'lat',
    'toa do vi do': 'lat',
    latitude: 'lat',
    'phuong phap xac dinh': 'position_method',
    'do chinh xac': 'accuracy_m',
    'dia chi': 'address',
    'dia chi lap dat': 'address',
    'ma xa': 'commune_code',
    'ma xa phuong': 'commune_code',
    'moi truong': 'environment',
    'trang thai': 'site_status',
    'ngay bat dau': 'site_from',
    'ngay ket thuc': 'site_to',
    'so cot': 'mast_no',
    'loai cot': 'mast_class',
    'loai cot ang ten': 'mast_class',
    'chieu cao cot': 'mast_height_m',
    'chieu cao cot ang ten': 'mast_height_m',
    'do cao cot': 'mast_height_m',
    'tren nha': 'on_building',
    'dat tren cong trinh': 'on_building',
    'chieu cao nha': 'building_height_m',
    'chieu cao cong trinh': 'building_height_m',
    'chu so huu': 'mast_owner',
    'chu so huu cot': 'mast_owner',
    'so giay phep': 'permit_no',
    'so giay phep xay dung': 'permit_no',
    'ngay cap phep': 'permit_date',
    'ngay giay phep': 'permit_date',
    'doanh nghiep': 'operator',
    'nha mang': 'operator',
    'ma tram doanh nghiep': 'operator_code',
    'ma tram bts': 'operator_code',
    'ma bts': 'operator_code',
    'loai tram': 'bts_class',
    'loai tram bts': 'bts_class',
    'thiet bi': 'equipment',
    'ngay phat song': 'commissioned',
    'ngay hoat dong': 'commissioned',
    'ngay dua vao su dung': 'commissioned',
    'ngay ngung': 'decommissioned',
    'ngay ngung hoat dong': 'decommissioned',
    'cong nghe': 'technology',
    'bang tan': 'band_mhz',
    'tan so': 'band_mhz',
    'goc phuong vi': 'azimuths_deg',
    'phuong vi': 'azimuths_deg',
    azimuth: 'azimuths_deg',
    'chieu cao ang ten': 'antenna_height_m',
    'do cao ang ten': 'antenna_height_m',
    'goc ngang': 'tilt_deg',
    'goc cup': 'tilt_deg',
    'do loi': 'gain_dbi',
    'do tang ich': 'gain_dbi',
    'cong suat': 'power_w',
    'cong suat phat': 'power_w',
    eirp: 'eirp_dbm',
    'do rong bup song': 'beamwidth_deg',
    'so giay chung nhan': 'certificate_no',
    'so giay chung nhan kiem dinh': 'certificate_no',
    'don vi cap': 'certificate_issuer',
    'to chuc kiem dinh': 'certificate_issuer',
    'ngay cap': 'certificate_issued',
    'ngay cap chung nhan': 'certificate_issued',
    'ngay het han': 'certificate_expires',
    'han chung nhan': 'certificate_expires',
    'du lieu gia lap': 'synthetic',
  } satisfies Record<string, SiteColumn>),
);
for (const column of SITE_COLUMNS) ALIASES.set(searchKey(column), column);

export type ColumnPlaces = Partial<Record<SiteColumn, number>>;

/** Where each column stands in a header row; a unit in brackets (`Chiều cao cột (m)`) is passed over. */
export function findSiteColumns(header: readonly string[]): ColumnPlaces {
  const places: ColumnPlaces = {};
  for (const [index, name] of header.entries()) {
    const column = ALIASES.get(searchKey(name.replace(/[([].*[)\]]/, '')));
    if (column !== undefined) places[column] ??= index;
  }
  return places;
}

/** Vietnamese words for the values of a list, as search keys. */
export const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'do gps': 'gps',
    'ban do': 'map',
    'tren ban do': 'map',
    'khai bao': 'declared',
    'doanh nghiep khai bao': 'declared',
    'do thi': 'urban',
    'thanh thi': 'urban',
    'ngoai o': 'suburban',
    'nong thon': 'rural',
    'trong trai': 'open',
    'quy hoach': 'planned',
    'du kien': 'planned',
    'dang hoat dong': 'active',
    'hoat dong': 'active',
    'tam ngung': 'suspended',
    'tam dung': 'suspended',
    'da go': 'removed',
    'da thao do': 'removed',
    'ngung hoat dong': 'removed',
  }),
);
