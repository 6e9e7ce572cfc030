import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../../platform/paths.ts';
import { itmArea, itmPointToPoint } from './itm.ts';
import { terrainIrregularity } from './itm-profile.ts';
import { ITM_CLIMATES, type ItmArea, type ItmRadio, type ItmSiting, type ItmVariability } from './itm-types.ts';
import { normalDeviate } from './itm-variability.ts';
import type { EvenProfile } from './terrain-profile.ts';

/** A file of the terrain test data that comes with the project's shared data; a missing one fails the test. */
const sharedRows = (name: string): number[][] =>
  readFileSync(projectPath('..', 'shared', 'data', 'terrain', name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map(Number));

const MODES = ['single_message', 'accidental', 'mobile', 'broadcast'] as const;

/** NTIA's numeric codes to ours. */
function radioOf(epsilon: number, sigma: number, n0: number, mhz: number, pol: number, climate: number): ItmRadio {
  return {
    relative_permittivity: epsilon,
    conductivity_s_m: sigma,
    refractivity_n: n0,
    frequency_mhz: mhz,
    polarisation: pol === 1 ? 'vertical' : 'horizontal',
    climate: ITM_CLIMATES[climate - 1] ?? 'desert',
  };
}

const spreadOf = (mdvar: number, time: number, location: number, situation: number): ItmVariability => ({
  mode: MODES[mdvar % 10] ?? 'broadcast',
  without_location: Math.trunc(mdvar / 10) % 2 === 1,
  without_situation: mdvar >= 20,
  time_pct: time,
  location_pct: location,
  situation_pct: situation,
});

const radio = radioOf(15, 0.008, 301, 900, 1, 2);
const median = spreadOf(3, 50, 50, 50);
const antennas = { tx_height_m: 30, rx_height_m: 1.5 };
const flat = (length_m: number, step_m = 100): EvenProfile => ({
  step_m,
  heights_m: new Float64Array(Math.round(length_m / step_m) + 1),
});

describe('NTIA point-to-point vectors', () => {
  const profiles = sharedRows('ntia_itm_pfls.csv');
  const [, ...cases] = sharedRows('ntia_itm_p2p.csv');

  it('has a profile for each of its five cases', () => {
    expect([profiles.length, cases.length]).toEqual([5, 5]);
  });

  it.each(cases.map((row, i) => [i, row] as const))('case %i is met to 0.01 dB', (i, row) => {
    const [tx = 0, rx = 0, epsilon = 0, sigma = 0, n0 = 0, mhz = 0, pol = 0, climate = 0, ...rest] = row;
    const [time = 0, location = 0, situation = 0, mdvar = 0, expected = 0] = rest;
    const [steps = 0, step = 0, ...heights] = profiles[i] ?? [];
    expect(heights.length).toBe(steps + 1);
    const result = itmPointToPoint(
      { step_m: step, heights_m: Float64Array.from(heights) },
      { tx_height_m: tx, rx_height_m: rx },
      radioOf(epsilon, sigma, n0, mhz, pol, climate),
      spreadOf(mdvar, time, location, situation),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    // The file prints two decimals.
    expect(Math.abs(result.loss_db - expected)).toBeLessThanOrEqual(0.01);
  });
});

describe('NTIA area vectors (github.com/NTIA/itm, area.csv)', () => {
  const SITING: readonly ItmSiting[] = ['random', 'careful', 'very_careful'];
  // tx, rx, Δh, mdvar, km, tx siting, rx siting, MHz, polarisation, climate, time, location, situation, dB
  it.each([
    [10, 1, 0, 0, 16, 0, 0, 230, 0, 5, 87, 50, 50, 152.5],
    [3, 1.5, 10, 1, 10, 1, 0, 450, 0, 5, 40, 28, 25, 133.0],
    [15, 3, 5, 2, 100, 2, 1, 980, 1, 4, 92, 53, 97, 224.1],
    [3, 5, 20, 3, 75, 0, 1, 3100, 1, 2, 50, 80, 43, 205.1],
    [1.5, 10, 45, 0, 25, 1, 2, 8900, 1, 1, 70, 99, 26, 156.0],
  ])('%d m to %d m, Δh %d m, mode %d, %d km', (tx, rx, deltaH, mdvar, km, txSite, rxSite, ...rest) => {
    const [mhz = 0, pol = 0, climate = 0, time = 0, location = 0, situation = 0, expected = 0] = rest;
    const result = itmArea(
      {
        distance_m: km * 1000,
        terrain_irregularity_m: deltaH,
        tx_siting: SITING[txSite] ?? 'random',
        rx_siting: SITING[rxSite] ?? 'random',
      },
      { tx_height_m: tx, rx_height_m: rx },
      radioOf(15, 0.008, 301, mhz, pol, climate),
      spreadOf(mdvar, time, location, situation),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    // Printed to one decimal.
    expect(Math.abs(result.loss_db - expected)).toBeLessThanOrEqual(0.05 + 1e-9);
  });
});

const codes = (result: ReturnType<typeof itmPointToPoint>) => (result.ok ? [] : result.problems.map((p) => p.code));

describe('problems and warnings are values', () => {
  it('names every refused argument at once', () => {
    const bad = { ...radio, frequency_mhz: 19, refractivity_n: 401, relative_permittivity: 0.9, conductivity_s_m: 0 };
    const spread = { ...median, time_pct: 0, location_pct: 100, situation_pct: Number.NaN };
    expect(codes(itmPointToPoint(flat(5000), { tx_height_m: 0.4, rx_height_m: 3001 }, bad, spread)).sort()).toEqual([
      'conductivity',
      'frequency',
      'location',
      'permittivity',
      'refractivity',
      'rx_height',
      'situation',
      'time',
      'tx_height',
    ]);
  });

  it('refuses a profile with a gap or without ground between the antennas', () => {
    const gap = flat(5000);
    gap.heights_m[7] = Number.NaN;
    expect(codes(itmPointToPoint(gap, antennas, radio, median))).toEqual(['profile_has_gaps']);
    expect(codes(itmPointToPoint(flat(100), antennas, radio, median))).toEqual(['profile_too_short']);
  });

  it('refuses an area without distance, and negative irregularity', () => {
    const area: ItmArea = { distance_m: 0, terrain_irregularity_m: -1, tx_siting: 'random', rx_siting: 'random' };
    expect(codes(itmArea(area, antennas, radio, median))).toEqual(['path_distance', 'terrain_irregularity']);
  });

  it('refuses ground more reactive than resistive, and air too thin', () => {
    const wet = { ...radio, relative_permittivity: 1, conductivity_s_m: 5, polarisation: 'horizontal' as const };
    expect(codes(itmPointToPoint(flat(5000), antennas, wet, median))).toEqual(['ground_impedance']);
    const high = flat(5000);
    high.heights_m.fill(8000);
    expect(codes(itmPointToPoint(high, antennas, radio, median))).toEqual(['surface_refractivity']);
  });

  it('warns of what is near the limits and still answers', () => {
    const result = itmPointToPoint(
      flat(900, 90),
      { tx_height_m: 1200, rx_height_m: 0.8 },
      { ...radio, frequency_mhz: 30 },
      { ...median, time_pct: 99.95 },
    );
    if (!result.ok) throw new Error('refused');
    expect(result.extrapolated).toBe(true);
    expect(result.warnings).toEqual(
      expect.arrayContaining([
        'tx_height_near_limits',
        'rx_height_near_limits',
        'frequency_near_limits',
        'path_below_1_km',
        'path_steeper_than_200_mrad',
        'extreme_variability',
      ]),
    );
  });

  it('does not warn on an ordinary path', () => {
    const result = itmPointToPoint(flat(10_000), antennas, radio, median);
    expect(result).toMatchObject({ ok: true, warnings: [], extrapolated: false, mode: 'line_of_sight' });
  });
});

const hilly = (seed: number, length: number): EvenProfile => ({
  step_m: 90,
  heights_m: Float64Array.from(
    { length },
    (_, i) => 100 + 60 * Math.sin(i / (3 + (seed % 7))) + 20 * Math.sin(i * seed),
  ),
});
const lossOf = (profile: EvenProfile, ends = antennas, spread = median): number => {
  const result = itmPointToPoint(profile, ends, radio, spread);
  return result.ok ? result.loss_db : Number.NaN;
};

describe('behaviour', () => {
  it('is the same in both directions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 60, max: 400 }), (seed, length) => {
        const there = hilly(seed, length);
        const back = { ...there, heights_m: there.heights_m.toReversed() };
        // Δh is sampled from one end, so the two directions agree closely, not exactly.
        expect(Math.abs(lossOf(there) - lossOf(back, { tx_height_m: 1.5, rx_height_m: 30 }))).toBeLessThan(0.5);
      }),
    );
  });

  it('asks more loss of more certainty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const path = hilly(seed, 150);
        const sure = { ...median, time_pct: 90, location_pct: 90, situation_pct: 90 };
        return lossOf(path, antennas, sure) > lossOf(path);
      }),
    );
  });

  it('passes from line of sight to diffraction to troposcatter with distance', () => {
    const modes = [10, 60, 600].map((km) => {
      const result = itmPointToPoint(flat(km * 1000, 500), antennas, radio, median);
      return result.ok ? result.mode : 'refused';
    });
    expect(modes).toEqual(['line_of_sight', 'diffraction', 'troposcatter']);
  });

  it('finds no irregularity in a plane and the deciles of a sine', () => {
    const plane = { step_m: 100, heights_m: Float64Array.from({ length: 201 }, (_, i) => 5 * i) };
    expect(terrainIrregularity(plane, 1000, 19_000)).toBeCloseTo(0, 6);
    const waves = { step_m: 100, heights_m: Float64Array.from({ length: 2001 }, (_, i) => 50 * Math.sin(i / 7)) };
    // Of a sine of amplitude A the deciles lie at ±A cos(18°): the range is 1.902 A; very long paths need no scaling.
    const expected = (1.902 * 50) / (1 - 0.8 * Math.exp(-4));
    expect(Math.abs(terrainIrregularity(waves, 0, 200_000) - expected)).toBeLessThan(5);
  });

  it('knows the normal distribution to the error of its approximation', () => {
    expect(Math.abs(normalDeviate(0.1) - 1.281552)).toBeLessThan(4.5e-4);
    expect(Math.abs(normalDeviate(0.99) + 2.326348)).toBeLessThan(4.5e-4);
    expect(normalDeviate(0.5)).toBeCloseTo(0, 3);
  });
});
