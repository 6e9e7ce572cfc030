import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { classColours, coverageClass, legendClasses, unknownClass } from './classes.ts';

const commune = (pct_pop: number | null, status: CommuneCoverage['status'] = 'partial') => ({ pct_pop, status });

describe('classes of covered population', () => {
  it.each([
    [0, 0],
    [24.99, 0],
    [25, 1],
    [49.999, 1],
    [50, 2],
    [80, 3],
    [94.99, 3],
    [95, 4],
    [100, 4],
  ])('puts %s %% into class %s', (percent, expected) => {
    expect(coverageClass(commune(percent))).toBe(expected);
  });

  it('keeps unknown apart from not covered', () => {
    expect(coverageClass(commune(0, 'uncovered'))).toBe(0);
    expect(coverageClass(commune(null, 'unknown'))).toBe(unknownClass);
    expect(coverageClass(commune(0, 'unknown'))).toBe(unknownClass);
  });

  it('counts every commune once', () => {
    const anyCommune = fc.record({
      pct_pop: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      status: fc.constantFrom('covered' as const, 'partial' as const, 'uncovered' as const, 'unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(anyCommune), (communes) => {
        const sum = legendClasses(communes).reduce((total, { count }) => total + count, 0);
        expect(sum).toBe(communes.length);
      }),
    );
  });

  it('lists the best class first and unknown last, every known class with its own colour', () => {
    const classes = legendClasses([commune(96), commune(10), commune(null, 'unknown')]);
    expect(classes.map(({ from, to, count }) => [from, to, count])).toEqual([
      [95, null, 1],
      [80, 95, 0],
      [50, 80, 0],
      [25, 50, 0],
      [0, 25, 1],
      [null, null, 1],
    ]);
    expect(new Set(classColours).size).toBe(5);
    expect(classes.at(-1)?.colour).toBeNull();
  });
});
