import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPolygon, frameAround, type GridFrame, nearestSquare, squareAt } from './grid.ts';
import type { Polygon } from './projection.ts';

const ring = (...points: [number, number][]) => Float64Array.from(points.flat());
const rectangle = (w: number, s: number, e: number, n: number) => ring([w, s], [e, s], [e, n], [w, n]);
const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 20, rows: 15, grid_m: 100 };

const filled = (polygon: Polygon, into: GridFrame = frame): Set<number> => {
  const squares = new Set<number>();
  fillPolygon(polygon, into, (row, start, end) => {
    for (let col = start; col < end; col++) squares.add(row * into.cols + col);
  });
  return squares;
};

/** Even-odd test of one point against every edge: independent of the scanline. */
const contains = (polygon: Polygon, x: number, y: number): boolean => {
  let inside = false;
  for (const points of polygon) {
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [points[i] ?? 0, points[i + 1] ?? 0, points[j] ?? 0, points[j + 1] ?? 0];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
};

describe('frame', () => {
  it('is aligned to whole hundreds of metres and encloses every point', () => {
    expect(frameAround([[rectangle(567_440, 2_358_740, 568_001, 2_359_000)]], 100)).toEqual({
      origin_e_m: 567_400,
      origin_n_m: 2_358_700,
      cols: 7,
      rows: 3,
      grid_m: 100,
    });
  });

  it('refuses nothing at all and the area of swapped axes', () => {
    expect(() => frameAround([], 100)).toThrow(/no boundary/);
    expect(() => frameAround([[rectangle(0, 0, 9e6, 9e6)]], 100)).toThrow(/too large/);
  });
});

describe('square of a point', () => {
  it('counts columns east and rows north from the south-west corner', () => {
    expect(squareAt(frame, 150, 50)).toBe(1);
    expect(squareAt(frame, 50, 150)).toBe(20);
    expect([squareAt(frame, -1, 50), squareAt(frame, 50, 1500), squareAt(frame, 2000, 0)]).toEqual([-1, -1, -1]);
    expect(nearestSquare(frame, -500, 99_999)).toBe(14 * 20);
  });
});

describe('fill', () => {
  it('takes the squares whose centre is inside: a rectangle of 3 × 2 squares', () => {
    expect(filled([rectangle(100, 100, 400, 300)])).toEqual(new Set([21, 22, 23, 41, 42, 43]));
  });

  it('leaves a hole out, whatever its orientation', () => {
    const outer = rectangle(0, 0, 500, 500);
    const hole = rectangle(200, 200, 300, 300);
    expect(filled([outer, hole]).size).toBe(24);
    expect(filled([outer, ring([200, 200], [200, 300], [300, 300], [300, 200])]).size).toBe(24);
  });

  it('is empty for a polygon between centres and clips what lies outside', () => {
    expect(filled([rectangle(110, 110, 140, 140)]).size).toBe(0);
    expect(filled([rectangle(-5000, -5000, 5000, 5000)]).size).toBe(300);
    expect(filled([rectangle(-500, 0, -100, 500)]).size).toBe(0);
  });

  const coordinate = fc.double({ min: -300, max: 2300, noNaN: true });
  const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 });

  it('agrees with a point-in-polygon test of every centre', () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const polygon = [ring(...a), ring(...b)];
        const squares = filled(polygon);
        for (let row = 0; row < frame.rows; row++) {
          for (let col = 0; col < frame.cols; col++) {
            const [x, y] = [col * 100 + 50, row * 100 + 50];
            const inside = contains(polygon, x, y);
            // A centre on an edge may fall to either side by rounding.
            if (contains(polygon, x - 1e-6, y) !== inside || contains(polygon, x + 1e-6, y) !== inside) continue;
            if (squares.has(row * frame.cols + col) !== inside) return false;
          }
        }
        return true;
      }),
    );
  });

  it('partitions: two polygons along a shared line take every square once, even through centres', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 8 }), (xs) => {
        const line = xs.map((x, i): [number, number] => [x * 50, (i * 1500) / (xs.length - 1)]);
        const west = filled([ring([-1000, 0], ...line, [-1000, 1500])]);
        const east = filled([ring([3000, 1500], ...line.toReversed(), [3000, 0])]);
        return west.size + east.size === 300 && new Set([...west, ...east]).size === 300;
      }),
    );
  });
});
