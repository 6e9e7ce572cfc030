import sql from 'sql-template-tag';
import type { PlannedChange } from '../../../contract/index.ts';
import type { Db } from '../../../platform/db/db.ts';
import type { Language } from '../../../platform/language.ts';
import { pointOf } from '../../../platform/send-list.ts';
import { compareShape, type StoredScenario, selectScenarios } from '../../coverage/index.ts';
import { defineKind } from '../open-export.ts';
import type { Statement } from '../statement.ts';
import { columnsOf, tableOf } from '../table.ts';

/** One planned change of a scenario, at its place: its own, or that of its site. */
interface Row {
  no: number;
  scenario: StoredScenario;
  change_no: number;
  /** As it was computed, with defaults where it gives none; as it was given while the scenario has no result. */
  change: Partial<Extract<PlannedChange, { kind: 'add' }>> & Pick<PlannedChange, 'kind'>;
  site_code: string | null;
  lon: number | null;
  lat: number | null;
}

/** A scenario that was not computed says nothing of what it is made of. */
const isSynthetic = ({ result }: StoredScenario): boolean | null => result?.synthetic ?? null;
const warningsOf = ({ result }: StoredScenario, language: Language): string[] | null =>
  result?.warnings.map((warning) => warning[language]) ?? null;

const { column, tableOnly } = columnsOf<Row>();
const columns = [
  tableOnly('no', 'integer', 6, 'STT', 'No.'),
  column('scenario_id', 'integer', 8, 'Mã phương án', 'Scenario', ({ scenario }) => scenario.id),
  column('scenario_name', 'text', 30, 'Tên phương án', 'Name of the scenario', ({ scenario }) => scenario.name),
  column('scenario_note', 'text', 40, 'Ghi chú của phương án', 'Note of the scenario', ({ scenario }) => scenario.note),
  column('at', 'date', 12, 'Tại ngày', 'At', ({ scenario }) => scenario.at),
  column('operator', 'text', 14, 'Doanh nghiệp', 'Operator', ({ scenario }) => scenario.operator),
  column('technology', 'text', 9, 'Công nghệ', 'Technology', ({ scenario }) => scenario.technology),
  column('change_no', 'integer', 8, 'Thay đổi số', 'Change no.'),
  column('kind', 'word', 22, 'Thay đổi', 'Change', ({ change }) => change.kind),
  column('site_code', 'text', 16, 'Mã vị trí trạm', 'Site code'),
  tableOnly('lat', 'degrees', 12, 'Vĩ độ WGS84 (°)', 'Latitude WGS84 (°)'),
  tableOnly('lon', 'degrees', 12, 'Kinh độ WGS84 (°)', 'Longitude WGS84 (°)'),
  column(
    'antenna_height_m',
    'number',
    10,
    'Chiều cao ăng ten (m)',
    'Antenna height (m)',
    ({ change }) => change.antenna_height_m ?? null,
  ),
  column('band_mhz', 'number', 10, 'Băng tần (MHz)', 'Band (MHz)', ({ change }) => change.band_mhz ?? null),
  column('eirp_dbm', 'number', 10, 'EIRP (dBm)', 'EIRP (dBm)', ({ change }) => change.eirp_dbm ?? null),
  column(
    'azimuths_deg',
    'list',
    16,
    'Góc phương vị (°)',
    'Azimuths (°)',
    ({ change }) => change.azimuths_deg?.map(String) ?? null,
  ),
  // A file without a second table would not tell what the scenario comes to.
  column(
    'scenario_people_delta',
    'integer',
    10,
    'Chênh lệch dân số (cả phương án)',
    'Change in people (whole scenario)',
    ({ scenario }) => scenario.result?.delta.people ?? null,
  ),
  column(
    'scenario_area_delta_km2',
    'number',
    10,
    'Chênh lệch diện tích (cả phương án, km²)',
    'Change in area (whole scenario, km²)',
    ({ scenario }) => (scenario.result ? Number(scenario.result.delta.area_km2.toFixed(4)) : null),
  ),
  column(
    'scenario_warnings',
    'list',
    60,
    'Giả thiết và lưu ý (cả phương án)',
    'Assumptions and notes (whole scenario)',
    ({ scenario }, language) => warningsOf(scenario, language),
  ),
  column('synthetic', 'boolean', 9, 'Dữ liệu minh hoạ', 'Synthetic', ({ scenario }) => isSynthetic(scenario)),
];

