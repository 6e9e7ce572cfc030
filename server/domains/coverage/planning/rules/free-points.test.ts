import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridFrame } from '../../rules/grid.ts';
import { boxSums, freePoints, sumAround } from './free-points.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 30, rows: 20, grid_m: 100 };
const everywhere = new Uint8Array(600).fill(1);
const at = (col: number, row: number): number => row * 30 + col;
const question = {
  frame,
  allowed: everywhere,
  reach_m: 300,
  apart_m: 500,
  most: 50,
  isClear: () => true,
};

describe('sums around a square', () => {
  it('are those of adding up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 600, maxLength: 600 }),
        fc.integer({ min: 0, max: 599 }),
        fc.integer({ min: 0, max: 25 }),
        (people, square, reach) => {
          let expected = 0;
          people.forEach((count, other) => {
            const cols = Math.abs((other % 30) - (square % 30));
            const rows = Math.abs(Math.floor(other / 30) - Math.floor(square / 30));
            if (cols <= reach && rows <= reach) expected += count;
          });
          expect(sumAround(boxSums(people, frame), frame, square, reach)).toBe(expected);
        },
      ),
    );
  });
});

describe('free points', () => {
  it('are where the people are, and keep their distance from each other', () => {
    const people = new Int32Array(600);
    people[at(5, 5)] = 100;
    people[at(25, 15)] = 300;
    const points = freePoints({ ...question, people });
    expect(points.slice(0, 2)).toEqual([at(25, 15), at(5, 5)]);
    for (const [i, a] of points.entries()) {
      for (const b of points.slice(0, i)) {
        expect(Math.hypot((a % 30) - (b % 30), Math.floor(a / 30) - Math.floor(b / 30))).toBeGreaterThanOrEqual(5);
      }
    }
  });

  it('are none where nobody lives, none outside what is allowed, none beside a mast that stands', () => {
    const people = new Int32Array(600).fill(1);
    expect(freePoints({ ...question, people: new Int32Array(600) })).toEqual([]);
    const west = everywhere.map((_, square) => (square % 30 < 10 ? 1 : 0));
    const points = freePoints({ ...question, people, allowed: west });
    expect(points.length).toBeGreaterThan(0);
    expect(points.every((square) => square % 30 < 10)).toBe(true);
    expect(freePoints({ ...question, people, isClear: () => false })).toEqual([]);
    expect(freePoints({ ...question, people, most: 3 })).toHaveLength(3);
  });
});
