import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldThreshold } from './broadcast-thresholds.ts';
import {
  type BroadcastPath,
  clearanceCorrection,
  effectiveHeight,
  fieldStrength,
  freeSpaceField,
  heightWithoutTerrain,
  receiverHeightCorrection,
} from './p1546.ts';

const path = (change: Partial<BroadcastPath>): BroadcastPath => ({
  frequency_mhz: 100,
  erp_w: 1000,
  distance_km: 10,
  effective_height_m: 150,
  ...change,
});

function field(change: Partial<BroadcastPath>): number {
  const result = fieldStrength(path(change));
  if (!result.ok) throw new Error(result.reason);
  return result.field_dbuv_m;
}

describe('tabulated values', () => {
  const table: [number, number, number][] = [
    [1, 100.32, 102.35],
    [5, 82.31, 81.92],
    [10, 73.64, 72.17],
    [20, 62.29, 60.25],
    [50, 42.69, 37.83],
    [100, 23.2, 17.06],
  ];
  it.each(table)('%d km: %d at 100 MHz, %d at 600 MHz', (distance_km, vhf, uhf) => {
    expect(field({ distance_km })).toBeCloseTo(vhf, 9);
    expect(field({ distance_km, frequency_mhz: 600 })).toBeCloseTo(uhf, 9);
    expect(fieldStrength(path({ distance_km }))).toMatchObject({ flags: [], extrapolated: false });
  });
});

/** Recommendation ITU-R P.1546, tabulated field strengths, 100 MHz, land, 50 % time. */
describe('against the published 100 MHz curves', () => {
  it.each([
    [2, 92.674],
    [3, 88.143],
    [7, 78.292],
    [15, 67.437],
    [30, 54.161],
    [70, 33.813],
    [90, 26.37],
  ])('h 150 m at %d km is within 0.25 dB', (distance_km, published) => {
    expect(Math.abs(field({ distance_km }) - published)).toBeLessThan(0.25);
  });

  it.each([
    [75, 1, 97.385],
    [75, 10, 68.255],
    [75, 50, 36.256],
    [75, 100, 18.913],
    [300, 1, 103.121],
    [300, 10, 79.018],
    [300, 50, 49.978],
    [300, 100, 28.884],
  ])('h %d m at %d km is within 1.8 dB, flagged as borrowed', (effective_height_m, distance_km, published) => {
    expect(Math.abs(field({ effective_height_m, distance_km }) - published)).toBeLessThan(1.8);
    expect(fieldStrength(path({ effective_height_m, distance_km }))).toMatchObject({
      flags: ['height_by_hata'],
      extrapolated: false,
    });
  });
});

describe('frequency, power, nearness', () => {
  it('is linear in the logarithm of the frequency', () => {
    const middle = field({ frequency_mhz: Math.sqrt(100 * 600) });
    expect(middle).toBeCloseTo((73.64 + 72.17) / 2, 9);
  });

  it('adds 10 dB for ten times the power', () => {
    expect(field({ erp_w: 10_000 }) - field({ erp_w: 1000 })).toBeCloseTo(10, 9);
  });

  it('reaches free space over the slant path 40 m from the foot of the mast', () => {
    expect(field({ distance_km: 0.04 })).toBeCloseTo(freeSpaceField(Math.hypot(0.04, 0.14)), 9);
    expect(Math.abs(field({ distance_km: 0.999 }) - field({ distance_km: 1 }))).toBeLessThan(0.05);
  });

  it('falls with distance, rises with height, never exceeds free space', () => {
    const distance = fc.double({ min: 1, max: 150, noNaN: true });
    const height = fc.double({ min: 10, max: 1200, noNaN: true });
    const mhz = fc.double({ min: 30, max: 3000, noNaN: true });
    fc.assert(
      fc.property(distance, distance, height, height, mhz, (a, b, low, high, frequency_mhz) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        const [h1, h2] = [Math.min(low, high), Math.max(low, high)];
        const at = (distance_km: number, effective_height_m: number) =>
          field({ distance_km, effective_height_m, frequency_mhz });
        expect(at(far, h1)).toBeLessThanOrEqual(at(near, h1) + 1e-9);
        expect(at(near, h2)).toBeGreaterThanOrEqual(at(near, h1) - 1e-9);
        expect(at(near, h2)).toBeLessThanOrEqual(freeSpaceField(near) + 1e-9);
      }),
    );
  });
});

