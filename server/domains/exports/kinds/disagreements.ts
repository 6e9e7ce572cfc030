import { type Disagreement, type ModelError, todayInVietnam } from '../../../contract/index.ts';
import { pointOf } from '../../../platform/send-list.ts';
import {
  chooseEvidence,
  disagreementShape,
  evidenceAt,
  namesOf,
  selectOptionalRun,
  selectSyntheticEvidence,
} from '../../coverage/index.ts';
import { checkFilter } from '../../sites/index.ts';
import { districtNotes, filterLines, paramsOf } from '../common-lines.ts';
import { defineKind } from '../open-export.ts';
import { selectOptionalDistrict } from '../queries.ts';
import { runLines, runNotes } from '../run-lines.ts';
import type { CountLine } from '../statement.ts';
import { columnsOf, tableOf } from '../table.ts';

const labels = { kind: { vi: 'Loại bất đồng', en: 'Kind of disagreement' } };

const { column, tableOnly } = columnsOf<Disagreement>();
const columns = [
  column('kind', 'word', 34, 'Loại', 'Kind'),
  column('commune_code', 'text', 9, 'Mã xã', 'Commune code'),
  column('commune_name', 'text', 22, 'Xã, phường, thị trấn', 'Commune'),
  column('district_name', 'text', 22, 'Huyện, thị xã, thành phố', 'District'),
  column('operator', 'text', 14, 'Doanh nghiệp', 'Operator'),
  column('technology', 'text', 9, 'Công nghệ', 'Technology'),
  column('status', 'word', 12, 'Kết quả tính toán', 'As modelled'),
  column('population', 'integer', 10, 'Dân số', 'Population'),
  column('people_covered', 'integer', 10, 'Dân số được phủ (tính toán)', 'People covered (modelled)'),
  column('pct_pop', 'number', 10, '% dân số (tính toán)', '% of people (modelled)', ({ pct_pop }) =>
    pct_pop === null ? null : Number(pct_pop.toFixed(2)),
  ),
  column('declared_pct_pop', 'number', 10, '% dân số (khai báo)', '% of people (declared)'),
  column('declared_as_of', 'date', 12, 'Khai báo tại ngày', 'Declared as of'),
  column('declared_source', 'text', 40, 'Nguồn khai báo', 'Source of the claim'),
  column('points', 'integer', 10, 'Điểm đo trên ô được phủ', 'Points on covered squares'),
  column('points_below', 'integer', 10, 'Trong đó dưới ngưỡng', 'Of them below the threshold'),
  column('lowest_dbm', 'number', 10, 'Mức thấp nhất (dBm)', 'Lowest level (dBm)'),
  column('threshold_dbm', 'number', 10, 'Ngưỡng (dBm)', 'Threshold (dBm)'),
  tableOnly('lat', 'degrees', 12, 'Vĩ độ (°)', 'Latitude (°)'),
  tableOnly('lon', 'degrees', 12, 'Kinh độ (°)', 'Longitude (°)'),
];

const errors = columnsOf<ModelError>();
const decibels = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(2)));
const errorColumns = [
  errors.column('operator', 'text', 14, 'Doanh nghiệp', 'Operator'),
  errors.column('technology', 'text', 9, 'Công nghệ', 'Technology'),
  errors.column('points', 'integer', 10, 'Điểm đo', 'Measured points'),
  errors.column('modelled_points', 'integer', 10, 'Điểm so sánh được mức', 'Points with a modelled level'),
  errors.column(
    'mean_error_db',
    'number',
    12,
    'Tính trừ đo, trung bình (dB)',
    'Modelled less measured, mean (dB)',
    (row) => decibels(row.mean_error_db),
  ),
  errors.column('sd_error_db', 'number', 12, 'Độ lệch chuẩn (dB)', 'Standard deviation (dB)', (row) =>
    decibels(row.sd_error_db),
  ),
  errors.column('covered_points', 'integer', 10, 'Điểm trên ô được phủ', 'Points on covered squares'),
  errors.column('covered_below', 'integer', 10, 'Trong đó dưới ngưỡng', 'Of them below the threshold'),
  errors.column('uncovered_above', 'integer', 10, 'Trên ô không phủ mà đạt ngưỡng', 'Above it on other squares'),
];

const about = {
  vi: 'Mỗi dòng là một xã × doanh nghiệp × công nghệ × loại. Xã chưa rõ không mâu thuẫn với khai báo nào. Toạ độ là trung tâm xã, hoặc điểm đo có mức thấp nhất.',
  en: 'One row is a commune × operator × technology × kind. An unknown commune contradicts no claim. The position is the centre of the commune, or that of the lowest level.',
};

const count = (name: string, vi: string, en: string, value: number, viUnit: string): CountLine => ({
  name,
  label: { vi, en },
  value,
  unit: { vi: viUnit, en: name.replaceAll('_', '-') },
});

/** Where claims, run and drive tests do not agree; how far the model is from the measurements on a sheet of its own. */
export const disagreementsKind = defineKind({
  what: 'disagreements',
  label: { vi: 'bất đồng', en: 'disagreements' },
  shape: disagreementShape,
  async open(context, asked, language) {
    const { db, revision, cache } = context;
    const at = asked.at ?? todayInVietnam();
    await checkFilter(db, namesOf({ ...asked, at }));
    const dataset_revision = revision.current;
    const named = await selectOptionalDistrict(db, { ...asked, at });
    const run = await selectOptionalRun(db, at, language);
    const comparison = await evidenceAt(context, dataset_revision, at);
    const chosen = await chooseEvidence(context, comparison, { ...asked, at });
    const synthetic = await cache.get(dataset_revision, 'synthetic evidence', () => selectSyntheticEvidence(db));
    const { disagreements, counts, statistics } = chosen;
    return {
      statement: {
        name: 'disagreements',
        stem: { vi: 'bất-đồng', en: 'disagreements' },
        title: { vi: 'Khai báo, tính toán và đo kiểm không khớp', en: 'Declared, modelled and measured do not agree' },
        at,
        filter: filterLines(paramsOf({ ...asked, at }, disagreementShape), named, labels),
        counts: [
          count('disagreements', 'Bất đồng', 'Disagreements', disagreements.length, 'bất-đồng'),
          count('claims', 'Khai báo được so sánh', 'Claims compared', chosen.claims, 'khai-báo'),
          count('points', 'Điểm đo được so sánh', 'Points compared', chosen.points, 'điểm-đo'),
          count(
            'points_below',
            'Điểm đo dưới ngưỡng',
            'Points below the threshold',
            counts.points_below,
            'dưới-ngưỡng',
          ),
        ],
        sources: [
          ...runLines(run, language),
          [{ vi: 'Điểm đo từ ngày', en: 'Points measured from' }, comparison.period.measured_from],
        ],
        notes: [...runNotes(run, synthetic, language), about[language], ...districtNotes(named, language)],
        dataset_revision,
        synthetic,
      },
      table: tableOf({
        name: { vi: 'Bất đồng', en: 'Disagreements' },
        columns,
        synthetic,
        total: disagreements.length,
        rows: () => [disagreements],
        id: ({ id }) => id,
        geometry: (row) => pointOf(row),
      }),
      further: [
        tableOf({
          name: { vi: 'Sai số mô hình', en: 'Error of the model' },
          columns: errorColumns,
          total: statistics.length,
          rows: () => [statistics],
          id: (row) => statistics.indexOf(row) + 1,
        }),
      ],
    };
  },
});
