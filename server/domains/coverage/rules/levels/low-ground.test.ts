import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowestGround } from './low-ground.ts';
import type { TerrainRaster } from './terrain-raster.ts';

const STEP_M = 100;

/** A raster of 30 × 24 posts whose south-western one is at 1,000, 2,000; NaN = no height. */
function rasterOf(heights: readonly number[]): TerrainRaster {
  const place = { srid: 9208, origin_e_m: 1_000, origin_n_m: 2_000, step_m: STEP_M, cols: 30, rows: 24 };
  return { ...place, heights_m: Float32Array.from(heights) };
}

/** The posts within a distance, one by one. */
function lowestByPosts(raster: TerrainRaster, east_m: number, north_m: number, radius_m: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (const [at, height] of raster.heights_m.entries()) {
    const dx = raster.origin_e_m + (at % raster.cols) * STEP_M - east_m;
    const dy = raster.origin_n_m + Math.floor(at / raster.cols) * STEP_M - north_m;
    if (Math.hypot(dx, dy) <= radius_m && height < lowest) lowest = height;
  }
  return lowest;
}

const heights = fc.array(fc.oneof(fc.integer({ min: -5, max: 900 }), fc.constant(Number.NaN)), {
  minLength: 720,
  maxLength: 720,
});
const place = fc.tuple(fc.integer({ min: -500, max: 5_500 }), fc.integer({ min: 500, max: 6_000 }));

it('is never above the lowest post within the distance, and never below the lowest a block further', () => {
  fc.assert(
    fc.property(heights, place, fc.integer({ min: 0, max: 3_000 }), (all, [east, north], radius) => {
      const raster = rasterOf(all);
      const lowest = lowestGround(raster, east, north, radius);
      expect(lowest).toBeLessThanOrEqual(lowestByPosts(raster, east, north, radius));
      expect(lowest).toBeGreaterThanOrEqual(lowestByPosts(raster, east, north, radius + 1_600));
    }),
    { numRuns: 200 },
  );
});

it('knows nothing where no height is known, or beyond the raster', () => {
  expect(lowestGround(rasterOf(Array(720).fill(Number.NaN)), 2_000, 3_000, 5_000)).toBe(Number.POSITIVE_INFINITY);
  expect(lowestGround(rasterOf(Array(720).fill(7)), 90_000, 3_000, 5_000)).toBe(Number.POSITIVE_INFINITY);
  expect(lowestGround(rasterOf(Array(720).fill(7)), 2_000, 3_000, 0)).toBe(7);
});
