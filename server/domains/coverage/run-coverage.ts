import { Tinypool } from 'tinypool';
import type { DatasetRevision } from '../../platform/dataset-revision.ts';
import { selectRevision } from '../../platform/dataset-revision.ts';
import type { Db } from '../../platform/db/db.ts';
import { workerEntry } from '../../platform/workers.ts';
import { selectRunCells, selectRunCombos, selectRunCommunes } from './queries.ts';
import { type CoverageParameters, DEFAULT_PARAMETERS } from './rules/coverage-parameters.ts';
import type { CoverageInput, CoverageResult, CoverageTotalRow } from './rules/coverage-types.ts';
import { insertRun } from './store-run.ts';

/** What a finished run tells its caller. */
export interface RunSummary {
  run_id: number;
  at: string;
  vintage: string;
  cells: number;
  refused: number;
  gaps: number;
  totals: CoverageTotalRow[];
  milliseconds: { read: number; compute: number; store: number };
}

async function computeInWorker(input: CoverageInput): Promise<CoverageResult> {
  const { url, argv } = workerEntry('compute-worker', import.meta.url);
  const pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads: 1 });
  try {
    return (await pool.run(input)) as CoverageResult;
  } finally {
    await pool.destroy();
  }
}

/**
 * Computes coverage of the inventory as at a day for the communes in force then, and stores it. Until it is stored the
 * earlier run answers.
 * @throws Error with a clear sentence when there are no communes to compute for
 */
export async function runCoverage(
  db: Db,
  revision: DatasetRevision,
  at: string,
  parameters: CoverageParameters = DEFAULT_PARAMETERS,
): Promise<RunSummary> {
  const started = performance.now();
  const inventory = await db.transaction(async (tx) => ({
    revision: await selectRevision(tx),
    ground: await selectRunCommunes(tx, at),
    cells: await selectRunCells(tx, at),
    combos: await selectRunCombos(tx, at),
  }));
  if (!inventory.ground) throw new Error(`There are no communes in force on ${at}: import boundaries first.`);
  const { vintage, communes } = inventory.ground;
  const read = performance.now();
  const result = await computeInWorker({ communes, cells: inventory.cells, combos: inventory.combos, parameters });
  const computed = performance.now();
  const run_id = await revision.change(
    (tx) => insertRun(tx, result, { at, vintage, inventoryRevision: inventory.revision }),
    { statementTimeout: 0 },
  );
  return {
    run_id,
    at,
    vintage,
    cells: result.cells.length,
    refused: result.refused.length,
    gaps: result.gaps.length,
    totals: result.totals,
    milliseconds: { read: read - started, compute: computed - read, store: performance.now() - computed },
  };
}
