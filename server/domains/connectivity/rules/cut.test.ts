import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedSpanIds, simulateCut } from './cut.ts';
import { buildViewGraph, type ViewNode } from './network-view.ts';
import { isolatingRisks } from './shared-risk.ts';
import { nearestNode, pathLengthM, pathToCore } from './shortest-paths.ts';
import { oracleLengths, oracleTargetLength, plainNetworks, toGraph } from './testing/random-network.ts';
import { sketch } from './testing/sketch.ts';

const ringWithTail = () =>
  sketch([
    ['VT', 'A', 30, 'road 32'],
    ['A', 'B', 40],
    ['B', 'VT', 50, 'road 32'],
    ['B', 'C', 7],
  ]);
const codes = (targets: { code: string }[]) => targets.map(({ code }) => code);

describe('simulateCut', () => {
  it('cutting a bridge loses exactly what hangs on it; a ring goes the other way round', () => {
    const { graph, target, spanId } = ringWithTail();
    const targets = ['A', 'B', 'C'].map((name) => target(name));
    expect(codes(simulateCut(graph, targets, { spans: [spanId(4)] }).lost)).toEqual(['C']);
    const ring = simulateCut(graph, targets, { spans: [spanId(1)] });
    expect(ring.lost).toEqual([]);
    expect(ring.rerouted).toEqual([{ target: targets[0], length_km_before: 30, length_km_after: 90 }]);
  });

  it('cuts a whole route group, and a node with all its spans', () => {
    const { graph, target, node } = ringWithTail();
    const targets = ['A', 'B', 'C'].map((name) => target(name));
    expect(codes(simulateCut(graph, targets, { route_groups: ['road 32'] }).lost)).toEqual(['A', 'B', 'C']);
    const atB = simulateCut(graph, targets, { nodes: [graph.nodes[node('B')]!.id] });
    expect([codes(atB.lost), atB.rerouted]).toEqual([['B', 'C'], []]);
  });

  it('moves to another core when a core node is cut', () => {
    const { graph, target, node } = sketch(
      [
        ['VT', 'A', 1],
        ['A', 'PT', 5],
      ],
      ['VT', 'PT'],
    );
    const targets = [target('A'), target('VT')];
    const result = simulateCut(graph, targets, { nodes: [graph.nodes[node('VT')]!.id] });
    expect(codes(result.lost)).toEqual(['VT']);
    expect(result.rerouted).toEqual([{ target: targets[0], length_km_before: 1, length_km_after: 5 }]);
  });

  it('names what it does not know and still cuts the rest', () => {
    const { graph, target, spanId } = ringWithTail();
    const cut = { spans: [spanId(4), 999], route_groups: ['road 99'], nodes: [77] };
    const result = simulateCut(graph, [target('C')], cut);
    expect(result.unknown).toEqual({ spans: [999], route_groups: ['road 99'], nodes: [77] });
    expect(codes(result.lost)).toEqual(['C']);
  });

  it('does not lose what was never connected', () => {
    const { graph, target } = sketch([['A', 'B']], []);
    expect(simulateCut(graph, [target('A')], { spans: [101] })).toMatchObject({ lost: [], rerouted: [] });
    const empty = sketch([], []);
    expect(simulateCut(empty.graph, [], {})).toMatchObject({ lost: [], rerouted: [] });
  });

  it('equals a fresh search without the parts that were cut', () => {
    const cases = plainNetworks(9, 14).chain((plain) =>
      fc.record({
        plain: fc.constant(plain),
        positions: fc.subarray([...plain.spans.keys()]),
        groups: fc.subarray(['p', 'q', 'r', 's']),
        gone: fc.subarray(
          Array.from({ length: plain.nodeCount }, (_, number) => number),
          { maxLength: Math.min(2, plain.nodeCount) },
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ plain, positions, groups, gone }) => {
        const { graph, targets } = toGraph(plain);
        const kept = (position: number) =>
          !positions.includes(position) && !groups.includes(plain.spans[position]!.group ?? '');
        const before = oracleLengths(plain, () => true);
        const after = oracleLengths(plain, kept, new Set(gone));
        const cut = {
          spans: positions.map((position) => position + 101),
          route_groups: groups,
          nodes: gone.map((n) => n + 1),
        };
        const result = simulateCut(graph, targets, cut);
        const lengths = plain.targets.map((numbers, index) => ({
          code: `t${index}`,
          before: oracleTargetLength(before, numbers),
          after: oracleTargetLength(after, numbers),
        }));
        expect(codes(result.lost)).toEqual(
          lengths.filter((length) => length.before < Infinity && length.after === Infinity).map(({ code }) => code),
        );
        expect(
          result.rerouted.map((way) => [way.target.code, way.length_km_before * 1000, way.length_km_after * 1000]),
        ).toEqual(
          lengths
            .filter((length) => length.after < Infinity && length.after > length.before)
            .map((length) => [length.code, length.before, length.after]),
        );
        for (const { target, length_km_after } of result.rerouted) {
          const way = pathToCore(graph, nearestNode(target.nodes, result.after), result.after);
          expect(Math.round(pathLengthM(graph, way)) / 1000).toBe(length_km_after);
          expect(way.every((edge) => kept(graph.spans[edge]!.id - 101))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a cut of one risk loses exactly the targets that name it as isolating', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const { graph, targets } = toGraph(plain);
        const isolating = isolatingRisks(graph, targets);
        graph.riskGroup.forEach((group, risk) => {
          const edge = graph.riskEdge[graph.riskStart[risk]!]!;
          const cut = group === null ? { spans: [graph.spans[edge]!.id] } : { route_groups: [group] };
          const lost = codes(simulateCut(graph, targets, cut).lost);
          expect(lost).toEqual(codes(targets.filter((_, index) => isolating[index]!.includes(risk))));
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('failedSpanIds', () => {
  it('names the spans cut, those of the route groups and those at the nodes, each once', () => {
    const { graph, node, spanId } = ringWithTail();
    const idOf = (name: string) => graph.nodes[node(name)]!.id;
    expect(failedSpanIds(graph, { spans: [spanId(4), 999], route_groups: ['road 32'] })).toEqual([101, 103, 104]);
    expect(failedSpanIds(graph, { nodes: [idOf('B')], spans: [spanId(4)] })).toEqual([102, 103, 104]);
    expect(failedSpanIds(graph, { nodes: [77], route_groups: ['road 99'] })).toEqual([]);
  });

  it('names for a node that became one with another the spans of both', () => {
    const at = (id: number, operator_id: number, kind: ViewNode['kind'], lon: number): ViewNode => {
      return { id, code: `N${id}`, kind, serves_unit_code: null, operator_id, lon, lat: 21, in_service: true };
    };
    const cable = (id: number, operator_id: number, end_node_id: number) => {
      const row = { id, operator_id, start_node_id: 1, end_node_id, length_m: 1000, route_group: null };
      return { ...row, status: 'operational' as const };
    };
    const nodes = [at(1, 1, 'core', 105), at(2, 1, 'district', 105.1), at(3, 2, 'joint', 105.1001)];
    const spans = [cable(101, 1, 2), cable(102, 2, 3)];
    const { graph } = buildViewGraph(nodes, spans, { kind: 'sharing', tolerance_m: 50 });
    expect(graph.nodeCount).toBe(2);
    for (const id of [2, 3]) expect(failedSpanIds(graph, { nodes: [id] })).toEqual([101, 102]);
  });
});
