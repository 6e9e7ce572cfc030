import type { SiteFilterName } from '../../contract/index.ts';
import type { Translated } from '../../platform/language.ts';
import type { NamedDistrict } from './queries.ts';
import type { FilterLine } from './statement.ts';

const labels: Record<SiteFilterName, Translated> = {
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

/** Lines of parameters that the shared filter has, and of those that are given labels here; a district with its name. */
export function filterLines(
  params: URLSearchParams,
  district: NamedDistrict | null,
  further: Readonly<Record<string, Translated>> = {},
): FilterLine[] {
  return [...params].map(([name, value]) => ({
    name,
    value,
    label: further[name] ?? labels[name as SiteFilterName],
    shown: name === 'district' && district ? `${value} ${district.name}` : value,
  }));
}

/** The parameters that are there, in the order of their shape. */
export function paramsOf(asked: Readonly<Record<string, unknown>>, shape: object): URLSearchParams {
  const given = Object.keys(shape).filter((name) => asked[name] !== undefined);
  return new URLSearchParams(given.map((name): [string, string] => [name, String(asked[name])]));
}

/** What a reader must know of a district that no longer exists; nothing otherwise. */
export function districtNotes(district: NamedDistrict | null, language: keyof Translated): string[] {
  if (!district?.valid_to) return [];
  const { name, code, valid_to } = district;
  return [
    language === 'vi'
      ? `${name} (${code}) không còn từ ngày ${valid_to}; dùng địa giới cuối cùng, xã theo địa giới tại ngày của danh sách.`
      : `${name} (${code}) was abolished on ${valid_to}; its last boundary is used, communes are those of the list’s day.`,
  ];
}

/** Said of a list whose rows tell themselves which of them are synthetic. */
export const syntheticRowsNote: Translated = {
  vi: 'Có dữ liệu minh hoạ: xem cột "Dữ liệu minh hoạ".',
  en: 'Contains synthetic data: see the column "Synthetic".',
};
