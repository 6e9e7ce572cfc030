import { describe, expect, it } from 'vitest';
import { joint, line, network, drawnNode as node, drawnSpan as span } from './testing/drawn-network.ts';
import { findTopologyFaults } from './topology-findings.ts';
import { applyProposals } from './topology-proposals.ts';
import { DEFAULT_TOLERANCES, tolerancesFor } from './topology-rows.ts';

/** Degrees of latitude at 21° north that make a metre. */
const METRE = 1 / 110_720;

describe('the snapping tolerance', () => {
  it('is 16 m where nothing else is said, and whatever it is, what is nearer stays nearer', () => {
    expect(tolerancesFor(16)).toEqual(DEFAULT_TOLERANCES);
    expect(tolerancesFor(32)).toEqual({ ...DEFAULT_TOLERANCES, snap_m: 32, end_m: 100, reach_m: 200 });
    for (const tolerance_m of [1, 16, 200]) {
      const { zero_m, snap_m, end_m, reach_m, extend_m } = tolerancesFor(tolerance_m);
      const inOrder = [zero_m, snap_m, end_m, reach_m, extend_m];
      expect(inOrder.toSorted((a, b) => a - b)).toEqual(inOrder);
    }
  });

  it('decides which nodes are one, and the patch between them goes with it', () => {
    const [a, b] = [node(1, 105, 21), node(2, 105, 21 + 30 * METRE)];
    const patch = span(10, 1, 2, line([105, 21], [104.99954, 21 + 15 * METRE], [105, 21 + 30 * METRE]));
    const rows = network(
      [a, b, node(3, 105.1, 21)],
      [patch, span(11, 2, 3, line([105, 21 + 30 * METRE], [105.1, 21]))],
    );
    const actions = (tolerance_m: number) =>
      findTopologyFaults(rows, tolerancesFor(tolerance_m)).flatMap(({ proposal }) => proposal ?? []);
    expect(actions(29)).toEqual([]);
    expect(actions(31)).toEqual([{ action: 'merge_nodes', keep: 1, drop: [2] }]);
    // 100 m of line: a patch up to 31 × 50 / 16 m, a cable by default.
    expect(applyProposals(rows, actions(31), tolerancesFor(33)).spans.map(({ id }) => id)).toEqual([11]);
    expect(applyProposals(rows, actions(31)).spans.map(({ id }) => id)).toEqual([10, 11]);
  });

  it('decides how far a line may end from its node, and what a loose end is joined to', () => {
    const drawn = line([105, 21], [105.1, 21 + 60 * METRE]);
    const far = network([node(1, 105, 21), node(2, 105.1, 21)], [span(10, 1, 2, drawn)]);
    const loose = network(
      [node(1, 105, 21), node(2, 105.1, 21), node(3, 105.1, 21 + 60 * METRE, joint)],
      [span(10, 1, 3, drawn)],
    );
    const found = (rows: typeof far, tolerance_m: number) =>
      findTopologyFaults(rows, tolerancesFor(tolerance_m)).map(({ kind, proposal }) => [kind, proposal?.action]);
    expect(found(far, 16)).toEqual([['end_far_from_node', 'extend_line']]);
    expect(found(far, 20)).toEqual([]);
    expect(found(loose, 9)).toContainEqual(['dangling_end', undefined]);
    expect(found(loose, 16)).toContainEqual(['dangling_end', 'merge_nodes']);
  });
});
