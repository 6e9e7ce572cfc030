import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import sql from 'sql-template-tag';
import type { Technology } from '../../../contract/index.ts';
import type { Db } from '../../../platform/db/db.ts';
import { type GridFrame, squareAt } from '../rules/grid.ts';
import { COVERED_FROM } from '../rules/levels/level-types.ts';
import { projectorFor } from '../rules/projection.ts';
import type { ModelledSquare } from './rules/compare-points.ts';

const unpack = promisify(inflate);

/** Unpacked levels kept: a province has 1 MB for each operator and technology. */
const KEPT_BYTES = 256 * 1_048_576;

/** The best level of one operator × technology over its bands on every square of a run. */
interface LevelSheet {
  base_dbm: number;
  step_db: number;
  values: Uint8Array;
}

/** The levels of a run as stored, to be looked up by position. */
export interface StoredLevels {
  /** What looks up the squares of an operator (by its id) × technology; null when the run has no levels of it. */
  of(
    operator_id: number,
    technology: Technology,
  ): Promise<((lon: number, lat: number) => ModelledSquare | null) | null>;
}

type Grid = GridFrame & { srid: number };

/** Sheets by run, operator and technology; a run never changes, so that they stay right as long as they are kept. */
const sheetsOf = new WeakMap<Db, LRUCache<string, LevelSheet>>();

function sheetCache(db: Db): LRUCache<string, LevelSheet> {
  const known = sheetsOf.get(db);
  if (known) return known;
  const made = new LRUCache<string, LevelSheet>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ values }) => values.length,
  });
  sheetsOf.set(db, made);
  return made;
}

/** The stronger of two bands on every square, in the steps of the first. */
function strongest(first: LevelSheet, second: LevelSheet): LevelSheet {
  const shift = Math.round((second.base_dbm - first.base_dbm) / first.step_db);
  const values = Uint8Array.from(first.values);
  for (let square = 0; square < values.length; square++) {
    const other = second.values[square] ?? 0;
    const value = other === 0 ? 0 : Math.max(0, Math.min(255, other + shift));
    if (value > (values[square] ?? 0)) values[square] = value;
  }
  return { ...first, values };
}

async function loadSheet(
  db: Db,
  runId: number,
  operatorId: number,
  technology: Technology,
): Promise<LevelSheet | null> {
  const layers = await db.query<{ base_dbm: number; step_db: number; levels: Uint8Array }>(sql`
    select base_dbm, step_db, levels from coverage_level
     where run_id = ${runId} and operator_id = ${operatorId} and technology = ${technology} order by band_mhz`);
  const sheets = await Promise.all(
    layers.map(async ({ base_dbm, step_db, levels }) => ({ base_dbm, step_db, values: await unpack(levels) })),
  );
  const [first, ...rest] = sheets;
  return first ? rest.reduce<LevelSheet>(strongest, first) : null;
}

/** Level and class of a square by its byte. */
export function squareOf(value: number, { base_dbm, step_db }: Omit<LevelSheet, 'values'>): ModelledSquare {
  // The sum of a base and halves of decibels has no more than two decimals.
  const level_dbm = value === 0 ? null : Math.round(100 * (base_dbm + (value - 1) * step_db)) / 100;
  return { level_dbm, covered: value >= COVERED_FROM };
}

/** The stored levels of a run; null for a run without a grid, which has none. Levels are read when they are first asked for. */
export async function openStoredLevels(db: Db, runId: number): Promise<StoredLevels | null> {
  const [run] = await db.query<{ grid: Grid | null }>(sql`select grid from coverage_run where id = ${runId}`);
  const grid = run?.grid;
  if (!grid) return null;
  const { forward } = projectorFor(grid.srid);
  const cache = sheetCache(db);
  return {
    of: async (operator_id, technology) => {
      const key = `${runId} ${operator_id} ${technology}`;
      const sheet = cache.get(key) ?? (await loadSheet(db, runId, operator_id, technology));
      if (!sheet) return null;
      cache.set(key, sheet);
      return (lon, lat) => {
        const square = squareAt(grid, ...forward(lon, lat));
        return square < 0 ? null : squareOf(sheet.values[square] ?? 0, sheet);
      };
    },
  };
}
