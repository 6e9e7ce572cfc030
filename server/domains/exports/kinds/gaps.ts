import { type GapItem, type GapList, siteFilterShape, todayInVietnam } from '../../../contract/index.ts';
import type { Language } from '../../../platform/language.ts';
import {
  coverageParameters,
  namesOf,
  selectGapPage,
  selectGeometries,
  selectOptionalNotListed,
  selectOptionalRun,
  selectSyntheticCells,
} from '../../coverage/index.ts';
import { checkFilter } from '../../sites/index.ts';
import { districtNotes, filterLines, paramsOf } from '../common-lines.ts';
import { defineKind } from '../open-export.ts';
import { selectOptionalDistrict } from '../queries.ts';
import { runLines, runNotes } from '../run-lines.ts';
import type { CountLine } from '../statement.ts';
import { columnsOf, tableOf } from '../table.ts';

const { at, operator, technology, district } = siteFilterShape;
const { kind, min_area_km2, min_people } = coverageParameters;
const shape = {
  at,
  operator,
  technology,
  kind,
  min_area_km2,
  min_people,
  district,
};
const labels = {
  kind: { vi: 'Loại vùng lõm', en: 'Kind of gap' },
  min_area_km2: { vi: 'Diện tích ít nhất (km²)', en: 'At least (km²)' },
  min_people: { vi: 'Số dân ít nhất', en: 'At least so many people' },
};

/** More than any province has; a nation is read in several files. */
const MOST_GAPS = 100_000;
/** Polygons are read so many at a time. */
const BATCH = 500;

const { column, tableOnly } = columnsOf<GapItem>();
const codes = ({ communes }: GapItem): string[] => communes.map(({ code }) => code);
const whole = (metres: number | null): number | null => (metres === null ? null : Math.round(metres));

const columns = [
  column('rank', 'integer', 8, 'Thứ hạng', 'Rank'),
  column('kind', 'word', 14, 'Loại', 'Kind'),
  column('technology', 'text', 9, 'Công nghệ', 'Technology'),
  column('operator', 'text', 14, 'Doanh nghiệp', 'Operator'),
  column('people', 'integer', 10, 'Số dân', 'People'),
  column('people_incomplete', 'boolean', 10, 'Số dân là cận dưới', 'People is a lower bound'),
  column('area_km2', 'number', 12, 'Diện tích (km²)', 'Area (km²)', ({ area_km2 }) => Number(area_km2.toFixed(4))),
  column('commune_codes', 'list', 24, 'Mã các xã', 'Commune codes', codes),
  column('commune_names', 'list', 40, 'Các xã', 'Communes', ({ communes }) => communes.map(({ name }) => name)),
  column('village_count', 'integer', 8, 'Số thôn', 'Villages'),
  column('villages', 'list', 40, 'Các thôn', 'Names of villages'),
  tableOnly('lat', 'degrees', 12, 'Vĩ độ bên trong (°)', 'Latitude inside (°)'),
  tableOnly('lon', 'degrees', 12, 'Kinh độ bên trong (°)', 'Longitude inside (°)'),
  column('nearest_site_code', 'text', 16, 'Vị trí trạm gần nhất', 'Nearest site'),
  column('nearest_site_m', 'integer', 10, 'Cách trạm (m)', 'To it (m)', (row) => whole(row.nearest_site_m)),
  column('nearest_node_code', 'text', 16, 'Nút cáp quang gần nhất', 'Nearest fibre node'),
  column('nearest_node_m', 'integer', 10, 'Cách nút (m)', 'To the node (m)', (row) => whole(row.nearest_node_m)),
];

const gapsNote = {
  vi: 'Vùng lõm gồm cả phần chắc chắn không được phủ của những xã chưa rõ, còn tổng phủ sóng không tính các xã này: tổng hai bên có thể khác nhau.',
  en: 'Gaps include what is certainly not reached of unknown communes, which are in neither sum of coverage: the two totals may differ.',
};

const decimals = { maximumFractionDigits: 2 };
const numbers = { vi: new Intl.NumberFormat('vi-VN', decimals), en: new Intl.NumberFormat('en-GB', decimals) };

