import type { CoverageRun, MeasurementPoint } from '../../../contract/index.ts';
import type { Db } from '../../../platform/db/db.ts';
import { DEFAULT_PARAMETERS } from '../rules/coverage-parameters.ts';
import { squareReader } from './compare-evidence.ts';
import { type PointQuestion, selectPointPage } from './queries.ts';
import { openStoredLevels } from './stored-levels.ts';

/** A page of drive-test points, each with what the run that answers for the day says of its square. */
export async function listPoints(
  db: Db,
  run: CoverageRun | null,
  question: PointQuestion,
  limit: number,
  after: number | undefined,
): Promise<{ items: MeasurementPoint[]; matched: number }> {
  const { rows, matched } = await selectPointPage(db, question, limit, after);
  const squareAt = squareReader(run && (await openStoredLevels(db, run.id)));
  const thresholds: Readonly<Record<string, number>> = run?.thresholds ?? DEFAULT_PARAMETERS.threshold_dbm;
  const items: MeasurementPoint[] = [];
  for (const { operator_id, ...row } of rows) {
    const modelled = await squareAt({ operator_id, ...row });
    items.push({
      ...row,
      threshold_dbm: thresholds[row.technology] ?? null,
      modelled_dbm: modelled?.level_dbm ?? null,
      modelled_covered: modelled?.covered ?? null,
    });
  }
  return { items, matched };
}
