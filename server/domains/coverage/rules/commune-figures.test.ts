import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommuneGround, communeFigures, coverageTotals } from './commune-figures.ts';
import { assignSquares } from './commune-squares.ts';
import { layFineGround } from './fine-area.ts';
import type { GridFrame } from './grid.ts';
import { spreadPopulation } from './population.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 30, rows: 10, grid_m: 100 };
const box = (w: number, s: number, e: number, n: number) => [Float64Array.from([w, s, e, s, e, n, w, n])];
/** Three communes of 100 squares side by side, the third without a boundary in `noBoundary`. */
const ground = (populations: (number | null)[], noBoundary = false): CommuneGround => {
  const shapes = [
    { code: '1', polygons: [box(0, 0, 1000, 1000)] },
    { code: '2', polygons: [box(1000, 0, 2000, 1000)] },
    { code: '3', polygons: noBoundary ? [] : [box(2000, 0, 3000, 1000)] },
  ];
  const squares = assignSquares(shapes, frame);
  const fine = layFineGround(squares, shapes);
  return { squares, fine, population: spreadPopulation(squares, populations), centre: Int32Array.of(155, 165, -1) };
};
/** The first `n` columns from the west covered. */
const columns = (n: number) => Uint8Array.from({ length: 300 }, (_, square) => (square % 30 < n ? 1 : 0));
const figures = (mask: Uint8Array, on = ground([1000, 2000, 3000]), doubtful: Uint8Array | null = null) =>
  communeFigures(mask, doubtful, on, 95);

/** The first commune's squares with a number below `limit`: 9 full rows of ten up to 270, then one each. */
const shade = (limit: number) => Uint8Array.from({ length: 300 }, (_, at) => (at % 30 < 10 && at < limit ? 1 : 0));

describe('figures of communes', () => {
  it('have numerators and denominators by all three rules', () => {
    expect(figures(columns(14))).toEqual([
      {
        commune: 0,
        population: 1000,
        people_covered: 1000,
        pct_pop: 100,
        area_km2: 1,
        area_covered_km2: 1,
        pct_area: 100,
        people_at_least: 1000,
        area_at_least_km2: 1,
        people_low: 1000,
        people_high: 1000,
        area_low_km2: 1,
        area_high_km2: 1,
        centre_covered: true,
        status: 'covered',
        unknown_reason: null,
      },
      {
        commune: 1,
        population: 2000,
        people_covered: 800,
        pct_pop: 40,
        area_km2: 1,
        area_covered_km2: 0.4,
        pct_area: 40,
        people_at_least: 800,
        area_at_least_km2: 0.4,
        people_low: 800,
        people_high: 800,
        area_low_km2: 0.4,
        area_high_km2: 0.4,
        centre_covered: false,
        status: 'partial',
        unknown_reason: null,
      },
      {
        commune: 2,
        population: 3000,
        people_covered: 0,
        pct_pop: 0,
        area_km2: 1,
        area_covered_km2: 0,
        pct_area: 0,
        people_at_least: 0,
        area_at_least_km2: 0,
        people_low: 0,
        people_high: 0,
        area_low_km2: 0,
        area_high_km2: 0,
        centre_covered: null,
        status: 'uncovered',
        unknown_reason: null,
      },
    ]);
  });

  it('count as covered from exactly 95 % of the people', () => {
    expect(figures(shade(275))[0]).toMatchObject({ pct_pop: 95, status: 'covered' });
    expect(figures(shade(274))[0]).toMatchObject({ pct_pop: 94, status: 'partial' });
  });

  it('never exceed 100 % nor fall below 0, and people covered by figure and total agree', () => {
    const mask = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 300, maxLength: 300 });
    fc.assert(
      fc.property(mask, fc.array(fc.nat(50_000), { minLength: 3, maxLength: 3 }), (bits, populations) => {
        const rows = figures(Uint8Array.from(bits), ground(populations));
        const totals = coverageTotals(rows);
        const inRange = rows.every(({ pct_pop, pct_area }) =>
          [pct_pop ?? 0, pct_area ?? 0].every((p) => p >= 0 && p <= 100),
        );
        const people = populations.reduce((sum, n) => sum + n, 0);
        return (
          inRange && totals.population === people && totals.people_covered <= people && (totals.pct_area ?? 0) <= 100
        );
      }),
    );
  });
});

