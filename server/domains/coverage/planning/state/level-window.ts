/** The level engine on a window of the grid: the few squares around some cells, instead of the whole frame. */
import type { CoverageParameters } from '../../rules/coverage-parameters.ts';
import type { GridFrame } from '../../rules/grid.ts';
import type { LevelLayer, RadioCell, TerrainRaster } from '../../rules/levels/index.ts';
import { networkOf, rankCells } from '../../rules/levels/network.ts';
import { Scatter } from '../../rules/levels/scatter.ts';
import { groundOfSquares } from '../../rules/levels/square-ground.ts';
import { NOT_WANTED, type SquareLevels } from '../rules/level-change.ts';

/** What levels are computed on. */
export interface LevelGround {
  frame: GridFrame;
  terrain: TerrainRaster | null;
  parameters: CoverageParameters;
}

/** Rows and columns of a window, ends exclusive. */
interface Box {
  row: number;
  col: number;
  rowEnd: number;
  colEnd: number;
}

/** Everything cells may reach, within the frame; null = nothing of it. */
function reachOf(cells: readonly RadioCell[], { origin_e_m, origin_n_m, grid_m, cols, rows }: GridFrame): Box | null {
  const box = { row: rows, col: cols, rowEnd: 0, colEnd: 0 };
  for (const { east_m, north_m, range_cap_m } of cells) {
    box.col = Math.min(box.col, Math.floor((east_m - range_cap_m - origin_e_m) / grid_m));
    box.row = Math.min(box.row, Math.floor((north_m - range_cap_m - origin_n_m) / grid_m));
    box.colEnd = Math.max(box.colEnd, Math.ceil((east_m + range_cap_m - origin_e_m) / grid_m));
    box.rowEnd = Math.max(box.rowEnd, Math.ceil((north_m + range_cap_m - origin_n_m) / grid_m));
  }
  const clipped = {
    row: Math.max(0, box.row),
    col: Math.max(0, box.col),
    rowEnd: Math.min(rows, box.rowEnd),
    colEnd: Math.min(cols, box.colEnd),
  };
  return clipped.row < clipped.rowEnd && clipped.col < clipped.colEnd ? clipped : null;
}

/** The smallest box around the wanted squares inside another; null = none is wanted. */
function boxOfWanted(floor: Uint8Array, cols: number, within: Box): Box | null {
  const box = { row: within.rowEnd, col: within.colEnd, rowEnd: 0, colEnd: 0 };
  for (let row = within.row; row < within.rowEnd; row++) {
    for (let col = within.col; col < within.colEnd; col++) {
      if (floor[row * cols + col] === NOT_WANTED) continue;
      box.row = Math.min(box.row, row);
      box.rowEnd = row + 1;
      box.col = Math.min(box.col, col);
      box.colEnd = Math.max(box.colEnd, col + 1);
    }
  }
  return box.row < box.rowEnd ? box : null;
}

/** Whether a cell can reach into a box. */
function reaches({ east_m, north_m, range_cap_m }: RadioCell, box: Box, frame: GridFrame): boolean {
  const { origin_e_m, origin_n_m, grid_m } = frame;
  const e = Math.max(origin_e_m + box.col * grid_m - east_m, east_m - (origin_e_m + box.colEnd * grid_m), 0);
  const n = Math.max(origin_n_m + box.row * grid_m - north_m, north_m - (origin_n_m + box.rowEnd * grid_m), 0);
  return e * e + n * n <= range_cap_m * range_cap_m;
}

const windowOf = (box: Box, { origin_e_m, origin_n_m, grid_m }: GridFrame): GridFrame => ({
  origin_e_m: origin_e_m + box.col * grid_m,
  origin_n_m: origin_n_m + box.row * grid_m,
  cols: box.colEnd - box.col,
  rows: box.rowEnd - box.row,
  grid_m,
});

/** The part of a grid inside a box. */
function cut(values: Uint8Array, cols: number, box: Box): Uint8Array {
  const width = box.colEnd - box.col;
  const part = new Uint8Array(width * (box.rowEnd - box.row));
  for (let row = box.row; row < box.rowEnd; row++)
    part.set(values.subarray(row * cols + box.col, row * cols + box.colEnd), (row - box.row) * width);
  return part;
}

/** Layers of cells on a window of the grid, where they are above a floor, and how many paths were walked for them. */
export function scatterOver(
  cells: readonly RadioCell[],
  window: GridFrame,
  floor: Uint8Array,
  { terrain, parameters }: LevelGround,
): { layers: Pick<LevelLayer, 'levels' | 'servers' | 'cell_ids'>[]; walks: number } {
  const ranking = rankCells(cells);
  const network = networkOf(cells, ranking, parameters);
  const wanted = floor.map((value) => (value === NOT_WANTED ? 0 : 1));
  const heights = groundOfSquares(window, wanted, terrain);
  const layers = ranking.layers.map(() => ({ values: floor.slice(), servers: new Uint16Array(floor.length) }));
  const input = { frame: window, wanted, terrain, parameters, ground: heights };
  const scatter = new Scatter(input, { layers, low: [], high: [] });
  scatter.run(network, 0, window.rows);
  return {
    layers: layers.map(({ values, servers }, i) => ({
      levels: values,
      servers,
      cell_ids: ranking.layers[i]?.cell_ids ?? [],
    })),
    walks: scatter.walks,
  };
}

/**
 * The best level of some cells on the squares of the frame where it is above a floor: the same values as a whole run
 * has, because a level depends on nothing but cell, square and terrain. The floor (NOT_WANTED = not asked for) saves
 * walking over the terrain where even the level without obstacles is not above it.
 */
export function levelsAbove(
  cells: readonly RadioCell[],
  floor: Uint8Array,
  ground: LevelGround,
): SquareLevels & { walks: number } {
  const { frame } = ground;
  const reach = reachOf(cells, frame);
  const box = reach && boxOfWanted(floor, frame.cols, reach);
  if (!box) return { squares: [], values: [], walks: 0 };
  const window = windowOf(box, frame);
  const above = cut(floor, frame.cols, box);
  const near = cells.filter((cell) => reaches(cell, box, frame));
  const { layers, walks } = scatterOver(near, window, above, ground);
  const squares: number[] = [];
  const values: number[] = [];
  for (let square = 0; square < above.length; square++) {
    let best = above[square] as number;
    for (const layer of layers) best = Math.max(best, layer.levels[square] as number);
    if (best === above[square]) continue;
    const row = Math.floor(square / window.cols);
    squares.push((row + box.row) * frame.cols + box.col + square - row * window.cols);
    values.push(best);
  }
  return { squares, values, walks };
}
