import {
  type CommuneCoverage,
  type CoverageRun,
  siteFilterShape,
  type Technology,
  technologies,
  todayInVietnam,
} from '../../../contract/index.ts';
import {
  type CoverageScope,
  coverageParameters,
  namesOf,
  scopeOf,
  selectCommuneCoverage,
  selectGeometries,
  selectOptionalRun,
  selectSyntheticCells,
} from '../../coverage/index.ts';
import { checkFilter } from '../../sites/index.ts';
import { districtNotes, filterLines, paramsOf } from '../common-lines.ts';
import { defineKind, type ExportContext } from '../open-export.ts';
import { selectOptionalDistrict } from '../queries.ts';
import { runLines, runNotes } from '../run-lines.ts';
import { columnsOf, tableOf } from '../table.ts';

const { at, operator, technology, district } = siteFilterShape;
const shape = {
  at,
  operator,
  technology: technology.describe('Without it every technology of the run / Không nêu: mọi công nghệ'),
  scope: coverageParameters.scope,
  district,
};

/** A commune's figures with whose they are and what they were made with. */
interface Row extends CommuneCoverage {
  no: number;
  operator: string | null;
  scope: CoverageScope;
  technology: Technology;
  run: CoverageRun | null;
}

const { column, tableOnly } = columnsOf<Row>();
const round = (value: number | null, decimals: number): number | null =>
  value === null ? null : Number(value.toFixed(decimals));

const columns = [
  tableOnly('no', 'integer', 6, 'STT', 'No.'),
  column('code', 'text', 9, 'Mã xã', 'Commune code'),
  column('name', 'text', 22, 'Xã, phường, thị trấn', 'Commune'),
  column('district_code', 'text', 9, 'Mã huyện', 'District code'),
  column('district_name', 'text', 22, 'Huyện, thị xã, thành phố', 'District'),
  column('technology', 'text', 9, 'Công nghệ', 'Technology'),
  column('operator', 'text', 14, 'Doanh nghiệp', 'Operator'),
  column('scope', 'word', 22, 'Phạm vi', 'Scope'),
  column('status', 'word', 14, 'Kết quả', 'Status', ({ status }) => status),
  column('unknown_reason', 'word', 22, 'Lý do chưa rõ', 'Reason unknown'),
  column('population', 'integer', 10, 'Dân số', 'Population'),
  column('people_covered', 'integer', 10, 'Dân số được phủ', 'People covered'),
  column('people_at_least', 'integer', 10, 'Dân số chắc chắn được phủ', 'People covered for certain'),
  column('people_low', 'integer', 10, 'Dân số được phủ (thấp)', 'People covered (low)'),
  column('people_high', 'integer', 10, 'Dân số được phủ (cao)', 'People covered (high)'),
  column('pct_pop', 'number', 10, '% dân số', '% of people', ({ pct_pop }) => round(pct_pop, 2)),
  column('area_km2', 'number', 10, 'Diện tích (km²)', 'Area (km²)', ({ area_km2 }) => round(area_km2, 4)),
  column('area_covered_km2', 'number', 10, 'Diện tích được phủ (km²)', 'Area covered (km²)', (row) =>
    round(row.area_covered_km2, 4),
  ),
  column(
    'area_at_least_km2',
    'number',
    10,
    'Diện tích chắc chắn được phủ (km²)',
    'Area covered for certain (km²)',
    (row) => round(row.area_at_least_km2, 4),
  ),
  column('area_low_km2', 'number', 10, 'Diện tích được phủ (thấp, km²)', 'Area covered (low, km²)', (row) =>
    round(row.area_low_km2, 4),
  ),
  column('area_high_km2', 'number', 10, 'Diện tích được phủ (cao, km²)', 'Area covered (high, km²)', (row) =>
    round(row.area_high_km2, 4),
  ),
  column('pct_area', 'number', 10, '% diện tích', '% of area', ({ pct_area }) => round(pct_area, 2)),
  column('centre_covered', 'boolean', 9, 'Trung tâm xã được phủ', 'Centre covered'),
  column('pct_terrain', 'number', 10, '% có địa hình', '% with terrain', ({ pct_terrain }) => round(pct_terrain, 1)),
  column('model', 'text', 30, 'Mô hình', 'Model', ({ run }) => run?.model ?? null),
  column('model_version', 'text', 8, 'Phiên bản mô hình', 'Model version', ({ run }) => run?.model_version ?? null),
  column('terrain_source', 'text', 18, 'Địa hình', 'Terrain', ({ run }) => run?.terrain_source ?? null),
  column('run_at', 'date', 12, 'Tính cho ngày', 'Computed for', ({ run }) => run?.at ?? null),
];

