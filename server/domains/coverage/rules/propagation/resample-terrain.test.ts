import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUND_M, type LonLatRaster, NO_VALUE, settleValues } from '../lon-lat-raster.ts';
import { projectorFor } from '../projection.ts';
import { lonLatOf, type MetreLattice, resampleTerrain } from './resample-terrain.ts';
import { terrainModel } from './terrain-model.ts';

const projector = projectorFor(9208);
/** About 6.5 × 9.5 km around 105.402, 21.322 (E 567,440 N 2,358,740). */
const lattice: MetreLattice = { origin_e_m: 564_000, origin_n_m: 2_354_000, step_m: 50, cols: 131, rows: 191 };

interface Made {
  west?: number;
  north?: number;
  step?: number;
  cols?: number;
  rows?: number;
}
/** A raster of whole metres; heights by longitude and latitude. */
function raster(height: (lon: number, lat: number) => number, made: Made = {}): LonLatRaster {
  const { west = 105.3, north = 21.4, step = 1 / 1200, cols = 241, rows = 181 } = made;
  const values = new Float32Array(cols * rows);
  for (let i = 0; i < values.length; i++)
    values[i] = height(west + (i % cols) * step, north - Math.floor(i / cols) * step);
  return { west, north, step_lon: step, step_lat: step, cols, rows, values, ...settleValues(values, GROUND_M) };
}
function resampled(rasters: LonLatRaster[], bridge_m = 0, on = lattice) {
  const heights = new Float32Array(on.cols * on.rows);
  return { heights, ...resampleTerrain(rasters, on, projector, bridge_m, heights) };
}
/** The point of the lattice at a column and row, in lon and lat. */
const lonLat = (col: number, row: number): [number, number] =>
  projector.inverse(lattice.origin_e_m + col * lattice.step_m, lattice.origin_n_m + row * lattice.step_m);

describe('the short cut of the projection', () => {
  it.each([
    [9208, 450_000, 2_290_000],
    [9208, 560_000, 2_440_000],
    [3405, 250_000, 1_200_000],
    [9218, 300_000, 1_000_000],
  ])('is within 0.2 m of the projection in EPSG:%i at %i, %i', (srid, origin_e_m, origin_n_m) => {
    const zone = projectorFor(srid);
    const big = { origin_e_m, origin_n_m, step_m: 50, cols: 331, rows: 261 };
    const { lon, lat } = lonLatOf(big, zone);
    let worst = 0;
    for (let i = 0; i < lon.length; i += 7) {
      const [e, n] = zone.forward(lon[i] ?? 0, lat[i] ?? 0);
      const east = origin_e_m + (i % big.cols) * 50;
      const north = origin_n_m + Math.floor(i / big.cols) * 50;
      worst = Math.max(worst, Math.hypot(e - east, n - north));
    }
    expect(worst).toBeLessThan(0.2);
    expect(worst).toBeGreaterThan(0);
  });
});

describe('resampled heights', () => {
  it('are those of a slope: north up, east right', () => {
    // 1,000 m a degree eastwards, 2,000 m a degree northwards.
    const { heights, outside, voids } = resampled([raster((lon, lat) => 1000 * (lon - 105) + 2000 * (lat - 21))]);
    expect([outside, voids]).toEqual([0, 0]);
    const place = fc.tuple(fc.nat(lattice.cols - 1), fc.nat(lattice.rows - 1));
    fc.assert(
      fc.property(place, ([col, row]) => {
        const [lon, lat] = lonLat(col, row);
        expect(heights[row * lattice.cols + col]).toBeCloseTo(1000 * (lon - 105) + 2000 * (lat - 21), 2);
      }),
    );
    // The published check point: lon 105.402, lat 21.322 is E 567440.3135 N 2358740.1389.
    const col = Math.round((567_440.3135 - lattice.origin_e_m) / 50);
    const row = Math.round((2_358_740.1389 - lattice.origin_n_m) / 50);
    expect(Math.abs((heights[row * lattice.cols + col] ?? 0) - (402 + 644))).toBeLessThan(1);
  });

  it('are those the terrain model has at the same places', () => {
    const rough = raster((lon, lat) => Math.round(500 + 300 * Math.sin(lon * 90) * Math.cos(lat * 70)));
    const model = terrainModel([rough]);
    const { heights } = resampled([rough]);
    for (let at = 0; at < heights.length; at += 101) {
      const [lon, lat] = lonLat(at % lattice.cols, Math.floor(at / lattice.cols));
      // The slope is below 0.3 m a metre here: 0.2 m of the short cut is 0.06 m of height.
      expect(Math.abs((heights[at] ?? 0) - model.heightAt(lon, lat))).toBeLessThan(0.06);
    }
  });

  it('come from the finer of two rasters where it has one, and from the coarser in its voids', () => {
    const coarse = raster(() => 100, { west: 105, north: 22, step: 1 / 120, cols: 121, rows: 121 });
    const fine = raster((lon) => (lon > 105.39 && lon < 105.41 ? Number.NaN : 7));
    for (const rasters of [
      [coarse, fine],
      [fine, coarse],
    ]) {
      const { heights } = resampled(rasters);
      const at = (lon: number): number => {
        const [e, n] = projector.forward(lon, 21.32);
        const col = Math.round((e - lattice.origin_e_m) / 50);
        return heights[Math.round((n - lattice.origin_n_m) / 50) * lattice.cols + col] ?? 0;
      };
      expect([at(105.375), at(105.4), at(105.425)]).toEqual([7, 100, 7]);
    }
  });

  it('are none where there is no raster, and those places are counted apart from voids', () => {
    // The raster ends in the middle of the lattice, at 105.4°.
    const half = raster((_lon, lat) => (lat > 21.32 ? Number.NaN : 12), { cols: 121 });
    const { heights, voids, outside } = resampled([half], 500);
    let [nothing, inside] = [0, 0];
    for (let at = 0; at < heights.length; at++) {
      const [lon, lat] = lonLat(at % lattice.cols, Math.floor(at / lattice.cols));
      if (lon > 105.4001) {
        nothing++;
        expect(heights[at]).toBeNaN();
      } else if (lat > 21.321 && lon < 105.3999) {
        inside++;
        expect(heights[at]).toBeNaN();
      }
    }
    expect(Math.abs(outside - nothing)).toBeLessThan(lattice.rows);
    expect(voids).toBeGreaterThanOrEqual(inside);
    expect(voids + outside).toBe(heights.filter(Number.isNaN).length);
    expect(resampled([]).outside).toBe(heights.length);
  });
});

