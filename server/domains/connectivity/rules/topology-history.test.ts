import { describe, expect, it } from 'vitest';
import { joint, line, network, drawnNode as node, drawnSpan as span, TODAY } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import type { TopologyRows } from './topology-rows.ts';

const ended = { out_of_service: true } as const;
const kindsOf = (rows: TopologyRows) => findTopologyFaults(rows).map(({ kind, ids }) => [kind, ids]);

describe('what is out of service', () => {
  const A = node(1, 105, 21);
  const B = node(2, 105.1, 21);
  const AB = span(10, 1, 2, line([105, 21], [105.1, 21]));
  const past = node(3, 105.05, 21.05, joint);
  const onceThere = [
    span(11, 1, 3, line([105, 21], [105.05, 21.05]), ended),
    span(12, 3, 2, line([105.05, 21.05], [105.1, 21]), ended),
  ];

  it('uses its nodes: they are not unused, and are not removed', () => {
    const rows = network([A, B, past], [AB, ...onceThere]);
    expect(findTopologyFaults(rows)).toEqual([]);
    expect(applyProposals(rows, [{ action: 'remove_node', node_id: 3 }]).nodes).toHaveLength(3);
  });

  it('has no faults itself, and mends none: a joint whose other cable was taken away hangs loose', () => {
    const live = span(13, 1, 3, line([105, 21], [105.05, 21.05]));
    const crossed = span(14, 9, 2, line([105, 21], [105.2, 21], [105.2, 21.1], [105.1, 20.9]), ended);
    expect(kindsOf(network([A, B, past], [AB, live, onceThere[1]!, crossed]))).toEqual([['dangling_end', [3]]]);
    const gone = node(4, 105, 21, ended);
    expect(findTopologyFaults(network([A, B, gone], [AB]))).toEqual([]);
    expect(kindsOf(network([A, B, gone], [AB, span(13, 4, 2, line([105, 21], [105.1, 21]))]))).toEqual([
      ['missing_node', [13]],
    ]);
  });

  it('is what a span was until its end is led elsewhere, and moves with its nodes like any other', () => {
    const twin = node(4, 105.1, 21.0001, joint);
    const since = { ...AB, code: 'K', valid_from: '2000-01-01', valid_to: '2900-01-01' };
    const taken = span(11, 1, 2, line([105, 21], [105.1, 21]), { code: 'K/to-2026-01-01' });
    const after = applyProposals(network([A, B, past, twin], [since, taken]), [
      { action: 'reattach_end', span_id: 10, end: 'end', node_id: 3 },
      { action: 'add_node', span_id: 10, end: 'start', lon: 105.2, lat: 21 },
      { action: 'merge_nodes', keep: 4, drop: [2] },
    ]);
    expect(after.spans.filter(({ id }) => id !== 11)).toEqual([
      { ...since, valid_from: TODAY, start_node_id: after.nodes.at(-1)!.id, end_node_id: 3 },
      { ...since, ...ended, id: -1, code: 'K/to-2026-01-01/2', valid_to: TODAY, end_node_id: 4 },
    ]);
    expect([...after.copiedFrom]).toEqual([[-1, 10]]);
  });

  it('moves with its nodes when they are made one, and stays even where it becomes a loop', () => {
    const twin = node(4, 105.05, 21.0501, joint);
    const patch = span(13, 3, 4, line([105.05, 21.05], [105.05, 21.0501]), ended);
    const rows = network(
      [A, B, past, twin],
      [AB, onceThere[0]!, span(12, 4, 2, onceThere[1]!.coordinates, ended), patch],
    );
    const found = findTopologyFaults(rows);
    expect(found.map(({ proposal }) => proposal)).toEqual([{ action: 'merge_nodes', keep: 3, drop: [4] }]);
    const after = applyProposals(rows, [found[0]!.proposal!]);
    expect(after.nodes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(after.spans.map((row) => [row.id, row.start_node_id, row.end_node_id])).toEqual([
      [10, 1, 2],
      [11, 1, 3],
      [12, 3, 2],
      [13, 3, 3],
    ]);
  });
});
