import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphStructure } from './bridges.ts';
import {
  describeRisk,
  isolatingRisks,
  isolatingSpanIds,
  rankSingleCuts,
  visitLostNodes,
  visitLostTargets,
} from './shared-risk.ts';
import { oracleIsolatingRisks, oracleLengths, plainNetworks, riskName, toGraph } from './testing/random-network.ts';
import { sketch } from './testing/sketch.ts';

describe('shared risks', () => {
  it('names what each single cut of the check graph takes from the core', () => {
    const { graph, target, spanId } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['C', 'D'],
    ]);
    const targets = ['A', 'B', 'C', 'D'].map((name) => target(name));
    expect(
      isolatingRisks(graph, targets).map((risks) => risks.flatMap((risk) => describeRisk(graph, risk).span_ids)),
    ).toEqual([[], [], [spanId(4)], [spanId(4), spanId(5)]]);
  });

  it('ranks single cuts by what they take', () => {
    const { graph, target, spanId } = sketch([
      ['VT', 'A', 1, 'duct'],
      ['VT', 'A', 1, 'duct'],
      ['A', 'B'],
      ['VT', 'E'],
    ]);
    const people = new Map([
      ['A', 10],
      ['B', 20],
      ['E', 25],
    ]);
    const targets = [...people.keys()].map((name) => target(name));
    const ranked = rankSingleCuts(graph, targets, ({ code }) => people.get(code)!);
    expect(ranked).toEqual([
      { risk: { span_ids: [spanId(1), spanId(2)], route_group: 'duct' }, lost_targets: 2, lost_weight: 30 },
      { risk: { span_ids: [spanId(4)], route_group: null }, lost_targets: 1, lost_weight: 25 },
      { risk: { span_ids: [spanId(3)], route_group: null }, lost_targets: 1, lost_weight: 20 },
    ]);
    expect(rankSingleCuts(graph, targets, undefined, 1)).toHaveLength(1);
    expect([...isolatingSpanIds(graph, [target('B')])].sort((a, b) => a - b)).toEqual([
      spanId(1),
      spanId(2),
      spanId(3),
    ]);
  });

  it('loses a target with two nodes only when both are lost, and a core to no cut', () => {
    const { graph, target } = sketch(
      [
        ['VT', 'A'],
        ['VT', 'B'],
        ['PT', 'A'],
      ],
      ['VT', 'PT'],
    );
    expect(isolatingRisks(graph, [target('A'), target('B'), target('A', 'B'), target('PT')])).toEqual([
      [],
      [1],
      [],
      [],
    ]);
  });

  it('agrees with removing each risk and searching afresh', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const { graph, targets } = toGraph(plain);
        const names = (risks: number[]) =>
          risks.map((risk) => riskName(plain, graph.riskEdge[graph.riskStart[risk]!]!)).sort();
        const found = isolatingRisks(graph, targets).map(names);
        expect(found).toEqual(plain.targets.map((numbers) => oracleIsolatingRisks(plain, numbers).sort()));

        const lostBy = new Map<string, number[]>();
        const everyNode = Array.from({ length: plain.nodeCount }, (_, number) => number);
        visitLostNodes(graph, everyNode, (risk, lost) => {
          lostBy.set(
            names([risk])[0]!,
            [...lost].sort((a, b) => a - b),
          );
        });
        const before = oracleLengths(plain, () => true);
        for (const name of new Set(plain.spans.map((_, position) => riskName(plain, position)))) {
          const after = oracleLengths(plain, (position) => riskName(plain, position) !== name);
          const lost = everyNode.filter((number) => before[number]! < Infinity && after[number] === Infinity);
          expect(lostBy.get(name) ?? []).toEqual(lost);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with Tarjan: without groups and with one core, the cuts that lose a node are bridges of its component', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (drawn) => {
        const plain = { ...drawn, cores: [0], spans: drawn.spans.map((span) => ({ ...span, group: null })) };
        const { graph } = toGraph(plain);
        const { isBridge, component } = graphStructure(graph);
        const losing = new Set<number>();
        visitLostNodes(graph, graph.nodes.keys(), (risk) => losing.add(graph.riskEdge[graph.riskStart[risk]!]!));
        const expected = plain.spans.map((span, edge) => isBridge[edge] === 1 && component[span.u] === component[0]);
        expect(plain.spans.map((_, edge) => losing.has(edge))).toEqual(expected);
      }),
    );
  });

  it('finds nothing to lose in a network without a core or without spans', () => {
    const noCore = sketch([['A', 'B']], []);
    const noSpan = sketch([], ['VT']);
    for (const { graph, target } of [noCore, noSpan]) {
      visitLostTargets(graph, [target(graph.nodes[0]!.code)], () => expect.unreachable());
    }
  });
});
