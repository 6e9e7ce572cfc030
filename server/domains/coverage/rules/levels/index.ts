/**
 * The level engine: what level each cell gives on each square, and which cell serves it best.
 *
 * - `terrain-raster.ts`  heights of the ground in the grid's metres; `groundAt`.
 * - `radio-cells.ts`     `settleCells`: inventory cells → `RadioCell`s with model, link budget, uncertainty, signature.
 * - `path-level.ts`      `pathLevel`: one cell at one point with every term. The one definition of a level.
 * - `level-grid.ts`      `computeLevels`: all layers (operator × technology × band) over the frame, on this thread.
 * - `levels-pool.ts`     `computeLevelsPooled`: the same over worker threads, with progress and cancelling.
 * - `incremental.ts`     `updateLevels`: from the levels of an earlier run; the same bytes as a full run.
 * - `greatest-reach.ts`  `greatestReach`: beyond it a cell covers nothing; for leaving out work.
 * - `refine.ts`          `refineCommunes`: a 25 m grid inside the communes near a threshold.
 *
 * A level is a pure function of (cell, position, terrain, parameters). On a square it is stored as a byte
 * v = 129 + ⌊(level − required) / 0.5 dB⌋, from 1 to 254, 0 below: v ≥ 129 is exactly "covered". The best server is the
 * cell with the highest byte, of equal ones the lowest id. Maxima do not depend on order, so neither do the grids.
 */

export { greatestReach } from './greatest-reach.ts';
export { type EarlierLevels, type LevelUpdate, updateLevels } from './incremental.ts';
export { computeLevels } from './level-grid.ts';
export * from './level-types.ts';
export { type PathLevel, pathLevel } from './path-level.ts';
export { type DoubtfulCell, type RadioCell, type SettledCells, settleCells } from './radio-cells.ts';
export { squaresWithoutHeight } from './square-ground.ts';
export { groundAt, type TerrainRaster } from './terrain-raster.ts';
