import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicM, type LonLat, lineLengthM, nearestOnSegment } from '../../../platform/geo/geodesic.ts';
import { FibreDistance, type FigureSpan, networkLengths, reachFigure } from './fibre-figures.ts';
import { plainNetworks, toGraph } from './testing/random-network.ts';
import { type SketchedSpan, sketch } from './testing/sketch.ts';
import { topologySummary } from './topology-class.ts';

const cable = (
  start: number,
  end: number,
  coordinates: LonLat[] | null,
  deployment: FigureSpan['deployment'],
  route_group: string | null = null,
  length_m = lineLengthM(coordinates ?? []),
): FigureSpan => ({ start_node_id: start, end_node_id: end, coordinates, deployment, route_group, length_m });

const A: LonLat = [105, 21];
const B: LonLat = [105.1, 21];
const C: LonLat = [105.2, 21];
const AB_KM = geodesicM(A, B) / 1000;

/** 11 m to the north. */
const beside = ([lon, lat]: LonLat): LonLat => [lon, lat + 0.0001];
/** A place on a grid of some 110 m. */
const place = ([x, y]: [number, number]): LonLat => [105 + x / 1000, 21 + y / 1000];

describe('networkLengths', () => {
  it('counts the cables of one duct once as route, each as cable', () => {
    const lengths = networkLengths([
      cable(1, 3, [A, C], 'duct', 'R1'),
      cable(1, 2, [beside(A), beside(B)], 'duct', 'R1'),
      cable(2, 3, [B, C], 'duct', ' R1 '),
      cable(1, 2, [A, B], 'aerial'),
    ]);
    expect(lengths.by_deployment.duct.route_km).toBeCloseTo(2 * AB_KM, 3);
    expect(lengths.by_deployment.duct.cable_km).toBeCloseTo(4 * AB_KM, 3);
    expect(lengths.route_km).toBeCloseTo(3 * AB_KM, 3);
    expect(lengths.spans).toBe(4);
    expect(lengths.underground_pct).toBeCloseTo(200 / 3, 3);
  });

  it('adds up the sections of a route behind each other, and what leaves the common duct', () => {
    const away: LonLat = [105.1, 21.1];
    const lengths = networkLengths([
      cable(1, 3, [A, B, C], 'buried', 'R1'),
      cable(1, 4, [A, B, away], 'buried', 'R1'),
      cable(3, 5, [C, [105.3, 21]], 'buried', 'R1'),
    ]);
    const spur = geodesicM(B, away) / 1000;
    // The first 25 m of the spur are still within the tolerance of the duct.
    expect(lengths.route_km).toBeCloseTo(3 * AB_KM + spur, 0);
    expect(Math.abs(lengths.route_km - 3 * AB_KM - spur)).toBeLessThan(0.1);
  });

  it('goes by the nodes where nobody drew the cable', () => {
    const lengths = networkLengths([
      cable(1, 2, null, null, 'R1', 5_000),
      cable(2, 1, null, null, 'R1', 4_000),
      cable(2, 3, null, null, 'R1', 3_000),
    ]);
    expect(lengths).toMatchObject({ route_km: 8, cable_km: 12, underground_pct: null });
    expect(lengths.by_deployment.unknown.spans).toBe(3);
  });

  it('is nothing for no spans', () => {
    expect(networkLengths([])).toMatchObject({ spans: 0, route_km: 0, cable_km: 0, underground_pct: null });
  });
});

describe('reachFigure', () => {
  it('tells centres on a ring from those on a spur, and those not connected', () => {
    const { graph, target } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['x', 'y'],
      ['y', 'x'],
    ]);
    const targets = ['A', 'C', 'x'].map((name) => target(name));
    expect(reachFigure(graph, [...targets, { code: 'Z', name: 'Z', nodes: [] }])).toEqual({
      total: 4,
      on_fibre: 2,
      on_ring: 1,
    });
    expect(reachFigure(sketch([], []).graph, [])).toEqual({ total: 0, on_fibre: 0, on_ring: 0 });
  });

  it('takes parallel cables of one duct for one, as the shape does; a ring stays one whatever its spans share', () => {
    const figure = (...spans: SketchedSpan[]) => {
      const { graph, target } = sketch(spans);
      const { class: shape, rings } = topologySummary(graph);
      return { shape, rings, on_ring: reachFigure(graph, [target('A')]).on_ring };
    };
    expect(figure(['VT', 'A', 1, 'duct'], ['A', 'VT', 2, 'duct'])).toEqual({ shape: 'star', rings: 0, on_ring: 0 });
    expect(figure(['VT', 'A', 1, 'duct'], ['A', 'VT', 2, 'poles'])).toEqual({ shape: 'ring', rings: 1, on_ring: 1 });
    expect(figure(['VT', 'A', 1, 'duct'], ['A', 'B'], ['B', 'VT', 1, 'duct'])).toEqual({
      shape: 'ring',
      rings: 1,
      on_ring: 1,
    });
  });

  it('has as many nodes on a ring as the shape has', () => {
    fc.assert(
      fc.property(plainNetworks(7, 12), (drawn) => {
        const cores = Array.from({ length: drawn.nodeCount }, (_, number) => number);
        const { graph, targets } = toGraph({ ...drawn, cores, targets: cores.map((number) => [number]) });
        expect(reachFigure(graph, targets).on_ring).toBe(topologySummary(graph).nodes_on_ring);
      }),
      { numRuns: 400 },
    );
  });
});

describe('FibreDistance', () => {
  it('measures to the cable and to the node, each with its id', () => {
    const fibre = new FibreDistance(
      [
        { id: 1, lon: 105, lat: 21 },
        { id: 2, lon: null, lat: null },
      ],
      [
        { id: 10, coordinates: [A, B] },
        { id: 11, coordinates: null },
      ],
    );
    const near = fibre.from([105.05, 21.01]);
    expect(near).toMatchObject({ cable_id: 10, node_id: 1 });
    expect(near.cable_m).toBeCloseTo(1_107.17, 1);
    expect(near.node_m).toBeCloseTo(geodesicM([105.05, 21.01], A), 6);
    expect(new FibreDistance([], []).from(A)).toEqual({ cable_m: null, cable_id: null, node_m: null, node_id: null });
  });

  it('agrees with measuring every segment', () => {
    const position = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(
        fc.array(fc.array(position, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        position,
        (lines, at) => {
          const spans = lines.map((line, id) => ({ id, coordinates: line.map(place) }));
          const point = place(at);
          const nearest = Math.min(
            ...spans.flatMap(({ coordinates }) =>
              coordinates
                .slice(1)
                .map((end, segment) => nearestOnSegment(point, coordinates[segment]!, end).distance_m),
            ),
          );
          // The plane that touches the sphere at the point is off by metres over 40 km, so pieces of a segment differ a little from it.
          expect(Math.abs(new FibreDistance([], spans).from(point).cable_m! - nearest)).toBeLessThan(
            1 + nearest * 1e-5,
          );
        },
      ),
    );
  });
});
