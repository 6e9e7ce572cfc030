import { describe, expect, it } from 'vitest';
import { sumCoverage } from './sum-coverage.ts';
import { communeOf } from './testing/communes.ts';

describe('sums over the communes of a district', () => {
  it('has unknown communes in neither sum, and says how many there are', () => {
    const totals = sumCoverage([
      communeOf(1),
      communeOf(2, { status: 'unknown', people_covered: null, pct_pop: null }),
      communeOf(3, { population: 3_000, people_covered: 3_000, status: 'covered', centre_covered: false }),
    ]);
    expect(totals).toMatchObject({ population: 4_000, people_covered: 3_500, pct_pop: 87.5 });
    expect(totals).toMatchObject({ communes: 3, communes_covered: 1, communes_centre_covered: 1, communes_unknown: 1 });
  });

  it('sums the error band, a commune without one at its figure', () => {
    const totals = sumCoverage([communeOf(1), communeOf(2, { people_low: null, people_high: null })]);
    expect([totals.people_low, totals.people_high]).toEqual([900, 1_100]);
  });

  it('has no share of nothing', () => {
    expect(sumCoverage([])).toMatchObject({ pct_pop: null, pct_area: null, communes: 0 });
  });
});
