import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geodesicM } from '../../../platform/geo/geodesic.ts';
import { planDual } from './augmentation.ts';
import { computePlan, type PlanInput } from './compute-plan.ts';
import { buildNetworkGraph } from './network-graph.ts';
import { placeClasses } from './place-classes.ts';
import { straightCandidates } from './straight-lines.ts';
import { targetsForNodeIds } from './targets.ts';

/** Sum of the least spanning forest of points, the first of which stand for all that is connected (R. C. Prim). */
function leastForest(points: readonly (readonly [number, number])[], connected: number, hop_m: number) {
  const joined = new Set(points.slice(0, connected).keys());
  let cost = 0;
  for (;;) {
    let best = { to: -1, length_m: Number.POSITIVE_INFINITY };
    for (const from of joined)
      points.forEach((point, to) => {
        const length_m = joined.has(to) ? Number.POSITIVE_INFINITY : geodesicM(points[from]!, point);
        if (length_m <= hop_m && length_m < best.length_m) best = { to, length_m };
      });
    if (best.to === -1) return { cost, left: points.length - joined.size };
    joined.add(best.to);
    cost += best.length_m;
  }
}

/** Points in clusters, as villages lie: most of a point's neighbours are of its own cluster. */
const clustered = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((points) => points.map(([cluster, x, y]) => [105 + 0.1 * cluster + x * 1e-4, 21 + y * 1e-4] as const));

const plan = (over: Partial<PlanInput>): PlanInput => ({
  goal: 'extend',
  nodes: [],
  spans: [],
  view: { kind: 'together' },
  wanted: [],
  lines: null,
  deployment: 'aerial',
  max_hop_m: 15_000,
  cost_per_m: 1,
  ...over,
});
const node = (id: number, kind: 'core' | 'joint' | 'district', [lon, lat]: readonly [number, number]) =>
  ({
    id,
    code: `N${id}`,
    name: '',
    network: 'W',
    kind,
    serves_unit_code: null,
    operator_id: null,
    lon,
    lat,
    in_service: true,
  }) as const;
const span = (id: number, start_node_id: number, end_node_id: number) =>
  ({
    id,
    start_node_id,
    end_node_id,
    operator_id: null,
    length_m: 1_000,
    route_group: null,
    status: 'operational',
  }) as const;
const place = (id: number, [lon, lat]: readonly [number, number], node_ids: number[] = []) => ({
  id: 1e12 + id,
  code: `P${id}`,
  name: '',
  lon,
  lat,
  node_ids,
});

describe('straight lines for places without fibre', () => {
  it('give the least spanning forest of all pairs within a hop, however the places cluster', () => {
    fc.assert(
      fc.property(clustered, fc.integer({ min: 1, max: 5 }), (points, some) => {
        const connected = Math.min(some, points.length - 1);
        const nodes = points.slice(0, connected).map((at, i) => node(i + 1, i === 0 ? 'core' : 'joint', at));
        const spans = nodes.slice(1).map(({ id }) => span(id, 1, id));
        const wanted = points.slice(connected).map((at, i) => place(i, at));
        const output = computePlan(plan({ nodes, spans, wanted }));
        const least = leastForest(points, connected, 15_000);
        expect(output.cost).toBeCloseTo(least.cost, 3);
        expect(output).toMatchObject({ exact: true, impossible: { length: least.left } });
      }),
      { numRuns: 150 },
    );
  });

  it('reach a cluster of more places than any of them has near neighbours', () => {
    const wanted = Array.from({ length: 30 }, (_, i) => place(i, [105.1 + 0.001 * i, 21]));
    const output = computePlan(plan({ nodes: [node(1, 'core', [105, 21])], wanted }));
    expect(output).toMatchObject({ lines: { length: 30 }, impossible: [], exact: true });
  });
});

describe('straight lines for two ways', () => {
  const network = fc.record({
    points: fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      minLength: 3,
      maxLength: 7,
    }),
    ends: fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.option(fc.constantFrom('g', 'h'), { freq: 2 })), { maxLength: 7 }),
    targets: fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 }),
  });

  it('of all pairs, those kept allow as cheap a plan', () => {
    fc.assert(
      fc.property(network, ({ points, ends, targets }) => {
        const nodes = points.map(([x, y], i) =>
          node(i + 1, i === 0 ? 'core' : 'joint', [105 + x * 1e-3, 21 + y * 1e-3]),
        );
        const spans = ends
          .filter(([a, b]) => a < nodes.length && b < nodes.length)
          .map(([a, b, route_group], i) => ({ ...span(i + 1, a + 1, b + 1), route_group }));
        const { graph } = buildNetworkGraph(nodes, spans);
        const wanted = targetsForNodeIds(
          graph,
          targets.filter((at) => at < nodes.length).map((at) => place(at, [105, 21], [at + 1])),
        );
        const classes = placeClasses(graph, wanted);
        const options = { max_hop_m: 3_000, deployment: 'aerial', each: 2 } as const;
        const all = straightCandidates(nodes, { ...options, classOf: ({ id }) => id }).lines;
        const kept = straightCandidates(nodes, { ...options, classOf: ({ id }) => classes[id - 1]! });
        const [most, fewer] = [all, kept.lines].map((lines) => planDual(graph, wanted, lines, 200_000));
        expect([most!.exact, fewer!.exact]).toEqual([true, true]);
        expect(fewer!.impossible).toEqual(most!.impossible);
        expect(fewer!.cost).toBeCloseTo(most!.cost, 6);
        expect(kept.weighed).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 300 },
    );
  });
});
