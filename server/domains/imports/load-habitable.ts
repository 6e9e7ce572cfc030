import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { rowError } from './formats/format.ts';
import type { HabitableRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { createStage, fillStage, replaceBySource } from './staging.ts';

const stageColumns = `row_no integer, name text, geometry jsonb, source text, synthetic boolean, geom geometry`;

/**
 * Writes the ground where people live. What was there of the same source and is no longer in the file is taken out, so
 * that a newer file replaces the older one, and the same file again changes nothing.
 * @param fileName stands for the source where a feature names none
 */
export async function loadHabitable(
  tx: Queryable,
  records: AsyncIterable<HabitableRecord[]>,
  progress: LoadProgress,
  fileName: string,
): Promise<void> {
  await createStage(tx, 'staged_habitable', stageColumns);
  for await (const batch of records) {
    await fillStage(
      tx,
      'staged_habitable',
      batch.map(({ row, source, ...area }) => ({ ...area, row_no: row, source: source ?? fileName, geom: null })),
    );
  }
  await tx.query(sql`update staged_habitable set geom = st_setsrid(st_geomfromgeojson(geometry::text), 4326)`);
  const [mended] = await tx.query<{ count: number }>(sql`
    with mended as (update staged_habitable set geom = st_multi(st_collectionextract(st_makevalid(geom), 3)) where not st_isvalid(geom) returning 1)
    select count(*) as count from mended`);
  if (mended && mended.count > 0) progress.addFindings({ polygons_made_valid: mended.count });
  const empty = await tx.query<{ row_no: number }>(
    sql`delete from staged_habitable where st_isempty(geom) returning row_no`,
  );
  progress.addErrors(
    empty.map(({ row_no }) => rowError(row_no, 'geometry', null, 'empty_geometry', 'The polygon encloses no area.')),
  );
  const { removed, inserted } = await replaceBySource(tx, {
    table: 'habitable_area',
    stage: 'staged_habitable',
    columns: ['name'],
  });
  if (removed > 0) progress.addFindings({ areas_no_longer_in_the_file: removed });
  progress.addTable('habitable_area', { inserted, updated: 0 });
}
