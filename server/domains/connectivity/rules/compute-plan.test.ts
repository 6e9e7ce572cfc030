import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { computePlan, joinStretches, type PlanInput } from './compute-plan.ts';

const node = (id: number, kind: 'core' | 'district' | 'joint', lon: number, lat: number) => ({
  id,
  code: `N${id}`,
  name: `Nút ${id}`,
  network: 'W',
  kind,
  serves_unit_code: null,
  operator_id: null,
  lon,
  lat,
  in_service: true,
});
const span = (id: number, start_node_id: number, end_node_id: number) => ({
  id,
  start_node_id,
  end_node_id,
  operator_id: null,
  length_m: 10_000,
  route_group: null,
  status: 'operational' as const,
});
const place = (id: number, node_ids: number[], lon: number, lat: number) => ({
  id,
  code: `P${id}`,
  name: '',
  lon,
  lat,
  node_ids,
});
/** A chain: core – A – B, each 0.1° apart. */
const chain: PlanInput = {
  goal: 'dual',
  nodes: [node(1, 'core', 105, 21), node(2, 'district', 105.1, 21), node(3, 'district', 105.2, 21)],
  spans: [span(1, 1, 2), span(2, 2, 3)],
  view: { kind: 'together' },
  wanted: [place(1e12 + 2, [2], 105.1, 21), place(1e12 + 3, [3], 105.2, 21)],
  lines: null,
  deployment: 'aerial',
  max_hop_m: 30_000,
  cost_per_m: 2,
};

describe('the cheapest new spans', () => {
  it('close a chain into a ring by one span from its end to the core', () => {
    const plan = computePlan(chain);
    expect(plan.lines.map(({ start_code, end_code }) => [start_code, end_code])).toEqual([['N1', 'N3']]);
    // 0.2° along the parallel of 21°, on the ellipsoid: 20,794 m.
    expect(plan.length_m).toBeCloseTo(20_794, -1);
    expect(plan.cost).toBeCloseTo(2 * plan.length_m, 6);
    expect(plan).toMatchObject({ exact: true, wanted: 2, impossible: [] });
  });

  it('are none where everything is safe, and name what no line can help', () => {
    const ring = { ...chain, spans: [...chain.spans, span(3, 3, 1)] };
    expect(computePlan(ring)).toMatchObject({ lines: [], cost: 0, wanted: 0 });
    expect(computePlan({ ...chain, max_hop_m: 5_000 })).toMatchObject({
      lines: [],
      impossible: ['P1000000000002', 'P1000000000003'],
    });
  });

  it('bring a place without fibre onto the network along given lines, as one span', () => {
    const road: LonLat[] = [
      [105.1, 21.0001],
      [105.1, 21.05],
      [105.1, 21.1],
    ];
    const far = place(1e12 + 9, [], 105.1005, 21.1);
    const plan = computePlan({ ...chain, goal: 'extend', wanted: [far], lines: [road], max_hop_m: 500 });
    expect(plan.lines).toHaveLength(1);
    expect(plan.lines[0]).toMatchObject({
      start_code: 'N2',
      start_name: 'Nút 2',
      start_network: 'W',
      end_code: 'P1000000000009',
      end_name: null,
      end_network: null,
    });
    expect(plan.length_m).toBeCloseTo(11_119 + 52, -2);
  });

  it('bring a district that no node serves two ways', () => {
    const far = place(1e12 + 9, [], 105.1, 21.05);
    const plan = computePlan({ ...chain, wanted: [far] });
    // The node beside it hangs on one span, so one of the ways leads past it to the core.
    expect(plan).toMatchObject({ wanted: 1, impossible: [], exact: true });
    expect(plan.lines.map(({ start_code, end_code }) => `${start_code} ${end_code}`)).toEqual([
      'N1 P1000000000009',
      'N2 P1000000000009',
    ]);
    expect(computePlan({ ...chain, wanted: [far], max_hop_m: 6_000 })).toMatchObject({
      impossible: ['P1000000000009'],
    });
  });

  it('are spliced in at joints as well as at the nodes of centres', () => {
    const joint = { ...node(4, 'joint', 105.19, 21.001), code: 'J4' };
    const near = { ...chain, nodes: [...chain.nodes, joint], spans: [...chain.spans, span(4, 1, 4)] };
    expect(computePlan(near).lines.map(({ start_code, end_code }) => [start_code, end_code])).toEqual([['N3', 'J4']]);
  });

  it('give an unconnected district both halves of a ring road, from where it stands or by two entries', () => {
    const lines: LonLat[][] = [-0.05, 0.05].map((aside) => [
      [105, 21],
      [105.05, 21 + aside],
      [105.1, 21],
    ]);
    const alone = { ...chain, spans: [], wanted: chain.wanted.slice(0, 1), max_hop_m: 3_000, lines };
    const onRoad = computePlan({ ...alone, nodes: chain.nodes.slice(0, 2) });
    expect(onRoad).toMatchObject({ impossible: [], wanted: 1, exact: true });
    expect(onRoad.lines.map(({ start_code, end_code }) => [start_code, end_code].sort())).toEqual([
      ['N1', 'N2'],
      ['N1', 'N2'],
    ]);
    const offRoad = computePlan({ ...alone, nodes: [node(1, 'core', 105, 21), node(2, 'district', 105.1, 21.001)] });
    expect(offRoad).toMatchObject({ impossible: [], wanted: 1 });
    // Two ways of 111 and 157 m more, less what of the road they leave out.
    expect(offRoad.length_m - onRoad.length_m).toBeGreaterThan(0);
    expect(offRoad.length_m - onRoad.length_m).toBeLessThan(111 + 157);
  });

  it('say that a place without a position cannot be helped', () => {
    const lost = { ...place(1e12 + 9, [], 0, 0), lon: null, lat: null };
    expect(computePlan({ ...chain, goal: 'extend', wanted: [lost] })).toMatchObject({
      wanted: 1,
      impossible: ['P1000000000009'],
    });
  });
});

describe('stretches joined at junctions', () => {
  const stretch = (a: number, b: number) => ({
    a,
    b,
    length_m: 1,
    cost: 2,
    coordinates: [
      [a, 0],
      [b, 0],
    ] as LonLat[],
  });

  it('keep length, cost and branch points, whatever their order and direction', () => {
    const tree = [stretch(1, -1), stretch(-2, -1), stretch(-2, 2), stretch(-2, 3)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(tree, { minLength: 4, maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (order, turned) => {
          const given = order.map((line, at) =>
            turned[at] ? { ...line, a: line.b, b: line.a, coordinates: [...line.coordinates].reverse() } : line,
          );
          const joined = joinStretches(given);
          const ends = joined.map(({ a, b }) => [a, b].sort((x, y) => x - y).join());
          expect(ends.sort((a, b) => a.localeCompare(b))).toEqual(['-2,1', '-2,2', '-2,3']);
          expect(joined.reduce((sum, line) => sum + line.length_m, 0)).toBe(4);
          for (const { a, b, coordinates } of joined) {
            expect(coordinates[0]?.[0]).toBe(a);
            expect(coordinates.at(-1)?.[0]).toBe(b);
          }
        },
      ),
    );
  });

  it('of a ring without a named place are one', () => {
    const ring = [stretch(-1, -2), stretch(-2, -3), stretch(-3, -1)];
    expect(joinStretches(ring)).toHaveLength(1);
    expect(joinStretches(ring)[0]).toMatchObject({ length_m: 3, cost: 6 });
  });
});
