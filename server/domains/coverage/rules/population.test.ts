import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';
import { spreadPopulation } from './population.ts';

const gridOf = (commune: number[], communes: number): CommuneSquares => {
  const squares = new Uint32Array(communes);
  for (const at of commune) if (at !== UNASSIGNED) squares[at] = (squares[at] ?? 0) + 1;
  return {
    frame: { origin_e_m: 0, origin_n_m: 0, cols: commune.length, rows: 1, grid_m: 100 },
    commune: Uint16Array.from(commune),
    squares,
    stand_in: new Int32Array(communes).fill(-1),
    stand_in_km2: new Float64Array(communes),
  };
};

describe('population on the grid', () => {
  it('is spread evenly, the odd persons too', () => {
    const grid = gridOf([0, 0, 0, 0, 1, UNASSIGNED], 2);
    expect([...spreadPopulation(grid, [10, 7]).people]).toEqual([2, 3, 2, 3, 7, 0]);
    expect([...spreadPopulation(grid, [2, 0]).people]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('adds up to every commune total to the person and differs by one at most between squares', () => {
    const squares = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 300 });
    const totals = fc.array(fc.nat(2_000_000), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(squares, totals, (commune, populations) => {
        const { people } = spreadPopulation(gridOf(commune, 4), populations);
        return populations.every((total, index) => {
          const own = [...people].filter((_, square) => commune[square] === index);
          if (own.length === 0) return true;
          return own.reduce((sum, n) => sum + n, 0) === total && Math.max(...own) - Math.min(...own) <= 1;
        });
      }),
    );
  });

  it('keeps unknown totals apart from zero', () => {
    const { totals, people } = spreadPopulation(gridOf([0, 1, 2, 3], 4), [null, 0, -5, Number.NaN]);
    expect([...totals]).toEqual([-1, 0, -1, -1]);
    expect([...people]).toEqual([0, 0, 0, 0]);
  });
});
