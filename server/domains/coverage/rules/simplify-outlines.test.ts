import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Geometry } from 'wkx';
import type { GridFrame } from './grid.ts';
import { traceContours } from './polygonise.ts';
import { doubledArea, type Polygon } from './projection.ts';
import { simplifyOutlines } from './simplify-outlines.ts';
import { multiPolygonWkb } from './write-wkb.ts';

const frame: GridFrame = { origin_e_m: 0, origin_n_m: 0, cols: 24, rows: 24, grid_m: 100 };

/** Sides of all rings, [x0, y0, x1, y1]. */
const sidesOf = (polygons: readonly Polygon[]): number[][] =>
  polygons.flat().flatMap((ring) =>
    Array.from({ length: ring.length / 2 }, (_, i) => {
      const next = (2 * i + 2) % ring.length;
      return [ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0, ring[next] ?? 0, ring[next + 1] ?? 0];
    }),
  );
const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number): number =>
  Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

/** Whether two sides cross at a point inside both. */
function cross([ax = 0, ay = 0, bx = 0, by = 0]: number[], [cx = 0, cy = 0, dx = 0, dy = 0]: number[]): boolean {
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

const contours = (values: number[]): Polygon[] => {
  const levels = Uint8Array.from(values);
  return traceContours(levels, frame, 99.5, (inside, outside) => {
    const [above, below] = [(levels[inside] ?? 0) - 99.5, outside < 0 ? -12 : (levels[outside] ?? 0) - 99.5];
    return above / (above - below);
  });
};

describe('simpler outlines', () => {
  it('have fewer points, none of their sides cross, no ring is lost or turned, and the area stays', () => {
    const fields = fc.array(fc.integer({ min: 88, max: 111 }), { minLength: 576, maxLength: 576 });
    fc.assert(
      fc.property(fields, fc.constantFrom(0.12, 0.25, 0.6), (values, tolerance) => {
        const before = contours(values);
        const after = simplifyOutlines(before, frame, tolerance);
        const sides = sidesOf(after);
        expect(sides.some((one, i) => sides.some((other, j) => j > i && cross(one, other)))).toBe(false);
        expect(after.map((rings) => rings.map((ring) => Math.sign(doubledArea(ring))))).toEqual(
          before.map((rings) => rings.map((ring) => Math.sign(doubledArea(ring)))),
        );
        expect(sides.length).toBeLessThanOrEqual(sidesOf(before).length);
      }),
      { numRuns: 30 },
    );
  });

  it('leave four points of a square that stands alone, and few of a straight edge', () => {
    const values = Array.from({ length: 576 }, (_, at) => (at % 24 < 12 && at > 48 ? 110 : at === 20 ? 110 : 0));
    const [alone, half] = simplifyOutlines(contours(values), frame, 0.12).sort(
      ([a], [b]) => doubledArea(a ?? []) - doubledArea(b ?? []),
    );
    expect(alone?.[0]?.length).toBe(8);
    expect(half?.[0]?.length).toBeLessThan(30);
  });
});

describe('polygons as WKB', () => {
  it('are read back by another reader: rings closed, holes kept, lon before lat', () => {
    const polygon = [Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4), Float64Array.of(1, 1, 1, 2, 2, 2, 2, 1)];
    const projector = {
      forward: (): [number, number] => [0, 0],
      inverse: (e: number, n: number): [number, number] => [e / 1e4, n / 1e5],
    };
    const wkb = multiPolygonWkb([polygon], frame, projector, 6);
    expect(Geometry.parse(Buffer.from(wkb, 'hex')).toGeoJSON()).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [0.04, 0],
            [0.04, 0.004],
            [0, 0.004],
            [0, 0],
          ],
          [
            [0.01, 0.001],
            [0.01, 0.002],
            [0.02, 0.002],
            [0.02, 0.001],
            [0.01, 0.001],
          ],
        ],
      ],
    });
  });
});
