import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTargets } from './district-status.ts';
import { buildNetworkGraph, type FibreNodeKind } from './network-graph.ts';
import { targetsForUnits } from './targets.ts';
import { joint, line, network, drawnNode as node, drawnSpan as span } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import type { TopologyNode, TopologyProposal, TopologyRows, TopologySpan } from './topology-rows.ts';

/** Days by number; the rows are looked at on day 2. */
const TODAY = 2;
const dayOf = (day: number): string => `2026-01-${String(day + 1).padStart(2, '0')}`;
/** A span with what decides what fails together. */
type DatedSpan = TopologySpan & { route_group: string | null };
type DatedRows = TopologyRows<TopologyNode, DatedSpan>;

const units = ['228', '230', '231'].map((code) => ({ code, name: code }));
const rank = { none: 0, single: 1, dual: 2 };

/** How well each unit is connected on a day. */
function statuses({ nodes, spans }: DatedRows, day: number): number[] {
  const inForce = spans.filter(
    ({ valid_from, valid_to }) => valid_from <= dayOf(day) && (valid_to === null || dayOf(day) < valid_to),
  );
  const { graph } = buildNetworkGraph(
    nodes,
    inForce.map((row) => ({ ...row, status: 'operational' as const })),
  );
  return classifyTargets(graph, targetsForUnits(graph, units)).map((status) => rank[status]);
}

/**
 * Straight spans between places on a grid of 11 m, so that no line ends far from its node: such an end really leads elsewhere.
 * @param astray of the ends, as many as one in this end at another place, or 5 km from all; none for 0
 */
const datedNetworks = (astray: number): fc.Arbitrary<DatedRows> =>
  fc
    .record({
      places: fc.array(
        fc.record({
          lon: fc.integer({ min: 0, max: 8 }),
          lat: fc.integer({ min: 0, max: 8 }),
          kind: fc.constantFrom<FibreNodeKind[]>('joint', 'joint', 'site', 'district', 'core'),
          unit: fc.option(fc.constantFrom('228', '230', '231')),
        }),
        { minLength: 2, maxLength: 9, size: 'max' },
      ),
      drawn: fc.array(
        fc.record({
          start: fc.nat(8),
          end: fc.nat(8),
          from: fc.integer({ min: 0, max: 3 }),
          days: fc.integer({ min: 1, max: 4 }),
          route_group: fc.option(fc.constantFrom('p', 'q'), { freq: 2 }),
          stray: astray === 0 ? fc.constant(null) : fc.option(fc.nat(9), { freq: astray - 1 }),
        }),
        { maxLength: 14, size: 'max' },
      ),
    })
    .map(({ places, drawn }) => {
      const nodes = places.map(({ lon, lat, kind, unit }, at) => {
        const serves_unit_code = kind === 'district' || kind === 'core' ? unit : null;
        return node(at + 1, 105 + lon * 1e-4, 21 + lat * 1e-4, { kind, serves_unit_code });
      });
      const spans = drawn.map(({ start, end, from, days, route_group, stray }, at): DatedSpan => {
        const [a, b] = [nodes[start % nodes.length]!, nodes[end % nodes.length]!];
        const { lon, lat } = stray === null ? b : (nodes[stray] ?? { lon: 105.05, lat: 21 });
        const drawing = line([a.lon!, a.lat!], [lon!, lat!]);
        const validity = {
          valid_from: dayOf(from),
          valid_to: dayOf(from + days),
          out_of_service: from + days <= TODAY,
        };
        return { ...span(at + 101, a.id, b.id, drawing, validity), route_group };
      });
      return { at: dayOf(TODAY), networks: [{ id: 1, code: 'net' }], nodes, spans, former: [] };
    });

