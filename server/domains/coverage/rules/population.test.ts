import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';
import { type SquareWeights, spreadPopulation } from './population.ts';

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

const NOTHING: SquareWeights = {
  raster: null,
  villages: null,
  habitable: null,
  unusable: { raster: new Uint8Array(4), villages: new Uint8Array(4) },
};
const sumOf = (people: Int32Array, commune: number[], own: number): number =>
  people.reduce((sum, n, square) => sum + (commune[square] === own ? n : 0), 0);

describe('every method', () => {
  const communes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 });
  const weight = fc.oneof(fc.constant(0), fc.float({ min: Math.fround(1e-3), max: 1e6, noNaN: true }));
  const weights = fc.array(weight, { minLength: 200, maxLength: 200 });
  const marks = fc.array(fc.constantFrom(0, 1), { minLength: 200, maxLength: 200 });
  const flags = fc.uint8Array({ min: 0, max: 1, minLength: 4, maxLength: 4 });
  const totals = fc.array(fc.oneof(fc.nat(20), fc.nat(3_000_000)), { minLength: 4, maxLength: 4 });

  it.each(['raster', 'villages', 'habitable', 'all'] as const)(
    'adds up to every commune total to the person and keeps people in their commune: %s',
    (kind) => {
      fc.assert(
        fc.property(
          communes,
          weights,
          weights,
          marks,
          flags,
          flags,
          totals,
          (commune, a, b, c, noA, noB, populations) => {
            const given: SquareWeights = {
              raster: kind === 'raster' || kind === 'all' ? Float32Array.from(a) : null,
              villages: kind === 'villages' || kind === 'all' ? Float32Array.from(b) : null,
              habitable: kind === 'habitable' || kind === 'all' ? Uint8Array.from(c) : null,
              unusable: { raster: noA, villages: noB },
            };
            const { people, methods } = spreadPopulation(gridOf(commune, 4), populations, given);
            populations.forEach((total, own) => {
              const squares = commune.flatMap((index, square) => (index === own ? [square] : []));
              if (squares.length === 0 || total === 0) return expect(methods[own]).toBeNull();
              expect(sumOf(people, commune, own)).toBe(total);
              // The best method that has a square in the commune, worked out anew.
              const best = [
                given.raster && noA[own] === 0 && squares.some((at) => (given.raster?.[at] ?? 0) > 0) && 'raster',
                given.villages && noB[own] === 0 && squares.some((at) => (given.villages?.[at] ?? 0) > 0) && 'villages',
                given.habitable && squares.some((at) => given.habitable?.[at] === 1) && 'habitable',
                'uniform',
              ].find((method) => typeof method === 'string');
              expect(methods[own]).toBe(best);
              if (best === 'uniform') return;
              const source = given[best as 'raster' | 'villages' | 'habitable'] ?? [];
              const whole = squares.reduce((sum, at) => sum + (source[at] ?? 0), 0);
              for (const at of squares) {
                // Largest remainder: no square is a whole person away from its share.
                expect(Math.abs((people[at] ?? 0) - (total * (source[at] ?? 0)) / whole)).toBeLessThan(1 + 1e-6);
                if ((source[at] ?? 0) === 0) expect(people[at]).toBe(0);
              }
            });
            commune.forEach((index, square) => index === UNASSIGNED && expect(people[square]).toBe(0));
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('gives the odd persons to the largest remainders', () => {
    // 7 people by 2 : 3 : 5 are 1.4, 2.1 and 3.5.
    const given = { ...NOTHING, raster: Float32Array.of(2, 3, 5, 0) };
    expect([...spreadPopulation(gridOf([0, 0, 0, 0], 1), [7], given).people]).toEqual([1, 2, 4, 0]);
  });

  it('falls back commune by commune, and says so', () => {
    const given: SquareWeights = {
      raster: Float32Array.of(0, 0, 0, 0, 9, 1, 0, 0),
      villages: Float32Array.of(0, 0, 4, 0, 5, 0, 0, 0),
      habitable: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1),
      unusable: { raster: Uint8Array.of(0, 0, 0, 0), villages: Uint8Array.of(0, 0, 0, 0) },
    };
    const grid = gridOf([0, 0, 1, 1, 2, 2, 3, 3], 4);
    const spread = spreadPopulation(grid, [8, 8, 10, 8], given);
    expect(spread.methods).toEqual(['uniform', 'villages', 'raster', 'habitable']);
    expect(spread.method).toBe('mixed');
    expect([...spread.people]).toEqual([4, 4, 8, 0, 9, 1, 0, 8]);
    expect(spreadPopulation(grid, [null, null, 10, null], given).method).toBe('raster');
  });

  it('leaves out what is known too thinly', () => {
    const given = {
      ...NOTHING,
      raster: Float32Array.of(1, 0),
      unusable: { raster: Uint8Array.of(1), villages: Uint8Array.of(0) },
    };
    const spread = spreadPopulation(gridOf([0, 0], 1), [10], given);
    expect([spread.method, ...spread.people]).toEqual(['uniform', 5, 5]);
  });
});
