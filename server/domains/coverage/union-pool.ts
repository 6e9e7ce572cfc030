/** The union of a network too large for levels, over worker threads. */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { workerEntry } from '../../platform/workers.ts';
import type { CoverageCell } from './rules/coverage-types.ts';
import { packCells } from './rules/packed-cells.ts';
import { sumTallies, type UnionStrip, type UnionTally } from './rules/union-strips.ts';

/** Rows of a strip at 100 m: 60 km, so that few sectors reach over two. */
const STRIP_ROWS = 600;
const MAX_THREADS = 4;
/** Degrees of latitude in a metre, a little too many. */
const DEGREES_A_METRE = 1 / 110_000;

export interface LargeUnion extends Pick<UnionStrip, 'frame' | 'commune' | 'communes' | 'parameters'> {
  cells: readonly CoverageCell[];
  /** Latitude of the southern edge of a row. */
  latitudeOf: (row: number) => number;
}

/**
 * Covered squares by commune of every operator × technology, of any operator and of at least two. Cells with impossible
 * values or untrusted positions cover nothing.
 */
export async function unionByCommune(input: LargeUnion): Promise<UnionTally[]> {
  const { frame, communes, parameters, latitudeOf } = input;
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
      const strip = { south: latitudeOf(fromRow) - reach, north: latitudeOf(toRow) + reach, fromRow, toRow };
      work.push(pool.run({ ...shared, ...strip }));
    }
    return sumTallies(await Promise.all(work));
  } finally {
    await pool.destroy();
  }
}
