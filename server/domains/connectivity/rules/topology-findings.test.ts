import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { withoutLoop } from './line-repairs.ts';
import type { FibreNodeKind } from './network-graph.ts';
import { selfCrossing } from './self-crossing.ts';
import { joint, line, network, drawnNode as node, drawnSpan as span, TODAY } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import { type TopologyFinding, type TopologyProposal, type TopologyRows, tolerancesFor } from './topology-rows.ts';

/** A place on a grid of 44 m. */
const onGrid = ({ lon, lat }: { lon: number; lat: number }): LonLat => [105 + lon * 4e-4, 21 + lat * 4e-4];

const proposals = (found: readonly TopologyFinding[]): TopologyProposal[] =>
  found.flatMap(({ proposal }) => proposal ?? []);
const only = (rows: TopologyRows): TopologyFinding => {
  const found = findTopologyFaults(rows);
  expect(found).toHaveLength(1);
  return found[0]!;
};
/** Finds, accepts everything, and looks again. */
const repaired = (rows: TopologyRows): TopologyRows => applyProposals(rows, proposals(findTopologyFaults(rows)));

describe('topology findings and their repairs', () => {
  const A = node(1, 105, 21);
  const B = node(2, 105.1, 21);
  const AB = span(10, 1, 2, line([105, 21], [105.1, 21]));

  const twoNetworks = (code: string): TopologyRows => ({
    at: TODAY,
    networks: [
      { id: 1, code: 'net' },
      { id: 2, code: 'net' },
    ],
    nodes: [A, B, node(3, 106, 21, { network_id: 2, code }), node(4, 106.1, 21, { network_id: 2 })],
    spans: [AB, span(11, 3, 4, line([106, 21], [106.1, 21]), { network_id: 2 })],
    former: [],
  });

  it('finds nothing in a sound network, and nothing in an empty one', () => {
    expect(findTopologyFaults(network([A, B], [AB]))).toEqual([]);
    expect(findTopologyFaults(network([], []))).toEqual([]);
  });

  it('says by how many metres a line misses its node, and joins a new joint at 668 km', () => {
    const far = node(2, 105.1, 27.031);
    const rows = network([A, far], [AB]);
    const found = only(rows);
    expect(found).toMatchObject({ kind: 'end_far_from_node', table: 'fibre_span', ids: [10] });
    expect(found.detail_m! / 1000).toBeCloseTo(668, 0);
    expect(found.proposal).toEqual({ action: 'add_node', span_id: 10, end: 'end', lon: 105.1, lat: 21 });
    const after = repaired(rows);
    expect(after.nodes).toHaveLength(3);
    expect(after.spans[0]!.end_node_id).toBe(-1);
    expect(after.nodes[2]).toMatchObject({ id: -1, kind: 'joint', lon: 105.1, lat: 21, operator_id: 1 });
    // The declared node has lost its span; that is now said of it.
    expect(findTopologyFaults(after).map(({ kind, ids }) => [kind, ids])).toEqual([
      ['dangling_end', [-1]],
      ['unused_node', [2]],
    ]);
  });

  it.each<[string, TopologyRows, TopologyProposal]>([
    [
      'a line drawn from end to start',
      network([A, B], [span(10, 2, 1, line([105, 21], [105.1, 21]))]),
      { action: 'reverse_line', span_id: 10 },
    ],
    [
      'a node with lon and lat exchanged',
      network([A, node(2, 21, 105.1)], [AB]),
      { action: 'place_node', node_id: 2, lon: 105.1, lat: 21 },
    ],
    [
      'an end 1 km short of its node',
      network([A, B], [span(10, 1, 2, line([105, 21], [105.09, 21]))]),
      { action: 'extend_line', span_id: 10, end: 'end' },
    ],
    [
      'an end at another node',
      network(
        [A, B, node(3, 105.2, 21)],
        [AB, span(12, 2, 3, line([105.1, 21], [105.2, 21])), span(11, 1, 2, line([105, 21], [105.2, 21]))],
      ),
      { action: 'reattach_end', span_id: 11, end: 'end', node_id: 3 },
    ],
    [
      'a loop of 2 × 2 minutes',
      network(
        [A, B],
        [span(10, 1, 2, line([105, 21], [105.05, 21], [105.05, 21.03], [105.02, 21.03], [105.02, 20.99], [105.1, 21]))],
      ),
      { action: 'remove_loop', span_id: 10, from_segment: 0, to_segment: 3, lon: 105.02, lat: 21 },
    ],
    [
      'a line that runs back along itself and past where it came from',
      network(
        [node(1, 105.3, 21.3), node(2, 105.35, 21.35)],
        [span(10, 1, 2, line([105.3, 21.3], [105.36, 21.34], [105.38, 21.32], [105.35, 21.35]))],
      ),
      { action: 'remove_loop', span_id: 10, from_segment: 0, to_segment: 2, lon: 105.36, lat: 21.34 },
    ],
    [
      'a line that turns at once and runs back past where it begins',
      network(
        [node(1, 105.36, 21.34), node(2, 105.35, 21.35)],
        [span(10, 1, 2, line([105.36, 21.34], [105.38, 21.32], [105.35, 21.35]))],
      ),
      { action: 'remove_loop', span_id: 10, from_segment: 0, to_segment: 1, lon: 105.36, lat: 21.34 },
    ],
    [
      'a line that overshoots its end and comes back to it',
      network(
        [node(1, 105.35, 21.35), node(2, 105.36, 21.34)],
        [span(10, 1, 2, line([105.35, 21.35], [105.38, 21.32], [105.36, 21.34]))],
      ),
      { action: 'remove_loop', span_id: 10, from_segment: 0, to_segment: 1, lon: 105.36, lat: 21.34 },
    ],
    [
      'a span whose start is no node, near one',
      network([A, B], [span(10, 99, 2, line([105, 21.0001], [105.1, 21])), AB]),
      { action: 'reattach_end', span_id: 10, end: 'start', node_id: 1 },
    ],
    ['a span without a line', network([A, B], [span(10, 1, 2, null)]), { action: 'draw_straight', span_id: 10 }],
    [
      'a node without a position',
      network([A, node(2, null, null)], [AB]),
      { action: 'place_node', node_id: 2, lon: 105.1, lat: 21 },
    ],
    [
      'a line across the antimeridian',
      network([node(1, 179.9, -16), node(2, -179.9, -16)], [span(10, 1, 2, line([179.9, -16], [-179.9, -16]))]),
      { action: 'unwrap_longitudes', span_id: 10 },
    ],
    [
      'a span of no length from a node to itself',
      network([A, B], [AB, span(11, 1, 1, line([105, 21], [105, 21]))]),
      { action: 'remove_span', span_id: 11 },
    ],
    ['a joint without a span', network([A, B, node(3, 105.5, 21, joint)], [AB]), { action: 'remove_node', node_id: 3 }],
  ])('mends %s', (_, rows, proposal) => {
    expect(only(rows).proposal).toEqual(proposal);
    expect(findTopologyFaults(repaired(rows))).toEqual([]);
  });

  it('measures the loop it cuts out', () => {
    const loop = selfCrossing(line([105, 0], [105.02, 0], [105.02, 0.01], [105.01, 0.01], [105.01, -0.01]))!;
    expect(loop.point).toEqual([105.01, 0]);
    // A square of 0.01° on the equator: 2 × 1,113.19 and 2 × 1,105.74 m.
    expect(loop.loop_m).toBeCloseTo(4_437.9, 0);
  });

  it('finds a way out and back as a whole, over several positions, and measures it', () => {
    const found = selfCrossing(
      line([105, 0], [105.01, 0], [105.02, 0], [105.03, 0], [105.02, 0], [105.015, 0], [105.015, 1]),
    );
    expect(found).toMatchObject({ from_segment: 1, to_segment: 5, point: [105.015, 0] });
    // 0.015° along the equator and back: 111,319.49 m a degree.
    expect(found!.loop_m).toBeCloseTo(0.03 * 111_319.49, 1);
  });

  it('leaves a line that is nothing but a way out and back to a person', () => {
    const rows = network([A, node(2, 105.0001, 21)], [span(10, 1, 2, line([105, 21], [105.1, 21], [105, 21]))]);
    const found = findTopologyFaults(rows).find(({ kind }) => kind === 'self_crossing');
    expect(found).toMatchObject({ ids: [10], proposal: null });
  });

  it('takes a line past a turn that it does not come back by for no crossing', () => {
    expect(selfCrossing(line([0, 0], [1, 0], [0.5, 1e-7]))).toBeNull();
    expect(selfCrossing(line([0, 0], [1, 0], [1, 1], [0, 1]))).toBeNull();
  });

  it('mends a line that overshoots a position and comes back as if it never had', () => {
    const step = fc.record({
      east: fc.integer({ min: 1, max: 40_000 }),
      north: fc.integer({ min: -40_000, max: 40_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (steps, which, over) => {
          // Steps of 1e-6°, always to the east: such a line meets itself nowhere.
          let [lon, lat] = [105_000_000, 21_000_000];
          const sound = line(
            [105, 21],
            ...steps.map(({ east, north }): LonLat => {
              [lon, lat] = [lon + east, lat + north];
              return [lon / 1e6, lat / 1e6];
            }),
          );
          const turn = 1 + (which % steps.length);
          const [from, to] = [sound[turn - 1]!, sound[turn]!];
          const beyond: LonLat = [to[0] + (over * (to[0] - from[0])) / 10, to[1] + (over * (to[1] - from[1])) / 10];
          const drawn = [...sound.slice(0, turn), beyond, ...sound.slice(turn)];
          expect(selfCrossing(sound)).toBeNull();
          const { point, ...found } = selfCrossing(drawn)!;
          const mended = withoutLoop(drawn, {
            action: 'remove_loop',
            span_id: 1,
            ...found,
            lon: point[0],
            lat: point[1],
          });
          expect(mended).toEqual(sound);
        },
      ),
      { seed: 7 },
    );
  });

  it('takes a closed line for no crossing, and a spike back on itself for one', () => {
    expect(selfCrossing(line([0, 0], [1, 0], [1, 1], [0, 0]))).toBeNull();
    expect(selfCrossing(line([0, 0], [2, 0], [2, 1], [1, 0]))).toMatchObject({ from_segment: 0, to_segment: 2 });
    expect(selfCrossing(line([0, 0], [1, 0], [2, 0]))).toBeNull();
  });

  it('makes one of nodes 11 m apart by rounding to 4 decimals, and keeps the one that means more', () => {
    const rows = network(
      [
        A,
        node(2, 105.1, 21, joint),
        node(3, 105.1, 21.0001, { kind: 'district', serves_unit_code: '228' }),
        node(4, 105.2, 21),
      ],
      [AB, span(11, 3, 4, line([105.1, 21.0001], [105.2, 21])), span(12, 2, 3, line([105.1, 21], [105.1, 21.0001]))],
    );
    const found = findTopologyFaults(rows);
    expect(found.map(({ kind }) => kind)).toEqual(['duplicate_nodes']);
    expect(found[0]!.detail_m).toBeCloseTo(11.07, 2);
    expect(found[0]!.proposal).toEqual({ action: 'merge_nodes', keep: 3, drop: [2] });
    const after = repaired(rows);
    expect(after.nodes.map(({ id }) => id)).toEqual([1, 3, 4]);
    // The patch of 11 m between the two is gone, the cables meet.
    expect(after.spans.map((row) => [row.id, row.start_node_id, row.end_node_id])).toEqual([
      [10, 1, 3],
      [11, 3, 4],
    ]);
    expect(findTopologyFaults(after)).toEqual([]);
  });

  it('leaves apart: other operators, other networks, 17 m', () => {
    const other = [
      { operator_id: 2, serves_unit_code: '7900' },
      { network_id: 2, serves_unit_code: '7900' },
    ] as const;
    const served = node(1, 105, 21, { kind: 'commune', serves_unit_code: '7897' });
    for (const extra of other) {
      const rows = network([served, node(2, 105, 21.0001, extra)], []);
      expect(findTopologyFaults(rows).map(({ kind }) => kind)).toEqual(['unused_node', 'unused_node']);
    }
    const rows = network([A, node(2, 105, 21 + 17 / 110_720)], []);
    expect(findTopologyFaults(rows).some(({ kind }) => kind === 'duplicate_nodes')).toBe(false);
  });

  it('lists nodes 10.4 m apart that serve two units, each pair once, and proposes to make none of them one', () => {
    const nodes = [
      node(1, 105, 21, { kind: 'core' }),
      node(2, 105.0001, 21.1, { kind: 'district', serves_unit_code: '228' }),
      node(3, 105, 21.1, { kind: 'district', serves_unit_code: '230' }),
    ];
    const spans = [2, 3].map((id) => span(id + 10, 1, id, line([105, 21], [nodes[id - 1]!.lon!, 21.1])));
    const found = only(network(nodes, spans));
    expect(found).toMatchObject({ kind: 'duplicate_nodes', ids: [2, 3], proposal: null, units: ['228', '230'] });
    expect(found.detail_m).toBeCloseTo(10.39, 1);
    // A joint between them is one with the first: it serves nothing.
    const between = node(4, 105.00005, 21.1, joint);
    const three = findTopologyFaults(
      network([...nodes, between], [...spans, span(14, 1, 4, line([105, 21], [105.00005, 21.1]))]),
    );
    expect(three.map(({ kind, ids, proposal }) => [kind, ids, proposal?.action])).toEqual([
      ['duplicate_nodes', [2, 4], 'merge_nodes'],
      ['duplicate_nodes', [2, 3], undefined],
      ['dangling_end', [4], 'merge_nodes'],
    ]);
  });

  it('contracts a span of no length between two nodes', () => {
    const twin = node(3, 105.1, 21, { operator_id: 2 });
    const rows = network([A, B, twin], [AB, span(11, 2, 3, line([105.1, 21], [105.1, 21]))]);
    expect(only(rows)).toMatchObject({ kind: 'zero_length', detail_m: 0, proposal: { action: 'contract_span' } });
    const after = repaired(rows);
    expect([after.nodes.length, after.spans.length]).toEqual([2, 1]);
  });

  it('joins a dangling end to the line it nearly meets, dividing the line and its length', () => {
    const end = node(3, 105.04, 21.0005, joint);
    const far = node(4, 105.04, 21.1);
    const rows = network(
      [A, B, end, far],
      [{ ...AB, length_m: 20_000 }, span(11, 4, 3, line([105.04, 21.1], [105.04, 21.0005]))],
    );
    const found = only(rows);
    expect(found).toMatchObject({
      kind: 'dangling_end',
      ids: [3],
      proposal: { action: 'split_span', span_id: 10, node_id: 3 },
    });
    expect(found.detail_m).toBeCloseTo(55.36, 1);
    const after = repaired(rows);
    const parts = after.spans.filter(({ id }) => id !== 11);
    expect(parts.map((part) => [part.start_node_id, part.end_node_id])).toEqual([
      [1, 3],
      [3, 2],
    ]);
    expect(parts[0]!.length_m! + parts[1]!.length_m!).toBeCloseTo(20_000, 6);
    expect(parts[0]!.length_m).toBeCloseTo(8_000, -1);
    expect(findTopologyFaults(after)).toEqual([]);
  });

  it('gives the parts of a span and a new joint codes that are free, and says of which span a part is', () => {
    const rows = network(
      [A, B, node(3, 105.04, 21.0002, joint), node(4, 105.08, 21.0002, joint), node(5, 106, 22, { code: 'K/9/end' })],
      [
        span(10, 1, 2, line([105, 21.5], [105.1, 21.5]), { code: 'K' }),
        { ...AB, id: 11, code: 'K/9' },
        span(12, 1, 2, line([105, 21.5], [105.1, 21.5]), { code: 'K/9/2', out_of_service: true }),
      ],
    );
    const after = applyProposals(rows, [
      { action: 'split_span', span_id: 11, node_id: 3 },
      { action: 'split_span', span_id: 11, node_id: 4 },
      { action: 'add_node', span_id: 11, end: 'end', lon: 105.1, lat: 21 },
    ]);
    expect(after.spans.map(({ code }) => code)).toEqual(['K', 'K/9', 'K/9/2', 'K/9/3', 'K/9/4']);
    expect(after.nodes.at(-1)!.code).toBe('K/9/end/2');
    const [first, second] = after.spans.slice(-2);
    expect([...after.copiedFrom]).toEqual([
      [first!.id, 11],
      [second!.id, 11],
    ]);
  });

  it('joins a dangling end to the node it nearly meets, and leaves a lone one to a person', () => {
    const end = node(3, 105.1005, 21, joint);
    const far = node(4, 105.2, 21);
    const rows = network([A, B, end, far], [AB, span(11, 4, 3, line([105.2, 21], [105.1005, 21]))]);
    expect(only(rows).proposal).toEqual({ action: 'merge_nodes', keep: 2, drop: [3] });
    const lone = network([A, B, node(3, 105.05, 21.05, joint)], [AB, span(11, 1, 3, line([105, 21], [105.05, 21.05]))]);
    expect(only(lone)).toMatchObject({ kind: 'dangling_end', detail_m: null, proposal: null });
  });

  it('leaves a dangling end near the node and the line of another network as it is', () => {
    const other = { network_id: 2 };
    const far = [
      { ...node(3, 105.04, 21.0005, joint), ...other },
      { ...node(4, 105.04, 21.1), ...other },
      { ...node(5, 105.1005, 21, joint), ...other },
      { ...node(6, 105.2, 21), ...other },
    ];
    const rows = network(
      [A, B, ...far],
      [
        AB,
        { ...span(11, 4, 3, line([105.04, 21.1], [105.04, 21.0005])), ...other },
        { ...span(12, 6, 5, line([105.2, 21], [105.1005, 21])), ...other },
      ],
    );
    const found = findTopologyFaults(rows).filter(({ kind }) => kind === 'dangling_end');
    expect(found.map(({ ids, proposal }) => [ids, proposal])).toEqual([
      [[3], null],
      [[5], null],
    ]);
  });

  it('merges two networks with one id, or names the second anew when their codes collide', () => {
    expect(only(twoNetworks('N3')).proposal).toEqual({ action: 'merge_networks', keep: 1, drop: 2 });
    const merged = repaired(twoNetworks('N3'));
    expect(merged.networks).toHaveLength(1);
    expect(merged.nodes.every((row) => row.network_id === 1)).toBe(true);
    expect(only(twoNetworks('N1')).proposal).toEqual({ action: 'rename_network', network_id: 2, code: 'net-2' });
    expect(findTopologyFaults(repaired(twoNetworks('N1')))).toEqual([]);
  });

  it('names a span without line and node, and goes on with the rest', () => {
    const found = findTopologyFaults(network([A, B], [span(10, null, 77, null), AB]));
    expect(found.map(({ kind, proposal }) => [kind, proposal])).toEqual([
      ['missing_geometry', null],
      ['missing_node', null],
      ['missing_node', null],
    ]);
  });

  it('changes nothing without acceptance, never touches the given rows, and passes over repairs whose rows are gone', () => {
    const rows = network([A, node(2, 105, 21.0001)], [AB]);
    const before = structuredClone(rows);
    expect(applyProposals(rows, [])).toEqual({ ...rows, copiedFrom: new Map(), idle: [], refused: [] });
    const merge: TopologyProposal = { action: 'merge_nodes', keep: 1, drop: [2] };
    const once = applyProposals(rows, [merge, { action: 'remove_span', span_id: 10 }]);
    expect(rows).toEqual(before);
    expect(applyProposals(once, [merge, { action: 'reverse_line', span_id: 10 }])).toEqual(once);
  });

  it('comes to rest on random networks: repairs accepted in rounds leave only what has no repair', () => {
    const place = fc.record({ lon: fc.integer({ min: 0, max: 12 }), lat: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, fc.constantFrom<FibreNodeKind[]>('joint', 'site', 'core')), {
          minLength: 1,
          maxLength: 7,
        }),
        fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.array(place, { maxLength: 4 })), { maxLength: 7 }),
        fc.constantFrom(1, 16, 60, 200),
        (places, drawn, tolerance_m) => {
          const tolerances = tolerancesFor(tolerance_m);
          const nodes = places.map(([where, kind], index) => node(index + 1, ...onGrid(where), { kind }));
          const spans = drawn.map(([start, end, path], index) => span(index + 101, start, end, path.map(onGrid)));
          let rows = network(nodes, spans);
          for (let round = 0; round < 30; round++) {
            const open = proposals(findTopologyFaults(rows, tolerances));
            if (open.length === 0) break;
            rows = applyProposals(rows, open, tolerances);
          }
          expect(proposals(findTopologyFaults(rows, tolerances))).toEqual([]);
        },
      ),
      { numRuns: 200, seed: 4 },
    );
  });
});
