import { describe, expect, it } from 'vitest';
import { joint, line, network, drawnNode as node, drawnSpan as span } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import type { TopologyRows } from './topology-rows.ts';
import { cutsOff } from './ways-lost.ts';

const core = node(1, 105, 21, { kind: 'core', code: 'CORE' });
const district = node(2, 105.1, 21, { kind: 'district', code: 'D', serves_unit_code: '238' });
const far = line([105, 21], [105.1, 21.06]);
/** The cable to the district, drawn to end 6.6 km from it. */
const feed = span(10, 1, 2, far);
const straight = line([105, 21], [105.1, 21]);

const farEnds = (rows: TopologyRows) => findTopologyFaults(rows).filter(({ kind }) => kind === 'end_far_from_node');

describe('an end led elsewhere that would cut nodes off', () => {
  it('is left to a person, with all that would lose the way to a core, those that mean most first', () => {
    const behind = node(3, 105.2, 21, { code: 'S' });
    const rows = network([core, behind, district], [feed, span(11, 2, 3, line([105.1, 21], [105.2, 21]))]);
    expect(farEnds(rows)).toMatchObject([{ ids: [10], proposal: null, cut_off: ['D (238)', 'S'] }]);
  });

  it('names what a node served that was made one with it', () => {
    const was = {
      id: 5,
      node_id: 2,
      code: 'OLD',
      kind: 'commune',
      serves_unit_code: '7900',
      lon: 105.1,
      lat: 21,
    } as const;
    expect(farEnds({ ...network([core, district], [feed]), former: [was] })).toMatchObject([
      { cut_off: ['D (238, 7900)'] },
    ]);
  });

  it.each([
    ['planned', { planned: true }],
    ['ended', { out_of_service: true, valid_to: '2020-01-01' }],
    ['there for some time only', { valid_to: '2027-01-01' }],
    ['there from later on', { valid_from: '2027-01-01' }],
  ])('is so too where the other way is %s', (_, other) => {
    const rows = network([core, district], [feed, span(11, 1, 2, straight, other)]);
    expect(farEnds(rows)).toMatchObject([{ proposal: null, cut_off: ['D (238)'] }]);
  });

  it('is proposed where another way is left, or where nothing is connected', () => {
    const ring = network([core, district], [feed, span(11, 1, 2, straight)]);
    expect(farEnds(ring)).toMatchObject([{ proposal: { action: 'add_node' } }]);
    const dark = network([{ ...core, kind: 'site' }, district], [feed]);
    expect(farEnds(dark)).toMatchObject([{ proposal: { action: 'add_node' } }]);
    for (const rows of [ring, dark]) expect(farEnds(rows)[0]).not.toHaveProperty('cut_off');
  });

  it('is proposed where the end is led to a node behind it, or from one end of the network to another', () => {
    const behind = node(3, 105.1, 21.06, { code: 'S' });
    const on = span(11, 2, 3, line([105.1, 21], [105.1, 21.06]));
    expect(farEnds(network([core, district, behind], [feed, on]))).toMatchObject([
      { proposal: { action: 'reattach_end', node_id: 3 } },
    ]);
    const other = node(3, 105.2, 21.06, { kind: 'core' });
    const begins = span(10, 1, 2, line([105.2, 21.06], [105.1, 21]));
    expect(farEnds(network([core, district, other], [begins]))).toMatchObject([
      { proposal: { action: 'reattach_end', end: 'start', node_id: 3 } },
    ]);
    const dark = { ...other, kind: 'site' } as const;
    expect(farEnds(network([core, district, dark], [begins]))).toMatchObject([
      { proposal: null, cut_off: ['D (238)'] },
    ]);
  });
});

describe('ends led elsewhere together', () => {
  it('leave a node its last way, whatever each of them alone leaves', () => {
    const rows = network(
      [core, district, node(3, 105.05, 21.2, joint)],
      [feed, span(11, 1, 2, line([105, 21], [105.1, 20.94])), span(12, 1, 3, line([105, 21], [105.05, 21.3]))],
    );
    const found = farEnds(rows);
    expect(found.map(({ proposal }) => proposal?.action)).toEqual(['add_node', 'add_node', undefined]);
    const accepted = found.flatMap(({ proposal }) => proposal ?? []);
    const after = applyProposals(rows, accepted);
    expect(after.refused).toEqual([accepted[1]]);
    expect(cutsOff(rows, after)).toBe(false);
    expect(after.spans.map(({ end_node_id }) => end_node_id)).toEqual([-1, 2, 3]);
  });
});
