import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrorSummary, median } from './error-summary.ts';

function summary(errors: readonly number[]): ErrorSummary {
  const made = new ErrorSummary();
  for (const error of errors) made.add(error);
  return made;
}

describe('errors of a model', () => {
  it('have the mean and standard deviation of a sample: 2 4 4 4 5 5 7 9 → 5 and √(32/7)', () => {
    const { count, mean_error_db, sd_error_db } = summary([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(count).toBe(8);
    expect(mean_error_db).toBeCloseTo(5, 12);
    expect(sd_error_db).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('have no mean without a value and no deviation below two', () => {
    expect(summary([]).mean_error_db).toBeNull();
    expect(summary([3]).mean_error_db).toBe(3);
    expect(summary([3]).sd_error_db).toBeNull();
  });

  it('agree with the two-pass formula, far from zero too', () => {
    const errors = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(errors, fc.constantFrom(0, 1e6), (tenths, offset) => {
        const values = tenths.map((tenth) => offset + tenth / 10);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const { mean_error_db, sd_error_db } = summary(values);
        expect(mean_error_db).toBeCloseTo(mean, 6);
        expect(sd_error_db).toBeCloseTo(Math.sqrt(squares / (values.length - 1)), 4);
      }),
    );
  });
});

describe('median', () => {
  it('is the middle, or the mean of the middle two, of levels in any order', () => {
    expect(median([-80, -100, -90])).toBe(-90);
    expect(median([-80, -100, -91, -90])).toBe(-90.5);
    expect(median([-70])).toBe(-70);
    expect(() => median([])).toThrow(RangeError);
  });
});
