import { describe, expect, it } from 'vitest';
import { DEFAULT_PARAMETERS } from '../coverage-parameters.ts';
import { isNearThreshold, refineCommune } from './refine.ts';
import { CORNER, cellAt, settle, smallFrame } from './testing/small-network.ts';

/** A commune from `west` to `east` metres from the corner, 2 km high. */
const commune = (west: number, east: number) => [
  [
    Float64Array.from(
      [
        [west, 0],
        [east, 0],
        [east, 2_000],
        [west, 2_000],
      ].flatMap(([x = 0, y = 0]) => [CORNER.east_m + x, CORNER.north_m + y]),
    ),
  ],
];

describe('a commune on 25 m squares', () => {
  const cells = settle([cellAt(1, 0, 1_000, { eirp_dbm: 15, environment: 'urban' })]);
  const range = cells[0]?.range_max_m ?? Number.NaN;
  const ask = { cells, terrain: null, parameters: DEFAULT_PARAMETERS, people: null };

  it('has the covered share of the disc within 0.3 points', () => {
    const width = 1.5 * range;
    const { pct_area } = refineCommune({ ...ask, polygons: commune(0, width) });
    // Half the disc, cut off at 1 km above and below: by integration of its chords.
    let area = 0;
    for (let x = 0.5; x < range; x++) area += Math.min(2_000, 2 * Math.sqrt(range * range - x * x));
    expect(Math.abs(pct_area - (100 * area) / (2_000 * width))).toBeLessThan(0.3);
  });

  it('counts the people of a square by its covered parts', () => {
    const frame = smallFrame(40, 20);
    const people = { frame, of: () => 16 };
    const answer = refineCommune({ ...ask, polygons: commune(0, 2_000), people });
    // 16 people on 16 parts: one each.
    expect(answer.people_covered).toBeCloseTo(answer.squares_covered, 6);
    expect(answer.squares).toBe(6_400);
  });

  it('is empty without cells in reach', () => {
    const answer = refineCommune({ ...ask, polygons: commune(40_000, 41_000) });
    expect(answer).toMatchObject({ squares_covered: 0, pct_area: 0 });
  });

  it('is asked for within one and a half points of the threshold', () => {
    expect([93.4, 93.5, 95, 96.5, 96.6].map((pct) => isNearThreshold(pct, 95))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});