describe('the error band', () => {
  const levels = (n: number) => columns(n).map((set) => set * 200);

  it('holds what the defaulted values leave open: low ≤ likely ≤ high, the same where nothing is defaulted', () => {
    const band = { levels: levels(14), low: levels(12), high: levels(17) };
    const [, second] = communeFigures(band, null, ground([1000, 2000, 3000]), 95);
    expect(second).toMatchObject({ people_low: 400, people_covered: 800, people_high: 1400 });
    expect(second).toMatchObject({ area_low_km2: 0.2, area_covered_km2: 0.4, area_high_km2: 0.7, pct_pop: 40 });
    const certain = { levels: levels(14), low: null, high: null };
    expect(communeFigures(certain, null, ground([1000, 2000, 3000]), 95)).toEqual(figures(columns(14)));
  });

  it('is not told of a commune that is unknown', () => {
    const band = { levels: levels(5), low: levels(4), high: levels(6) };
    const [first] = communeFigures(band, null, ground([null, 2000, 3000]), 95);
    expect(first).toMatchObject({ people_low: null, people_high: null, area_low_km2: 0.4, area_high_km2: 0.6 });
  });
});

describe('unknown is not uncovered', () => {
  it('without a population: the area is still told', () => {
    expect(figures(columns(5), ground([null, 2000, 3000]))[0]).toMatchObject({
      population: null,
      people_covered: null,
      pct_pop: null,
      pct_area: 50,
      people_at_least: null,
      area_at_least_km2: 0.5,
      status: 'unknown',
      unknown_reason: 'population',
    });
  });

  it('without a boundary', () => {
    expect(figures(columns(30), ground([1, 2, 3], true))[2]).toMatchObject({
      area_km2: null,
      pct_pop: null,
      people_at_least: null,
      area_at_least_km2: null,
      status: 'unknown',
      unknown_reason: 'boundary',
    });
  });

  it('where a doubtful site might reach what is not covered, but not where the commune is covered anyway', () => {
    const doubtful = columns(16);
    const [first, second, third] = figures(columns(10), ground([1000, 2000, 3000]), doubtful);
    expect(first).toMatchObject({ status: 'covered', pct_pop: 100 });
    expect(second).toMatchObject({
      population: 2000,
      people_covered: null,
      pct_area: null,
      centre_covered: null,
      status: 'unknown',
      unknown_reason: 'doubtful_site',
    });
    expect(third).toMatchObject({ status: 'uncovered', pct_pop: 0 });
  });

  it('and what is covered of it for certain is still told: never more than a doubtful site adds', () => {
    const on = ground([1000, 2000, 3000]);
    const [known] = figures(columns(4), on);
    const [unknown] = figures(columns(4), on, columns(6));
    expect(known).toMatchObject({ people_covered: 400, people_at_least: 400, area_at_least_km2: 0.4 });
    expect(unknown).toMatchObject({ people_covered: null, people_at_least: 400, area_at_least_km2: 0.4 });
    const [withIt] = figures(columns(6), on);
    expect(withIt?.people_at_least).toBe(600);
  });

  it('is in neither sum of a total', () => {
    const totals = coverageTotals(figures(columns(14), ground([1000, 2000, null])));
    expect(totals).toEqual({
      communes: { covered: 1, partial: 1, uncovered: 0, unknown: 1 },
      population: 3000,
      people_covered: 1800,
      people_low: 1800,
      people_high: 1800,
      pct_pop: 60,
      area_km2: 2,
      area_covered_km2: 1.4,
      area_low_km2: 1.4,
      area_high_km2: 1.4,
      pct_area: 70,
    });
  });
});

describe('edge cases', () => {
  it('a commune where nobody lives is judged by its area and has no share of people', () => {
    const rows = figures(columns(15), ground([0, 0, 0]));
    expect(rows.map(({ status, pct_pop }) => [status, pct_pop])).toEqual([
      ['covered', null],
      ['partial', null],
      ['uncovered', null],
    ]);
    expect(coverageTotals(rows).pct_pop).toBeNull();
  });

  it('a commune smaller than a square takes all from the square that stands for it', () => {
    const shapes = [
      { code: '1', polygons: [box(0, 0, 3000, 1000)] },
      { code: '2', polygons: [box(510, 10, 540, 40)] },
    ];
    const squares = assignSquares(shapes, frame);
    const fine = layFineGround(squares, shapes);
    const on = { squares, fine, population: spreadPopulation(squares, [500, 70]), centre: Int32Array.of(0, 5) };
    expect(figures(columns(6), on)[1]).toMatchObject({ people_covered: 70, pct_area: 100, status: 'covered' });
    expect(figures(columns(5), on)[1]).toMatchObject({ people_covered: 0, pct_area: 0, status: 'uncovered' });
    expect(figures(columns(5), on, columns(6))[1]).toMatchObject({ unknown_reason: 'doubtful_site' });
  });

  it('no site at all is 0 %, not unknown', () => {
    expect(coverageTotals(figures(columns(0)))).toMatchObject({ pct_pop: 0, pct_area: 0, communes: { uncovered: 3 } });
  });
});
