/** What is known of the ground under squares and between points before any path is walked. */
import type { GridFrame } from '../grid.ts';
import { groundAt, type TerrainRaster } from './terrain-raster.ts';

/** Height of the ground at the centre of each square; shared by all scatters over the frame. */
export function groundOfSquares(frame: GridFrame, wanted: Uint8Array, terrain: TerrainRaster | null): Float64Array {
  const heights = new Float64Array(terrain ? wanted.length : 0);
  if (!terrain) return heights;
  for (let square = 0; square < heights.length; square++) {
    if (wanted[square] === 0) continue;
    const col = square % frame.cols;
    const east = frame.origin_e_m + (col + 0.5) * frame.grid_m;
    const north = frame.origin_n_m + ((square - col) / frame.cols + 0.5) * frame.grid_m;
    heights[square] = groundAt(terrain, east, north);
  }
  return heights;
}

/** Sums of missing posts over rectangles from the south-western corner; null when none is missing. */
export function missingPosts(terrain: TerrainRaster | null): Int32Array | null {
  if (!terrain) return null;
  const { heights_m, cols, rows } = terrain;
  if (!heights_m.some(Number.isNaN)) return null;
  const sums = new Int32Array((cols + 1) * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let col = 0; col < cols; col++) {
      if (Number.isNaN(heights_m[row * cols + col] as number)) sum++;
      const at = (row + 1) * (cols + 1) + col + 1;
      sums[at] = (sums[at - cols - 1] as number) + sum;
    }
  }
  return sums;
}

/** Whether any post of the rectangle around two points inside the raster has no height, by the sums of `missingPosts`. */
export function missesBetween(
  { step_m, origin_e_m, origin_n_m, cols }: TerrainRaster,
  missing: Int32Array,
  east0: number,
  north0: number,
  east1: number,
  north1: number,
): boolean {
  const across = cols + 1;
  const west = Math.floor((Math.min(east0, east1) - origin_e_m) / step_m);
  const east = Math.ceil((Math.max(east0, east1) - origin_e_m) / step_m) + 1;
  const south = Math.floor((Math.min(north0, north1) - origin_n_m) / step_m) * across;
  const north = (Math.ceil((Math.max(north0, north1) - origin_n_m) / step_m) + 1) * across;
  const count =
    (missing[north + east] as number) -
    (missing[north + west] as number) -
    (missing[south + east] as number) +
    (missing[south + west] as number);
  return count !== 0;
}