describe('no accepted repair takes service from a unit', () => {
  const A = node(1, 105, 21);
  const B = node(2, 105.1, 21);
  const AB = span(10, 1, 2, line([105, 21], [105.1, 21]));

  it('never makes nodes one that serve two units: the span between them is drawn, or left to a person', () => {
    const served = { ...B, kind: 'district', serves_unit_code: '228' } as const;
    const other = (lat: number, serves_unit_code: string) =>
      node(3, 105.1, lat, { kind: 'district', serves_unit_code });
    const patch = span(11, 2, 3, line([105.1, 21], [105.1, 21]));
    const near = network([A, served, other(21.0003, '230')], [AB, patch]);
    expect(findTopologyFaults(near)).toMatchObject([
      { kind: 'zero_length', proposal: { action: 'draw_straight', span_id: 11 } },
    ]);
    expect(findTopologyFaults(applyProposals(near, [{ action: 'draw_straight', span_id: 11 }]))).toEqual([]);
    const same = network([A, served, other(21, '230')], [AB, patch]);
    expect(findTopologyFaults(same)).toMatchObject([
      { kind: 'zero_length', proposal: null, units: ['228', '230'] },
      { kind: 'duplicate_nodes', ids: [2, 3], proposal: null, units: ['228', '230'] },
    ]);
    const twin = network([A, served, other(21, '228')], [AB, patch]);
    expect(findTopologyFaults(twin).map(({ proposal }) => proposal?.action)).toEqual(['contract_span', 'merge_nodes']);
  });

  it('refuses what would make nodes of two units one only together with other accepted repairs', () => {
    const served = node(1, 105, 21, { kind: 'district', serves_unit_code: '228' });
    const nodes = [
      served,
      node(2, 105, 21.0001, joint),
      node(3, 105, 21.0006, { kind: 'district', serves_unit_code: '230' }),
    ];
    const rows = network(nodes, [span(10, 2, 3, line([105, 21.0006], [105, 21.0006]))]);
    const merge: TopologyProposal = { action: 'merge_nodes', keep: 1, drop: [2] };
    const others: TopologyProposal[] = [
      { action: 'contract_span', span_id: 10 },
      { action: 'merge_nodes', keep: 3, drop: [2] },
    ];
    for (const then of others) {
      const after = applyProposals(rows, [merge, then]);
      expect(after.refused).toEqual([then]);
      expect(after.nodes.map(({ serves_unit_code }) => serves_unit_code)).toEqual(['228', '230']);
      expect(after.spans).toMatchObject([{ start_node_id: 1, end_node_id: 3 }]);
    }
  });

  it('makes nodes one once, whichever of them each of two repairs would keep', () => {
    const rows = network([A, B, node(3, 105.1, 21.0001)], [AB]);
    const merges: TopologyProposal[] = [
      { action: 'merge_nodes', keep: 2, drop: [3] },
      { action: 'merge_nodes', keep: 3, drop: [2] },
    ];
    expect(applyProposals(rows, merges)).toMatchObject({
      nodes: [{ id: 1 }, { id: 2 }],
      refused: [],
      idle: [merges[1]],
    });
    const patched = network([A, B, node(3, 105.1, 21)], [AB, span(11, 2, 3, line([105.1, 21], [105.1, 21]))]);
    const both = findTopologyFaults(patched).flatMap(({ proposal }) => proposal ?? []);
    expect(both.map(({ action }) => action)).toEqual(['contract_span', 'merge_nodes']);
    expect(applyProposals(patched, both)).toMatchObject({ refused: [], idle: [both[0]] });
    for (const proposal of [...merges, ...both]) expect(applyProposals(patched, [proposal]).idle).toEqual([]);
  });

  it('remembers of nodes made one what they were and where, also of the one that stays where it comes to mean more', () => {
    const site = { ...node(2, 105.1, 21), code: 'S' };
    const district = node(3, 105.1, 21.0001, { kind: 'district', serves_unit_code: '228', code: 'D' });
    const rows = network([A, site, district, node(4, 105.1, 21.0002, { kind: 'core' })], [AB]);
    const once = applyProposals(rows, [{ action: 'merge_nodes', keep: 2, drop: [3] }]);
    const was = { kind: 'site', serves_unit_code: null, lon: 105.1, lat: 21 };
    expect(once.nodes[1]).toMatchObject({ id: 2, kind: 'district', serves_unit_code: '228' });
    expect(once.former).toMatchObject([
      { node_id: 2, code: 'S', ...was },
      { node_id: 2, code: 'D', kind: 'district', serves_unit_code: '228', lon: 105.1, lat: 21.0001 },
    ]);
    const twice = applyProposals(once, [{ action: 'merge_nodes', keep: 4, drop: [2] }]);
    expect(twice.former.map(({ node_id, code, kind }) => [node_id, code, kind])).toEqual([
      [4, 'S', 'site'],
      [4, 'D', 'district'],
      [4, 'S', 'district'],
    ]);
    expect(new Set(twice.former.map(({ id }) => id)).size).toBe(3);
  });

  it('leaves every unit as well connected on every day, whichever repairs are accepted together', () => {
    let applied = 0;
    fc.assert(
      fc.property(datedNetworks(0), fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (rows, isAccepted) => {
        const accepted = findTopologyFaults(rows).flatMap(({ proposal }, at) =>
          proposal && isAccepted[at % 20] ? [proposal] : [],
        );
        const after = applyProposals(rows, accepted);
        applied += accepted.length - after.refused.length;
        for (let day = 0; day < 7; day++) {
          const before = statuses(rows, day);
          statuses(after, day).forEach((status, unit) => expect(status).toBeGreaterThanOrEqual(before[unit]!));
        }
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(applied).toBeGreaterThan(500);
  });

  it('leaves every day gone by as it was, and from today on every unit a way, wherever an end is led to from now on', () => {
    let led = 0;
    fc.assert(
      fc.property(datedNetworks(3), fc.boolean(), (rows, isAll) => {
        const accepted = findTopologyFaults(rows).flatMap(({ proposal }) => {
          const leads = proposal?.action === 'reattach_end' || proposal?.action === 'add_node';
          if (leads) led++;
          return proposal && (isAll || leads) ? [proposal] : [];
        });
        const after = applyProposals(rows, accepted);
        for (let day = 0; day < TODAY; day++) {
          const before = statuses(rows, day);
          if (!isAll) expect(statuses(after, day)).toEqual(before);
          statuses(after, day).forEach((status, unit) => expect(status).toBeGreaterThanOrEqual(before[unit]!));
        }
        for (let day = TODAY; day < 7; day++) {
          const [before, now] = [statuses(rows, day), statuses(after, day)];
          expect(now.filter((status, unit) => status === rank.none && before[unit] !== rank.none)).toEqual([]);
        }
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(led).toBeGreaterThan(500);
  });
});
