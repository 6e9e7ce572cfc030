import { todayInVietnam } from '../../../contract/index.ts';
import { rawCsvRows } from './csv-rows.ts';
import { hasColumns, readTable } from './csv-table.ts';
import { type ClaimColumn, claimTable } from './evidence-columns.ts';
import type { ImportFormat } from './format.ts';
import type { ClaimRecord, Technology } from './records.ts';
import type { RowReader } from './row-reader.ts';

export const TECHNOLOGIES: readonly Technology[] = ['2G', '3G', '4G', '5G'];
/** Declared share of people from which a commune counts as covered, percent: the rule that modelled coverage follows too. */
const COVERED_FROM_PCT = 95;

/** What operators declare: one row is one operator × technology × commune at a day. */
export const claimsCsv: ImportFormat<'claim'> = {
  id: 'claims-csv',
  makes: 'claims',
  record: 'claim',
  label: { vi: 'Khai báo vùng phủ của doanh nghiệp (CSV)', en: 'Coverage claims of operators (CSV)' },
  detect: (_fileName, head) => hasColumns(claimTable, head),
  rows: rawCsvRows,
  read: (source, options = {}) =>
    readTable(source, options, claimTable, () => {
      const today = todayInVietnam();
      return (reader, counts) => readClaim(reader, counts, today);
    }),
};

function readClaim(reader: RowReader<ClaimColumn>, counts: Record<string, number>, today: string): ClaimRecord[] {
  const technology = reader.oneOf('technology', TECHNOLOGIES);
  if (technology === null && reader.raw('technology') === '') reader.required('technology');
  const as_of = reader.date('as_of');
  if (as_of === null && reader.raw('as_of') === '') reader.required('as_of');
  if (as_of !== null && as_of > today) reader.fail('as_of', 'future_date', 'A declaration cannot be of a day to come');
  const claim = {
    row: reader.row,
    operator: reader.required('operator'),
    technology: technology ?? '2G',
    commune_code: reader.required('commune_code'),
    as_of: as_of ?? today,
    ...readShare(reader, counts),
    source: reader.text('source'),
    synthetic: reader.boolean('synthetic') ?? false,
  };
  return [claim];
}

/** Whether the commune is declared covered, and how many of its people; a share alone decides by the 95 % rule, and is counted. */
function readShare(
  reader: RowReader<ClaimColumn>,
  counts: Record<string, number>,
): Pick<ClaimRecord, 'covered' | 'pct_pop'> {
  const pct_pop = reader.number('pct_pop', { min: 0, max: 100, unit: '%' });
  const covered = reader.boolean('covered');
  const failed = reader.errors.some(({ field }) => field === 'covered' || field === 'pct_pop');
  if (covered === null) {
    if (pct_pop === null && !failed) reader.fail('covered', 'missing', 'Neither covered nor pct_pop is told');
    if (pct_pop !== null && !failed) counts['covered_by_share'] = (counts['covered_by_share'] ?? 0) + 1;
    return { covered: (pct_pop ?? 0) >= COVERED_FROM_PCT, pct_pop };
  }
  if (covered && pct_pop === 0)
    reader.fail('covered', 'contradiction', 'Declared as covered, but with 0 % of the people');
  if (!covered && pct_pop !== null && pct_pop >= COVERED_FROM_PCT) {
    reader.fail(
      'covered',
      'contradiction',
      `Declared as not covered, but with ${pct_pop} % of the people; from ${COVERED_FROM_PCT} % a commune counts as covered`,
    );
  }
  return { covered, pct_pop };
}
