import { describe, expect, it } from 'vitest';
import { classifyTargets } from './district-status.ts';
import {
  buildViewGraph,
  DEFAULT_SHARING_M,
  type NetworkView,
  type ViewNode,
  type ViewSpan,
  viewRows,
} from './network-view.ts';
import { targetsForNodeIds } from './targets.ts';

/** Operator 1 has a core and a chain to its node in the district; operator 2 the same, elsewhere, 30 m from the other's node. */
const at = (id: number, operator_id: number, kind: ViewNode['kind'], lon: number, lat: number): ViewNode => ({
  id,
  code: `N${id}`,
  kind,
  serves_unit_code: null,
  operator_id,
  lon,
  lat,
  in_service: true,
});
const cable = (id: number, operator_id: number, start_node_id: number, end_node_id: number): ViewSpan => ({
  id,
  operator_id,
  start_node_id,
  end_node_id,
  length_m: 1000,
  route_group: null,
  status: 'operational',
});
const NODES = [
  at(1, 1, 'core', 105, 21),
  at(2, 1, 'joint', 105.1, 21),
  at(3, 2, 'core', 105.2, 21),
  at(4, 2, 'joint', 105.1, 21.00027),
];
const SPANS = [cable(101, 1, 1, 2), cable(102, 2, 3, 4)];

const status = (view: NetworkView, node_ids: number[]) => {
  const { graph } = buildViewGraph(NODES, SPANS, view);
  return classifyTargets(graph, targetsForNodeIds(graph, [{ code: 'D', name: 'D', node_ids }]))[0];
};

describe('views of the network', () => {
  it('shows one operator its own spans only', () => {
    expect(status({ kind: 'operator', operator_id: 1 }, [2, 4])).toBe('single');
    expect(status({ kind: 'operator', operator_id: 1 }, [4])).toBe('none');
    expect(status({ kind: 'operator', operator_id: 9 }, [2, 4])).toBe('none');
  });

  it('together, a place served by both is safe; one served by one operator is not', () => {
    expect(status({ kind: 'together' }, [2, 4])).toBe('dual');
    expect(status({ kind: 'together' }, [2])).toBe('single');
  });

  it('with sharing, either node reaches the core both ways; beyond the tolerance nothing changes', () => {
    expect(status({ kind: 'sharing', tolerance_m: DEFAULT_SHARING_M }, [2])).toBe('dual');
    expect(status({ kind: 'sharing', tolerance_m: 50 }, [4])).toBe('dual');
    expect(status({ kind: 'sharing', tolerance_m: 25 }, [4])).toBe('single');
  });

  it('keeps the nodes of others at which an operator’s spans end', () => {
    const { nodes, spans } = viewRows(NODES, [...SPANS, cable(103, 2, 4, 2)], { kind: 'operator', operator_id: 2 });
    expect(nodes.map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(spans.map(({ id }) => id)).toEqual([102, 103]);
  });

  it('has a node in service where a span of the view ends, its own by any, and a shared place by each of its nodes', () => {
    const nodes = NODES.map((node) => ({ ...node, in_service: node.id !== 2 }));
    const drawn = { ...cable(103, 1, 1, 4), status: 'planned' as const };
    const inService = (view: NetworkView) =>
      viewRows(nodes, [...SPANS, drawn], view).nodes.flatMap(({ id, in_service }) => (in_service ? [id] : []));
    expect(inService({ kind: 'together' })).toEqual([1, 3, 4]);
    expect(inService({ kind: 'operator', operator_id: 1 })).toEqual([1]);
    expect(inService({ kind: 'operator', operator_id: 2 })).toEqual([3, 4]);
    expect(inService({ kind: 'sharing', tolerance_m: 50 })).toEqual([1, 2, 3]);
  });

  it('makes one place of three operators, which is a core if one of them is, and never of one operator’s own nodes', () => {
    const nodes = [
      at(1, 1, 'joint', 105, 21),
      at(2, 2, 'core', 105, 21.0001),
      at(3, 3, 'site', 105, 21.0002),
      at(4, 2, 'joint', 105, 21.0001),
    ];
    const { nodes: kept, aliases } = viewRows(nodes, [], { kind: 'sharing', tolerance_m: 50 });
    expect([...aliases]).toEqual([
      [1, 2],
      [3, 2],
    ]);
    expect(kept.map(({ id, kind }) => [id, kind])).toEqual([
      [2, 'core'],
      [4, 'joint'],
    ]);
  });
});
