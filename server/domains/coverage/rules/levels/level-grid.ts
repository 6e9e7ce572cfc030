/** Levels of all layers over the frame on one thread, and the parts of it that the pool and the update share. */

import type { ScatterTarget } from './best-grid.ts';
import { LEVEL_DEPTH_DB, LEVEL_STEP_DB, type LevelGrids, type LevelInput, type LevelOptions } from './level-types.ts';
import { networkOf, type Ranking, rankCells } from './network.ts';
import { Scatter, type ScatterInput } from './scatter.ts';
import { groundOfSquares } from './square-ground.ts';

/** Allocates the bytes of a grid; the pool takes shared memory. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** Empty grids for all cells of an input: all zero. */
export function emptyGrids(input: LevelInput, ranking: Ranking, allocate: Allocate): LevelGrids {
  const squares = input.wanted.length;
  const bytes = (): Uint8Array => new Uint8Array(allocate(squares));
  const words = (): Uint16Array => new Uint16Array(allocate(2 * squares));
  return {
    frame: input.frame,
    layers: ranking.layers.map(({ operator_id, technology, band_mhz, required_dbm, cell_ids }) => ({
      operator_id,
      technology,
      band_mhz,
      base_dbm: required_dbm - LEVEL_DEPTH_DB,
      step_db: LEVEL_STEP_DB,
      cell_ids,
      levels: bytes(),
      servers: words(),
    })),
    spreads: ranking.spreads.map(({ operator_id, technology, cell_ids }) => ({
      operator_id,
      technology,
      cell_ids,
      low: bytes(),
      low_servers: words(),
      high: bytes(),
      high_servers: words(),
    })),
  };
}

/** The grids as the scatter writes them. */
export const targetOf = ({ layers, spreads }: LevelGrids): ScatterTarget => ({
  layers: layers.map(({ levels, servers }) => ({ values: levels, servers })),
  low: spreads.map(({ low, low_servers }) => ({ values: low, servers: low_servers })),
  high: spreads.map(({ high, high_servers }) => ({ values: high, servers: high_servers })),
});

/** What a scatter needs of the ground, worked out once. */
export function scatterInput({ frame, wanted, terrain, parameters }: LevelInput): ScatterInput {
  return {
    frame,
    wanted,
    terrain,
    parameters,
    ground: groundOfSquares(frame, wanted, terrain),
  };
}

/** Rows of a strip: short enough that progress is told often, long enough that sites are not visited for nothing. */
export const STRIP_ROWS = 32;

/**
 * Levels of all layers on this thread. The result does not depend on the order of the cells. Progress is told by
 * strips of rows. Throws `signal.reason` when aborted, RangeError above 65,534 cells in an operator × technology.
 */
export function computeLevels(input: LevelInput, { onProgress, signal }: LevelOptions = {}): LevelGrids {
  const ranking = rankCells(input.cells);
  const network = networkOf(input.cells, ranking, input.parameters);
  const grids = emptyGrids(input, ranking, (bytes) => new ArrayBuffer(bytes));
  const scatter = new Scatter(scatterInput(input), targetOf(grids));
  const { rows } = input.frame;
  for (let row = 0; row < rows; row += STRIP_ROWS) {
    scatter.run(network, row, Math.min(rows, row + STRIP_ROWS), () => signal?.throwIfAborted());
    onProgress?.(Math.min(1, (row + STRIP_ROWS) / rows));
  }
  return grids;
}
