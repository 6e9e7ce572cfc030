import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import { ductTwins } from './duct-twins.ts';
import { buildNetworkGraph } from './network-graph.ts';
import { riskBlocks } from './risk-blocks.ts';
import { type PlainNetwork, plainNetworks, toGraph } from './testing/random-network.ts';
import { sketch } from './testing/sketch.ts';

const count = (labels: number[]) => new Set(labels).size;
const indices = (flags: Uint8Array) => [...flags.keys()].filter((index) => flags[index] === 1);

/** Component number of every node by repeated relabelling, with a span or a node taken away. */
function oracleComponents(plain: PlainNetwork, withoutSpan = -1, withoutNode = -1): number[] {
  const labels = Array.from({ length: plain.nodeCount }, (_, number) => number);
  for (let changed = true; changed; ) {
    changed = false;
    plain.spans.forEach(({ u, v }, position) => {
      if (position === withoutSpan || u === withoutNode || v === withoutNode || labels[u] === labels[v]) return;
      const low = Math.min(labels[u]!, labels[v]!);
      labels[u] = low;
      labels[v] = low;
      changed = true;
    });
  }
  return labels;
}

describe('graphStructure', () => {
  it('finds the bridges {B–C, C–D} and articulation points {B, C} of the check graph', () => {
    const { graph, node } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['C', 'D'],
    ]);
    const structure = graphStructure(graph);
    expect(indices(structure.isBridge)).toEqual([3, 4]);
    expect(indices(structure.isArticulation)).toEqual([node('B'), node('C')].sort((a, b) => a - b));
    expect([structure.componentCount, structure.blockCount]).toEqual([1, 3]);
    expect(structure.block[node('VT')]).toBe(structure.block[node('B')]);
    expect(structure.block[node('C')]).not.toBe(structure.block[node('D')]);
  });

  it('takes neither parallel spans nor self loops for bridges', () => {
    const { graph, node } = sketch([
      ['VT', 'A'],
      ['A', 'VT'],
      ['A', 'A'],
      ['A', 'B'],
      ['B', 'B'],
    ]);
    const structure = graphStructure(graph);
    expect(indices(structure.isBridge)).toEqual([3]);
    expect(indices(structure.isArticulation)).toEqual([node('A')]);
  });

  it('takes two cables of one duct for one bridge where their twins are left out, and splits no block anew by that', () => {
    const { graph } = sketch([
      ['VT', 'A', 1, 'duct'],
      ['B', 'A', 1, 'duct'],
      ['A', 'VT', 1, 'duct'],
      ['A', 'VT', 1, 'poles'],
      ['A', 'B', 1, 'duct'],
    ]);
    expect(indices(ductTwins(graph))).toEqual([2, 4]);
    expect(indices(graphStructure(graph).isBridge)).toEqual([]);
    expect(indices(graphStructure(graph, ductTwins(graph)).isBridge)).toEqual([1]);
    fc.assert(
      fc.property(plainNetworks(8, 14), (plain) => {
        const { graph: random } = toGraph(plain);
        expect(riskBlocks(random, graphStructure(random, ductTwins(random)))).toEqual(riskBlocks(random));
      }),
    );
  });

  it('agrees with removing each span and each node', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const structure = graphStructure(toGraph(plain).graph);
        const whole = oracleComponents(plain);
        expect(structure.componentCount).toBe(count(whole));
        const bridges = plain.spans.map((_, position) => count(oracleComponents(plain, position)) > count(whole));
        expect([...structure.isBridge].map(Boolean)).toEqual(bridges);
        // A removed node is left as a component of its own, hence the 1.
        const points = whole.map((_, number) => {
          const alone = whole.filter((label) => label === whole[number]).length === 1;
          return count(oracleComponents(plain, -1, number)) - (alone ? 0 : 1) > count(whole);
        });
        expect([...structure.isArticulation].map(Boolean)).toEqual(points);
        for (const u of whole.keys()) {
          for (const v of whole.keys()) {
            expect(structure.component[u] === structure.component[v]).toBe(whole[u] === whole[v]);
            const inseparable = [-1, ...plain.spans.keys()].every((position) => {
              const labels = oracleComponents(plain, position);
              return labels[u] === labels[v];
            });
            expect(structure.block[u] === structure.block[v]).toBe(inseparable);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('walks a chain of 50,000 spans without overflowing the stack', () => {
    const length = 50_000;
    const nodes = Array.from({ length: length + 1 }, (_, id) => ({
      id,
      code: String(id),
      kind: 'joint' as const,
      serves_unit_code: null,
      lon: null,
      lat: null,
    }));
    const spans = Array.from({ length }, (_, id) => ({
      id,
      start_node_id: id,
      end_node_id: id + 1,
      length_m: 1,
      route_group: null,
      status: 'operational' as const,
    }));
    const structure = graphStructure(buildNetworkGraph(nodes, spans).graph);
    expect(indices(structure.isBridge)).toHaveLength(length);
    expect(indices(structure.isArticulation)).toHaveLength(length - 1);
  });

  it('takes an empty network', () => {
    expect(graphStructure(buildNetworkGraph([], []).graph).componentCount).toBe(0);
  });
});