describe('ranges', () => {
  it.each<[Partial<BroadcastPath>, string]>([
    [{ effective_height_m: 60 }, 'height_out_of_range'],
    [{ effective_height_m: -20 }, 'height_out_of_range'],
    [{ effective_height_m: 400 }, 'height_out_of_range'],
    [{ frequency_mhz: 700 }, 'frequency_out_of_range'],
    [{ distance_km: 101 }, 'distance_out_of_range'],
  ])('%o is given and flagged %s', (change, flag) => {
    const result = fieldStrength(path(change));
    expect(result).toMatchObject({ ok: true, extrapolated: true });
    expect(result.ok && result.flags).toContain(flag);
    expect(result.ok && Number.isFinite(result.field_dbuv_m)).toBe(true);
  });

  it('takes 30–100 MHz from the same two curves, as Annex 5 § 6 says', () => {
    const result = fieldStrength(path({ frequency_mhz: 50 }));
    expect(result).toMatchObject({ ok: true, flags: [], extrapolated: false });
    // 73.64 − 1.47 · log(50/100)/log(600/100)
    expect(field({ frequency_mhz: 50 })).toBeCloseTo(73.64 + 1.47 * 0.386853, 4);
  });

  it.each<[Partial<BroadcastPath>, keyof BroadcastPath]>([
    [{ frequency_mhz: 0.684 }, 'frequency_mhz'],
    [{ frequency_mhz: 3001 }, 'frequency_mhz'],
    [{ erp_w: 0 }, 'erp_w'],
    [{ distance_km: 0 }, 'distance_km'],
    [{ effective_height_m: Number.NaN }, 'effective_height_m'],
  ])('%o is refused for its %s', (change, name) => {
    expect(fieldStrength(path(change))).toMatchObject({ ok: false, field: name });
  });
});

const profile = (ground: (km: number) => number, km: number) => {
  const distances_m = Float64Array.from({ length: Math.round(km * 10) + 1 }, (_, i) => i * 100);
  return { distances_m, heights_m: distances_m.map((d) => ground(d / 1000)) };
};

describe('effective height', () => {
  it('without terrain goes from the antenna to the effective height between 3 and 15 km', () => {
    expect([1, 3, 9, 15, 40].map((km) => heightWithoutTerrain(60, 180, km))).toEqual([60, 60, 120, 180, 180]);
  });

  it('over terrain is above the mean ground from 3 to 15 km', () => {
    expect(
      effectiveHeight(
        profile((km) => (km < 3 ? 500 : km <= 15 ? 100 : 900), 40),
        50,
      ),
    ).toBeCloseTo(450, -1);
    expect(
      effectiveHeight(
        profile((km) => 10 * km, 40),
        100,
      ),
    ).toBeCloseTo(100 - 90, 6);
  });

  it('on a short path is above the mean ground of its last four fifths', () => {
    expect(
      effectiveHeight(
        profile((km) => 10 * km, 10),
        100,
      ),
    ).toBeCloseTo(100 - 60, 6);
  });

  it('is not known where that ground is missing, and does not mind what lies beyond', () => {
    expect(
      effectiveHeight(
        profile((km) => (km > 8 && km < 9 ? Number.NaN : 0), 40),
        100,
      ),
    ).toBeNull();
    expect(
      effectiveHeight(
        profile((km) => (km > 20 ? Number.NaN : 0), 40),
        100,
      ),
    ).toBe(100);
  });
});

describe('receiver height and thresholds', () => {
  it('5 m instead of 10 m costs 6.477 dB at 900 MHz (ITU-R validation example b2iseac_land_10km)', () => {
    expect(receiverHeightCorrection(5, 900)).toBeCloseTo(-6.47705, 5);
  });

  const of = (service: 'fm' | 'am' | 'tv', frequency_mhz: number, digital = false, threshold: number | null = null) =>
    fieldThreshold({ service, frequency_mhz, digital, threshold_dbuv_m: threshold });

  it('FM stereo needs 54 dBµV/m in the country, 66 in town', () => {
    expect(of('fm', 104)).toEqual({ rural_dbuv_m: 54, urban_dbuv_m: 66, source: 'bs412_stereo' });
  });

  it('has a figure for analogue television by band, and none for AM, digital or out of band', () => {
    expect(of('tv', 583.25)).toEqual({ rural_dbuv_m: 70, urban_dbuv_m: 70, source: 'bt417_analogue' });
    expect(of('tv', 207.25)?.rural_dbuv_m).toBe(55);
    expect(of('tv', 500)?.rural_dbuv_m).toBe(65);
    expect(of('tv', 50)?.rural_dbuv_m).toBe(48);
    expect([of('tv', 300), of('am', 0.684), of('fm', 200), of('tv', 674, true)]).toEqual([null, null, null, null]);
  });

  it('goes by the one given with the transmitter before any other, but not for AM', () => {
    expect(of('tv', 674, true, 53)).toEqual({ rural_dbuv_m: 53, urban_dbuv_m: 53, source: 'given' });
    expect(of('fm', 104, false, 60)?.urban_dbuv_m).toBe(60);
    expect(of('am', 0.684, false, 60)).toBeNull();
  });
});

describe('terrain clearance', () => {
  it('of 4.91534° costs 18.0532 dB at 900 MHz (ITU-R validation example b2iseac_land_10km)', () => {
    expect(clearanceCorrection(4.91534, 900)).toBeCloseTo(-18.0532, 3);
  });

  it('costs nothing to 0.55°, which gently rolling ground has, and never adds to the field', () => {
    for (const mhz of [50, 100, 600, 900]) {
      // ν at 0.55° is 0.03575 √f, a touch below the ν' = 0.036 √f of the curves.
      expect(clearanceCorrection(-3, mhz)).toBe(0);
      expect(clearanceCorrection(0.55, mhz)).toBe(0);
      expect(clearanceCorrection(90, mhz)).toBe(clearanceCorrection(40, mhz));
    }
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (angle, more) => {
          expect(clearanceCorrection(angle + more, 100)).toBeLessThanOrEqual(clearanceCorrection(angle, 100));
        },
      ),
    );
  });
});
