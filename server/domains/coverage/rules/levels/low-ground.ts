/** How low the ground is around a place: a bound that costs a few reads instead of thousands. */
import type { TerrainRaster } from './terrain-raster.ts';

/** Blocks have sides of about this, m. */
const BLOCK_M = 1_000;

/** Lowest known height among the posts of each block, row by row; Infinity where none is known. */
interface LowBlocks {
  /** Posts along a side. */
  size: number;
  cols: number;
  rows: number;
  lowest_m: Float32Array;
}

/** By the heights of a raster: worked out once for all who read it. */
const known = new WeakMap<Float32Array, LowBlocks>();

function lowBlocks({ heights_m, cols, rows, step_m }: TerrainRaster): LowBlocks {
  const size = Math.max(1, Math.round(BLOCK_M / step_m));
  const across = Math.ceil(cols / size);
  const lowest_m = new Float32Array(across * Math.ceil(rows / size)).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < rows; row++) {
    const first = Math.floor(row / size) * across;
    for (let block = 0; block < across; block++) {
      const end = row * cols + Math.min(cols, (block + 1) * size);
      let lowest = lowest_m[first + block] as number;
      for (let at = row * cols + block * size; at < end; at++) {
        const height = heights_m[at] as number;
        if (height < lowest) lowest = height;
      }
      lowest_m[first + block] = lowest;
    }
  }
  return { size, cols: across, rows: Math.ceil(rows / size), lowest_m };
}

/** The lowest known height within a distance of a place, or a little further: m above sea level; Infinity where none is known. */
export function lowestGround(terrain: TerrainRaster, east_m: number, north_m: number, radius_m: number): number {
  let blocks = known.get(terrain.heights_m);
  if (!blocks) {
    blocks = lowBlocks(terrain);
    known.set(terrain.heights_m, blocks);
  }
  const { size, cols, rows, lowest_m } = blocks;
  const side_m = size * terrain.step_m;
  const x = (east_m - terrain.origin_e_m + terrain.step_m / 2) / side_m;
  const y = (north_m - terrain.origin_n_m + terrain.step_m / 2) / side_m;
  const reach = (radius_m + terrain.step_m) / side_m;
  const east = Math.min(cols - 1, Math.floor(x + reach));
  const north = Math.min(rows - 1, Math.floor(y + reach));
  let lowest = Number.POSITIVE_INFINITY;
  for (let row = Math.max(0, Math.floor(y - reach)); row <= north; row++) {
    const dy = Math.max(row - y, y - row - 1, 0);
    for (let col = Math.max(0, Math.floor(x - reach)); col <= east; col++) {
      const dx = Math.max(col - x, x - col - 1, 0);
      const height = lowest_m[row * cols + col] as number;
      if (height < lowest && dx * dx + dy * dy <= reach * reach) lowest = height;
    }
  }
  return lowest;
}
