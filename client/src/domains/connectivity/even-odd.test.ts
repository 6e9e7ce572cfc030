import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenOddParts, isSelfCrossing } from './even-odd.ts';

type Corner = [number, number];
const square: Corner[] = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];
/** Both loops are as large and run against each other: the area of the ring is 0. */
const bow: Corner[] = [
  [0, 0],
  [2, 2],
  [2, 0],
  [0, 2],
];
/** A star drawn without lifting the pen: it goes round its middle twice. */
const star: Corner[] = [0, 2, 4, 1, 3].map((point) => [
  Math.sin((point * 2 * Math.PI) / 5),
  Math.cos((point * 2 * Math.PI) / 5),
]);

const areaOf = (ring: number[][]): number =>
  Math.abs(
    ring.reduce((sum, [x = 0, y = 0], at) => {
      const [nextX = 0, nextY = 0] = ring[(at + 1) % ring.length] ?? [];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0),
  );
const total = (corners: Corner[]): number => evenOddParts(corners).reduce((sum, [ring = []]) => sum + areaOf(ring), 0);

/** By the even-odd rule, as `contains` of the server. */
function isInside(corners: Corner[], [x, y]: Corner): boolean {
  return corners.reduce((inside, [x1, y1], at) => {
    const [x2, y2] = corners[(at + 1) % corners.length] ?? [x1, y1];
    const crosses = y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
    return crosses ? !inside : inside;
  }, false);
}

const partsWith = (drawn: Corner[], place: Corner): number =>
  evenOddParts(drawn).filter(([ring = []]) =>
    isInside(
      ring.slice(0, 4).map(([x = 0, y = 0]): Corner => [x, y]),
      place,
    ),
  ).length;

describe('an outline', () => {
  it('crosses itself where sides do, not where they meet at a corner', () => {
    expect([square, bow, star].map(isSelfCrossing)).toEqual([false, true, true]);
    expect(isSelfCrossing([...square, [0, 2]])).toBe(false);
    expect(isSelfCrossing(square.slice(0, 2))).toBe(false);
  });

  it('goes round what lies between its sides: both loops of a bow, not the middle of a star', () => {
    expect(total(square)).toBeCloseTo(4, 9);
    expect(total(bow)).toBeCloseTo(2, 9);
    expect(total(star)).toBeGreaterThan(0.5);
    expect(partsWith(star, [0, 0])).toBe(0);
    expect(partsWith(star, [0, 0.9])).toBe(1);
  });

  it('has the parts that the even-odd rule finds point by point, whatever is drawn', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }));
    const corners = fc.array(corner, { minLength: 3, maxLength: 8 });
    // Off the grid of the corners, so that no point lies on a side by chance of rounding.
    const point = corner.map(([x, y]): Corner => [x + 0.371_23, y + 0.513_77]);
    fc.assert(
      fc.property(corners, fc.array(point, { minLength: 20, maxLength: 20 }), (drawn, points) => {
        for (const one of points) expect(partsWith(drawn, one)).toBe(isInside(drawn, one) ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });
});