const results = columnsOf<StoredScenario>();
type Reached = NonNullable<StoredScenario['result']>['before'];
const figure = (of: 'before' | 'after', key: keyof Reached) => (scenario: StoredScenario) => {
  const value = scenario.result?.[of][key];
  return value === undefined ? null : Number(value.toFixed(4));
};
const resultColumns = [
  results.column('id', 'integer', 8, 'Mã phương án', 'Scenario'),
  results.column('name', 'text', 30, 'Tên phương án', 'Name of the scenario'),
  results.column('note', 'text', 40, 'Ghi chú', 'Note'),
  results.column('at', 'date', 12, 'Tại ngày', 'At'),
  results.column('operator', 'text', 14, 'Doanh nghiệp', 'Operator'),
  results.column('technology', 'text', 9, 'Công nghệ', 'Technology'),
  results.column('changes', 'integer', 9, 'Số thay đổi', 'Changes', ({ changes }) => changes.length),
  results.column(
    'population',
    'integer',
    10,
    'Dân số các xã đã rõ trước',
    'Population of communes known before',
    figure('before', 'population'),
  ),
  results.column(
    'population_after',
    'integer',
    10,
    'Dân số các xã đã rõ sau',
    'Population of communes known after',
    figure('after', 'population'),
  ),
  results.column(
    'people_before',
    'integer',
    10,
    'Dân số được phủ trước',
    'People covered before',
    figure('before', 'people_covered'),
  ),
  results.column(
    'people_after',
    'integer',
    10,
    'Dân số được phủ sau',
    'People covered after',
    figure('after', 'people_covered'),
  ),
  results.column(
    'people_delta',
    'integer',
    10,
    'Chênh lệch dân số',
    'Change in people',
    ({ result }) => result?.delta.people ?? null,
  ),
  results.column(
    'area_km2',
    'number',
    10,
    'Diện tích các xã đã rõ trước (km²)',
    'Area of communes known before (km²)',
    figure('before', 'area_km2'),
  ),
  results.column(
    'area_known_after_km2',
    'number',
    10,
    'Diện tích các xã đã rõ sau (km²)',
    'Area of communes known after (km²)',
    figure('after', 'area_km2'),
  ),
  results.column(
    'area_before_km2',
    'number',
    10,
    'Diện tích được phủ trước (km²)',
    'Area covered before (km²)',
    figure('before', 'area_covered_km2'),
  ),
  results.column(
    'area_after_km2',
    'number',
    10,
    'Diện tích được phủ sau (km²)',
    'Area covered after (km²)',
    figure('after', 'area_covered_km2'),
  ),
  results.column('area_delta_km2', 'number', 10, 'Chênh lệch diện tích (km²)', 'Change in area (km²)', ({ result }) =>
    result ? Number(result.delta.area_km2.toFixed(4)) : null,
  ),
  results.column(
    'communes_changed',
    'integer',
    10,
    'Số xã thay đổi',
    'Communes that change',
    ({ result }) => result?.communes.length ?? null,
  ),
  results.column('warnings', 'list', 60, 'Giả thiết và lưu ý', 'Assumptions and notes', warningsOf),
  results.column('result_stale', 'boolean', 10, 'Kết quả đã cũ', 'Result is out of date'),
  results.column('synthetic', 'boolean', 9, 'Dữ liệu minh hoạ', 'Synthetic', isSynthetic),
];

/** Sites that changes name, by id. */
async function selectNamedSites(db: Db, scenarios: readonly StoredScenario[]) {
  const ids = scenarios.flatMap(({ changes }) =>
    changes.flatMap(({ site_id }) => (site_id === undefined ? [] : [site_id])),
  );
  const rows = await db.query<{ id: number; code: string; lon: number; lat: number }>(sql`
    select id, code, st_x(geom) as lon, st_y(geom) as lat from site where id = any(${ids}::bigint[])`);
  return new Map(rows.map((site) => [site.id, site]));
}

