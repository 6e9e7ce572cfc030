/**
 * Parallel cables of one route group lie in one duct: for the shape of a network they are one edge. Two of them make no ring,
 * and the loss of their duct divides the network where the loss of a single cable would.
 */
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';

/** 1 for every span that runs between the same two nodes as an earlier one of its route group. */
export function ductTwins(graph: NetworkGraph): Uint8Array {
  const isTwin = new Uint8Array(graph.edgeCount);
  for (let risk = 0; risk < graph.riskCount; risk++) {
    const edges = edgesOfRisk(graph, risk);
    if (edges.length < 2) continue;
    const seen = new Set<string>();
    for (const edge of edges) {
      const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
      const ends = `${Math.min(from, to)} ${Math.max(from, to)}`;
      if (seen.has(ends)) isTwin[edge] = 1;
      seen.add(ends);
    }
  }
  return isTwin;
}
