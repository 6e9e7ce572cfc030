import { contours } from 'd3-contour';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { BANDS_DB, bandPolygons, polygonsKm2 } from './bands.ts';
import { assignSquares, type CommuneShape } from './commune-squares.ts';
import { COVERED_EDGE, type FineGround, fromEdge, layFineGround, tallyArea } from './fine-area.ts';
import type { GridFrame } from './grid.ts';
import { doubledArea, type Polygon } from './projection.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 60, rows: 50, grid_m: 100 };
const box = (west: number, south: number, east: number, north: number): Polygon => [
  Float64Array.from([west, south, east, south, east, north, west, north].map((value) => value * 100)),
];
const shapes: CommuneShape[] = [
  { code: 'A', polygons: [box(10, 10, 30, 40)] },
  { code: 'B', polygons: [box(30, 10, 50, 40)] },
];
const fine: FineGround = layFineGround(assignSquares(shapes, frame), shapes);

/** Levels in the two communes only, as stored: 0 elsewhere. */
const levelsOf = (value: (x: number, y: number) => number): Uint8Array => {
  const levels = new Uint8Array(frame.cols * frame.rows);
  for (let row = 10; row < 40; row++)
    for (let col = 10; col < 50; col++)
      levels[row * frame.cols + col] = Math.max(0, Math.min(254, Math.floor(value(col + 0.5, row + 0.5))));
  return levels;
};
/** A cone: highest at (30, 25), 129 at `radius` squares, 2 steps lower a square farther. */
const cone = (radius: number): Uint8Array => levelsOf((x, y) => 129.5 + 2 * (radius - Math.hypot(x - 30, y - 25)));

/** Waves of the level, and specks 25 dB lower. */
function rough(seed: number, specks = 0.1): Uint8Array {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 12 }, () => [random() * 2 - 1, random() * 2 - 1, random() * 7, 3 + random() * 12]);
  return levelsOf((x, y) => {
    const sum = waves.reduce((all, [a = 0, b = 0, c = 0, h = 0]) => all + h * Math.sin(a * x + b * y + c), 0);
    return 129 + sum - (random() < specks ? 50 : 0);
  });
}

/** Longer waves without specks: nothing smaller than a few squares. */
function gentle(seed: number): Uint8Array {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 6 }, () => [random() - 0.5, random() - 0.5, random() * 7, 3 + random() * 12]);
  return levelsOf(
    (x, y) => 129 + waves.reduce((all, [a = 0, b = 0, c = 0, h = 0]) => all + h * Math.sin(a * x + b * y + c), 0),
  );
}

const contains = (ring: Float64Array, x: number, y: number): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [x0, y0, x1, y1] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[j] ?? 0, ring[j + 1] ?? 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
};
const insideOf = (polygons: readonly Polygon[], x: number, y: number): boolean =>
  polygons.some((rings) => rings.filter((ring) => contains(ring, x, y)).length === 1);

describe('a band', () => {
  it('of a cone is a disc of its radius', () => {
    for (const radius of [4.3, 9.7]) {
      const polygons = bandPolygons(cone(radius), fine, 0);
      expect(polygons.length).toBe(1);
      // 129 is reached a quarter of a square beyond the radius: half a step of 2 steps a square.
      const equal = Math.sqrt((polygonsKm2(polygons, frame) * 100) / Math.PI);
      expect(Math.abs(equal - (radius + 0.25))).toBeLessThan(0.1);
    }
  });

  it('contains the centres of the squares that reach it and no other, but for specks', () => {
    for (const seed of [1, 2, 3]) {
      const levels = rough(seed);
      const polygons = bandPolygons(levels, fine, 0);
      let wrong = 0;
      for (let row = 10; row < 40; row++)
        for (let col = 10; col < 50; col++)
          if (insideOf(polygons, col + 0.5, row + 0.5) !== (levels[row * frame.cols + col] ?? 0) > COVERED_EDGE)
            wrong++;
      // Of 1,200: squares that only just reach it, where the outline was made simpler, and specks.
      expect(wrong).toBeLessThanOrEqual(24);
    }
  });

  it('has, without specks, the area that d3-contour gives for the same distances from the edge', () => {
    const levels = gentle(7);
    const own = bandPolygons(levels, fine, 0);
    const distances = Array.from(levels, (value) => fromEdge(value, COVERED_EDGE));
    for (let i = 0; i < fine.borrowed.length; i += 2)
      distances[fine.borrowed[i] ?? 0] = fromEdge(levels[fine.borrowed[i + 1] ?? 0] ?? 0, COVERED_EDGE);
    const [theirs] = contours().size([frame.cols, frame.rows]).thresholds([0])(distances);
    const km2 =
      (theirs?.coordinates ?? []).flat().reduce((sum, ring) => sum + doubledArea(ring.slice(1).flat()) / -2, 0) / 100;
    expect(km2).toBeGreaterThan(3);
    expect(Math.abs(polygonsKm2(own, frame) - km2) / km2).toBeLessThan(0.005);
  });

  it('lies inside the weaker ones', () => {
    const areas = BANDS_DB.map((db) => polygonsKm2(bandPolygons(cone(20), fine, db), frame));
    expect(areas).toEqual([...areas].sort((a, b) => b - a));
    expect(areas[3]).toBe(0);
    expect(areas[1]).toBeGreaterThan(1);
  });

  it('is empty without a level and whole where all is covered, up to the border and a square beyond', () => {
    expect(
      bandPolygons(
        levelsOf(() => 0),
        fine,
        0,
      ),
    ).toEqual([]);
    const whole = bandPolygons(
      levelsOf(() => 200),
      fine,
      0,
    );
    expect(whole.length).toBe(1);
    for (const [x, y] of [
      [10.01, 10.01],
      [49.99, 39.99],
      [9.5, 25],
    ] as const)
      expect(insideOf(whole, x, y)).toBe(true);
    expect(insideOf(whole, 7, 25)).toBe(false);
  });
});

