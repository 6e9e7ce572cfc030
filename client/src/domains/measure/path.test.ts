import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyPath, enclosedArea, lineOf, type MeasuredPath, pathLength, withClick, withoutLast } from './path.ts';

const open = (...points: [number, number][]): MeasuredPath => ({ points, closed: false });
const closed = (...points: [number, number][]): MeasuredPath => ({ points, closed: true });
const away = { atFirst: false, atLast: false };

/** Mean radius of the earth (IUGG R1), m. */
const radius = 6_371_008.8;
const radians = Math.PI / 180;

describe('the length', () => {
  it('of one degree of latitude is 111.195 km on the sphere, wherever it is', () => {
    expect(pathLength(open([105, 21], [105, 22])) / 1_000).toBeCloseTo(111.195, 3);
    expect(pathLength(open([0, 0], [0, 1])) / 1_000).toBeCloseTo(111.195, 3);
  });

  it('of one degree of longitude at 60° is about half of that, a little less as great circles cut the corner', () => {
    const metres = pathLength(open([10, 60], [11, 60]));
    expect(metres).toBeLessThan(111_195 / 2);
    expect(metres).toBeGreaterThan((111_195 / 2) * 0.9999);
  });

  it('is within 0.5 % of the ellipsoid in the north of Vietnam', () => {
    // Meridian arc of WGS 84 from 21° to 22°: 110,714 m (Snyder 1987, eq. 3-21).
    expect(pathLength(open([105, 21], [105, 22])) / 110_714).toBeCloseTo(1, 2);
    expect(Math.abs(pathLength(open([105, 21], [105, 22])) / 110_714 - 1)).toBeLessThan(0.005);
  });

  it('of a closed path has the way back', () => {
    expect(pathLength(closed([0, 0], [0, 1], [0, 2]))).toBeCloseTo(4 * radius * radians, 0);
  });

  it('of nothing and of one point is nothing', () => {
    expect(pathLength(emptyPath)).toBe(0);
    expect(pathLength(open([105, 21]))).toBe(0);
  });
});

describe('the area', () => {
  it('of an octant of the sphere is an eighth of it', () => {
    // Edges on meridians and the equator: exact, and large enough to tell a sphere from a plane.
    const expected = (4 * Math.PI * radius ** 2) / 8;
    const octant = enclosedArea(closed([0, 0], [30, 0], [60, 0], [90, 0], [90, 90], [0, 90]));
    expect((octant ?? 0) / expected).toBeCloseTo(1, 2);
  });

  it('of a degree at the equator is 12,364 km²', () => {
    // R² · Δλ · (sin φ₂ − sin φ₁)
    const expected = radius ** 2 * radians * Math.sin(radians);
    expect(expected / 1e6).toBeCloseTo(12_363.7, 0);
    expect((enclosedArea(closed([0, 0], [1, 0], [1, 1], [0, 1])) ?? 0) / expected).toBeCloseTo(1, 3);
  });

  it('is the same whichever way round', () => {
    const corner = fc.tuple(
      fc.double({ min: 104.5, max: 105.5, noNaN: true }),
      fc.double({ min: 21, max: 22, noNaN: true }),
    );
    fc.assert(
      fc.property(corner, corner, corner, (a, b, c) => {
        const [one, other] = [enclosedArea(closed(a, b, c)), enclosedArea(closed(c, b, a))];
        if (one === null || other === null) return;
        expect(one).toBeGreaterThanOrEqual(0);
        expect(other).toBeCloseTo(one, 0);
      }),
    );
  });

  it('is not there for an open path nor for one that crosses itself', () => {
    expect(enclosedArea(open([0, 0], [1, 0], [1, 1]))).toBeNull();
    expect(enclosedArea(closed([0, 0], [1, 1], [1, 0], [0, 1]))).toBeNull();
  });
});

describe('clicks', () => {
  it('go on with the line, close it on its first point, and then begin anew', () => {
    let path = emptyPath;
    for (const point of [
      [0, 0],
      [1, 0],
      [1, 1],
    ])
      path = withClick(path, point, away);
    expect(path).toEqual(open([0, 0], [1, 0], [1, 1]));
    path = withClick(path, [0.001, 0], { atFirst: true, atLast: false });
    expect(path).toEqual(closed([0, 0], [1, 0], [1, 1]));
    expect(lineOf(path).at(-1)).toEqual([0, 0]);
    expect(withClick(path, [5, 5], away)).toEqual(open([5, 5]));
  });

  it('do not close two points, nor count a double click twice', () => {
    const two = open([0, 0], [1, 0]);
    expect(withClick(two, [0, 0], { atFirst: true, atLast: false }).closed).toBe(false);
    expect(withClick(two, [1, 0], { atFirst: false, atLast: true })).toBe(two);
    const one = open([0, 0]);
    expect(withClick(one, [0, 0], { atFirst: true, atLast: true })).toBe(one);
  });

  it('are taken back one by one', () => {
    const path = closed([0, 0], [1, 0], [1, 1]);
    expect(withoutLast(path)).toEqual(open([0, 0], [1, 0], [1, 1]));
    expect(withoutLast(withoutLast(path))).toEqual(open([0, 0], [1, 0]));
    expect(withoutLast(emptyPath)).toEqual(emptyPath);
  });
});
