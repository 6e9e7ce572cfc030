import { cachedTiles } from './cached-tiles.ts';
import { connectivity } from './connectivity.ts';
import { coverageLevels } from './coverage-levels.ts';
import { coverageNation } from './coverage-nation.ts';
import { coverageRun } from './coverage-run.ts';
import { coverageUnion } from './coverage-union.ts';
import { editVisibility } from './edit-visibility.ts';
import { embeddedStart } from './embedded-start.ts';
import { listPages } from './list-pages.ts';
import { loopStall } from './loop-stall.ts';
import { opencellidImport } from './opencellid-import.ts';
import { planning } from './planning.ts';
import type { Benchmark } from './support/benchmark.ts';
import { tileEncoding } from './tile-encoding.ts';
import { tileQueries } from './tile-queries.ts';
import { uncachedTiles } from './uncached-tiles.ts';

/** Every benchmark, in the order they run. `--only` takes the beginning of these names. */
export const benchmarks: Record<string, Benchmark> = {
  'embedded-start': embeddedStart,
  'loop-stall': loopStall,
  'coverage-run': coverageRun,
  'coverage-levels': coverageLevels,
  'coverage-union': coverageUnion,
  'coverage-nation': coverageNation,
  planning,
  connectivity,
  'opencellid-import': opencellidImport,
  'tile-queries': tileQueries,
  'tile-encoding': tileEncoding,
  'uncached-tiles': uncachedTiles,
  'cached-tiles': cachedTiles,
  'list-pages': listPages,
  // Last of those that use the synthetic country, because it changes it.
  'edit-visibility': editVisibility,
};
