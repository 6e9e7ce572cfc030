import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from './coverage-parameters.ts';
import { type CellRadio, linkBudget } from './link-budget.ts';
import { okumuraHataLoss } from './path-loss.ts';
import { horizontalPattern } from './propagation/sector-3d.ts';
import { ruralMacroLoss } from './propagation/tr38901.ts';
import { DIRECTIONS, rangeForLoss, sectorMaker } from './sector-pattern.ts';

const cell: CellRadio = {
  technology: '2G',
  environment: 'rural',
  band_mhz: 900,
  azimuth_deg: 90,
  antenna_height_m: 42,
  gain_dbi: null,
  power_w: null,
  eirp_dbm: 50,
  beamwidth_deg: 65,
  tilt_deg: 0,
};
const sectorOf = (change: Partial<CellRadio> = {}) => {
  const result = linkBudget({ ...cell, ...change }, DEFAULT_PARAMETERS);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return sectorMaker(DEFAULT_PARAMETERS).sector(result.budget);
};

describe('3GPP horizontal pattern, 65° beam', () => {
  it.each([
    [0, 0],
    [32.5, -3],
    [-32.5, -3],
    [65, -12],
    [180, -30],
    [-300, horizontalPattern(60, 65, 30)],
    [360, 0],
  ])('is %d° → %d dB', (offset, gain) => {
    expect(horizontalPattern(offset, 65, 30)).toBeCloseTo(gain, 9);
  });
});

const lossAt = (m: number) => 100 + 40 * Math.log10(m / 1000);

describe('range for a loss', () => {
  it('inverts a known loss: 40 dB/decade with 100 dB at 1 km reaches 10 km at 140 dB', () => {
    expect(rangeForLoss(lossAt, 140, 20_000)).toBeCloseTo(10_000, 0);
    expect(rangeForLoss(lossAt, 140, 5_000)).toBe(5_000);
    expect(rangeForLoss(lossAt, -100, 5_000)).toBe(0);
  });
});

/** What a beam 10° high at 42 m that points at the horizon attenuates towards a receiver at 1.5 m on a curved Earth. */
function downward(distance_km: number): number {
  const fall_m = 42 - 1.5 + (distance_km * 1000) ** 2 / 17e6;
  return 12 * ((Math.atan(fall_m / (distance_km * 1000)) * 180) / Math.PI / 10) ** 2;
}

describe('jagged sector', () => {
  it('points east for azimuth 90 and is symmetric about it', () => {
    const { ranges_m, range_max_m } = sectorOf();
    expect(ranges_m).toHaveLength(DIRECTIONS);
    expect(ranges_m[90]).toBe(range_max_m);
    expect(ranges_m[270]).toBe(Math.min(...ranges_m));
    expect(ranges_m[60]).toBe(ranges_m[120]);
    expect(ranges_m[0]).toBe(ranges_m[180]);
  });

  it('ends where the Hata loss equals the allowed loss: EIRP 50 − (−95) − 10.3 = 134.7 dB', () => {
    const distance_km = sectorOf().range_max_m / 1000;
    const path = { frequency_mhz: 900, base_height_m: 42, receiver_height_m: 1.5, distance_km };
    expect(okumuraHataLoss(path, 'rural').loss_db + downward(distance_km)).toBeCloseTo(134.7, 3);
    expect(distance_km).toBeGreaterThan(8);
    expect(distance_km).toBeLessThan(11);
  });

  it('is 3 dB shorter at half the beamwidth', () => {
    const { ranges_m } = sectorOf({ azimuth_deg: 90, beamwidth_deg: 60 });
    const path = {
      frequency_mhz: 900,
      base_height_m: 42,
      receiver_height_m: 1.5,
      distance_km: (ranges_m[120] ?? 0) / 1000,
    };
    expect(okumuraHataLoss(path, 'rural').loss_db + downward(path.distance_km)).toBeCloseTo(131.7, 3);
  });

  it('is a circle for an omnidirectional cell', () => {
    const { ranges_m, range_max_m } = sectorOf({ azimuth_deg: null, beamwidth_deg: null });
    expect(new Set(ranges_m)).toEqual(new Set([range_max_m]));
  });

  it('is capped, and says so, when the signal goes further than 15 km', () => {
    expect(sectorOf({ eirp_dbm: 70 })).toMatchObject({ range_max_m: 15_000, capped: true });
    expect(sectorOf().capped).toBe(false);
  });

  it('says when the model is out of its range: low mast, short reach', () => {
    expect(sectorOf().extrapolated).toBe(false);
    expect(sectorOf({ antenna_height_m: 20 }).extrapolated).toBe(true);
    expect(sectorOf({ eirp_dbm: 5 }).extrapolated).toBe(true);
  });

  it('reaches less far with the beam turned down, and with a tilt not known it points at the horizon', () => {
    const [level, down] = [sectorOf({ tilt_deg: 0 }).range_max_m, sectorOf({ tilt_deg: 8 }).range_max_m];
    expect(down).toBeLessThan(0.7 * level);
    expect(sectorOf({ tilt_deg: null }).range_max_m).toBe(level);
  });

  it('takes the 3GPP model without line of sight above 2 GHz: RMa at 3500 MHz ends at the allowed loss', () => {
    const { range_max_m } = sectorOf({ technology: '5G', band_mhz: 3500, eirp_dbm: 40 });
    const path = { frequency_mhz: 3500, distance_m: range_max_m, base_height_m: 42, receiver_height_m: 1.5 };
    const loss = ruralMacroLoss(path, 'nlos').loss_db + downward(range_max_m / 1000);
    // 40 dBm − (−110) − 10.3.
    expect(loss).toBeCloseTo(139.7, 3);
  });

  it('turns with the azimuth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), (turn) => {
        const north = sectorOf({ azimuth_deg: 0 }).ranges_m;
        const turned = sectorOf({ azimuth_deg: turn }).ranges_m;
        return north.every((range, i) => Math.abs(range - (turned[(i + turn) % DIRECTIONS] ?? Number.NaN)) < 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('grows with EIRP and antenna height in every direction', () => {
    const low = sectorOf({ eirp_dbm: 45, antenna_height_m: 31 }).ranges_m;
    const high = sectorOf({ eirp_dbm: 50, antenna_height_m: 60 }).ranges_m;
    expect(high.every((range, i) => range > (low[i] ?? Number.NaN))).toBe(true);
  });
});
