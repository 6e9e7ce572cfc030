import { describe, expect, it } from 'vitest';
import { viewRows } from './network-view.ts';
import { line, network, drawnNode as node, drawnSpan as span } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import type { TopologyRows } from './topology-rows.ts';

/** Degrees of latitude at 21° north that make a metre. */
const METRE = 1 / 110_720;
const at = (id: number, metres: number, extra = {}) => node(id, 105.1, 21 + metres * METRE, extra);
const other = { operator_id: 2 } as const;

/** Whether two nodes are one place when operators share. */
function isShared({ nodes }: TopologyRows, a: number, b: number): boolean {
  const { aliases } = viewRows(
    nodes.map((row) => ({ ...row, in_service: true })),
    [],
    { kind: 'sharing', tolerance_m: 50 },
  );
  const place = (id: number): number => aliases.get(id) ?? id;
  return place(a) === place(b);
}

describe('nodes made one and those of other operators beside them', () => {
  const merging = (partner: ReturnType<typeof node>) => {
    const rows = network([at(1, 0, { kind: 'district' }), at(2, 12, { kind: 'commune' }), partner], []);
    const found = findTopologyFaults(rows).find(({ kind }) => kind === 'duplicate_nodes')!;
    return { rows, found, after: applyProposals(rows, [found.proposal!]) };
  };

  it('names who is no longer one place with them when operators share', () => {
    const { rows, found, after } = merging(at(3, 55, other));
    expect([isShared(rows, 2, 3), isShared(after, 1, 3)]).toEqual([true, false]);
    expect(found.apart).toEqual(['N3']);
  });

  it.each([
    ['stays one place with the node that stays', at(3, 45, other)],
    ['was none with either', at(3, 70, other)],
    ['is of the same operator', at(3, 55)],
    ['is of an operator nobody knows', at(3, 55, { operator_id: null })],
  ])('names nobody who %s', (_, partner) => {
    expect(merging(partner).found).not.toHaveProperty('apart');
  });

  it('does so where a span between them is dropped, and where a loose end is joined', () => {
    const contracted = network(
      [at(1, 0), at(2, 40), at(3, 80, other)],
      [span(10, 1, 2, line([105.1, 21], [105.1, 21]))],
    );
    const dropped = findTopologyFaults(contracted).find(({ kind }) => kind === 'zero_length');
    expect(dropped).toMatchObject({ proposal: { action: 'contract_span' }, apart: ['N3'] });
    const loose = network(
      [
        at(1, 0, { kind: 'site' }),
        at(2, 60, { kind: 'joint' }),
        at(3, 100, { ...other, network_id: 2 }),
        node(4, 105.2, 21),
      ],
      [span(10, 4, 2, line([105.2, 21], [105.1, 21 + 60 * METRE]))],
    );
    const joined = findTopologyFaults(loose).find(({ kind }) => kind === 'dangling_end');
    expect(joined).toMatchObject({ proposal: { action: 'merge_nodes', keep: 1, drop: [2] }, apart: ['N3'] });
  });

  it('does so where a node is put where its lines end', () => {
    const lines = [10, 11].map((id) => span(id, 4, 1, line([105.2, 21], [105.1, 21 + 300 * METRE])));
    const rows = (partner: ReturnType<typeof node>) => network([at(1, 0), node(4, 105.2, 21), partner], lines);
    const moved = (partner: ReturnType<typeof node>) =>
      findTopologyFaults(rows(partner)).find(({ proposal }) => proposal?.action === 'place_node');
    expect(moved(at(3, 20, other))).toMatchObject({ kind: 'end_far_from_node', apart: ['N3'] });
    expect(moved(at(3, 280, other))).not.toHaveProperty('apart');
  });
});
