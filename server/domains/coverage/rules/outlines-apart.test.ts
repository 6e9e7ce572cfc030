import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridFrame } from './grid.ts';
import { areOutlinesApart } from './outlines-apart.ts';
import type { Polygon } from './projection.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 20, rows: 20, grid_m: 100 };
const box = (x: number, y: number, width: number, height: number): Float64Array =>
  Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height);
const apart = (polygons: readonly Polygon[], moved_m: number): boolean =>
  areOutlinesApart(polygons, frame, () => moved_m);

/** The least distance of a point from a side it is no end of, m, sides taken as 2,000 points each: a little too much. */
function leastDistance(polygons: readonly Polygon[]): number {
  const rings = polygons.flat();
  let least = Number.POSITIVE_INFINITY;
  rings.forEach((ring, r) => {
    const points = ring.length / 2;
    for (let i = 0; i < points; i++) {
      const [ax, ay] = [ring[2 * i] as number, ring[2 * i + 1] as number];
      const next = (i + 1) % points;
      const [bx, by] = [ring[2 * next] as number, ring[2 * next + 1] as number];
      rings.forEach((other, o) => {
        for (let p = 0; p < other.length / 2; p++) {
          if (o === r && (p === i || p === next)) continue;
          const [x, y] = [other[2 * p] as number, other[2 * p + 1] as number];
          for (let step = 0; step <= 2_000; step++) {
            const t = step / 2_000;
            least = Math.min(least, Math.hypot(ax + (bx - ax) * t - x, ay + (by - ay) * t - y));
          }
        }
      });
    }
  });
  return 100 * least;
}

describe('outlines are apart', () => {
  it('while the nearest point of another side is further than both may move', () => {
    const two = [[box(1, 1, 3, 3)], [box(4.1, 2, 2, 1)]];
    expect(apart(two, 4.9)).toBe(true);
    expect(apart(two, 5.1)).toBe(false);
  });

  it('of a ring and its hole, and of the two arms of one ring', () => {
    const hole = [[box(1, 1, 5, 5), box(1.2, 2, 1, 1)]];
    expect(apart(hole, 9.9)).toBe(true);
    expect(apart(hole, 10.1)).toBe(false);
    const fork = [[Float64Array.of(1, 1, 9, 1, 9, 2, 2, 2, 2, 2.3, 9, 2.3, 9, 3, 1, 3)]];
    expect(apart(fork, 14.9)).toBe(true);
    expect(apart(fork, 15.1)).toBe(false);
  });

  it('not where an outline folds back upon itself', () => {
    expect(apart([[Float64Array.of(1, 1, 9, 1, 2, 1.001, 1, 3)]], 0.1)).toBe(false);
  });

  it('exactly when no distance of a point from a side is less than twice what they move', () => {
    const coordinate = fc.double({ min: 0.5, max: 19, noNaN: true });
    const triangle = fc.tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(triangle, triangle, (one, other) => {
        const polygons = [[Float64Array.from(one)], [Float64Array.from(other)]];
        const least = leastDistance(polygons);
        fc.pre(least > 2);
        expect(apart(polygons, 0.45 * least)).toBe(true);
        expect(apart(polygons, 0.55 * least)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('by what sides of their length move', () => {
    const two = [[box(1, 1, 10, 3)], [box(11.1, 2, 0.5, 0.5)]];
    expect(areOutlinesApart(two, frame, (side) => (side > 500 ? 1 : 4))).toBe(true);
    expect(areOutlinesApart(two, frame, (side) => (side > 500 ? 1 : 6))).toBe(false);
  });
});
