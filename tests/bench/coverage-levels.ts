import type { CoverageCell } from '../../server/domains/coverage/rules/coverage-types.ts';
import { levelGround, updateLevels } from '../../server/domains/coverage/rules/levels/incremental.ts';
import { computeLevels } from '../../server/domains/coverage/rules/levels/level-grid.ts';
import type { LevelInput } from '../../server/domains/coverage/rules/levels/level-types.ts';
import { computeLevelsPooled } from '../../server/domains/coverage/rules/levels/levels-pool.ts';
import type { BenchContext } from './support/benchmark.ts';
import { beside, startNode } from './support/child.ts';
import { withPostgres } from './support/databases.ts';
import { demoLevels, settle } from './support/levels-input.ts';
import { atMost, type Metric, median, percentile, told } from './support/metric.ts';

const DAY = '2026-11-23';
const LEVELS_TARGET_S = 12;
const MEMORY_TARGET_MB = 1_000;
const SITE_TARGET_MS = 300;
const CHANGED_SITES = 40;
const RAISED_M = 10;

const seconds = (started: number): number => (performance.now() - started) / 1000;

/** Seconds of this thread's processor, so that other work on the machine does not count. */
function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The part of an input inside a window in its middle with `share` of its width and height. */
function windowOf(input: LevelInput, share: number): LevelInput {
  const { cols, rows, origin_e_m, origin_n_m, grid_m } = input.frame;
  const inside = (at: number, size: number): boolean => Math.abs(at / size - 0.5) <= share / 2;
  const wanted = input.wanted.map((one, square) =>
    one === 1 && inside(square % cols, cols) && inside(Math.floor(square / cols), rows) ? 1 : 0,
  );
  const cells = input.cells.filter(
    (cell) => inside((cell.east_m - origin_e_m) / grid_m, cols) && inside((cell.north_m - origin_n_m) / grid_m, rows),
  );
  return { ...input, wanted, cells };
}

/** Processor time by cells and squares at equal density: 1 / 16, 1 / 4 and all of the province. */
function growth(input: LevelInput): Metric[] {
  const series = [0.25, 0.5, 1].map((share) => {
    const part = windowOf(input, share);
    return { cells: part.cells.length, seconds: processorSeconds(() => void computeLevels(part)) };
  });
  return series.flatMap(({ cells, seconds: spent }, i) => [
    told(`coverage_levels_growth_${4 ** i}x_cells`, cells, 'cells'),
    told(`coverage_levels_growth_${4 ** i}x`, (1e6 * spent) / cells, 'µs/cell'),
  ]);
}

/** Milliseconds of an update after every antenna of a site is raised, site by site. */
async function changedSites(input: LevelInput, cells: readonly CoverageCell[]): Promise<number[]> {
  const grids = await computeLevelsPooled(input);
  const signatures = new Map(input.cells.map(({ cell_id, signature }) => [cell_id, signature]));
  const ground = levelGround(input);
  const step = Math.floor(cells.length / CHANGED_SITES);
  return Array.from({ length: CHANGED_SITES }, (_, i) => {
    const { lon, lat } = cells[i * step] as CoverageCell;
    const own = cells.filter((cell) => cell.lon === lon && cell.lat === lat);
    const started = performance.now();
    const raised = own.map((cell) => ({ ...cell, antenna_height_m: (cell.antenna_height_m ?? 30) + RAISED_M }));
    const after = new Map(settle(raised).cells.map((cell) => [cell.cell_id, cell]));
    const changed = input.cells.map((cell) => after.get(cell.cell_id) ?? cell);
    updateLevels({ grids, signatures }, { ...input, cells: changed }, {}, ground);
    return 1000 * seconds(started);
  });
}

/** Highest resident memory of a process that does nothing else, megabytes. */
async function levelsMemory(url: string): Promise<number> {
  const child = startNode(beside('./support/levels-child', import.meta.url), {
    env: { DATABASE_URL: url, DAY },
    readyWhen: /levels (\{.*\})/,
  });
  const { megabytes, layers } = JSON.parse(await child.ready) as Record<'megabytes' | 'layers', number>;
  await child.stop();
  if (layers === 0) throw new Error('no level was computed');
  return megabytes;
}

/** Levels of the demo province today over terrain: all of it, one site changed, and growth with its size. */
export async function coverageLevels({ databases, say }: BenchContext): Promise<Metric[]> {
  const url = await databases.copy('demo');
  const megabytes = await levelsMemory(url);
  return withPostgres(url, async (db) => {
    const { input, cells, real } = await demoLevels(db, DAY);
    say(`  ${input.cells.length} cells over ${real ? 'real' : 'made-up'} terrain`);
    const before = process.cpuUsage();
    const started = performance.now();
    await computeLevelsPooled(input);
    const levels = seconds(started);
    const { user, system } = process.cpuUsage(before);
    const flat = performance.now();
    await computeLevelsPooled({ ...input, terrain: null });
    const withoutTerrain = seconds(flat);
    const changed = await changedSites(input, cells);
    return [
      atMost('coverage_levels_demo', levels, 's', LEVELS_TARGET_S),
      told('coverage_levels_demo_processor', (user + system) / 1e6, 's'),
      told('coverage_levels_demo_no_terrain', withoutTerrain, 's'),
      atMost('coverage_levels_site_changed', median(changed), 'ms', SITE_TARGET_MS),
      told('coverage_levels_site_changed_p95', percentile(changed, 0.95), 'ms'),
      atMost('coverage_levels_memory', megabytes, 'MB', MEMORY_TARGET_MB),
      ...growth(input),
    ];
  });
}
