/** What is known of the ground under squares before any path is walked. */
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

/** 1 = a wanted square the height of whose centre is not known; without terrain every one. */
export function squaresWithoutHeight(frame: GridFrame, wanted: Uint8Array, terrain: TerrainRaster | null): Uint8Array {
  const heights = groundOfSquares(frame, wanted, terrain);
  return wanted.map((set, square) => (set === 1 && !Number.isFinite(heights[square]) ? 1 : 0));
}
