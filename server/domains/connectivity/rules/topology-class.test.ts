import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import { ductTwins } from './duct-twins.ts';
import { componentsOf } from './testing/components.ts';
import { plainNetworks, toGraph } from './testing/random-network.ts';
import { type SketchedSpan, sketch } from './testing/sketch.ts';
import { topologySummary } from './topology-class.ts';

const classOf = (spans: SketchedSpan[]) => topologySummary(sketch(spans).graph).class;

describe('topologySummary', () => {
  it.each<[string, SketchedSpan[]]>([
    ['none', [['A', 'A']]],
    ['star', [['VT', 'A']]],
    [
      'star',
      [
        ['VT', 'A'],
        ['VT', 'B'],
        ['VT', 'C'],
        ['C', 'D'],
      ],
    ],
    [
      'tree',
      [
        ['VT', 'A'],
        ['VT', 'B'],
        ['VT', 'C'],
        ['C', 'D'],
        ['C', 'E'],
      ],
    ],
    [
      'ring',
      [
        ['VT', 'A'],
        ['A', 'B'],
        ['B', 'VT'],
        ['B', 'C'],
      ],
    ],
    [
      'ring',
      [
        ['VT', 'A'],
        ['A', 'B'],
        ['B', 'VT'],
        ['VT', 'C'],
        ['C', 'D'],
        ['D', 'VT'],
      ],
    ],
    [
      'mesh',
      [
        ['VT', 'A'],
        ['A', 'B'],
        ['B', 'VT'],
        ['A', 'C'],
        ['C', 'VT'],
      ],
    ],
  ])('calls it a %s (%#)', (expected, spans) => {
    expect(classOf(spans)).toBe(expected);
  });

  it('counts cables of one duct once, and two ducts between two nodes as a ring', () => {
    expect(
      classOf([
        ['VT', 'A', 1, 'duct'],
        ['A', 'VT', 1, 'duct'],
      ]),
    ).toBe('star');
    expect(
      classOf([
        ['VT', 'A', 1, 'duct'],
        ['A', 'VT', 1, 'poles'],
      ]),
    ).toBe('ring');
  });

  it('counts what lies on rings', () => {
    const { graph } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['x', 'y'],
    ]);
    expect(topologySummary(graph)).toEqual({
      class: 'ring',
      nodes: 6,
      spans: 5,
      components: 2,
      rings: 1,
      nodes_on_ring: 3,
    });
  });

  it('has on rings what the figures of the network have on rings, whatever ducts the spans share', () => {
    let grouped = 0;
    fc.assert(
      fc.property(plainNetworks(6, 12), (plain) => {
        const { graph } = toGraph(plain);
        const { block } = graphStructure(graph, ductTwins(graph));
        const size = new Int32Array(graph.nodeCount);
        for (const of of block) size[of]!++;
        const { nodes_on_ring, rings, spans } = topologySummary(graph);
        expect(nodes_on_ring).toBe(block.filter((of) => size[of]! > 1).length);
        expect(rings > 0).toBe(nodes_on_ring > 0);
        if (spans < plain.spans.filter(({ u, v }) => u !== v).length) grouped++;
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(grouped).toBeGreaterThan(20);
  });

  it('agrees with removing spans: a node is on a ring when one of its spans is no bridge; a mesh has two spans of which neither alone cuts a ring off', () => {
    fc.assert(
      fc.property(plainNetworks(7, 10), (drawn) => {
        const plain = {
          ...drawn,
          spans: drawn.spans.filter(({ u, v }) => u !== v).map((span) => ({ ...span, group: null })),
        };
        const summary = topologySummary(toGraph(plain).graph);
        const pieces = (keep: (position: number) => boolean) => new Set(componentsOf(plain, keep)).size;
        const whole = pieces(() => true);
        const onRing = plain.spans.map((_, position) => pieces((other) => other !== position) === whole);
        const nodes = new Set(plain.spans.flatMap(({ u, v }, position) => (onRing[position] ? [u, v] : [])));
        expect(summary.nodes_on_ring).toBe(nodes.size);
        expect(summary.rings).toBe(plain.spans.length - plain.nodeCount + whole);
        // On a cactus, removing one span of a ring turns all others of it into bridges: no ring is lost besides its own.
        const ringsWithout = plain.spans.map((_, position) => {
          if (!onRing[position]) return 0;
          const lost = plain.spans.filter(
            (_span, other) => onRing[other] && pieces((at) => at !== other && at !== position) > whole,
          );
          return lost.length;
        });
        const isCactus = summary.rings > 0 && cactus(plain.spans.length, onRing, ringsWithout, summary.rings);
        expect(summary.class === 'ring').toBe(isCactus);
      }),
      { numRuns: 300 },
    );
  });
});

/** In a cactus the ring spans fall into `rings` classes, each cut by any two of its spans: Σ over spans of 1/|class| is that number. */
function cactus(spanCount: number, onRing: readonly boolean[], partners: readonly number[], rings: number): boolean {
  let classes = 0;
  for (let at = 0; at < spanCount; at++) if (onRing[at]) classes += 1 / (partners[at]! + 1);
  return Math.abs(classes - rings) < 1e-9;
}
