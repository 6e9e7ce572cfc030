import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bullingtonLoss,
  type DiffractionLink,
  deltaBullingtonLoss,
  knifeEdgeLoss,
  knifeEdgeParameter,
  smoothEarthHeights,
} from './diffraction.ts';
import { EFFECTIVE_EARTH_RADIUS_M, wavelength } from './radio-units.ts';
import type { PathProfile } from './terrain-profile.ts';

const profileOf = (points: readonly (readonly [number, number])[]): PathProfile => ({
  distances_m: Float64Array.from(points, ([km]) => km * 1000),
  heights_m: Float64Array.from(points, ([, height]) => height),
});

const even = (heights: readonly number[], length_m: number): PathProfile => ({
  distances_m: Float64Array.from(heights, (_, i) => (i * length_m) / (heights.length - 1)),
  heights_m: Float64Array.from(heights),
});

const reversed = ({ distances_m, heights_m }: PathProfile): PathProfile => ({
  distances_m: distances_m.toReversed().map((d) => (distances_m.at(-1) ?? 0) - d),
  heights_m: heights_m.toReversed(),
});

const link = (tx_height_m: number, rx_height_m: number, frequency_mhz: number): DiffractionLink => ({
  tx_height_m,
  rx_height_m,
  frequency_mhz,
  polarisation: 'horizontal',
});

describe('knife edge (P.526 eq. 31)', () => {
  it.each([
    [0, 6.03],
    [1, 13.93],
    [2.4, 20.54],
  ])('J(%d) is %d dB', (nu, loss) => {
    expect(knifeEdgeLoss(nu)).toBeCloseTo(loss, 2);
  });

  it('costs nothing from ν = −0.78 down, and starts there within 0.02 dB', () => {
    expect(knifeEdgeLoss(-0.78)).toBe(0);
    expect(knifeEdgeLoss(-3)).toBe(0);
    expect(Math.abs(knifeEdgeLoss(-0.7799))).toBeLessThan(0.02);
  });

  it('ν of a 50 m edge midway on 10 km at 300 MHz', () => {
    // √(2 · 10,000 / (1 m · 5000 · 5000)) = 0.028284 a metre; λ = 0.99931 m.
    expect(knifeEdgeParameter(50, 5000, 5000, wavelength(300))).toBeCloseTo(1.4147, 4);
  });
});

/**
 * ITU-R WP 3K/3M, "Validation examples for the delta Bullington diffraction prediction method" (delB_valid_temp.xlsx):
 * a = 8,500 km, horizontal polarisation, land, c = 3 · 10⁸ m/s; the document's own tolerance is 0.1 dB.
 */
describe('ITU validation examples, path 4 (40.5 km, mountains)', () => {
  const heights = readFileSync(new URL('testing/itu-delta-bullington-path-4.txt', import.meta.url), 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);
  const path4 = profileOf(heights.map((h, i) => [i === heights.length - 1 ? 40.51112702 : i * 0.05, h]));

  it.each([
    [30, 30, 1000, 139.8495825, 543.1729418, 7.870985135],
    [50, 10, 2500, 159.8495825, 523.1729418, 0],
    [20, 20, 600, 129.8495825, 533.1729418, 15.30876397],
    [40, 50, 200, 149.8495825, 563.1729418, 6.526730443],
    [70, 5, 150, 179.8495825, 518.1729418, 0],
  ])('%d m to %d m at %d MHz', (tx, rx, mhz, txEffective, rxEffective, loss) => {
    const smooth = smoothEarthHeights(path4, link(tx, rx, mhz));
    expect(smooth.tx_height_m).toBeCloseTo(txEffective, 5);
    expect(smooth.rx_height_m).toBeCloseTo(rxEffective, 5);
    const result = deltaBullingtonLoss(path4, link(tx, rx, mhz));
    expect(Math.abs(result.loss_db - loss)).toBeLessThan(0.01);
    expect(result.spherical_db).toBe(0);
  });
});

