import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeSpaceLoss } from '../path-loss.ts';
import {
  type MacroPath,
  ruralMacroLosProbability,
  ruralMacroLoss,
  type Sight,
  urbanMacroLosProbability,
  urbanMacroLoss,
} from './tr38901.ts';

const rural = (distance_m: number): MacroPath => ({
  frequency_mhz: 5000,
  distance_m,
  base_height_m: 35,
  receiver_height_m: 1.5,
});
const urban = (distance_m: number): MacroPath => ({ ...rural(distance_m), base_height_m: 25 });

describe('TR 38.901 check values, 5 GHz', () => {
  it.each<[Sight, number, number]>([
    ['los', 100, 87.2965],
    ['los', 1000, 108.5577],
    ['los', 10_000, 140.3896],
    ['nlos', 100, 95.7718],
    ['nlos', 1000, 133.5223],
    ['nlos', 5000, 160.5169],
  ])('RMa %s at %d m is %d dB', (sight, distance, loss) => {
    const result = ruralMacroLoss(rural(distance), sight);
    expect(result.loss_db).toBeCloseTo(loss, 4);
    expect(result.extrapolated).toBe(false);
  });

  it.each<[Sight, number, number]>([
    ['los', 100, 86.2362],
    ['nlos', 1000, 144.7641],
    ['nlos', 5000, 172.0753],
  ])('UMa %s at %d m is %d dB', (sight, distance, loss) => {
    const result = urbanMacroLoss(urban(distance), sight);
    expect(result.loss_db).toBeCloseTo(loss, 4);
    expect(result.extrapolated).toBe(false);
  });
});

describe('line-of-sight probability', () => {
  it('is certain beside the mast', () => {
    expect([0, 10].map(ruralMacroLosProbability)).toEqual([1, 1]);
    expect([0, 18].map((d) => urbanMacroLosProbability(d, 1.5))).toEqual([1, 1]);
  });

  it('RMa falls to 1/e a kilometre past the first ten metres', () => {
    expect(ruralMacroLosProbability(1010)).toBeCloseTo(0.367879, 6);
  });

  it('UMa at 100 m: 0.18 + 0.82 e^(−100/63) on the ground; a 23 m receiver sees more', () => {
    expect(urbanMacroLosProbability(100, 1.5)).toBeCloseTo(0.34767, 4);
    expect(urbanMacroLosProbability(100, 23)).toBeCloseTo(0.34767 * (1 + 1.25 * Math.exp(-2 / 3)), 4);
  });

  it('stays between 0 and 1 and falls with distance on the ground', () => {
    const distance = fc.double({ min: 0, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(distance, distance, fc.double({ min: 1, max: 30, noNaN: true }), (a, b, height) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        const probabilities = [ruralMacroLosProbability(a), urbanMacroLosProbability(a, height)];
        return (
          probabilities.every((p) => p >= 0 && p <= 1) &&
          ruralMacroLosProbability(near) >= ruralMacroLosProbability(far) &&
          urbanMacroLosProbability(near, 1.5) >= urbanMacroLosProbability(far, 1.5)
        );
      }),
    );
  });
});

describe('ranges', () => {
  it.each<[string, Partial<MacroPath>]>([
    ['frequency', { frequency_mhz: 450 }],
    ['frequency', { frequency_mhz: 31_000 }],
    ['distance', { distance_m: 9 }],
    ['distance', { distance_m: 5001 }],
    ['base height', { base_height_m: 9 }],
    ['base height', { base_height_m: 151 }],
    ['receiver height', { receiver_height_m: 0.9 }],
    ['receiver height', { receiver_height_m: 13 }],
  ])('a %s out of range is flagged and still answered: %o', (_what, change) => {
    for (const loss of [
      ruralMacroLoss({ ...rural(1000), ...change }, 'nlos'),
      urbanMacroLoss({ ...urban(1000), ...change }, 'nlos'),
    ]) {
      expect(loss.extrapolated).toBe(true);
      expect(Number.isFinite(loss.loss_db)).toBe(true);
    }
  });

  it('flags clutter that the rural model was not published for', () => {
    expect(ruralMacroLoss(rural(1000), 'nlos', { building_height_m: 4, street_width_m: 20 }).extrapolated).toBe(true);
    expect(ruralMacroLoss(rural(1000), 'nlos', { building_height_m: 5, street_width_m: 60 }).extrapolated).toBe(true);
  });

  it('allows RMa LOS to 10 km but NLOS to 5 km only', () => {
    expect(ruralMacroLoss(rural(9000), 'los').extrapolated).toBe(false);
    expect(ruralMacroLoss(rural(9000), 'nlos').extrapolated).toBe(true);
  });
});

/** How much the line-of-sight loss changes over one more centimetre, dB. */
const step = (model: (path: MacroPath, sight: Sight) => { loss_db: number }, at: MacroPath): number =>
  Math.abs(model({ ...at, distance_m: at.distance_m + 0.01 }, 'los').loss_db - model(at, 'los').loss_db);

describe('shape', () => {
  const path = fc.record({
    frequency_mhz: fc.double({ min: 500, max: 30_000, noNaN: true }),
    distance_m: fc.double({ min: 10, max: 5000, noNaN: true }),
    base_height_m: fc.double({ min: 10, max: 150, noNaN: true }),
    receiver_height_m: fc.double({ min: 1.5, max: 10, noNaN: true }),
  });

  it('NLOS is never below LOS, and LOS rises with distance', () => {
    fc.assert(
      fc.property(path, (p) => {
        const further = { ...p, distance_m: p.distance_m * 1.1 };
        return [ruralMacroLoss, urbanMacroLoss].every(
          (model) =>
            model(p, 'nlos').loss_db >= model(p, 'los').loss_db &&
            model(further, 'los').loss_db > model(p, 'los').loss_db,
        );
      }),
    );
  });

  it('has no step at the breakpoints', () => {
    const ruralBreak = (2 * Math.PI * 35 * 1.5 * 5e9) / 3e8;
    const urbanBreak = (4 * 24 * 0.5 * 5e9) / 3e8;
    expect(step(ruralMacroLoss, rural(ruralBreak))).toBeLessThan(0.001);
    expect(step(urbanMacroLoss, urban(urbanBreak))).toBeLessThan(0.001);
  });

  it('UMa LOS 10 m from the mast is within 3 dB of free space over the slant path', () => {
    const slantKm = Math.hypot(10, 23.5) / 1000;
    expect(Math.abs(urbanMacroLoss(urban(10), 'los').loss_db - freeSpaceLoss(5000, slantKm).loss_db)).toBeLessThan(3);
  });
});
