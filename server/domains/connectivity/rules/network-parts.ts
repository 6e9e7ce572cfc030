/** Parts of a network that fail without regard to each other: they meet only at cores and share neither risk nor target. */
import type { NetworkGraph } from './network-graph.ts';
import { RollbackUnion } from './rollback-union.ts';
import type { Target } from './targets.ts';

/** Node, edge and target indices, ascending. Core nodes belong to every part whose edges end at them. */
export interface NetworkPart {
  nodes: number[];
  edges: number[];
  targets: number[];
}

/** The parts that have a target; targets at a core cannot be lost and, like edges between cores, belong to none. */
export function independentParts(graph: NetworkGraph, targets: readonly Target[]): NetworkPart[] {
  const sets = new RollbackUnion(graph.nodeCount, []);
  const firstOfRisk = new Int32Array(graph.riskCount).fill(-1);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const ends = outerEnds(graph, edge);
    if (ends.length === 2) sets.union(ends[0]!, ends[1]!);
    if (ends.length === 0) continue;
    const risk = graph.edgeRisk[edge]!;
    if (firstOfRisk[risk] === -1) firstOfRisk[risk] = ends[0]!;
    else sets.union(firstOfRisk[risk]!, ends[0]!);
  }
  const outerNodes = targets.map(({ nodes }) => (nodes.some((node) => graph.isCore[node] === 1) ? [] : nodes));
  for (const [first, ...others] of outerNodes) for (const other of others) sets.union(first!, other);
  const parts = new Map<number, NetworkPart>();
  outerNodes.forEach(([first], target) => {
    if (first === undefined) return;
    const root = sets.find(first);
    const part = parts.get(root);
    if (part) part.targets.push(target);
    else parts.set(root, { nodes: [], edges: [], targets: [target] });
  });
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const [end] = outerEnds(graph, edge);
    if (end !== undefined) parts.get(sets.find(end))?.edges.push(edge);
  }
  for (const part of parts.values()) part.nodes = nodesOf(graph, part, outerNodes);
  return [...parts.values()];
}

/** The ends of an edge that are no cores. */
function outerEnds(graph: NetworkGraph, edge: number): number[] {
  return [graph.edgeFrom[edge]!, graph.edgeTo[edge]!].filter((node) => graph.isCore[node] === 0);
}

function nodesOf(graph: NetworkGraph, part: NetworkPart, outerNodes: readonly (readonly number[])[]): number[] {
  const nodes = new Set(part.targets.flatMap((target) => outerNodes[target]!));
  for (const edge of part.edges) nodes.add(graph.edgeFrom[edge]!).add(graph.edgeTo[edge]!);
  return [...nodes].sort((a, b) => a - b);
}
