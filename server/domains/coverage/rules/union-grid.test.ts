import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSquares } from './commune-squares.ts';
import type { GridFrame } from './grid.ts';
import { spreadPopulation } from './population.ts';
import { DIRECTIONS } from './sector-pattern.ts';
import {
  addSector,
  countMasks,
  coveredMask,
  createUnionGrid,
  maskBetween,
  overlapCounts,
  type SectorPlace,
  tallyMask,
} from './union-grid.ts';

const frame: GridFrame = { origin_e_m: 500_000, origin_n_m: 2_300_000, cols: 60, rows: 50, grid_m: 100 };
const place = (x: number, y: number, north_bearing_deg = 0): SectorPlace => ({
  east_m: frame.origin_e_m + x,
  north_m: frame.origin_n_m + y,
  north_bearing_deg,
});
const disc = (radius_m: number) => new Float64Array(DIRECTIONS).fill(radius_m);
const total = (mask: Uint8Array) => mask.reduce((sum, set) => sum + set, 0);

/** Jagged sectors anywhere, also partly outside the frame. */
const sector = fc.record({
  place: fc.record({
    east_m: fc.double({ min: 499_000, max: 507_000, noNaN: true }),
    north_m: fc.double({ min: 2_299_000, max: 2_306_000, noNaN: true }),
    north_bearing_deg: fc.double({ min: -1, max: 1, noNaN: true }),
  }),
  ranges_m: fc
    .array(fc.integer({ min: 0, max: 2500 }), { minLength: DIRECTIONS, maxLength: DIRECTIONS })
    .map((ranges) => Float64Array.from(ranges)),
});
const sectors = fc.array(sector, { minLength: 1, maxLength: 6 });

/**
 * Is a point within a sector? By geometry alone: the triangle between two neighbouring rays that the point's
 * bearing falls in. Independent of the scanline and of the grid.
 */
function reaches({ place, ranges_m }: { place: SectorPlace; ranges_m: Float64Array }, e: number, n: number): boolean {
  const [dx, dy] = [e - place.east_m, n - place.north_m];
  const bearing = (Math.atan2(dx, dy) * 180) / Math.PI - place.north_bearing_deg;
  const i = Math.floor(((bearing % 360) + 360) % 360);
  const corner = (k: number): [number, number] => {
    const angle = ((k + place.north_bearing_deg) * Math.PI) / 180;
    const range = ranges_m[k % DIRECTIONS] ?? 0;
    return [range * Math.sin(angle), range * Math.cos(angle)];
  };
  const [[ax, ay], [bx, by]] = [corner(i), corner(i + 1)];
  return (bx - ax) * (dy - ay) - (by - ay) * (dx - ax) < 0;
}

describe('union against brute force', () => {
  it('covers exactly the squares whose centre some sector reaches', () => {
    fc.assert(
      fc.property(sectors, (list) => {
        const grid = createUnionGrid(frame);
        for (const { place, ranges_m } of list) addSector(grid, place, ranges_m);
        const counts = overlapCounts(grid);
        let wrong = 0;
        for (let square = 0; square < counts.length; square++) {
          const e = frame.origin_e_m + (square % frame.cols) * 100 + 50;
          const n = frame.origin_n_m + Math.floor(square / frame.cols) * 100 + 50;
          // A centre on an outline may fall to either side by rounding: all of its near surroundings must agree.
          const around = [-1e-4, 0, 1e-4].map((d) => list.filter((one) => reaches(one, e + d, n + d / 2)).length);
          if (new Set(around).size === 1 && counts[square] !== around[0]) wrong++;
        }
        return wrong === 0;
      }),
      { numRuns: 40 },
    );
  });
});