/** Gaps of one technology lie apart, white and grey ones too; those of several lie over each other. */
const severalTechnologies = {
  vi: 'Có vùng lõm của nhiều công nghệ: cùng một người có thể ở trong vùng lõm của từng công nghệ, nên không cộng số dân. Hãy chọn một công nghệ để có tổng.',
  en: 'Gaps of several technologies: the same people may be in a gap of each, so people are not added up. Choose a technology to have their sum.',
};

const peopleCount = (gaps: readonly GapItem[]): CountLine => ({
  name: 'people',
  label: { vi: 'Số dân', en: 'People' },
  value: gaps.reduce((sum, { people }) => sum + people, 0),
  unit: { vi: 'dân', en: 'people' },
});

/** What is not covered and no row either; nothing where that is not known, or there is nothing. */
function notListedNotes(rest: GapList['not_listed'], language: Language): string[] {
  if (rest === null || rest.too_small.patches + rest.doubtful.area_km2 === 0) return [];
  const { least_km2, too_small: small, doubtful } = rest;
  const number = (value: number): string => numbers[language].format(value);
  const people = (count: number): string => (rest.people_incomplete ? '≥ ' : '') + number(count);
  return language === 'vi'
    ? [
        `Không liệt kê: ${number(small.patches)} vùng dưới ${number(least_km2)} km² (tổng cộng ${number(small.area_km2)} km², ${people(small.people)} người), và nơi chỉ có thể trong tầm một trạm chưa tin cậy (${number(doubtful.area_km2)} km², ${people(doubtful.people)} người). Cùng với các vùng liệt kê, đó là tất cả nơi không chắc chắn được phủ.`,
      ]
    : [
        `Not listed: ${number(small.patches)} patches below ${number(least_km2)} km² (together ${number(small.area_km2)} km², ${people(small.people)} people), and what only a doubtful site might reach (${number(doubtful.area_km2)} km², ${people(doubtful.people)} people). With the gaps listed they are all that is not covered for certain.`,
      ];
}

/** The gaps of a filter, most people first, with their polygons. */
export const gapsKind = defineKind({
  what: 'gaps',
  label: { vi: 'vùng lõm', en: 'gaps' },
  shape,
  async open({ db, revision, cache }, asked, language) {
    const at = asked.at ?? todayInVietnam();
    await checkFilter(db, namesOf({ ...asked, at }));
    const dataset_revision = revision.current;
    const named = await selectOptionalDistrict(db, { ...asked, at });
    const run = await selectOptionalRun(db, at, language);
    const gaps = run ? (await selectGapPage(db, { ...asked, at }, run.id, MOST_GAPS, undefined)).items : [];
    const rest = run ? await selectOptionalNotListed(db, { ...asked, at }, run) : null;
    const synthetic = await cache.get(dataset_revision, 'synthetic cells', () => selectSyntheticCells(db));
    let shapes = new Map<number, string>();
    async function* rows(): AsyncGenerator<readonly GapItem[]> {
      for (let start = 0; start < gaps.length; start += BATCH) {
        const batch = gaps.slice(start, start + BATCH);
        shapes = await selectGeometries(db, 'gap', batch);
        yield batch;
      }
    }
    return {
      statement: {
        name: 'gaps',
        stem: { vi: 'vùng-lõm', en: 'gaps' },
        title: { vi: 'Vùng lõm (ước tính)', en: 'Coverage gaps (estimated)' },
        at,
        filter: filterLines(paramsOf({ ...asked, at }, shape), named, labels),
        counts: [
          { name: 'gaps', label: { vi: 'Vùng lõm', en: 'Gaps' }, value: gaps.length, unit: { vi: 'vùng', en: 'gaps' } },
          ...(asked.technology ? [peopleCount(gaps)] : []),
        ],
        sources: runLines(run, language),
        notes: [
          gapsNote[language],
          ...(asked.technology ? [] : [severalTechnologies[language]]),
          ...notListedNotes(rest, language),
          ...runNotes(run, synthetic, language),
          ...districtNotes(named, language),
        ],
        dataset_revision,
        synthetic,
      },
      table: tableOf({
        name: { vi: 'Vùng lõm', en: 'Gaps' },
        columns,
        synthetic,
        total: gaps.length,
        rows,
        id: ({ id }) => id,
        geometry: ({ id }) => shapes.get(id) ?? null,
      }),
      further: [],
    };
  },
});
