import * as fc from 'fast-check';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { cutOfArea } from './area-cut.ts';

const polygon = (...rings: [number, number][][]): Polygon => ({ type: 'Polygon', coordinates: rings });
const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const span = (id: number, ...coordinates: LonLat[]) => ({ id, coordinates });
const node = (id: number, lon: number | null, lat: number | null) => ({ id, lon, lat });

/** On which side of a→b a position lies, and how far. */
const side = (a: LonLat, b: LonLat, p: LonLat) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

describe('cutOfArea', () => {
  const area = polygon(square(105, 21, 0.1));

  it('takes nodes inside and on the border, and spans that end in it, cross it or touch it', () => {
    const cut = cutOfArea(
      area,
      [
        node(1, 105.05, 21.05),
        node(2, 105.1, 21.05),
        node(3, 105.2, 21.05),
        node(4, 21.05, 105.05),
        node(5, null, null),
      ],
      [
        span(11, [105.05, 21.05], [105.06, 21.06]),
        span(12, [104.9, 21.05], [105.2, 21.06]),
        span(13, [104.95, 21.0], [105.0, 20.95]),
        span(14, [104.95, 21.05], [105.05, 21.15]),
        span(15, [105.2, 21], [105.2, 21.1]),
        span(16, [104.9, 21.1], [105, 21.2]),
        { id: 17, coordinates: null },
      ],
    );
    expect(cut).toEqual({ nodes: [1, 2], spans: [11, 12, 14] });
  });

  it('spares what lies in a hole, but not what leaves it', () => {
    const holed = polygon(square(105, 21, 0.1), square(105.02, 21.02, 0.06));
    const spans = [span(1, [105.04, 21.04], [105.06, 21.06]), span(2, [105.05, 21.05], [105.3, 21.05])];
    expect(cutOfArea(holed, [node(1, 105.05, 21.05)], spans)).toEqual({ nodes: [], spans: [2] });
  });

  it('works across the antimeridian from either side, and for several polygons', () => {
    const across = polygon([
      [179.9, -17],
      [-179.9, -17],
      [-179.9, -16],
      [179.9, -16],
      [179.9, -17],
    ]);
    const nodes = [node(1, 179.95, -16.5), node(2, -179.95, -16.5), node(3, 0, -16.5), node(4, 179.8, -16.5)];
    expect(cutOfArea(across, nodes, [span(9, [179.8, -16.5], [-179.8, -16.5])])).toEqual({ nodes: [1, 2], spans: [9] });
    const two = { type: 'MultiPolygon' as const, coordinates: [area.coordinates, across.coordinates] };
    expect(cutOfArea(two, [...nodes, node(5, 105.05, 21.05)], []).nodes).toEqual([1, 2, 5]);
  });

  it.each([
    [
      'too few positions',
      polygon([
        [105, 21],
        [106, 21],
        [105, 21],
      ]),
    ],
    [
      'an open ring',
      polygon([
        [105, 21],
        [106, 21],
        [106, 22],
        [105, 22],
      ]),
    ],
    [
      'no number',
      polygon([
        [105, 21],
        [Number.NaN, 21],
        [106, 22],
        [105, 21],
      ]),
    ],
    [
      'a side around the whole world',
      polygon([
        [-180, -90],
        [180, -90],
        [180, 90],
        [-180, 90],
        [-180, -90],
      ]),
    ],
  ])('refuses %s', (_, bad) => {
    expect(() => cutOfArea(bad, [], [])).toThrow(RangeError);
  });

  it('agrees with sampling along each span, for any triangle', () => {
    const position = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(fc.tuple(position, position, position), position, position, ([a, b, c], from, to) => {
        fc.pre(side(a, b, c) !== 0);
        const { spans } = cutOfArea(polygon([a, b, c, a]), [], [span(1, from, to)]);
        // The deepest point of the span: how far inside all three sides, as a share of the triangle.
        const depth = Math.max(
          ...Array.from({ length: 2001 }, (_, step) => {
            const at: LonLat = [
              from[0] + ((to[0] - from[0]) * step) / 2000,
              from[1] + ((to[1] - from[1]) * step) / 2000,
            ];
            return Math.min(...[side(a, b, at), side(b, c, at), side(c, a, at)].map((turn) => turn / side(a, b, c)));
          }),
        );
        // How much deeper a point between two samples may be: much, in a thin triangle.
        const sides = [Math.hypot(a[0] - b[0], a[1] - b[1]), Math.hypot(b[0] - c[0], b[1] - c[1])];
        const longest = Math.max(...sides, Math.hypot(c[0] - a[0], c[1] - a[1]));
        const between = (Math.hypot(to[0] - from[0], to[1] - from[1]) / 2000) * (longest / Math.abs(side(a, b, c)));
        if (Math.abs(depth) > between + 1e-9) expect(spans).toEqual(depth > 0 ? [1] : []);
      }),
      { numRuns: 1_000 },
    );
  });
});
