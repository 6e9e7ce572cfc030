/**
 * Targets: the things that must stay connected (district centres, commune centres, sites), each with the
 * network nodes that serve it. A target is connected while any of its nodes reaches any core node.
 */
import type { NetworkGraph } from './network-graph.ts';

/** `nodes` are node indices of the graph; empty for a place that no node serves. */
export interface Target {
  code: string;
  name: string;
  nodes: readonly number[];
}

/**
 * Gives every unit the nodes whose `serves_unit_code` is its code (whatever their kind: a core node may serve
 * the district it stands in). Units without a node come back with an empty list, so that they read `none`.
 */
export function targetsForUnits<Unit extends { code: string; name: string }>(
  graph: NetworkGraph,
  units: readonly Unit[],
): (Unit & Target)[] {
  const byCode = new Map<string, number[]>();
  graph.nodes.forEach((node, index) => {
    if (node.serves_unit_code === null) return;
    const nodes = byCode.get(node.serves_unit_code);
    if (nodes) nodes.push(index);
    else byCode.set(node.serves_unit_code, [index]);
  });
  return units.map((unit) => ({ ...unit, nodes: byCode.get(unit.code) ?? [] }));
}

/** Gives every place (a site, say) the nodes named by id; ids that are not in the graph are left out. */
export function targetsForNodeIds<Place extends { code: string; name: string; node_ids: readonly number[] }>(
  graph: NetworkGraph,
  places: readonly Place[],
): (Place & Target)[] {
  return places.map((place) => ({
    ...place,
    nodes: [...new Set(place.node_ids.flatMap((id) => graph.nodeIndexById.get(id) ?? []))],
  }));
}
