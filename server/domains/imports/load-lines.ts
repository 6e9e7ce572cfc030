import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { CandidateLineRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { createStage, fillStage, replaceBySource } from './staging.ts';

const stageColumns =
  'row_no integer, kind text, name text, geometry jsonb, source text, synthetic boolean, geom geometry';

/**
 * Writes the lines along which cable may be planned. A newer file of the same source replaces the older one; the same file
 * again changes nothing. @param fileName stands for the source where a feature names none
 */
export async function loadLines(
  tx: Queryable,
  records: AsyncIterable<CandidateLineRecord[]>,
  progress: LoadProgress,
  fileName: string,
): Promise<void> {
  await createStage(tx, 'staged_line', stageColumns);
  for await (const batch of records) {
    await fillStage(
      tx,
      'staged_line',
      batch.map(({ row, source, ...line }) => ({ ...line, row_no: row, source: source ?? fileName, geom: null })),
    );
  }
  await tx.query(sql`update staged_line set geom = st_setsrid(st_geomfromgeojson(geometry::text), 4326)`);
  const { removed, inserted } = await replaceBySource(tx, {
    table: 'candidate_line',
    stage: 'staged_line',
    columns: ['kind', 'name'],
  });
  if (removed > 0) progress.addFindings({ lines_no_longer_in_the_file: removed });
  progress.addTable('candidate_line', { inserted, updated: 0 });
}
