import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import { riskBlocks } from './risk-blocks.ts';
import { componentsOf } from './testing/components.ts';
import { plainNetworks, riskName, toGraph } from './testing/random-network.ts';
import { sketch } from './testing/sketch.ts';

/** Labels made comparable: each by where it first occurs. */
const pattern = (labels: ArrayLike<string | number>): number[] =>
  Array.from(labels, (label) => Array.from(labels).indexOf(label));

const ring = (first: string, second: string) =>
  sketch([
    ['VT', 'A', 1, first],
    ['A', 'B', 1],
    ['B', 'C', 1, second],
    ['C', 'VT', 1],
  ]).graph;

describe('riskBlocks', () => {
  it('keeps a ring together, and takes it apart when two of its spans share a duct', () => {
    expect(pattern(riskBlocks(ring('one', 'other')).block)).toEqual([0, 0, 0, 0]);
    const apart = riskBlocks(ring('duct', 'duct'));
    expect(apart.blockCount).toBe(2);
    // VT and C on one side of the duct, A and B on the other.
    expect(pattern(apart.block)).toEqual([0, 1, 1, 0]);
  });

  it('does not split where a group lies wholly beside another way', () => {
    const { graph } = sketch([
      ['VT', 'A', 1, 'duct'],
      ['VT', 'A', 1, 'duct'],
      ['VT', 'A', 1],
    ]);
    expect(riskBlocks(graph).blockCount).toBe(1);
  });

  it('agrees with removing each risk and comparing components; without groups, with the two-edge-connected blocks', () => {
    fc.assert(
      fc.property(plainNetworks(9, 16), (plain) => {
        const { graph } = toGraph(plain);
        const names = new Set(plain.spans.map((_, position) => riskName(plain, position)));
        const without = [...names].map((name) => componentsOf(plain, (position) => riskName(plain, position) !== name));
        const signatures = componentsOf(plain, () => true).map((whole, number) =>
          [whole, ...without.map((labels) => labels[number])].join(),
        );
        const { block, blockCount } = riskBlocks(graph);
        expect(pattern(block)).toEqual(pattern(signatures));
        expect(blockCount).toBe(new Set(signatures).size);

        const bare = toGraph({ ...plain, spans: plain.spans.map((span) => ({ ...span, group: null })) }).graph;
        expect(pattern(riskBlocks(bare).block)).toEqual(pattern(graphStructure(bare).block));
      }),
      { numRuns: 500 },
    );
  });
});
