import type { DatasetRevision } from '../../platform/dataset-revision.ts';
import { selectRevision } from '../../platform/dataset-revision.ts';
import type { Db } from '../../platform/db/db.ts';
import { type ComputePool, openComputePool } from './compute-pool.ts';
import type { LaidRun } from './compute-worker.ts';
import { type EarlierRun, levelsBasis, selectEarlierKeys, selectOptionalEarlier } from './earlier-run.ts';
import { noCommunes } from './no-communes.ts';
import { loadPopulation } from './population/load-population.ts';
import { selectRunCells, selectRunCommunes, selectRunOperators } from './queries.ts';
import { keyTasks, resultOf } from './rules/compute-coverage.ts';
import { type CoverageParameters, DEFAULT_PARAMETERS } from './rules/coverage-parameters.ts';
import type { NoTerrainArea } from './rules/coverage-types.ts';
import type { KeyTask } from './rules/key-coverage.ts';
import type { LevelGrids, LevelInput } from './rules/levels/level-types.ts';
import { computeLevelsPooled } from './rules/levels/levels-pool.ts';
import { type CoverageStage, type RunProgress, StageClock } from './run-progress.ts';
import { insertRun } from './store-run.ts';
import type { KeptLevels, RunKey } from './take-over.ts';
import { type LoadedTerrain, loadTerrainRaster } from './terrain/load-raster.ts';

/** What a finished run tells its caller. */
export interface RunSummary {
  run_id: number;
  at: string;
  vintage: string;
  cells: number;
  refused: number;
  /** Files of the terrain used; null: none. */
  terrain: string[] | null;
  /** Run whose levels were taken over where nothing changed; null: all computed. */
  compared_with: number | null;
  /** Operators × technologies and unions of them, and those whose rows were taken over from earlier runs. */
  keys: number;
  keys_taken_over: number;
  milliseconds: Partial<Record<CoverageStage, number>>;
}

export interface RunOptions {
  parameters?: CoverageParameters;
  /** False: as if no terrain were there. */
  terrain?: boolean;
  /** True: nothing is taken over from an earlier run. */
  full?: boolean;
  onProgress?: (progress: RunProgress) => void;
  /** Aborting ends the run with the signal's reason; what was stored before stays. */
  signal?: AbortSignal;
}

async function readInventory(db: Db, at: string) {
  const inventory = await db.transaction(async (tx) => ({
    revision: await selectRevision(tx),
    ground: await selectRunCommunes(tx, at),
    cells: await selectRunCells(tx, at),
    operators: await selectRunOperators(tx, at),
    population: await loadPopulation(tx, at),
  }));
  if (!inventory.ground) throw noCommunes(at);
  return { ...inventory, ...inventory.ground };
}
type Inventory = Awaited<ReturnType<typeof readInventory>>;

/** Percent of the communes' squares with known ground, from the share of each commune. */
function shareOfSquares(shares: Float64Array, squares: Uint32Array): number {
  const all = squares.reduce((sum, count) => sum + count, 0);
  const known = squares.reduce((sum, count, commune) => sum + (count * (shares[commune] ?? 0)) / 100, 0);
  return all === 0 ? 0 : Math.round((1e4 * known) / all) / 100;
}

/** A run's ground with what is known of its heights. */
interface TerrainRun {
  laid: LaidRun;
  terrain: LoadedTerrain | null;
  no_terrain: NoTerrainArea | null;
}

/** Heights are needed as far as the longest path reaches beyond the frame. */
async function withTerrain(
  db: Db,
  pool: ComputePool,
  laid: LaidRun,
  parameters: CoverageParameters,
): Promise<TerrainRun> {
  const margin_m = Math.max(...parameters.range_caps.map(({ range_m }) => range_m));
  const { grid_srid, terrain_step_m: step_m } = parameters;
  const terrain = await loadTerrainRaster(db, laid.ground.squares.frame, grid_srid, margin_m, { step_m });
  if (!terrain) return { laid, terrain, no_terrain: null };
  const { pct_terrain, no_terrain } = await pool.run('terrain', { ground: laid.ground, terrain: terrain.raster });
  const about = { ...terrain.about, pct_squares: shareOfSquares(pct_terrain, laid.ground.squares.squares) };
  return { laid: { ...laid, ground: { ...laid.ground, pct_terrain } }, terrain: { ...terrain, about }, no_terrain };
}

/** More changed cells than this share and computing all of them on several threads is the quicker way. */
const MOST_CHANGED = 0.1;

function changedShare(earlier: EarlierRun, { settled }: LaidRun): number {
  const { signatures } = earlier;
  const same = settled.cells.filter(({ cell_id, signature }) => signatures.get(cell_id) === signature).length;
  const changed = settled.cells.length - same + (signatures.size - same);
  return changed / Math.max(1, settled.cells.length);
}