describe('the area of a commune', () => {
  it('is counted in parts of 25 m: all of it or nothing of it', () => {
    expect([...fine.own]).toEqual([9_600, 9_600]);
    expect([
      ...tallyArea(
        levelsOf(() => 129),
        fine,
      ),
    ]).toEqual([9_600, 9_600]);
    expect([
      ...tallyArea(
        levelsOf(() => 128),
        fine,
      ),
    ]).toEqual([0, 0]);
  });

  it('is that of the squares where each is covered by chance, whatever their share: patches and holes keep their size', () => {
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      let squares = 0;
      let parts = 0;
      for (let seed = 1; seed <= 20; seed++) {
        const random = seededRandom(1_000 * share + seed);
        const levels = levelsOf(() => {
          const isCovered = random() < share;
          const fromEdge = Math.floor(40 * random());
          return isCovered ? 129 + fromEdge : 128 - fromEdge;
        });
        squares += levels.reduce((sum, value) => sum + Number(value > COVERED_EDGE), 0);
        parts += tallyArea(levels, fine).reduce((sum, count) => sum + count, 0);
      }
      // Of 20 × 1,200 squares; straight from centre to centre took 6 points of three tenths, and gave 3 to nine tenths.
      expect(Math.abs(parts / 16 - squares) / (20 * 1_200)).toBeLessThan(0.02);
    }
  });

  it('of one covered square is that square, of a hole as well, and the polygons agree', () => {
    const speck = levelsOf((x, y) => (x === 20.5 && y === 25.5 ? 160 : 90));
    const hole = levelsOf((x, y) => (x === 20.5 && y === 25.5 ? 90 : 160));
    expect([...tallyArea(speck, fine)]).toEqual([16, 0]);
    expect([...tallyArea(hole, fine)]).toEqual([9_600 - 16, 9_600]);
    // Drawn, an eighth of a square is cut off its corners.
    expect(polygonsKm2(bandPolygons(speck, fine, 0), frame)).toBeCloseTo(0.00875, 6);
    const [rings] = bandPolygons(hole, fine, 0);
    expect(rings?.[1] && -doubledArea(rings[1]) / 2).toBeCloseTo(0.875, 6);
    const pair = levelsOf((x, y) => ((x === 20.5 && y === 25.5) || (x === 21.5 && y === 26.5) ? 160 : 90));
    expect(bandPolygons(pair, fine, 0)).toHaveLength(2);
  });

  it('never shrinks where a level rises', () => {
    for (const seed of [21, 22, 23, 24, 25, 26]) {
      const random = seededRandom(seed);
      const levels = levelsOf(() => 122 + 14 * random());
      let before = tallyArea(levels, fine);
      for (let round = 0; round < 40; round++) {
        for (let change = 0; change < 30; change++) {
          const square = (10 + Math.floor(30 * random())) * frame.cols + 10 + Math.floor(40 * random());
          levels[square] = Math.min(254, (levels[square] ?? 0) + Math.floor(8 * random()));
        }
        const after = tallyArea(levels, fine);
        after.forEach((parts, commune) => expect(parts).toBeGreaterThanOrEqual(before[commune] ?? 0));
        before = after;
      }
    }
  });

  it('agrees with the polygons cut by the commune, far closer than whole squares do', () => {
    for (const seed of [11, 12, 13, 14]) {
      const levels = rough(seed);
      const polygons = bandPolygons(levels, fine, 0);
      const counted = tallyArea(levels, fine);
      // An independent measure: points 1/10 of a square apart, by even-odd.
      for (const [commune, west] of [
        [0, 10],
        [1, 30],
      ] as const) {
        let inside = 0;
        for (let y = 0; y < 300; y++)
          for (let x = 0; x < 200; x++) if (insideOf(polygons, west + x / 10 + 0.05, 10 + y / 10 + 0.05)) inside++;
        expect(Math.abs((counted[commune] ?? 0) / 16 - inside / 100) / 600).toBeLessThan(0.01);
      }
    }
  });
});
