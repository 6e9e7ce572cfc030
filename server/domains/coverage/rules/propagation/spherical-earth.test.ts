import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AVERAGE_LAND } from './radio-units.ts';
import { residueTerms, type SmoothPath, sphericalEarthLoss, surfaceAdmittance } from './spherical-earth.ts';

const path = (change: Partial<SmoothPath>): SmoothPath => ({
  distance_m: 132_315.397,
  tx_height_m: 40,
  rx_height_m: 100,
  frequency_mhz: 1000,
  effective_radius_m: 8_500_000,
  polarisation: 'horizontal',
  ground: AVERAGE_LAND,
  ...change,
});

/** ITU-R "Validation examples for the delta Bullington diffraction prediction method", path 2; tolerance there 0.1 dB. */
describe('ITU validation examples', () => {
  it.each([
    [1000, 37.97366242, 119.2363492, -102.9062648, 7.40810458, 26.04381871, 69.45434151],
    [2500, 57.97664284, 99.82603022, -145.2758435, 23.83868156, 35.89852443, 85.53863749],
    [600, 27.97366242, 109.2363492, -84.49345195, 0.127517272, 18.04945817, 66.31647651],
    [200, 47.97366242, 139.2363492, -54.44670331, -1.774893492, 10.466862, 45.7547348],
    [150, 78.00115495, 99.67579634, -48.32185499, 1.161982247, 3.806254354, 43.35361839],
  ])('%d MHz', (frequency_mhz, tx_height_m, rx_height_m, distance, tx, rx, loss) => {
    const example = path({ frequency_mhz, tx_height_m, rx_height_m });
    const terms = residueTerms(example);
    // The examples take c = 3 · 10⁸ m/s where they turn frequency into wavelength.
    expect(Math.abs(terms.distance_db - distance)).toBeLessThan(0.02);
    expect(Math.abs(terms.tx_db - tx)).toBeLessThan(0.01);
    expect(Math.abs(terms.rx_db - rx)).toBeLessThan(0.01);
    expect(Math.abs(sphericalEarthLoss(example) - loss)).toBeLessThan(0.01);
  });
});

describe('ground', () => {
  it('K falls with frequency and does not matter for horizontal waves at UHF', () => {
    expect(surfaceAdmittance(path({ frequency_mhz: 100 }))).toBeGreaterThan(surfaceAdmittance(path({})));
    expect(surfaceAdmittance(path({}))).toBeLessThan(0.001);
  });

  it('low vertical antennas lose less than horizontal ones at VHF', () => {
    const low = { tx_height_m: 3, rx_height_m: 3, frequency_mhz: 30, distance_m: 40_000 };
    const sea = { relative_permittivity: 80, conductivity_s_m: 5 };
    expect(sphericalEarthLoss(path({ ...low, ground: sea, polarisation: 'vertical' }))).toBeLessThan(
      sphericalEarthLoss(path({ ...low, ground: sea })) - 10,
    );
  });
});

const at = (distance_m: number): number => sphericalEarthLoss(path({ distance_m, tx_height_m: 30, rx_height_m: 10 }));

describe('properties', () => {
  const height = fc.double({ min: 1.5, max: 500, noNaN: true });
  const mhz = fc.double({ min: 30, max: 6000, noNaN: true });
  const distance = fc.double({ min: 100, max: 300_000, noNaN: true });

  it('is never negative and the same in both directions', () => {
    fc.assert(
      fc.property(height, height, mhz, distance, (h1, h2, frequency_mhz, distance_m) => {
        const there = sphericalEarthLoss(path({ tx_height_m: h1, rx_height_m: h2, frequency_mhz, distance_m }));
        const back = sphericalEarthLoss(path({ tx_height_m: h2, rx_height_m: h1, frequency_mhz, distance_m }));
        expect(there).toBeGreaterThanOrEqual(0);
        expect(back).toBeCloseTo(there, 6);
      }),
    );
  });

  it('is nothing near, and rises without a step through the horizon', () => {
    expect(at(500)).toBe(0);
    const horizon = Math.sqrt(2 * 8_500_000) * (Math.sqrt(30) + Math.sqrt(10));
    expect(at(horizon + 1) - at(horizon - 1)).toBeLessThan(0.01);
    expect(at(horizon + 1)).toBeGreaterThan(at(horizon - 1));
    expect(at(60_000)).toBeGreaterThan(at(50_000));
  });
});