/** Levels of the run: taken over from an earlier one where nothing changed, or all computed. */
async function levelsOf(
  db: Db,
  pool: ComputePool,
  input: LevelInput,
  laid: LaidRun,
  basis: string,
  options: RunOptions,
  done: (share: number) => void,
): Promise<{ grids: LevelGrids; kept: KeptLevels | null }> {
  const earlier = options.full ? null : await selectOptionalEarlier(db, basis);
  if (earlier && changedShare(earlier, laid) <= MOST_CHANGED) {
    const grids = await earlier.levels(input.frame);
    const update = await pool.run('update', { earlier: { grids, signatures: earlier.signatures }, input });
    return { grids: update.grids, kept: { run_id: earlier.run_id, but: update.affected } };
  }
  const signal = options.signal ? { signal: options.signal } : {};
  return { grids: await computeLevelsPooled(input, { onProgress: done, ...signal }), kept: null };
}

/** Every key of a run with the digest of what its rows are made from, and where those are if a run has them already. */
async function keysOf(
  db: Db,
  pool: ComputePool,
  tasks: KeyTask[],
  { ground }: LaidRun,
  options: RunOptions,
): Promise<RunKey[]> {
  const digests = await pool.run('digests', { tasks, ground });
  const earlier = options.full ? null : await selectEarlierKeys(db, digests);
  return tasks.map(({ key }, i) => {
    const digest = digests[i] as string;
    return { ...key, digest, earlier: earlier?.get(digest) ?? null };
  });
}

/** Asks the pool about every key at once; the threads take them one after the other. */
async function forEachKey<T>(
  tasks: readonly KeyTask[],
  done: (share: number) => void,
  ask: (task: KeyTask) => Promise<T>,
): Promise<T[]> {
  let ended = 0;
  return Promise.all(
    tasks.map(async (task) => {
      const rows = await ask(task);
      done(++ended / tasks.length);
      return rows;
    }),
  );
}

async function compute(db: Db, pool: ComputePool, inventory: Inventory, clock: StageClock, options: RunOptions) {
  const { parameters = DEFAULT_PARAMETERS } = options;
  const { communes, cells, operators, population } = inventory;
  const { laid, terrain, no_terrain } = await clock.stage('read', async (): Promise<TerrainRun> => {
    const bare = await pool.run('lay', { communes, cells, parameters, population });
    if (options.terrain === false) return { laid: bare, terrain: null, no_terrain: null };
    return withTerrain(db, pool, bare, parameters);
  });
  const { ground, settled } = laid;
  const { frame } = ground.squares;
  const raster = terrain?.raster ?? null;
  const input: LevelInput = { frame, wanted: ground.wanted, cells: settled.cells, terrain: raster, parameters };
  const basis = levelsBasis(input);
  const { grids, kept } = await clock.stage('levels', (done) => levelsOf(db, pool, input, laid, basis, options, done));
  const all = keyTasks({ operators, parameters }, grids, settled.doubtful);
  const { keys, tasks, figures } = await clock.stage('figures', async (done) => {
    const keys = await keysOf(db, pool, all, laid, options);
    const tasks = all.filter((_, i) => keys[i]?.earlier === null);
    return { keys, tasks, figures: await forEachKey(tasks, done, (task) => pool.run('figures', { task, ground })) };
  });
  const areas = await clock.stage('areas', (done) =>
    forEachKey(tasks, done, (task) => pool.run('areas', { task, ground })),
  );
  const result = resultOf({
    parameters,
    ground,
    grids,
    no_terrain,
    figures,
    areas,
    cells: laid.rows,
    refused: settled.refused,
  });
  return { result, basis, terrain: terrain?.about ?? null, kept, keys, communes: communes.length };
}

/**
 * Computes coverage of the inventory as at a day for the communes in force then, and stores it. Until it is stored the
 * earlier run answers.
 * @throws HttpError 409 when there are no communes to compute for; the signal's reason when aborted
 */
export async function runCoverage(
  db: Db,
  revision: DatasetRevision,
  at: string,
  options: RunOptions = {},
): Promise<RunSummary> {
  const clock = new StageClock(options.onProgress, options.signal);
  const inventory = await clock.stage('read', () => readInventory(db, at));
  const { vintage } = inventory;
  const pool = openComputePool(options.signal);
  try {
    const { result, ...made } = await compute(db, pool, inventory, clock, options);
    const { terrain, kept, keys } = made;
    const about = { at, vintage, inventoryRevision: inventory.revision, ...made };
    const run_id = await clock.stage('store', (done) =>
      revision.change(
        (tx) => insertRun(tx, result, { ...about, milliseconds: clock.milliseconds }, done, options.signal),
        {
          statementTimeout: 0,
        },
      ),
    );
    return {
      run_id,
      at,
      vintage,
      cells: result.cells.filter(({ model }) => model !== null).length,
      refused: new Set(result.refused.map(({ cell_id }) => cell_id)).size,
      terrain: terrain?.files ?? null,
      compared_with: kept?.run_id ?? null,
      keys: keys.length,
      keys_taken_over: keys.filter(({ earlier }) => earlier !== null).length,
      milliseconds: clock.milliseconds,
    };
  } finally {
    await pool.destroy();
  }
}