describe('overlap count', () => {
  it('is empty again after adding and removing in any order', () => {
    fc.assert(
      fc.property(sectors, fc.infiniteStream(fc.nat()), (list, keys) => {
        const grid = createUnionGrid(frame);
        for (const { place, ranges_m } of list) addSector(grid, place, ranges_m);
        const shuffled = list.map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
        for (const { one } of shuffled) addSector(grid, one.place, one.ranges_m, -1);
        return grid.steps.every((step) => step === 0);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of adding', () => {
    fc.assert(
      fc.property(sectors, (list) => {
        const [forward, backward] = [createUnionGrid(frame), createUnionGrid(frame)];
        for (const { place, ranges_m } of list) addSector(forward, place, ranges_m);
        for (const { place, ranges_m } of list.toReversed()) addSector(backward, place, ranges_m);
        return forward.steps.every((step, i) => step === backward.steps[i]);
      }),
      { numRuns: 50 },
    );
  });

  it('makes two identical discs one in the mask, and leaves one when one goes', () => {
    const [one, two] = [createUnionGrid(frame), createUnionGrid(frame)];
    addSector(one, place(3000, 2500), disc(1000));
    addSector(two, place(3000, 2500), disc(1000));
    addSector(two, place(3000, 2500), disc(1000));
    expect(coveredMask(two)).toEqual(coveredMask(one));
    expect(Math.max(...overlapCounts(two))).toBe(2);
    addSector(two, place(3000, 2500), disc(1000), -1);
    expect(two).toEqual(one);
  });

  it('is zero everywhere without sectors and for a sector of no range', () => {
    const grid = createUnionGrid(frame);
    addSector(grid, place(3010, 2510), disc(0));
    expect(total(coveredMask(grid))).toBe(0);
  });
});

describe('geometry', () => {
  it('gives a disc of 2 km the area πr² within 0.5 %', () => {
    const grid = createUnionGrid(frame);
    addSector(grid, place(3012, 2487), disc(2000));
    const km2 = total(coveredMask(grid)) * 0.01;
    expect(Math.abs(km2 / (Math.PI * 4) - 1)).toBeLessThan(0.005);
  });

  it('puts a beam to the east east, and turns it with the bearing of north', () => {
    const east = Float64Array.from({ length: DIRECTIONS }, (_, i) => (i > 60 && i < 120 ? 2000 : 0));
    const grid = createUnionGrid(frame);
    addSector(grid, place(3000, 2500), east);
    const mask = coveredMask(grid);
    expect([mask[25 * 60 + 45], mask[25 * 60 + 15], mask[40 * 60 + 30], mask[10 * 60 + 30]]).toEqual([1, 0, 0, 0]);
    const turned = createUnionGrid(frame);
    addSector(turned, place(3000, 2500, 90), east);
    expect(coveredMask(turned)[10 * 60 + 30]).toBe(1);
  });

  it('clips to the frame: a disc over everything covers every square, one far away none', () => {
    const grid = createUnionGrid(frame);
    addSector(grid, place(3000, 2500), disc(9000));
    expect(total(coveredMask(grid))).toBe(3000);
    const far = createUnionGrid(frame);
    addSector(far, place(-30_000, 2500), disc(9000));
    expect(total(coveredMask(far))).toBe(0);
  });
});

const box = (w: number, e: number) => [Float64Array.from([w, 0, e, 0, e, 100, w, 100])];

describe('masks and tallies', () => {
  it('counts how many masks cover a square', () => {
    const counts = countMasks([Uint8Array.of(1, 1, 0), Uint8Array.of(1, 0, 0)], 3);
    expect([...counts]).toEqual([2, 1, 0]);
    expect([...maskBetween(counts, 1)]).toEqual([1, 1, 0]);
    expect([...maskBetween(counts, 1, 1)]).toEqual([0, 1, 0]);
  });

  it('counts squares and people by commune, the whole commune for a stand-in', () => {
    const strip: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 4, rows: 1, grid_m: 100 };
    const shapes = [
      { code: '1', polygons: [box(0, 200)] },
      { code: '2', polygons: [box(200, 400)] },
      { code: '3', polygons: [box(310, 340)] },
    ];
    const squares = assignSquares(shapes, strip);
    const population = spreadPopulation(squares, [9, 10, 7]);
    const tally = tallyMask(Uint8Array.of(1, 0, 0, 1), squares, population);
    expect([...tally.squares]).toEqual([1, 1, 0]);
    expect([...tally.people]).toEqual([4, 5, 7]);
  });
});
