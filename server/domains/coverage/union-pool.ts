/** The union of a network too large for levels, over worker threads. */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { workerEntry } from '../../platform/workers.ts';
import type { CoverageCell } from './rules/coverage-types.ts';
import type { GridFrame } from './rules/grid.ts';
import { packCells } from './rules/packed-cells.ts';
import { type Projector, projectorFor } from './rules/projection.ts';
import { sumTallies, type UnionStrip, type UnionTally } from './rules/union-strips.ts';

/** Rows of a strip at 100 m: 60 km, so that few sectors reach over two. */
const STRIP_ROWS = 600;
const MAX_THREADS = 4;
/** Degrees of latitude in a metre, a little too many. */
const DEGREES_A_METRE = 1 / 110_000;
/** Places on the edge of a row: between two of them it strays from a parallel by metres. */
const EDGE_PLACES = 33;

export interface LargeUnion extends Pick<UnionStrip, 'frame' | 'commune' | 'communes' | 'parameters'> {
  cells: readonly CoverageCell[];
}

/** Latitudes of the southern edge of a row, which is no parallel: at its ends and places between. */
function latitudesOf(row: number, frame: GridFrame, projector: Projector): number[] {
  const north_m = frame.origin_n_m + row * frame.grid_m;
  return Array.from({ length: EDGE_PLACES }, (_, i) => {
    const east_m = frame.origin_e_m + (frame.cols * frame.grid_m * i) / (EDGE_PLACES - 1);
    return projector.inverse(east_m, north_m)[1];
  });
}

/**
 * Covered squares by commune of every operator × technology, of any operator and of at least two. Cells with impossible
 * values or untrusted positions cover nothing.
 */
export async function unionByCommune(input: LargeUnion): Promise<UnionTally[]> {
  const { frame, communes, parameters } = input;
  const projector = projectorFor(parameters.grid_srid);
  const { url, argv } = workerEntry('union-worker', import.meta.url);
  const pool = new Tinypool({
    filename: url.href,
    argv,
    minThreads: 1,
    maxThreads: Math.min(MAX_THREADS, availableParallelism()),
  });
  const reach = Math.max(...parameters.range_caps.map(({ range_m }) => range_m)) * DEGREES_A_METRE;
  const commune = new Uint16Array(new SharedArrayBuffer(input.commune.byteLength));
  commune.set(input.commune);
  const shared = { frame, commune, communes, parameters, cells: packCells(input.cells) };
  const work: Promise<UnionTally[]>[] = [];
  try {
    for (let fromRow = 0; fromRow < frame.rows; fromRow += STRIP_ROWS) {
      const toRow = Math.min(frame.rows, fromRow + STRIP_ROWS);
      const south = Math.min(...latitudesOf(fromRow, frame, projector)) - reach;
      const north = Math.max(...latitudesOf(toRow, frame, projector)) + reach;
      work.push(pool.run({ ...shared, south, north, fromRow, toRow } satisfies UnionStrip));
    }
    return sumTallies(await Promise.all(work));
  } finally {
    await pool.destroy();
  }
}
