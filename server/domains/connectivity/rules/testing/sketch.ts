/** Small networks written by hand for tests: nodes appear by name, lengths are in km. */
import { buildNetworkGraph, type FibreNodeRow, type FibreSpanRow, type NetworkGraph } from '../network-graph.ts';
import type { Target } from '../targets.ts';

/** [start, end, km, route group] */
export type SketchedSpan = readonly [string, string, number?, string?];

export interface Sketch {
  graph: NetworkGraph;
  node: (name: string) => number;
  /** The target served by the nodes of these names; its code is the first name. */
  target: (...names: string[]) => Target;
  /** Id of the n-th sketched span, counted from 1. */
  spanId: (position: number) => number;
}

/** Span ids are 101, 102, … and node ids 1, 2, … so that ids and indices cannot be mixed up unnoticed. */
export function sketch(spans: readonly SketchedSpan[], cores: readonly string[] = ['VT']): Sketch {
  const names = [...new Set([...cores, ...spans.flatMap(([start, end]) => [start, end])])];
  const nodes = names.map(
    (name, index): FibreNodeRow => ({
      id: index + 1,
      code: name,
      kind: cores.includes(name) ? 'core' : 'joint',
      serves_unit_code: null,
      lon: 105,
      lat: 21,
    }),
  );
  const rows = spans.map(
    ([start, end, km = 1, group], index): FibreSpanRow => ({
      id: index + 101,
      start_node_id: names.indexOf(start) + 1,
      end_node_id: names.indexOf(end) + 1,
      length_m: km * 1000,
      route_group: group ?? null,
      status: 'operational',
    }),
  );
  const { graph } = buildNetworkGraph(nodes, rows);
  return {
    graph,
    node: (name) => names.indexOf(name),
    target: (...of) => ({ code: of[0]!, name: of[0]!, nodes: of.map((name) => names.indexOf(name)) }),
    spanId: (position) => position + 100,
  };
}