const scopeLabels = { scope: { vi: 'Phạm vi', en: 'Scope' } };

async function readRows(
  { db }: ExportContext,
  asked: { at: string; operator: string | undefined; technology: Technology | undefined; district: string | undefined },
  scope: CoverageScope,
  run: CoverageRun | null,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const one of asked.technology ? [asked.technology] : technologies) {
    const items = await selectCommuneCoverage(db, { ...asked, technology: one, scope }, run?.id ?? null);
    // Of technologies that nobody asked for by name, only those that the run has.
    if (!asked.technology && items.every(({ unknown_reason }) => unknown_reason === 'not_computed')) continue;
    for (const item of items)
      rows.push({ ...item, no: rows.length + 1, operator: asked.operator ?? null, scope, technology: one, run });
  }
  return rows;
}

/** Every commune × the operator, union and technology asked for: the rows of the list, numerators and denominators in full. */
export const coverageKind = defineKind({
  what: 'coverage',
  label: { vi: 'vùng phủ sóng của xã', en: 'coverage of communes' },
  shape,
  async open(context, asked, language) {
    const { db, revision, cache } = context;
    const at = asked.at ?? todayInVietnam();
    const scope = scopeOf(asked.operator, asked.scope);
    await checkFilter(db, namesOf({ ...asked, at }));
    const dataset_revision = revision.current;
    const named = await selectOptionalDistrict(db, { ...asked, at });
    const run = await selectOptionalRun(db, at, language);
    const rows = await readRows(
      context,
      { at, operator: asked.operator, technology: asked.technology, district: asked.district },
      scope,
      run,
    );
    const synthetic = await cache.get(dataset_revision, 'synthetic cells', () => selectSyntheticCells(db));
    const shapes = await selectGeometries(db, 'admin_unit', rows);
    const communes = new Set(rows.map(({ id }) => id)).size;
    return {
      statement: {
        name: 'coverage',
        stem: { vi: 'vùng-phủ-sóng', en: 'coverage' },
        title: { vi: 'Vùng phủ sóng của xã (ước tính)', en: 'Coverage of communes (estimated)' },
        at,
        filter: filterLines(
          paramsOf({ ...asked, at, scope: asked.operator ? undefined : scope }, shape),
          named,
          scopeLabels,
        ),
        counts: [
          { name: 'rows', label: { vi: 'Dòng', en: 'Rows' }, value: rows.length, unit: { vi: 'dòng', en: 'rows' } },
          {
            name: 'communes',
            label: { vi: 'Xã', en: 'Communes' },
            value: communes,
            unit: { vi: 'xã', en: 'communes' },
          },
        ],
        sources: runLines(run, language),
        notes: [...runNotes(run, synthetic, language), ...districtNotes(named, language)],
        dataset_revision,
        synthetic,
      },
      table: tableOf({
        name: { vi: 'Vùng phủ sóng', en: 'Coverage' },
        columns,
        synthetic,
        total: rows.length,
        rows: () => [rows],
        id: ({ id, no }) => (asked.technology ? id : no),
        geometry: ({ id }) => shapes.get(id) ?? null,
      }),
      further: [],
    };
  },
});
