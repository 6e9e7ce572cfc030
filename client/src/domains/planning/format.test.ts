import { distance } from '@turf/turf';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n/index.ts';
import { coordinate, dbm, decibel, moved, parseCoordinate, signed } from './format.ts';

describe('figures of planning', () => {
  afterEach(() => setLanguage('vi'));

  it('have a minus, not a hyphen, and the decimals of the language', () => {
    expect(dbm(-87.44)).toBe('−87,4 dBm');
    expect(decibel(-3.25)).toBe('−3,3 dB');
    setLanguage('en');
    expect(dbm(-87.44)).toBe('−87.4 dBm');
    expect(dbm(null)).toBe('– dBm');
    expect([dbm(-59), decibel(-0), decibel(-0.04), decibel(4)]).toEqual(['−59.0 dBm', '0.0 dB', '0.0 dB', '4.0 dB']);
  });

  it('say more and less by their sign, and nothing of what rounds to nothing', () => {
    expect(signed(1_234)).toBe('+1.234');
    expect(signed(-12.34, 1)).toBe('−12,3');
    expect(signed(0)).toBe('0');
    expect(signed(-0.04, 1)).toBe('0');
    expect(signed(null)).toBe('–');
  });
});

describe('typed coordinates', () => {
  it('are read with point or comma', () => {
    expect(parseCoordinate(' 105,25000 ', 180)).toBe(105.25);
    expect(parseCoordinate('21.3', 90)).toBe(21.3);
    expect(parseCoordinate('−21.3', 90)).toBe(-21.3);
    expect(parseCoordinate(coordinate(105.123456), 180)).toBe(105.12346);
  });

  it.each(['', 'abc', '21.3.1', '91', '1e2', '21°'])('are refused: %s', (text) => {
    expect(parseCoordinate(text, 90)).toBeNull();
  });
});

describe('a step with the arrow keys', () => {
  it.each([
    [100, 0],
    [0, 100],
    [-1_000, 1_000],
  ])('of %i m east and %i m north is as long as that', (east, north) => {
    const from = { lon: 105.2, lat: 21.4 };
    const to = moved(from, east, north);
    const metres = distance([from.lon, from.lat], [to.lon, to.lat], { units: 'meters' });
    expect(metres / Math.hypot(east, north)).toBeCloseTo(1, 2);
    expect(Math.sign(to.lon - from.lon)).toBe(Math.sign(east));
    expect(Math.sign(to.lat - from.lat)).toBe(Math.sign(north));
  });
});
