import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommuneGround } from './commune-figures.ts';
import { assignSquares } from './commune-squares.ts';
import { findGaps, sumOfSquares } from './gaps.ts';
import type { GridFrame } from './grid.ts';
import { spreadPopulation } from './population.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 10, rows: 4, grid_m: 100 };
const box = (w: number, e: number) => [Float64Array.from([w, 0, e, 0, e, 400, w, 400])];
/** Two communes of 4 × 4 squares; the last two columns belong to none. */
const ground = (populations: (number | null)[]): Omit<CommuneGround, 'fine'> => {
  const shapes = [
    { code: '1', polygons: [box(0, 400)] },
    { code: '2', polygons: [box(400, 800)] },
    { code: '3', polygons: [[Float64Array.from([10, 310, 40, 310, 40, 340])]] },
  ];
  const squares = assignSquares(shapes, frame);
  return { squares, population: spreadPopulation(squares, populations), centre: Int32Array.of(0, 5, 30) };
};
/** Drawn as text, north on top. */
const draw = (...lines: string[]) => Uint8Array.from(lines.toReversed().join(''), (square) => (square === '#' ? 1 : 0));

describe('gaps', () => {
  it('are connected patches with area, people and communes, ranked by people, then area', () => {
    const missing = draw('#.........', '..........', '...##..###', '#..##..###');
    const { gaps } = findGaps(missing, ground([160, 1600, 40]), 0);
    expect(gaps.map(({ polygon: _polygon, ...rest }) => rest)).toEqual(
      [
        { rank: 1, area_km2: 0.04, people: 220, people_incomplete: false, communes: [0, 1] },
        { rank: 2, area_km2: 0.02, people: 200, people_incomplete: false, communes: [1] },
        { rank: 3, area_km2: 0.01, people: 50, people_incomplete: false, communes: [0, 2] },
        { rank: 4, area_km2: 0.01, people: 10, people_incomplete: false, communes: [0] },
      ].map((gap) => expect.objectContaining(gap)),
    );
    expect([...(gaps[0]?.polygon[0] ?? [])]).toEqual([3, 0, 5, 0, 5, 2, 3, 2]);
  });

  it('below the minimum size are only summed up', () => {
    const missing = draw('#....##...', '..........', '...##.....', '...##.....');
    const { gaps, small } = findGaps(missing, ground([160, 1600, 1]), 0.03);
    expect(gaps.map(({ area_km2, rank }) => [rank, area_km2])).toEqual([[1, 0.04]]);
    expect(small).toEqual({ patches: 2, area_km2: 0.03, people: 211, people_incomplete: false });
    const unknown = findGaps(missing, ground([null, 1600, 1]), 0.03).small;
    expect(unknown).toEqual({ patches: 2, area_km2: 0.03, people: 201, people_incomplete: true });
    expect(findGaps(missing, ground([160, 1600, 1]), 0).small).toEqual({
      patches: 0,
      area_km2: 0,
      people: 0,
      people_incomplete: false,
    });
  });

  it('say when people are only a lower bound', () => {
    const missing = draw('..........', '..........', '...##.....', '...##.....');
    const on = ground([160, null, 1]);
    expect(findGaps(missing, on, 0).gaps[0]).toMatchObject({ people: 20, people_incomplete: true });
    expect(sumOfSquares(missing, on)).toEqual({ area_km2: 0.04, people: 20, people_incomplete: true });
  });

  it('listed and too small together hold exactly the missing squares of communes and their people', () => {
    const mask = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(mask, fc.nat(5000), fc.nat(5000), fc.constantFrom(0, 0.02, 0.05, 9), (bits, a, b, least) => {
        const on = ground([a, b, 0]);
        const { gaps, small } = findGaps(Uint8Array.from(bits), on, least);
        const squares = bits.flatMap((bit, square) => (bit === 1 && square % 10 < 8 ? [square] : []));
        const people = squares.reduce((sum, square) => sum + (on.population.people[square] ?? 0), 0);
        const area = gaps.reduce((sum, gap) => sum + gap.area_km2, small.area_km2);
        const inside = gaps.reduce((sum, gap) => sum + gap.people, small.people);
        const sum = sumOfSquares(Uint8Array.from(bits), on);
        expect([sum.people, sum.area_km2]).toEqual([people, Math.round(squares.length) / 100]);
        return Math.abs(area - squares.length * 0.01) < 1e-9 && inside === people;
      }),
    );
  });
});