describe('ITU validation examples, path 2 (132 km, plateau)', () => {
  // The ends and the high points of the profile; Bullington sees nothing but the two horizons, which are among them.
  const path2 = profileOf(
    (
      '0:569 12:556 22.65:551 30.85:551 32.3:553 32.5:554 32.65:555 32.95:556 33.25:555 36:553 38.3:552 42.9:551 ' +
      '46.6:551 60.7:525 60.75:525 60.9:524 65.25:509 65.3:509 67.55:508 67.6:508 68.85:505 68.9:505 68.95:504 ' +
      '70.3:495 72.1:488 75.4:481 79.25:479 80.85:476 82.2:475 82.25:475 111.75:471 113.55:486 113.6:486 114.9:483 ' +
      '124.35:495 130.75:530 131.55:534 131.65:539 131.75:535 131.9:533 132.15:531 132.3:528 132.315397:528'
    )
      .split(' ')
      .map((point) => point.split(':').map(Number) as [number, number]),
  );
  const flat = even(
    Array.from({ length: 2647 }, () => 0),
    132_315.397,
  );

  it.each([
    [30, 30, 1000, 37.97366242, 119.2363492, 36.20419305, 69.83036947],
    [50, 10, 2500, 57.97664284, 99.82603022, 44.81240928, 90.68232743],
    [20, 20, 600, 27.97366242, 109.2363492, 34.43917939, 66.46062522],
    [40, 50, 200, 47.97366242, 139.2363492, 28.37368149, 46.38832061],
    [70, 5, 150, 78.00115495, 99.67579634, 34.61746032, 51.38547874],
  ])('%d m to %d m at %d MHz', (tx, rx, mhz, txEffective, rxEffective, bullington, loss) => {
    const actual = bullingtonLoss(path2, link(tx, rx, mhz));
    expect(Math.abs(actual - bullington)).toBeLessThan(0.01);
    // Over flat ground the effective heights are the antennas' own: what is left is the correction of the method.
    const correction = deltaBullingtonLoss(flat, link(txEffective, rxEffective, mhz));
    expect(correction.bullington_db).toBeCloseTo(correction.smooth_bullington_db, 9);
    expect(Math.abs(actual + correction.spherical_db - correction.smooth_bullington_db - loss)).toBeLessThan(0.02);
  });
});

const heights = (length: number) =>
  fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: length, maxLength: length });
const antenna = fc.double({ min: 1.5, max: 200, noNaN: true });
const frequency = fc.double({ min: 30, max: 6000, noNaN: true });

describe('properties', () => {
  it('is the same in both directions', () => {
    fc.assert(
      fc.property(heights(60), antenna, antenna, frequency, (ground, tx, rx, mhz) => {
        const path = even(ground, 20_000);
        const there = deltaBullingtonLoss(path, link(tx, rx, mhz));
        const back = deltaBullingtonLoss(reversed(path), link(rx, tx, mhz));
        expect(back.loss_db).toBeCloseTo(there.loss_db, 6);
      }),
    );
  });

  it('over flat ground is the loss of the smooth Earth where that exceeds Bullington', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1000, max: 200_000, noNaN: true }),
        antenna,
        antenna,
        frequency,
        (d, tx, rx, mhz) => {
          const result = deltaBullingtonLoss(
            even(
              Array.from({ length: 101 }, () => 0),
              d,
            ),
            link(tx, rx, mhz),
          );
          expect(result.loss_db).toBeCloseTo(Math.max(result.spherical_db, result.bullington_db), 9);
        },
      ),
    );
  });

  it('raising any ground between the antennas never makes Bullington less', () => {
    fc.assert(
      fc.property(
        heights(30),
        fc.nat(27),
        fc.double({ min: 0, max: 200, noNaN: true }),
        antenna,
        antenna,
        frequency,
        (ground, i, rise, tx, rx, mhz) => {
          const before = bullingtonLoss(even(ground, 15_000), link(tx, rx, mhz));
          const after = bullingtonLoss(
            even(ground.with(i + 1, (ground[i + 1] ?? 0) + rise), 15_000),
            link(tx, rx, mhz),
          );
          expect(after).toBeGreaterThanOrEqual(before - 1e-9);
        },
      ),
    );
  });

  it('one edge on an Earth without curvature is the knife edge and Bullington’s empirical term', () => {
    const path = even([0, 0, 0, 0, 120, 0, 0, 0, 0], 8000);
    const loss = bullingtonLoss(path, { ...link(20, 20, 900), effective_radius_m: 1e15 });
    const edge = knifeEdgeLoss(knifeEdgeParameter(100, 4000, 4000, wavelength(900)));
    expect(loss).toBeCloseTo(edge + (1 - Math.exp(-edge / 6)) * (10 + 0.02 * 8), 6);
  });

  it('is nothing high above the ground, and without ground between the antennas', () => {
    expect(
      deltaBullingtonLoss(
        even(
          Array.from({ length: 50 }, () => 0),
          10_000,
        ),
        link(300, 300, 2000),
      ).loss_db,
    ).toBe(0);
    expect(deltaBullingtonLoss(even([10, 12], 100), link(30, 30, 2000)).loss_db).toBe(0);
  });
});

describe('profiles that cannot be used', () => {
  it.each<[string, PathProfile]>([
    ['a missing height', even([0, Number.NaN, 0], 1000)],
    [
      'distances that do not rise',
      profileOf([
        [0, 0],
        [1, 0],
        [1, 0],
      ]),
    ],
    [
      'a start away from the antenna',
      profileOf([
        [0.1, 0],
        [1, 0],
      ]),
    ],
    ['a single point', profileOf([[0, 0]])],
  ])('%s is an error, not flat ground', (_what, path) => {
    expect(() => deltaBullingtonLoss(path, link(30, 1.5, 900))).toThrow(RangeError);
  });

  it('k = 4/3 is the default', () => {
    const path = even([0, 40, 0], 30_000);
    const explicit = { ...link(30, 1.5, 900), effective_radius_m: EFFECTIVE_EARTH_RADIUS_M };
    expect(deltaBullingtonLoss(path, link(30, 1.5, 900))).toEqual(deltaBullingtonLoss(path, explicit));
  });
});
