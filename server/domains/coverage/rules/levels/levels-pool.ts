/** Levels over worker threads: strips of rows, written straight into shared memory. */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { workerEntry } from '../../../../platform/workers.ts';
import { emptyGrids, STRIP_ROWS } from './level-grid.ts';
import type { LevelGrids, LevelInput, LevelOptions } from './level-types.ts';
import { rankCells } from './network.ts';
import type { TerrainRaster } from './terrain-raster.ts';

/** What every thread gets once. Arrays are backed by shared memory. */
export interface LevelsShared {
  input: LevelInput;
  grids: LevelGrids;
  /** One number: not 0 = stop. */
  stop: Int32Array;
}

export interface LevelsStrip {
  fromRow: number;
  toRow: number;
}

/** More threads than this would each hold the sums over the terrain for little gain, and starve the server. */
const MAX_THREADS = 8;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

function shareTerrain(terrain: TerrainRaster | null): TerrainRaster | null {
  if (!terrain || terrain.heights_m.buffer instanceof SharedArrayBuffer) return terrain;
  const heights_m = new Float32Array(shared(terrain.heights_m.byteLength));
  heights_m.set(terrain.heights_m);
  return { ...terrain, heights_m };
}

/**
 * `computeLevels` over worker threads: the same bytes, backed by shared memory. Progress is told by strips.
 * @throws options.signal.reason within about a second when aborted; RangeError as `computeLevels` does
 */
export async function computeLevelsPooled(
  given: LevelInput,
  { onProgress, signal, threads = availableParallelism() }: LevelOptions & { threads?: number } = {},
): Promise<LevelGrids> {
  signal?.throwIfAborted();
  const wanted = new Uint8Array(shared(given.wanted.length));
  wanted.set(given.wanted);
  const input: LevelInput = { ...given, wanted, terrain: shareTerrain(given.terrain) };
  const grids = emptyGrids(input, rankCells(input.cells), shared);
  const stop = new Int32Array(shared(4));
  const workerData: LevelsShared = { input, grids, stop };
  const { rows } = input.frame;
  const strips: LevelsStrip[] = [];
  for (let row = 0; row < rows; row += STRIP_ROWS) {
    strips.push({ fromRow: row, toRow: Math.min(rows, row + STRIP_ROWS) });
  }
  const { url, argv } = workerEntry('../../levels-worker', import.meta.url);
  const maxThreads = Math.max(1, Math.min(threads, MAX_THREADS, strips.length));
  const pool = new Tinypool({ filename: url.href, argv, workerData, minThreads: maxThreads, maxThreads });
  const halt = (): void => void Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', halt);
  let done = 0;
  const runStrip = async (strip: LevelsStrip): Promise<void> => {
    await pool.run(strip);
    signal?.throwIfAborted();
    onProgress?.(++done / strips.length);
  };
  try {
    await Promise.all(strips.map(runStrip));
  } catch (error) {
    halt();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', halt);
    await pool.destroy();
  }
  return grids;
}
