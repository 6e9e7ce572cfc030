import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS, modelFor } from './coverage-parameters.ts';
import { isExtrapolated, lossAt, modelLossOf } from './model-loss.ts';
import { cost231HataLoss, type Environment, freeSpaceLoss, okumuraHataLoss, type PathLossModel } from './path-loss.ts';
import { ruralMacroLoss, urbanMacroLoss } from './propagation/tr38901.ts';

const environments = ['urban', 'suburban', 'rural', 'open'] as const;

/** The loss as the engine takes it. */
function engineLoss(
  model: PathLossModel,
  fixed: { frequency_mhz: number; base_height_m: number; receiver_height_m: number },
  distance_m: number,
  environment: Environment = 'urban',
): number {
  const loss = modelLossOf(model, fixed, environment, 'small');
  return lossAt(loss, distance_m, Math.log10(distance_m / 1000), loss.log_height);
}

describe('prepared losses are those of the published functions, or free space where that is more', () => {
  const path = {
    frequency_mhz: fc.double({ min: 300, max: 6000, noNaN: true }),
    base_height_m: fc.double({ min: 3, max: 350, noNaN: true }),
    receiver_height_m: fc.constant(1.5),
    distance_m: fc.double({ min: 10, max: 20_000, noNaN: true }),
  };

  it.each([
    ['okumura-hata', okumuraHataLoss],
    ['cost231-hata', cost231HataLoss],
  ] as const)('%s', (model, published) => {
    fc.assert(
      fc.property(fc.record(path), fc.constantFrom(...environments), (at, environment) => {
        const distance_km = at.distance_m / 1000;
        const expected = published({ ...at, distance_km }, environment).loss_db;
        const free = freeSpaceLoss(at.frequency_mhz, distance_km).loss_db;
        return Math.abs(engineLoss(model, at, at.distance_m, environment) - Math.max(expected, free)) < 1e-9;
      }),
    );
  });

  it.each([
    ['tr38901-rma', ruralMacroLoss],
    ['tr38901-uma', urbanMacroLoss],
  ] as const)('%s, no line of sight', (model, published) => {
    fc.assert(
      fc.property(fc.record(path), (at) => {
        const free = freeSpaceLoss(at.frequency_mhz, at.distance_m / 1000).loss_db;
        const expected = Math.max(free, published(at, 'nlos').loss_db);
        return Math.abs(engineLoss(model, at, at.distance_m) - expected) < 1e-9;
      }),
    );
  });
});

describe('the loss used for coverage', () => {
  it.each([
    ['tr38901-rma', { frequency_mhz: 5000, base_height_m: 35, receiver_height_m: 1.5 }, 1000, 133.5223],
    ['tr38901-rma', { frequency_mhz: 5000, base_height_m: 35, receiver_height_m: 1.5 }, 5000, 160.5169],
    ['tr38901-uma', { frequency_mhz: 5000, base_height_m: 25, receiver_height_m: 1.5 }, 1000, 144.7641],
    ['tr38901-uma', { frequency_mhz: 5000, base_height_m: 25, receiver_height_m: 1.5 }, 5000, 172.0753],
  ] as const)('%s %o at %d m is %d dB', (model, fixed, distance_m, expected) => {
    expect(engineLoss(model, fixed, distance_m)).toBeCloseTo(expected, 4);
  });

  it('rises with distance and is never below free space', () => {
    const models = ['okumura-hata', 'cost231-hata', 'tr38901-rma', 'tr38901-uma'] as const;
    const distance = fc.double({ min: 1, max: 30_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.double({ min: 300, max: 4000, noNaN: true }),
        fc.double({ min: 3, max: 350, noNaN: true }),
        distance,
        distance,
        (model, frequency_mhz, base_height_m, a, b) => {
          const fixed = { frequency_mhz, base_height_m, receiver_height_m: 1.5 };
          const [near, far] = [Math.min(a, b), Math.max(a, b)];
          const loss = engineLoss(model, fixed, near, 'rural');
          const free = freeSpaceLoss(frequency_mhz, near / 1000).loss_db;
          return loss <= engineLoss(model, fixed, far, 'rural') + 1e-9 && loss >= free - 1e-9;
        },
      ),
    );
  });

  it('does hit the floor: open area at 1500 MHz under a 200 m mast', () => {
    const fixed = { frequency_mhz: 1500, base_height_m: 200, receiver_height_m: 1.5 };
    expect(okumuraHataLoss({ ...fixed, distance_km: 1 }, 'open').loss_db).toBeLessThan(95.9);
    expect(engineLoss('okumura-hata', fixed, 1000, 'open')).toBeCloseTo(freeSpaceLoss(1500, 1).loss_db, 9);
  });

  it('is marked outside the range of its model: TR 38.901 beyond 5 km, Hata below 1 km', () => {
    const fixed = { frequency_mhz: 900, base_height_m: 30, receiver_height_m: 1.5 };
    const hata = modelLossOf('okumura-hata', fixed, 'rural', 'small');
    const macro = modelLossOf('tr38901-rma', { ...fixed, frequency_mhz: 3500 }, 'rural', 'small');
    expect([999, 1000, 20_000, 20_001].map((d) => isExtrapolated(hata, d))).toEqual([true, false, false, true]);
    expect([9, 10, 5000, 5001].map((d) => isExtrapolated(macro, d))).toEqual([true, false, false, true]);
  });
});

describe('the model of a cell', () => {
  const { model_rules } = DEFAULT_PARAMETERS;
  it.each<[number, Environment, PathLossModel]>([
    [450, 'urban', 'okumura-hata'],
    [1500, 'rural', 'okumura-hata'],
    [1501, 'open', 'cost231-hata'],
    [2000, 'urban', 'cost231-hata'],
    [2100, 'suburban', 'cost231-hata'],
    [2200, 'rural', 'cost231-hata'],
    [2300, 'urban', 'tr38901-uma'],
    [2600, 'rural', 'tr38901-rma'],
    [3500, 'open', 'tr38901-rma'],
  ])('at %d MHz in %s surroundings is %s', (band_mhz, environment, model) => {
    expect(modelFor({ technology: '4G', environment, band_mhz }, model_rules)).toBe(model);
  });

  it('is chosen by the first rule that matches, and there must be one', () => {
    const rules = [{ technology: '5G', band_from_mhz: 3000, model: 'tr38901-uma' }, ...model_rules] as const;
    expect(modelFor({ technology: '5G', environment: 'rural', band_mhz: 3500 }, rules)).toBe('tr38901-uma');
    expect(modelFor({ technology: '4G', environment: 'rural', band_mhz: 3500 }, rules)).toBe('tr38901-rma');
    expect(() => modelFor({ technology: '4G', environment: 'rural', band_mhz: 900 }, [])).toThrow(RangeError);
  });
});
