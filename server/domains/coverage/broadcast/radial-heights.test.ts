import { describe, expect, it } from 'vitest';
import type { TerrainRaster } from '../rules/levels/terrain-raster.ts';
import { effectiveHeight } from '../rules/propagation/p1546.ts';
import { clearanceAngle } from './clearance.ts';
import { heightTowards, radialHeights } from './radial-heights.ts';
import { reachKm } from './served-squares.ts';

/** 60 km of ground round a transmitter in the middle, posts of 100 m. */
function ground(height: (east: number, north: number) => number): TerrainRaster {
  const side = 601;
  const heights_m = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) heights_m[row * side + col] = height((col - 300) * 100, (row - 300) * 100);
  }
  return { srid: 9208, origin_e_m: -30_000, origin_n_m: -30_000, step_m: 100, cols: side, rows: side, heights_m };
}

describe('effective height by direction', () => {
  const rolling = (e: number, n: number): number => 200 + 80 * Math.sin(e / 2_000) + 60 * Math.cos(n / 3_100) + e / 200;
  const radials = radialHeights(ground(rolling), 0, 0, 60);

  it.each([
    [0, 1_000],
    [90, 5_000],
    [137, 14_900],
    [200.5, 15_000],
    [310, 28_000],
  ])('at %d° and %d m is that of the whole profile', (azimuth, metres) => {
    const [s, c] = [Math.sin((azimuth * Math.PI) / 180), Math.cos((azimuth * Math.PI) / 180)];
    const distances_m = Float64Array.from({ length: metres / 10 + 1 }, (_, i) => i * 10);
    const heights_m = distances_m.map((d) => rolling(d * s, d * c));
    const expected = effectiveHeight({ distances_m, heights_m }, 60) ?? Number.NaN;
    expect(Math.abs(heightTowards(radials, metres * s, metres * c) - expected)).toBeLessThan(1);
  });

  it('north is north: ground that rises to the north lowers only what lies there', () => {
    const slope = radialHeights(
      ground((_, n) => Math.max(0, n / 50)),
      0,
      0,
      100,
    );
    expect(heightTowards(slope, 0, -20_000)).toBeCloseTo(100, 3);
    // Mean of n/50 from 3 to 15 km is 180 m.
    expect(heightTowards(slope, 0, 20_000)).toBeCloseTo(-80, 0);
    expect(slope.highest_m).toBeCloseTo(100, 3);
  });

  it('is not known where the way crosses unknown ground', () => {
    const hole = radialHeights(
      ground((e, n) => (e > 7_000 && Math.abs(n) < 500 ? Number.NaN : 0)),
      0,
      0,
      100,
    );
    expect(heightTowards(hole, 12_000, 0)).toBeNaN();
    expect(heightTowards(hole, 5_000, 0)).toBeCloseTo(100, 3);
    expect(heightTowards(hole, 0, 12_000)).toBeCloseTo(100, 3);
  });
});

describe('clearance angle', () => {
  it('is that of the steepest ground towards the transmitter, seen from 10 m', () => {
    // A wall of 210 m, 2 km before a receiver on level ground.
    const wall = ground((e) => (e === 8_000 ? 210 : 0));
    expect(clearanceAngle(wall, [10_000, 0], [0, 0])).toBeCloseTo((Math.atan(200 / 2_000) * 180) / Math.PI, 6);
    // Seen from the other side it is behind the receiver.
    expect(clearanceAngle(wall, [10_000, 0], [20_000, 0])).toBeLessThan(0);
  });

  it('looks 16 km far, not farther, and not at unknown ground', () => {
    const far = ground((e) => (e < -12_000 ? 2_000 : 0));
    expect(clearanceAngle(far, [5_000, 0], [-20_000, 0])).toBeLessThan(0);
    expect(clearanceAngle(far, [3_000, 0], [-20_000, 0])).toBeGreaterThan(5);
    const hole = ground((e) => (e > 0 && e < 300 ? Number.NaN : 0));
    expect(clearanceAngle(hole, [5_000, 0], [-5_000, 0])).toBeNaN();
  });
});

describe('reach', () => {
  const radiator = { frequency_mhz: 100, erp_w: 1000 };
  it.each([
    [5, 82.31],
    [10, 73.64],
    [50, 42.69],
    [100, 23.2],
  ])('is %d km at the tabulated %d dBµV/m', (km, threshold) => {
    expect(reachKm(radiator, 150, threshold, 150)).toBeCloseTo(km, 3);
  });

  it('ends at the longest distance, and is 0 for a threshold never met', () => {
    expect(reachKm(radiator, 150, 10, 100)).toBe(100);
    expect(reachKm({ frequency_mhz: 100, erp_w: 0.001 }, 150, 120, 100)).toBe(0);
  });
});