describe('voids', () => {
  // A strip without heights, 3 posts or some 260 m wide, in a slope along the longitude.
  const striped = (posts: number) =>
    raster((lon) => {
      const column = Math.round((lon - 105.3) * 1200);
      return column >= 120 && column < 120 + posts ? Number.NaN : 10 * column;
    });

  it('are bridged straight when they are narrow', () => {
    const { heights, voids, bridged } = resampled([striped(3)], 500);
    expect(voids).toBe(0);
    expect(bridged).toBeGreaterThan(lattice.rows);
    expect(heights.some(Number.isNaN)).toBe(false);
    const whole = resampled([raster((lon) => 10 * Math.round((lon - 105.3) * 1200))]).heights;
    // Posts at the rim of a void answer alone up to one step from them: that is 10 m here.
    heights.forEach((height, at) => expect(Math.abs(height - (whole[at] ?? 0))).toBeLessThan(11));
  });

  it('are left as they are when they are wide, and when bridging is off', () => {
    const wide = resampled([striped(12)], 500);
    expect(wide.bridged).toBe(0);
    expect(wide.voids).toBeGreaterThan(10 * lattice.rows);
    expect(resampled([striped(3)], 0)).toMatchObject({ bridged: 0 });
    expect(resampled([striped(3)], 0).voids).toBe(resampled([striped(3)], 500).bridged);
  });

  it('that reach the end of the terrain are not bridged', () => {
    const { bridged, voids } = resampled([raster((lon) => (lon > 105.398 ? Number.NaN : 5), { cols: 121 })], 500);
    expect(bridged).toBe(0);
    expect(voids).toBeGreaterThan(0);
  });
});

describe('rasters of pixels side by side', () => {
  const plane = (lon: number): number => 1000 * (lon - 105);
  const west = raster(plane, { cols: 120 });
  const east = raster(plane, { west: 105.3 + 120 / 1200, cols: 121 });

  it('are one surface: the strip between their last centres is closed', () => {
    for (const rasters of [
      [west, east],
      [east, west],
    ]) {
      const { heights, voids, outside } = resampled(rasters);
      expect([voids, outside]).toEqual([0, 0]);
      heights.forEach((height, at) => {
        const [lon] = lonLat(at % lattice.cols, Math.floor(at / lattice.cols));
        expect(Math.abs(height - plane(lon))).toBeLessThan(0.05);
      });
    }
  });

  it('of whole metres too, and above each other with a corner', () => {
    const whole = (made: Made): LonLatRaster => {
      const made_up = raster(() => 40, made);
      return { ...made_up, values: Int16Array.from(made_up.values) };
    };
    const [cols, rows] = [120, 90];
    const four = [
      whole({ cols, rows }),
      whole({ west: 105.4, cols, rows }),
      whole({ north: 21.4 - 90 / 1200, cols, rows }),
      whole({ west: 105.4, north: 21.4 - 90 / 1200, cols, rows }),
    ];
    const { heights, voids, outside } = resampled(four);
    expect([voids, outside]).toEqual([0, 0]);
    expect(new Set(heights)).toEqual(new Set([40]));
    const without = resampled(four.slice(0, 3));
    expect(without.outside + without.voids).toBeGreaterThan(0);
    expect(four[0]?.values.includes(NO_VALUE)).toBe(false);
  });
});
