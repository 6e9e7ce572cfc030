import { describe, expect, it } from 'vitest';
import { cleanLines, cleanRings, signedArea, simplifyLine, type TileRing } from './tile-geometry.ts';

/** Exterior ring of a square: clockwise on a screen, where y grows downwards. */
const square = (x: number, y: number, side: number): TileRing => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const reversed = (ring: TileRing): TileRing => ring.toReversed();

describe('signedArea', () => {
  it('is positive for an exterior ring and negative for an interior one', () => {
    expect(signedArea(square(5, 5, 10))).toBe(100);
    expect(signedArea(reversed(square(5, 5, 10)))).toBe(-100);
    expect(signedArea([])).toBe(0);
  });
});

describe('simplifyLine', () => {
  it('leaves out what is within the tolerance and keeps the ends', () => {
    const line: TileRing = [
      [0, 0],
      [10, 1],
      [20, 0],
      [30, 9],
      [40, 0],
    ];
    expect(simplifyLine(line, 2)).toEqual([
      [0, 0],
      [20, 0],
      [30, 9],
      [40, 0],
    ]);
    expect(simplifyLine(line, 20)).toEqual([
      [0, 0],
      [40, 0],
    ]);
  });
});

describe('cleanRings', () => {
  it('drops an exterior without area together with its interiors, and keeps the next one with its own', () => {
    const flat: TileRing = [
      [0, 0],
      [9, 0],
      [0, 0],
    ];
    const hole = reversed(square(110, 110, 5));
    const rings = [flat, reversed(square(1, 1, 2)), square(100, 100, 50), hole];
    expect(cleanRings(rings, 0)).toEqual([square(100, 100, 50), hole]);
  });

  it('drops an interior that is too small and keeps its exterior', () => {
    expect(cleanRings([square(0, 0, 100), reversed(square(10, 10, 3))], 4)).toEqual([square(0, 0, 100)]);
  });

  it('takes repeated points out', () => {
    const [first, ...rest] = square(0, 0, 4);
    expect(cleanRings([[first ?? [0, 0], first ?? [0, 0], ...rest]], 0)).toEqual([square(0, 0, 4)]);
  });
});

describe('cleanLines', () => {
  it('drops lines that are a point and lines shorter than the tolerance', () => {
    const point: TileRing = [
      [3, 3],
      [3, 3],
    ];
    const line: TileRing = [
      [0, 0],
      [3, 4],
    ];
    expect(cleanLines([point, line], 0)).toEqual([line]);
    expect(cleanLines([line], 5)).toEqual([line]);
    expect(cleanLines([line], 6)).toEqual([]);
  });
});
