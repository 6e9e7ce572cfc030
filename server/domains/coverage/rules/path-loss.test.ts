import { describe, expect, it } from 'vitest';
import { type CitySize, cost231HataLoss, type Environment, freeSpaceLoss, okumuraHataLoss } from './path-loss.ts';

const at869 = { frequency_mhz: 869, base_height_m: 30, receiver_height_m: 1, distance_km: 2 };
const at2114 = { ...at869, frequency_mhz: 2114 };

/** What open area takes off the urban loss at a band, dB. */
const openCorrection = (frequency_mhz: number) => {
  const path = { ...at869, frequency_mhz };
  return cost231HataLoss(path, 'urban').loss_db - cost231HataLoss(path, 'open').loss_db;
};

describe('free space', () => {
  it('is 92.45 dB at 1 GHz over 1 km (ITU-R P.525) and 6.02 dB more at twice the distance', () => {
    expect(freeSpaceLoss(1000, 1).loss_db).toBeCloseTo(92.448, 3);
    expect(freeSpaceLoss(1000, 2).loss_db - freeSpaceLoss(1000, 1).loss_db).toBeCloseTo(6.0206, 4);
  });
});

describe('published check values, 2 km, hb 30 m, hm 1 m', () => {
  it.each<[Environment, CitySize, number]>([
    ['urban', 'large', 137.93],
    ['urban', 'small', 137.88],
    ['suburban', 'small', 128.03],
    ['open', 'small', 109.52],
  ])('Okumura–Hata 869 MHz %s %s is %d dB', (environment, city, loss) => {
    expect(okumuraHataLoss(at869, environment, city).loss_db).toBeCloseTo(loss, 2);
    expect(okumuraHataLoss(at869, environment, city).extrapolated).toBe(false);
  });

  it.each<[CitySize, number]>([
    ['small', 150.64],
    ['large', 153.52],
  ])('COST-231 2114 MHz urban %s is %d dB, extrapolated above 2000 MHz', (city, loss) => {
    expect(cost231HataLoss(at2114, 'urban', city).loss_db).toBeCloseTo(loss, 2);
    expect(cost231HataLoss(at2114, 'urban', city).extrapolated).toBe(true);
  });

  it('puts quasi-open (GSM 03.30) exactly 5 dB above open', () => {
    const rural = okumuraHataLoss(at869, 'rural').loss_db;
    expect(rural).toBeCloseTo(114.52, 2);
    expect(rural - okumuraHataLoss(at869, 'open').loss_db).toBeCloseTo(5, 9);
  });

  it('gives the open correction of 1800 MHz as 31.92 dB and holds it at its 2000 MHz value above', () => {
    expect(openCorrection(1800)).toBeCloseTo(31.92, 2);
    expect(openCorrection(2600)).toBeCloseTo(openCorrection(2000), 9);
  });

  it('keeps the city size out of the environments that are not a city', () => {
    for (const environment of ['suburban', 'rural', 'open'] as const) {
      expect(okumuraHataLoss(at869, environment, 'large')).toEqual(okumuraHataLoss(at869, environment, 'small'));
    }
  });
});

describe('range flags', () => {
  it.each([
    ['frequency', { frequency_mhz: 140 }],
    ['frequency', { frequency_mhz: 1501 }],
    ['base height', { base_height_m: 29 }],
    ['base height', { base_height_m: 201 }],
    ['receiver height', { receiver_height_m: 0.9 }],
    ['distance', { distance_km: 0.5 }],
    ['distance', { distance_km: 21 }],
  ])('Okumura–Hata is extrapolated out of its %s range but still given: %o', (_what, change) => {
    const loss = okumuraHataLoss({ ...at869, ...change }, 'urban');
    expect(loss.extrapolated).toBe(true);
    expect(Number.isFinite(loss.loss_db)).toBe(true);
  });
});
