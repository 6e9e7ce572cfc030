import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTargets } from './district-status.ts';
import { buildNetworkGraph } from './network-graph.ts';
import { targetsForUnits } from './targets.ts';
import { line, network, drawnNode as node, drawnSpan as span } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import type { TopologyRows, TopologySpan } from './topology-rows.ts';
import { nameSingleWays } from './ways-left.ts';

const core = node(1, 105, 21, { kind: 'core', code: 'CORE' });
const district = node(2, 105.1, 21, { kind: 'district', code: 'D', serves_unit_code: '238' });
/** A cable to the district, drawn to end 6.6 km from it: it is to end at a joint of its own. */
const feed = span(10, 1, 2, line([105, 21], [105.1, 21.06]));
const way = (id: number, extra: Partial<TopologySpan> = {}) => span(id, 1, 2, line([105, 21], [105.1, 21]), extra);

const farEnd = (rows: TopologyRows) => findTopologyFaults(rows).find(({ kind }) => kind === 'end_far_from_node');

describe('a unit left with one way of two', () => {
  it('is named with the repair that leads the other elsewhere', () => {
    const found = farEnd(network([core, district], [feed, way(11)]));
    expect(found).toMatchObject({ proposal: { action: 'add_node' }, single: ['238'] });
  });

  it('is named where the ways that are left lie in one duct, and not where they do not', () => {
    const ducts = (first: string, second: string) =>
      network([core, district], [feed, way(11, { route_group: first }), way(12, { route_group: second })]);
    expect(farEnd(ducts('G', 'G'))).toMatchObject({ single: ['238'] });
    expect(farEnd(ducts('G', 'H'))).not.toHaveProperty('single');
  });

  it('is named where it will be so on a day to come only, and where a node made one with another served it', () => {
    const until = network([core, district], [feed, way(11), way(12, { valid_to: '2027-01-01' })]);
    expect(farEnd(until)).toMatchObject({ single: ['238'] });
    const former = {
      id: 5,
      node_id: 3,
      code: 'OLD',
      kind: 'commune',
      serves_unit_code: '7900',
      lon: 105.2,
      lat: 21,
    } as const;
    const behind = node(3, 105.2, 21);
    const twice = [13, 14].map((id) => span(id, 2, 3, line([105.1, 21], [105.2, 21])));
    expect(farEnd({ ...network([core, district, behind], [feed, way(11), ...twice]), former: [former] })).toMatchObject(
      {
        single: ['238', '7900'],
      },
    );
  });

  it('is not named where it had one way only, or keeps two by the node that the end is led to', () => {
    const behind = node(3, 105.1, 21.06, { code: 'S' });
    const on = span(13, 2, 3, line([105.1, 21], [105.1, 21.06]));
    const rows = network([core, district, behind], [feed, way(11), on]);
    expect(farEnd(rows)).toMatchObject({ proposal: { action: 'reattach_end', node_id: 3 } });
    expect(farEnd(rows)).not.toHaveProperty('single');
    const hangs = span(13, 3, 2, line([105.1, 21.06], [105.1, 21]));
    const twoWays = [span(10, 1, 3, line([105, 21], [105.1, 21.2])), span(11, 1, 3, line([105, 21], [105.1, 21.06]))];
    const single = farEnd(network([core, district, behind], [...twoWays, hangs]));
    expect(single).toMatchObject({ proposal: { action: 'add_node' } });
    expect(single).not.toHaveProperty('single');
  });

  it('is what a look at the repaired network finds, whatever the network', () => {
    const dualUnits = (rows: TopologyRows): string[] => {
      const { graph } = buildNetworkGraph(
        rows.nodes,
        rows.spans.map((each) => ({ ...each, status: 'operational' as const })),
      );
      const targets = targetsForUnits(
        graph,
        ['2', '3', '4'].map((code) => ({ code, name: code })),
      );
      return classifyTargets(graph, targets).flatMap((status, at) => (status === 'dual' ? targets[at]!.code : []));
    };
    const places = [
      node(1, 105, 21, { kind: 'core' }),
      ...[2, 3, 4].map((id) => node(id, 105 + id / 10, 21 + (id % 2) / 10, { serves_unit_code: String(id) })),
    ];
    const end = fc.integer({ min: 1, max: 4 });
    let named = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(end, end, fc.constantFrom('G', 'H', null), fc.boolean()), { maxLength: 8 }),
        (drawn) => {
          const spans = drawn.map(([start, end_, route_group, far], at) => {
            const [from, to] = [places[start - 1]!, places[end_ - 1]!];
            return span(at + 10, start, end_, line([from.lon!, from.lat!], [to.lon!, to.lat! + (far ? 0.03 : 0)]), {
              route_group,
            });
          });
          const rows = network(places, spans);
          for (const { proposal, single } of findTopologyFaults(rows)) {
            if (proposal?.action !== 'add_node' && proposal?.action !== 'reattach_end') continue;
            const after = new Set(dualUnits(applyProposals(rows, [proposal])));
            expect(single ?? []).toEqual(dualUnits(rows).filter((code) => !after.has(code)));
            named += single?.length ?? 0;
          }
        },
      ),
      { seed: 11, numRuns: 300 },
    );
    expect(named).toBeGreaterThan(20);
  });

  it('is not worked out for more findings than there is time for, and that is said', () => {
    const rows = network([core, district], [feed, way(11)]);
    const found = findTopologyFaults(rows);
    expect(nameSingleWays(found, rows, 1).find(({ kind }) => kind === 'end_far_from_node')).toMatchObject({
      single: null,
    });
  });
});

describe('a way lost in the network of one operator alone', () => {
  it('is named, where another operator still gives one', () => {
    const rows = network([core, district], [feed, way(11, { operator_id: 2 }), way(12, { operator_id: 2 })]);
    expect(farEnd(rows)).toMatchObject({ proposal: { action: 'add_node' }, cut_off_alone: ['D (238)'] });
    expect(farEnd(rows)).not.toHaveProperty('single');
  });

  it('is none where the operator has another, and of a cable of nobody nothing is said', () => {
    expect(farEnd(network([core, district], [feed, way(11)]))).not.toHaveProperty('cut_off_alone');
    const unknown = { operator_id: null };
    const nobody = network([core, district], [{ ...feed, ...unknown }, way(11, { operator_id: 2 })]);
    expect(farEnd(nobody)).not.toHaveProperty('cut_off_alone');
  });

  it('is none where the end is led to a core of another operator', () => {
    const other = node(3, 105.1, 21.06, { kind: 'core', operator_id: 2 });
    const begins = span(10, 1, 2, line([105.1, 21.06], [105.1, 21]));
    const found = farEnd(network([core, district, other], [begins, way(11, { operator_id: 2 })]));
    expect(found).toMatchObject({ proposal: { action: 'reattach_end', end: 'start', node_id: 3 } });
    expect(found).not.toHaveProperty('cut_off_alone');
  });
});
