import { describe, expect, it } from 'vitest';
import { limitedNumber, typedNumber } from './limited-number.ts';

describe('a number that was typed', () => {
  it('may have a comma or a point before its decimals', () => {
    expect(limitedNumber('6,33', [0, 10])).toBe(6.33);
    expect(limitedNumber(' 6.33 ', [0, 10])).toBe(6.33);
  });

  it('is left to the server when nothing was typed', () => {
    expect(limitedNumber(' ', [100, 200])).toBeNull();
  });

  it('is wrong outside the limits, and where it could be read in two ways', () => {
    expect(limitedNumber('99', [100, 200])).toBe('wrong');
    expect(limitedNumber('201', [100, 200])).toBe('wrong');
    for (const text of ['40 000', '1.000.000', '1.000', '1,000', '10,000', '1,5,2', '-3', '1e5', 'xa'])
      expect(limitedNumber(text, [0, 1e6]), text).toBe('wrong');
  });

  it('is wrong with a fraction where only whole numbers can be meant', () => {
    expect(limitedNumber('2,5', [1, 50], true)).toBe('wrong');
    expect(limitedNumber('3', [1, 50], true)).toBe(3);
  });

  it('is written so that it is read again as it was', () => {
    for (const value of [0, 0.125, 1.125, 6.33, 40_000, 999.5, 12.001])
      expect(limitedNumber(typedNumber(value), [0, 1e6])).toBe(value);
  });
});
