import { describe, expect, it } from 'vitest';
import { bandColours } from '../../map/palette.ts';
import { requiredLevel_dbm, signalBands } from './bands.ts';

const run = {
  thresholds: { '2G': -95, '4G': -110 },
  parameters: { shadowing_margin_db: 10.3 },
};

describe('signal bands', () => {
  it('begin where a technology counts as covered: threshold and shadowing margin', () => {
    expect(requiredLevel_dbm(run, '2G')).toBeCloseTo(-84.7, 6);
    expect(requiredLevel_dbm(run, '4G')).toBeCloseTo(-99.7, 6);
  });

  it('have no levels where the run does not tell threshold or margin', () => {
    expect(requiredLevel_dbm(run, '5G')).toBeNull();
    expect(requiredLevel_dbm({ ...run, parameters: {} }, '2G')).toBeNull();
    expect(signalBands(null).map(({ from_dbm }) => from_dbm)).toEqual([null, null, null, null]);
  });

  it('follow each other without a hole, the strongest open above', () => {
    const bands = signalBands(-84);
    expect(bands.map(({ from_dbm, to_dbm }) => [from_dbm, to_dbm])).toEqual([
      [-84, -74],
      [-74, -64],
      [-64, -54],
      [-54, null],
    ]);
    expect(new Set(bands.map(({ colour }) => colour)).size).toBe(4);
  });

  it('get darker with the level for every eye: the luminance falls', () => {
    const luminance = bandColours.map((colour) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
      const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    });
    expect([...luminance].sort((a, b) => b - a)).toEqual(luminance);
    // WCAG: the ink of the names (#22313b) keeps 3 : 1 at least on the darkest, and a white halo around it.
    expect(((luminance.at(-1) ?? 0) + 0.05) / (0.0296 + 0.05)).toBeGreaterThan(3);
  });
});
