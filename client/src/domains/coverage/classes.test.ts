import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageRules } from '../../state/coverage-choice.ts';
import { type ClassedCommune, classColours, coverageClass, legendClasses, unknownClass } from './classes.ts';

const commune = (values: Partial<ClassedCommune>): ClassedCommune => ({
  status: 'partial',
  pct_pop: 50,
  pct_area: 50,
  centre_covered: true,
  ...values,
});

describe('classes of communes', () => {
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
  ])('puts %s %% into class %s, of people as of area', (percent, expected) => {
    expect(coverageClass(commune({ pct_pop: percent }))).toBe(expected);
    expect(coverageClass(commune({ pct_area: percent }), 'area')).toBe(expected);
  });

  it('has the best and the least class for a centre', () => {
    expect(coverageClass(commune({ centre_covered: true, pct_pop: 0 }), 'centre')).toBe(4);
    expect(coverageClass(commune({ centre_covered: false, pct_pop: 100 }), 'centre')).toBe(0);
  });

  it('keeps unknown apart from not covered, by every rule', () => {
    expect(coverageClass(commune({ pct_pop: 0, status: 'uncovered' }))).toBe(0);
    expect(coverageClass(commune({ pct_pop: null }))).toBe(unknownClass);
    expect(coverageClass(commune({ centre_covered: null }), 'centre')).toBe(unknownClass);
    for (const rule of coverageRules) {
      expect(coverageClass(commune({ status: 'unknown', pct_pop: 0 }), rule)).toBe(unknownClass);
    }
  });

  it('counts every commune once', () => {
    const share = fc.option(fc.double({ min: 0, max: 100, noNaN: true }));
    const anyCommune = fc.record({
      pct_pop: share,
      pct_area: share,
      centre_covered: fc.option(fc.boolean()),
      status: fc.constantFrom('covered' as const, 'partial' as const, 'uncovered' as const, 'unknown' as const),
    });
    fc.assert(
      fc.property(fc.array(anyCommune), fc.constantFrom(...coverageRules), (communes, rule) => {
        const sum = legendClasses(communes, rule).reduce((total, { count }) => total + count, 0);
        expect(sum).toBe(communes.length);
      }),
    );
  });

  it('lists the best class first and unknown last, every known class with its own colour', () => {
    const classes = legendClasses(
      [commune({ pct_pop: 96 }), commune({ pct_pop: 10 }), commune({ status: 'unknown' })],
      'people',
    );
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

  it('lists two classes of centres and unknown', () => {
    expect(legendClasses([commune({ centre_covered: false })], 'centre').map(({ count }) => count)).toEqual([0, 1, 0]);
  });
});
