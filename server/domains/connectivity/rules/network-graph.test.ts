import { describe, expect, it } from 'vitest';
import { buildNetworkGraph, edgesOfRisk, type FibreNodeRow, type FibreSpanRow, otherEnd } from './network-graph.ts';
import { targetsForNodeIds, targetsForUnits } from './targets.ts';

const node = (id: number, extra: Partial<FibreNodeRow> = {}): FibreNodeRow => ({
  id,
  code: `N${id}`,
  kind: 'joint',
  serves_unit_code: null,
  lon: 105,
  lat: 21,
  ...extra,
});
const span = (
  id: number,
  start: number | null,
  end: number | null,
  extra: Partial<FibreSpanRow> = {},
): FibreSpanRow => ({
  id,
  start_node_id: start,
  end_node_id: end,
  length_m: 1000,
  route_group: null,
  status: 'operational',
  ...extra,
});

const group = (route_group: string) => ({ route_group });

describe('buildNetworkGraph', () => {
  it('keeps self loops and parallel spans, each with its own edge', () => {
    const { graph, issues } = buildNetworkGraph([node(7), node(9)], [span(1, 7, 9), span(2, 9, 7), span(3, 7, 7)]);
    expect(issues).toEqual([]);
    expect(graph.edgeCount).toBe(3);
    const leaving = (at: number) => Array.from(graph.arcEdge.subarray(graph.arcStart[at], graph.arcStart[at + 1]));
    expect(leaving(0)).toEqual([0, 1, 2, 2]);
    expect(leaving(1)).toEqual([0, 1]);
    expect([otherEnd(graph, 0, 0), otherEnd(graph, 1, 0), otherEnd(graph, 2, 0)]).toEqual([1, 1, 0]);
  });

  it('returns spans with a missing node as issues, one per bad end, and builds the rest', () => {
    const { graph, issues } = buildNetworkGraph(
      [node(1), node(2)],
      [span(10, 1, 99), span(11, null, 98), span(12, 1, 2)],
    );
    expect(graph.spans.map((row) => row.id)).toEqual([12]);
    expect(issues).toEqual([
      { table: 'fibre_span', id: 10, field: 'end_node_id', value: 99, reason: 'missing_node' },
      { table: 'fibre_span', id: 11, field: 'start_node_id', value: null, reason: 'missing_node' },
      { table: 'fibre_span', id: 11, field: 'end_node_id', value: 98, reason: 'missing_node' },
    ]);
  });

  it('keeps the first of rows with the same id and reports the others', () => {
    const { graph, issues } = buildNetworkGraph([node(1), node(1), node(2)], [span(5, 1, 2), span(5, 2, 2)]);
    expect([graph.nodeCount, graph.edgeCount]).toEqual([2, 1]);
    expect(issues.map((issue) => [issue.table, issue.reason])).toEqual([
      ['fibre_node', 'duplicate_id'],
      ['fibre_span', 'duplicate_id'],
    ]);
  });

  it('estimates an unusable length by the geodesic: the degree of meridian from 21° is 110.724 km', () => {
    const nodes = [node(1, { lat: 21 }), node(2, { lat: 22 }), node(3, { lon: null, lat: null })];
    const rows = [span(1, 1, 2, { length_m: null }), span(2, 1, 2, { length_m: -5 }), span(3, 1, 3, { length_m: NaN })];
    const { graph, issues } = buildNetworkGraph(nodes, rows);
    expect(graph.edgeLengthM[0]).toBeCloseTo(110_723.6, 1);
    expect(graph.edgeLengthM[1]).toBe(graph.edgeLengthM[0]);
    expect(graph.edgeLengthM[2]).toBe(0);
    expect(issues.map((issue) => issue.reason)).toEqual(Array(3).fill('length_estimated'));
  });

  it('measures across the antimeridian the short way', () => {
    const nodes = [node(1, { lon: 179.5, lat: 0 }), node(2, { lon: -179.5, lat: 0 })];
    const { graph } = buildNetworkGraph(nodes, [span(1, 1, 2, { length_m: null })]);
    expect(graph.edgeLengthM[0]).toBeCloseTo(111_319.49, 1);
  });

  it('leaves out planned and decommissioned spans unless asked for', () => {
    const rows = [span(1, 1, 2, { status: 'planned' }), span(2, 1, 2, { status: 'decommissioned' }), span(3, 1, 2)];
    const built = buildNetworkGraph([node(1), node(2)], rows);
    expect([built.graph.edgeCount, built.skippedSpans]).toEqual([1, 2]);
    expect(buildNetworkGraph([node(1), node(2)], rows, ['planned', 'operational']).graph.edgeCount).toBe(2);
  });

  it('makes one risk of a route group and one of every span without a group', () => {
    const rows = [
      span(1, 1, 2, group('duct')),
      span(2, 1, 2),
      span(3, 1, 2, group(' duct ')),
      span(4, 1, 2, group('')),
    ];
    const { graph } = buildNetworkGraph([node(1), node(2)], rows);
    expect(graph.riskGroup).toEqual(['duct', null, null]);
    expect([0, 1, 2].map((risk) => [...edgesOfRisk(graph, risk)])).toEqual([[0, 2], [1], [3]]);
  });

  it('takes an empty network', () => {
    const { graph, issues } = buildNetworkGraph([], []);
    expect([graph.nodeCount, graph.edgeCount, graph.riskCount, issues.length]).toEqual([0, 0, 0, 0]);
  });
});

describe('targets', () => {
  const nodes = [
    node(1, { serves_unit_code: '227', kind: 'core' }),
    node(2, { serves_unit_code: '228' }),
    node(3, { serves_unit_code: '227' }),
  ];
  const { graph } = buildNetworkGraph(nodes, []);

  it('gives a unit every node that serves it, and none to a unit without one', () => {
    const units = ['227', '228', '240'].map((code) => ({ code, name: code, people: 5 }));
    expect(targetsForUnits(graph, units)).toEqual([
      { code: '227', name: '227', people: 5, nodes: [0, 2] },
      { code: '228', name: '228', people: 5, nodes: [1] },
      { code: '240', name: '240', people: 5, nodes: [] },
    ]);
  });

  it('resolves node ids once each and leaves unknown ones out', () => {
    expect(targetsForNodeIds(graph, [{ code: 'S', name: 'S', node_ids: [3, 3, 77] }])[0]!.nodes).toEqual([2]);
  });
});