function rowsOf(scenarios: readonly StoredScenario[], sites: Awaited<ReturnType<typeof selectNamedSites>>): Row[] {
  return scenarios
    .flatMap((scenario) =>
      scenario.changes.map((given, index) => {
        const change_no = index + 1;
        const taken = scenario.result?.taken.find((values) => values.change_no === change_no);
        return { scenario, change_no, change: { ...given, ...taken } as Row['change'] };
      }),
    )
    .map(({ scenario, change_no, change }, at) => {
      const site = change.site_id === undefined ? undefined : sites.get(change.site_id);
      const { lon = site?.lon ?? null, lat = site?.lat ?? null } = change;
      return { no: at + 1, scenario, change_no, change, site_code: site?.code ?? null, lon, lat };
    });
}

const notes = {
  vi: [
    'Mỗi dòng là một thay đổi; phương án không thay đổi dữ liệu kiểm kê.',
    'Trước và sau là tổng trên các xã đã rõ khi đó; chênh lệch chỉ tính các xã đã rõ cả trước và sau.',
    'Chiều cao, băng tần, EIRP và góc phương vị của trạm được thêm là giá trị đã dùng khi tính, cho trước hoặc mặc định.',
    'Kết quả là ước tính tại lần lưu gần nhất.',
  ],
  en: [
    'One row is one change; a scenario never changes the inventory.',
    'Before and after are sums over the communes known then; the change is over those known before and after.',
    'Height, band, EIRP and azimuths of an added site are those it was computed with, given or default.',
    'Results are estimated and of when the scenario was last saved.',
  ],
};

/** Which results are of an inventory that has changed since. */
function staleNote(scenarios: readonly StoredScenario[], language: Language): string[] {
  const names = scenarios.filter(({ result_stale }) => result_stale).map(({ id, name }) => `${name} (${id})`);
  if (names.length === 0) return [];
  const said = {
    vi: 'Kết quả đã cũ vì dữ liệu đã thay đổi sau lần lưu',
    en: 'Out of date, as the inventory has changed',
  };
  return [`${said[language]}: ${names.join('; ')}.`];
}

function describe(
  scenarios: readonly StoredScenario[],
  changes: number,
  ids: string,
): Pick<Statement, 'filter' | 'counts'> {
  const label = { vi: 'Phương án', en: 'Scenarios' };
  return {
    filter: [{ name: 'ids', value: ids, label, shown: ids }],
    counts: [
      {
        name: 'changes',
        label: { vi: 'Thay đổi', en: 'Changes' },
        value: changes,
        unit: { vi: 'thay-đổi', en: 'changes' },
      },
      { name: 'scenarios', label, value: scenarios.length, unit: { vi: 'phương-án', en: 'scenarios' } },
    ],
  };
}

/** Saved scenarios side by side: one row a change, and in a workbook one row a scenario with its results. */
export const scenariosKind = defineKind({
  what: 'scenarios',
  label: { vi: 'phương án', en: 'scenarios' },
  shape: compareShape,
  async open({ db, revision }, { ids }, language) {
    const dataset_revision = revision.current;
    const scenarios = await selectScenarios(db, [...new Set(ids.split(',').map(Number))]);
    const rows = rowsOf(scenarios, await selectNamedSites(db, scenarios));
    return {
      statement: {
        name: 'scenarios',
        stem: { vi: 'phương-án', en: 'scenarios' },
        title: { vi: 'So sánh phương án quy hoạch', en: 'Planning scenarios side by side' },
        at: null,
        ...describe(scenarios, rows.length, ids),
        sources: [],
        notes: [...notes[language], ...staleNote(scenarios, language)],
        dataset_revision,
        synthetic: scenarios.some(isSynthetic),
      },
      table: tableOf({
        name: { vi: 'Thay đổi', en: 'Changes' },
        columns,
        total: rows.length,
        rows: () => [rows],
        id: ({ no }) => no,
        geometry: (row) => pointOf(row),
      }),
      further: [
        tableOf({
          name: { vi: 'Kết quả', en: 'Results' },
          columns: resultColumns,
          total: scenarios.length,
          rows: () => [scenarios],
          id: ({ id }) => id,
        }),
      ],
    };
  },
});
