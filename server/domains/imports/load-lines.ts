import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { CandidateLineRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { createStage, fillStage } from './staging.ts';

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
  const [removed] = await tx.query<{ count: number }>(sql`
    with removed as (
      delete from candidate_line c
       where c.source in (select source from staged_line)
         and not exists (select 1 from staged_line s where s.source = c.source and s.kind = c.kind and s.name = c.name and st_orderingequals(s.geom, c.geom))
      returning 1)
    select count(*) as count from removed`);
  if (removed && removed.count > 0) progress.addFindings({ lines_no_longer_in_the_file: removed.count });
  const [added] = await tx.query<{ count: number }>(sql`
    with added as (
      insert into candidate_line (kind, name, geom, source, synthetic)
      select s.kind, s.name, s.geom, s.source, s.synthetic
        from staged_line s
       where not exists (select 1 from candidate_line c where c.source = s.source and c.kind = s.kind and c.name = s.name and st_orderingequals(s.geom, c.geom))
       order by s.row_no
      returning 1)
    select count(*) as count from added`);
  progress.addTable('candidate_line', { inserted: added?.count ?? 0, updated: 0 });
}
