import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridFrame } from './grid.ts';
import { cutCorners, toLonLat, toMetres, tracePolygons } from './polygonise.ts';
import { doubledArea, type Polygon, polygonArea, projectorFor } from './projection.ts';

/** A mask drawn as text, north on top. */
const draw = (...lines: string[]) => {
  const cols = lines[0]?.length ?? 0;
  const mask = Uint8Array.from(lines.toReversed().join(''), (square) => (square === '#' ? 1 : 0));
  return { mask, frame: { origin_e_m: 560_000, origin_n_m: 2_350_000, cols, rows: lines.length, grid_m: 100 } };
};
const trace = (...lines: string[]) => {
  const { mask, frame } = draw(...lines);
  return tracePolygons(mask, frame).polygons;
};
const shape = (polygons: Polygon[]) => polygons.map((rings) => rings.map((ring) => ring.length / 2));

const windingContains = (polygon: Polygon, x: number, y: number): boolean => {
  let inside = false;
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[j] ?? 0, ring[j + 1] ?? 0];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
};

describe('known shapes', () => {
  it('one square is a ring of four corners, counter-clockwise from its south-west', () => {
    expect(trace('...', '.#.', '...').map((rings) => rings.map((ring) => [...ring]))).toEqual([
      [[1, 1, 2, 1, 2, 2, 1, 2]],
    ]);
  });

  it('an L has six corners: straight runs have no points between', () => {
    expect(shape(trace('#..', '#..', '###'))).toEqual([[6]]);
  });

  it('a ring of squares has a hole, clockwise', () => {
    const [polygon] = trace('###', '#.#', '###') as [Polygon];
    expect(shape([polygon])).toEqual([[4, 4]]);
    expect(polygon.map((ring) => Math.sign(doubledArea(ring)))).toEqual([1, -1]);
  });

  it('squares that meet at a corner only are two polygons', () => {
    expect(shape(trace('.#', '#.'))).toEqual([[4], [4]]);
  });

  it('two holes that meet at a corner stay two simple rings', () => {
    expect(shape(trace('####', '##.#', '#.##', '####'))).toEqual([[4, 4, 4]]);
  });

  it('a bay closed at a corner becomes a hole that touches the exterior', () => {
    const [polygon] = trace('.###', '#..#', '#..#', '####') as [Polygon];
    expect(shape([polygon])).toEqual([[6, 4]]);
  });

  it('an island in a hole is a polygon of its own; an empty mask is none', () => {
    expect(shape(trace('#####', '#...#', '#.#.#', '#...#', '#####'))).toEqual([[4, 4], [4]]);
    expect(trace('...')).toEqual([]);
  });
});

const COLS = 12;
const frame: GridFrame = { origin_e_m: 560_000, origin_n_m: 2_350_000, cols: COLS, rows: 10, grid_m: 100 };
const randomMask = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 120, maxLength: 120 })
  .map((values) => Uint8Array.from(values, (value) => (value > 0 ? 1 : 0)));

describe('any mask', () => {
  it('has polygons whose area is the number of squares × 0.01 km², component by component', () => {
    fc.assert(
      fc.property(randomMask, (mask) => {
        const { polygons, components } = tracePolygons(mask, frame);
        const all = polygons.reduce((sum, polygon) => sum + polygonArea(toMetres(polygon, frame)), 0);
        const each = polygons.every((polygon, k) => polygonArea(polygon) === components.squares[k + 1]);
        return each && all === mask.reduce((sum, set) => sum + set, 0) * 10_000;
      }),
    );
  });

  it('agrees with its polygons at every centre, each centre in exactly one polygon', () => {
    fc.assert(
      fc.property(randomMask, (mask) => {
        const { polygons, components } = tracePolygons(mask, frame);
        return mask.every((_, square) => {
          const [x, y] = [(square % COLS) + 0.5, Math.floor(square / COLS) + 0.5];
          const holders = polygons.flatMap((polygon, k) => (windingContains(polygon, x, y) ? [k + 1] : []));
          return holders.length <= 1 && (holders[0] ?? 0) === components.labels[square];
        });
      }),
    );
  });

  it('has one counter-clockwise exterior first, clockwise holes after, and no corner twice in a ring', () => {
    fc.assert(
      fc.property(randomMask, (mask) =>
        tracePolygons(mask, frame).polygons.every((polygon) =>
          polygon.every((ring, i) => {
            const corners = new Set<string>();
            for (let c = 0; c < ring.length; c += 2) corners.add(`${ring[c]},${ring[c + 1]}`);
            return doubledArea(ring) > 0 === (i === 0) && corners.size === ring.length / 2;
          }),
        ),
      ),
    );
  });

  it('keeps every centre on its side with corners cut, so rings do not cross', () => {
    fc.assert(
      fc.property(randomMask, (mask) => {
        const cut = tracePolygons(mask, frame).polygons.map(cutCorners);
        return mask.every((set, square) => {
          const [x, y] = [(square % COLS) + 0.5, Math.floor(square / COLS) + 0.5];
          return cut.filter((polygon) => windingContains(polygon, x, y)).length === set;
        });
      }),
    );
  });

  it('keeps its orientation and roughly its area with corners cut', () => {
    fc.assert(
      fc.property(randomMask, (mask) =>
        tracePolygons(mask, frame).polygons.every((polygon) => {
          const cut = cutCorners(polygon);
          const corners = polygon.reduce((sum, ring) => sum + ring.length / 2, 0);
          const change = Math.abs(polygonArea(cut) - polygonArea(polygon));
          return change <= corners / 8 + 1e-9 && cut.every((ring, i) => doubledArea(ring) > 0 === (i === 0));
        }),
      ),
    );
  });
});

describe('corners cut', () => {
  it('turn one square into the diamond of its side middles and a staircase into a slope', () => {
    expect([...(cutCorners(trace('#')[0] ?? [])[0] ?? [])]).toEqual([0, 0.5, 0.5, 0, 1, 0.5, 0.5, 1]);
    const stairs = cutCorners(trace('#..', '##.', '###')[0] ?? [])[0] ?? new Float64Array(0);
    expect(stairs.join()).toContain('3,0.5,2.5,1,2,1.5,1.5,2,1,2.5,0.5,3');
  });
});

describe('lon, lat', () => {
  it('closes rings, keeps them counter-clockwise, in the order lon then lat, to the metre', () => {
    const projector = projectorFor(9208);
    const polygons = trace('##', '##');
    const square = { ...frame, origin_e_m: 567_400, origin_n_m: 2_358_700, cols: 2, rows: 2 };
    const [[ring]] = toLonLat(polygons, square, projector) as [[[number, number][]]];
    expect(ring).toHaveLength(5);
    expect(ring[0]).toEqual(ring[4]);
    expect(doubledArea(Float64Array.from(ring.flat()))).toBeGreaterThan(0);
    const [lon, lat] = ring[0] ?? [0, 0];
    expect([lon, lat]).toEqual([expect.closeTo(105.4016, 3), expect.closeTo(21.3216, 3)]);
    const [east, north] = projector.forward(lon, lat);
    expect(Math.hypot(east - 567_400, north - 2_358_700)).toBeLessThan(0.02);
  });
});
