import { type Counts, type SiteFilter, type SiteFilterName, siteFilterParams } from '../../contract/index.ts';
import { PHU_THO_SRID } from '../../platform/geo/index.ts';
import type { Language, Translated } from '../../platform/language.ts';
import type { ExportTotals, NamedDistrict } from './queries.ts';

/** What every export states: which filter, how many, of which revision, written when. */
export interface Statement extends ExportTotals {
  filter: SiteFilter;
  district: NamedDistrict | null;
  language: Language;
  /** Vietnam time with offset, to the second. */
  written_at: string;
}

const filterLabels: Record<SiteFilterName, Translated> = {
  at: { vi: 'Tại ngày', en: 'At' },
  district: { vi: 'Huyện', en: 'District' },
  commune: { vi: 'Xã', en: 'Commune' },
  operator: { vi: 'Doanh nghiệp', en: 'Operator' },
  technology: { vi: 'Công nghệ', en: 'Technology' },
  band: { vi: 'Băng tần (MHz)', en: 'Band (MHz)' },
  status: { vi: 'Trạng thái', en: 'Status' },
  mast_class: { vi: 'Loại cột ăng ten', en: 'Mast class' },
  certificate: { vi: 'Giấy chứng nhận', en: 'Certificate' },
  bbox: { vi: 'Khung toạ độ (tây, nam, đông, bắc)', en: 'Box (west, south, east, north)' },
  q: { vi: 'Từ khoá', en: 'Text' },
};

/** A moment in Vietnam time (UTC+7, no daylight saving): `2026-11-23T08:30:00+07:00`. */
export function vietnamTime(moment: Date): string {
  return `${new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

const notesOf: { when(statement: Statement): boolean; text(statement: Statement): Translated }[] = [
  {
    when: ({ synthetic }) => synthetic,
    text: () => ({
      vi: 'Có dữ liệu minh hoạ: xem cột "Dữ liệu minh hoạ".',
      en: 'Contains synthetic data: see the column "Synthetic".',
    }),
  },
  {
    when: ({ district }) => Boolean(district?.valid_to),
    text: ({ district }) => ({
      vi: `${district?.name} (${district?.code}) không còn từ ngày ${district?.valid_to}; dùng địa giới cuối cùng, xã theo địa giới tại ngày của danh sách.`,
      en: `${district?.name} (${district?.code}) was abolished on ${district?.valid_to}; its last boundary is used, communes are those of the list’s day.`,
    }),
  },
  {
    when: ({ filter }) =>
      Boolean(filter.operator || filter.technology || filter.certificate || filter.band !== undefined),
    text: () => ({
      vi: 'Trạm, cell, công nghệ, thiết bị và giấy chứng nhận là của những trạm khớp bộ lọc; cột doanh nghiệp và dùng chung tính mọi trạm tại vị trí.',
      en: 'Stations, cells, technologies, equipment and certificates are those that match the filter; operators and shared are of every station on the site.',
    }),
  },
  {
    when: () => true,
    text: () => ({
      vi: 'Mỗi dòng là một vị trí trạm. Trong các giấy chứng nhận mới nhất của từng trạm, ngày ghi là của giấy hết hạn sớm nhất; ngày hết hạn là ngày đầu tiên giấy không còn hiệu lực.',
      en: 'One row is one site. Of the stations’ latest certificates the one that expires first is shown with its dates; the day of expiry is the first day without validity.',
    }),
  },
];

/** What a reader must know to understand the rows, as sentences. */
export function notes(statement: Statement): string[] {
  return notesOf.filter((note) => note.when(statement)).map((note) => note.text(statement)[statement.language]);
}

/** Coordinate systems of the columns, as a sentence. */
export function crsNote(language: Language): string {
  return language === 'vi'
    ? `WGS84 (EPSG:4326) độ; VN-2000 kinh tuyến trục 104°45′ (EPSG:${PHU_THO_SRID}) mét, X là Bắc, Y là Đông`
    : `WGS84 (EPSG:4326) degrees; VN-2000 central meridian 104°45′ (EPSG:${PHU_THO_SRID}) metres, X is north, Y is east`;
}

/** The filter line by line, in the order of the contract. */
export function filterLines({ filter, district, language }: Statement): [label: string, value: string][] {
  return [...siteFilterParams(filter)].map(([name, value]) => {
    const label = filterLabels[name as SiteFilterName][language];
    return [label, name === 'district' && district ? `${value} ${district.name}` : value];
  });
}

/** The counts in words: three different counts. */
export function countLines(counts: Counts, language: Language): [label: string, value: number][] {
  const labels = language === 'vi' ? ['Vị trí trạm', 'Trạm BTS', 'Cell'] : ['Sites', 'Stations', 'Cells'];
  return [
    [labels[0] ?? '', counts.sites],
    [labels[1] ?? '', counts.stations],
    [labels[2] ?? '', counts.cells],
  ];
}
