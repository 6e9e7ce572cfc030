import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CoverageParameters, DEFAULT_PARAMETERS } from '../coverage-parameters.ts';
import type { CoverageCell } from '../coverage-types.ts';
import { knifeEdgeLoss } from '../propagation/diffraction.ts';
import { pathLevel } from './path-level.ts';
import { valueOf } from './path-terms.ts';
import type { TerrainRaster } from './terrain-raster.ts';
import { CORNER, cellAt, hills, settle, smallFrame, terrainBy } from './testing/small-network.ts';

const frame = smallFrame(140, 20);
const flat = terrainBy(frame, () => 123.4);

/** Level of a cell at `x`, `y` metres from the corner. */
function levelAt(
  change: Partial<CoverageCell>,
  x: number,
  y: number,
  terrain: TerrainRaster | null = null,
  parameters: CoverageParameters = DEFAULT_PARAMETERS,
) {
  const [cell] = settle([cellAt(1, 1_000, 1_000, change)], parameters);
  if (!cell) throw new Error('the test cell is refused');
  return pathLevel(cell, CORNER.east_m + x, CORNER.north_m + y, terrain, parameters);
}

describe('link budgets', () => {
  // domain.md: Hata 869 MHz, hb 30, hm 1, d 2 km. EIRP 50 dBm, 28.5 m down over 2 km and 0.2 m of Earth: 0.82°.
  it.each([
    ['urban', 137.88],
    ['suburban', 128.03],
    ['open', 109.52],
  ] as const)('Hata check value in %s surroundings: %d dB', (environment, loss) => {
    const parameters = { ...DEFAULT_PARAMETERS, receiver_height_m: 1 };
    const cell = { environment, band_mhz: 869, antenna_height_m: 30, eirp_dbm: 50 };
    const path = levelAt(cell, 3_000, 1_000, null, parameters);
    expect(path.distance_m).toBeCloseTo(2_000, 2);
    expect(path.model_db).toBeCloseTo(loss, 2);
    const down = (Math.atan((29 + 2_000 ** 2 / 17e6) / 2_000) * 180) / Math.PI;
    expect(path.level_dbm).toBeCloseTo(50 - 12 * (down / 10) ** 2 - loss, 2);
    expect(path).toMatchObject({ diffraction_db: 0, with_terrain: false, effective_height_m: 30 });
  });

  it('adds up: EIRP + antenna − model − diffraction', () => {
    const path = levelAt({ azimuth_deg: 30, tilt_deg: 3 }, 9_000, 1_700, terrainBy(frame, hills(3)));
    expect(path.diffraction_db).toBeGreaterThan(1);
    expect(path.level_dbm).toBe(50 + path.antenna_db - path.model_db - path.diffraction_db);
  });

  it('counts bearings from true north', () => {
    const [cell] = settle([cellAt(1, 1_000, 1_000)]);
    const path = levelAt({}, 1_000, 1_900);
    expect(path.bearing_deg).toBeCloseTo((360 - (cell?.north_bearing_deg ?? 0)) % 360, 3);
    expect(levelAt({ azimuth_deg: 270 }, 5_000, 1_000).antenna_db).toBe(-30);
  });

  it('is flagged beyond the range of the model, and ends at the cap', () => {
    expect(levelAt({}, 1_500, 1_000).extrapolated).toBe(true);
    expect(levelAt({}, 5_000, 1_000).extrapolated).toBe(false);
    expect(levelAt({ antenna_height_m: 20 }, 5_000, 1_000).extrapolated).toBe(true);
    expect(levelAt({ band_mhz: 1800 }, 9_001, 1_000)).toMatchObject({ in_reach: false, value: 0 });
  });

  it('does not fail on the mast itself', () => {
    expect(levelAt({}, 1_000, 1_000)).toMatchObject({ distance_m: 1, value: 254 });
    expect(levelAt({}, 1_000, 1_000, flat)).toMatchObject({ distance_m: 1, value: 254, diffraction_db: 0 });
  });
});

describe('bytes', () => {
  it.each([
    [0, 129],
    [-1e-12, 128],
    [0.49, 129],
    [0.5, 130],
    [-0.5, 128],
    [-0.51, 127],
    [-64, 1],
    [-64.01, 0],
    [62.5, 254],
    [500, 254],
    [-500, 0],
  ])('a margin of %d dB is %d', (margin, value) => {
    expect(valueOf(margin)).toBe(value);
  });

  it('are at least 129 exactly where the level reaches what is required', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -110, max: -80 }),
        (above, required) => {
          const level = required + above;
          return valueOf(level - required) >= 129 === level >= required;
        },
      ),
    );
  });
});

