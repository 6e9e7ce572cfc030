import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveHeight, groundReach, isLongPath, SiteMeans } from './ground-means.ts';
import { lowestGround } from './low-ground.ts';
import type { TerrainRaster } from './terrain-raster.ts';

const STEP_M = 100;
const SIZE = 401;
const site = { east_m: 20_000, north_m: 20_000 };

/** 40 × 40 km around the site, height by metres from it. */
function terrainOf(height: (east_m: number, north_m: number) => number): TerrainRaster {
  const heights_m = Float32Array.from({ length: SIZE * SIZE }, (_, at) =>
    height((at % SIZE) * STEP_M - site.east_m, Math.floor(at / SIZE) * STEP_M - site.north_m),
  );
  return { srid: 9208, origin_e_m: 0, origin_n_m: 0, step_m: STEP_M, cols: SIZE, rows: SIZE, heights_m };
}

const plain = terrainOf(() => 100);
/** Rises by 10 m a kilometre to the north. */
const slope = terrainOf((_, north) => 100 + north / 100);
const rough = terrainOf(
  (east, north) => 200 + 150 * Math.sin(east / 900) * Math.cos(north / 1_300) + ((east * 7) % 40),
);

describe('mean ground around a site', () => {
  it('of a plain is its height above the ground of the site, in all directions', () => {
    const means = new SiteMeans(plain, site, 80);
    for (const bearing of [-180, -90.5, 0, 45, 179, 359.9]) expect(means.over(bearing, 9_000)).toBe(20);
  });

  it('of an even slope is the ground half way between 3 km and the end, and nothing after 15 km', () => {
    const means = new SiteMeans(slope, site, 100);
    expect(means.over(0, 9_000)).toBeCloseTo(60, 3);
    expect(means.over(180, 9_000)).toBeCloseTo(-60, 3);
    expect(means.over(0, 15_000)).toBeCloseTo(90, 3);
    expect(means.over(0, 18_000)).toBeCloseTo(90, 3);
    // The nearest post may be half a step away: 0.5 m on this slope.
    expect(Math.abs(means.over(60, 9_000) - 30)).toBeLessThan(0.5);
  });

  it('is the same in whatever order it is asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -180, max: 360, noNaN: true }), fc.integer({ min: 3_001, max: 18_000 }))),
        (paths) => {
          const [forth, back] = [new SiteMeans(rough, site, 210), new SiteMeans(rough, site, 210)];
          const first = paths.map(([bearing, distance]) => forth.over(bearing, distance));
          const last = paths.toReversed().map(([bearing, distance]) => back.over(bearing, distance));
          expect(last.toReversed()).toEqual(first);
        },
      ),
    );
  });

  it('is never below the lowest ground that counts for the path', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 360, noNaN: true }),
        fc.integer({ min: 3_001, max: 18_000 }),
        (bearing, distance) => {
          const lowest = lowestGround(rough, site.east_m, site.north_m, groundReach(distance));
          expect(new SiteMeans(rough, site, 210).over(bearing, distance)).toBeGreaterThanOrEqual(lowest - 210 - 1e-3);
        },
      ),
    );
  });

  it('counts from 3 km on, and up to half a kilometre beyond the end', () => {
    expect(groundReach(3_000)).toBe(0);
    expect(isLongPath(3_000)).toBe(false);
    expect(groundReach(4_000)).toBe(4_500);
    expect(groundReach(40_000)).toBe(15_000);
  });
});

it('the effective height comes in between 3 and 6 km, never below the antenna and never above the most', () => {
  expect(effectiveHeight(30, -40, 3_000, 200)).toBe(30);
  expect(effectiveHeight(30, -40, 4_500, 200)).toBe(50);
  expect(effectiveHeight(30, -40, 6_000, 200)).toBe(70);
  expect(effectiveHeight(30, 40, 9_000, 200)).toBe(30);
  expect(effectiveHeight(30, -400, 9_000, 200)).toBe(200);
  expect(effectiveHeight(250, -400, 9_000, 200)).toBe(250);
});
