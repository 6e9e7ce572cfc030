import { completeSiteFilter, type SiteFilter, siteFilterParams, siteFilterShape } from '../../../contract/index.ts';
import { PHU_THO_SRID } from '../../../platform/geo/index.ts';
import type { Language } from '../../../platform/language.ts';
import { checkFilter } from '../../sites/index.ts';
import { siteColumns } from '../columns.ts';
import { districtNotes, filterLines, syntheticRowsNote } from '../common-lines.ts';
import { defineKind, type OpenTable } from '../open-export.ts';
import { type ExportTotals, type NamedDistrict, openSites, selectOptionalDistrict } from '../queries.ts';
import { tableOf } from '../table.ts';

const crs = {
  vi: `WGS84 (EPSG:4326) độ; VN-2000 kinh tuyến trục 104°45′ (EPSG:${PHU_THO_SRID}) mét, X là Bắc, Y là Đông`,
  en: `WGS84 (EPSG:4326) degrees; VN-2000 central meridian 104°45′ (EPSG:${PHU_THO_SRID}) metres, X is north, Y is east`,
};
const matchingNote = {
  vi: 'Trạm, cell, công nghệ, thiết bị và giấy chứng nhận là của những trạm khớp bộ lọc; cột doanh nghiệp và dùng chung tính mọi trạm tại vị trí.',
  en: 'Stations, cells, technologies, equipment and certificates are those that match the filter; operators and shared are of every station on the site.',
};
const rowNote = {
  vi: 'Mỗi dòng là một vị trí trạm. Trong các giấy chứng nhận mới nhất của từng trạm, ngày ghi là của giấy hết hạn sớm nhất; ngày hết hạn là ngày đầu tiên giấy không còn hiệu lực.',
  en: 'One row is one site. Of the stations’ latest certificates the one that expires first is shown with its dates; the day of expiry is the first day without validity.',
};

/** 7 decimals are 1 cm. */
const degrees = (value: number): number => Number(value.toFixed(7));

/** What the file of a filter says about itself. */
export function stateSites(
  filter: SiteFilter,
  district: NamedDistrict | null,
  { counts, dataset_revision, synthetic }: ExportTotals,
  language: Language,
): OpenTable['statement'] {
  const { operator, technology, certificate, band } = filter;
  return {
    name: 'sites',
    stem: { vi: 'vị-trí-trạm', en: 'sites' },
    title: { vi: 'Danh sách vị trí trạm', en: 'List of sites' },
    at: filter.at,
    filter: filterLines(siteFilterParams(filter), district),
    counts: [
      {
        name: 'sites',
        value: counts.sites,
        label: { vi: 'Vị trí trạm', en: 'Sites' },
        unit: { vi: 'vị-trí', en: 'sites' },
      },
      {
        name: 'stations',
        value: counts.stations,
        label: { vi: 'Trạm BTS', en: 'Stations' },
        unit: { vi: 'trạm', en: 'stations' },
      },
      { name: 'cells', value: counts.cells, label: { vi: 'Cell', en: 'Cells' }, unit: { vi: 'cell', en: 'cells' } },
    ],
    sources: [[{ vi: 'Hệ toạ độ', en: 'Coordinate systems' }, crs[language]]],
    notes: [
      ...(synthetic ? [syntheticRowsNote[language]] : []),
      ...districtNotes(district, language),
      ...(operator || technology || certificate || band !== undefined ? [matchingNote[language]] : []),
      rowNote[language],
    ],
    dataset_revision,
    synthetic,
  };
}

/** The inspector's site list of a filter. Rows and counts come from one snapshot. */
export const sitesKind = defineKind({
  what: 'sites',
  label: { vi: 'vị trí trạm', en: 'sites' },
  shape: siteFilterShape,
  async open({ db }, asked, language) {
    const filter = completeSiteFilter(asked);
    await checkFilter(db, filter);
    const district = await selectOptionalDistrict(db, filter);
    const { rows, close, ...totals } = await openSites(db, filter);
    return {
      statement: stateSites(filter, district, totals, language),
      table: tableOf({
        name: { vi: 'Danh sách', en: 'Sites' },
        columns: siteColumns,
        total: totals.counts.sites,
        rows,
        id: ({ id }) => id,
        geometry: ({ lon, lat }) => ({ type: 'Point', coordinates: [degrees(lon), degrees(lat)] }),
      }),
      further: [],
      close,
    };
  },
});