describe('level ground', () => {
  const place = {
    x: fc.double({ min: 1_000, max: 13_900, noNaN: true }),
    y: fc.double({ min: 0, max: 2_000, noNaN: true }),
  };
  it('gives exactly the level without terrain', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...place,
          antenna_height_m: fc.double({ min: 2, max: 250, noNaN: true }),
          technology: fc.constant('4G' as const),
          band_mhz: fc.constantFrom(450, 900, 1800, 2600),
          tilt_deg: fc.constantFrom(0, 5),
        }),
        ({ x, y, ...cell }) => {
          const over = levelAt(cell, x, y, flat);
          expect(over).toEqual({
            ...levelAt(cell, x, y, null),
            with_terrain: true,
            terrain_complete: true,
            site_ground_m: Math.fround(123.4),
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('terrain', () => {
  const ridgeAt = 4_000;
  const ridge = (height: number) => terrainBy(frame, (x) => (Math.abs(x - ridgeAt) < 30 ? height : 0));
  const wavelength_m = 299.792458 / 900;

  it('a single ridge costs what Bullington makes of one knife edge', () => {
    // 3 km from a mast of 40 m, 5 km from the receiver: 100 m high, the Earth bulges 0.88 m there.
    const path = levelAt({}, 9_000, 1_000, ridge(100));
    const [d1, d2] = [3_000, 5_000];
    const above = 100 + (d1 * d2) / 17e6 - (40 * d2 + 1.5 * d1) / (d1 + d2);
    const nu = above * Math.sqrt((2 * (d1 + d2)) / (wavelength_m * d1 * d2));
    const edge = 6.9 + 20 * Math.log10(Math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1);
    const bullington = edge + (1 - Math.exp(-edge / 6)) * (10 + 0.02 * 8);
    const smooth = smoothBullington(8_000, 40, 1.5);
    expect(bullington).toBeGreaterThan(20);
    // The raster's post next to the ridge may lie up to half a step beside it.
    expect(Math.abs(path.diffraction_db - (bullington - smooth))).toBeLessThan(0.15);
  });

  /** Bullington over a smooth Earth by trying every metre: sight is clear for these heights. */
  function smoothBullington(total: number, h1: number, h2: number): number {
    let nu = Number.NEGATIVE_INFINITY;
    for (let d1 = 1; d1 < total; d1++) {
      const d2 = total - d1;
      const above = (d1 * d2) / 17e6 - (h1 * d2 + h2 * d1) / total;
      nu = Math.max(nu, above * Math.sqrt((2 * total) / (wavelength_m * d1 * d2)));
    }
    const edge = knifeEdgeLoss(nu);
    return edge + (1 - Math.exp(-edge / 6)) * (10 + (0.02 * total) / 1000);
  }

  it('a higher ridge never costs less, and none ever gains', () => {
    const losses = [0, 5, 20, 40, 80, 200, 1000].map(
      (height) => levelAt({}, 9_000, 1_000, ridge(height)).diffraction_db,
    );
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(losses[0]).toBe(0);
  });

  it('a mast on a hill has an effective height over the plain, at most 200 m, coming in from 3 to 6 km', () => {
    const hill = terrainBy(frame, (x) => Math.max(0, 90 - Math.abs(x - 1_000) / 10));
    const heights = [2_900, 4_000, 5_500, 7_000, 12_000].map((x) => levelAt({}, x, 1_000, hill).effective_height_m);
    // 40 m of mast on 90 m of hill; the plain begins 900 m away.
    expect(heights).toEqual([40, 40, 85, 130, 130].map((height) => expect.closeTo(height, 0)));
    const tall = terrainBy(frame, (x) => Math.max(0, 900 - Math.abs(x - 1_000)));
    expect(levelAt({}, 12_000, 1_000, tall).effective_height_m).toBe(200);
    const off = { ...DEFAULT_PARAMETERS, effective_height: false };
    expect(levelAt({}, 12_000, 1_000, hill, off).effective_height_m).toBe(40);
    expect(levelAt({ technology: '4G', band_mhz: 2600 }, 8_000, 1_000, hill).effective_height_m).toBe(40);
  });

  it('with heights missing on the way counts the obstacles that are known', () => {
    const withGap = (gapFrom: number) =>
      terrainBy(frame, (x) => (x > gapFrom && x < gapFrom + 70 ? Number.NaN : x > 5_000 && x < 5_200 ? 150 : 0));
    const whole = levelAt({}, 9_000, 1_000, withGap(20_000));
    const gap = levelAt({}, 9_000, 1_000, withGap(3_990));
    expect(whole.diffraction_db).toBeGreaterThan(10);
    expect(gap.diffraction_db).toBe(whole.diffraction_db);
    expect([whole.terrain_complete, gap.terrain_complete]).toEqual([true, false]);
    // Of the ridge itself nothing is known: no obstacle is left.
    const hidden = terrainBy(frame, (x) => (x > 4_800 && x < 5_400 ? Number.NaN : 0));
    expect(levelAt({}, 9_000, 1_000, hidden)).toMatchObject({
      diffraction_db: 0,
      with_terrain: true,
      terrain_complete: false,
    });
  });

  it('to a point without a height is the level without terrain', () => {
    const gap = terrainBy(frame, (x) => (x > 8_800 ? Number.NaN : x / 20));
    expect(levelAt({}, 9_000, 1_000, gap)).toEqual(levelAt({}, 9_000, 1_000, null));
    const elsewhere = terrainBy(smallFrame(5, 5), () => 0);
    expect(levelAt({}, 9_000, 1_000, elsewhere)).toEqual(levelAt({}, 9_000, 1_000, null));
  });

  it('from a site without a height starts on the nearest ground of the path that is known, and hills count', () => {
    const ridgeAt = (x: number): number => (x > 5_000 && x < 5_200 ? 250 : 100);
    const known = levelAt({}, 9_000, 1_000, terrainBy(frame, ridgeAt));
    const partly = levelAt(
      {},
      9_000,
      1_000,
      terrainBy(frame, (x) => (x < 1_700 ? Number.NaN : ridgeAt(x))),
    );
    expect(partly).toEqual({ ...known, terrain_complete: false });
    expect(partly.site_ground_m).toBe(100);
    // It has no mean ground around it to stand above: the model takes the height above ground.
    const hill = terrainBy(frame, (x) => (x < 900 ? Number.NaN : Math.max(0, 90 - Math.abs(x - 1_000) / 10)));
    expect(levelAt({}, 12_000, 1_000, hill).effective_height_m).toBeGreaterThan(40);
    const cliff = terrainBy(frame, (x) => (x < 1_100 ? Number.NaN : Math.max(0, 90 - Math.abs(x - 1_000) / 10)));
    expect(levelAt({}, 12_000, 1_000, cliff).effective_height_m).toBe(40);
  });
});
