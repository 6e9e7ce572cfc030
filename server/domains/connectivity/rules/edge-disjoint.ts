/**
 * The two paths from a target to the core that have the fewest edges in common, and of those the least total length: exact, by
 * min-cost flow of two units, where a second unit on an edge costs more than the whole network is long. Common are only edges
 * that every path uses, so the two are edge-disjoint wherever such paths exist.
 *
 * Source: J. W. Suurballe, "Disjoint paths in a network", Networks 4 (1974) 125–145; R. Bhandari, "Survivable
 * Networks" (1999) for undirected graphs. The first path is the shortest one; the second is searched in the
 * residual network, where it may hand back edges of the first; what both used in opposite directions cancels.
 */
import { type NetworkGraph, otherEnd } from './network-graph.ts';
import type { FoundPath, PathSearch } from './path-search.ts';

/** The pair, or null when there are no two different paths. Route groups are not regarded. */
export function mostEdgeDisjointPair(search: PathSearch, starts: readonly number[]): [FoundPath, FoundPath] | null {
  const first = search.find(starts);
  if (first === null || first.edges.length === 0) return null;
  const { flow } = search;
  addFlow(search.graph, first, flow);
  const second = search.find(starts, { flow })!;
  addFlow(search.graph, second, flow);
  const edges = [...first.edges, ...second.edges];
  const outgoing = outgoingEdges(search.graph, edges, flow);
  for (const edge of edges) flow[edge] = 0;
  // Twice the same edges: every path uses them all.
  if (first.edges.every((edge, at) => second.edges[at] === edge)) return null;
  return [walk(search.graph, first.start, outgoing), walk(search.graph, second.start, outgoing)];
}

/** Adds a unit along the path; an edge taken back falls to 0. */
function addFlow(graph: NetworkGraph, path: FoundPath, flow: Int8Array): void {
  let node = path.start;
  for (const edge of path.edges) {
    flow[edge]! += graph.edgeFrom[edge] === node ? 1 : -1;
    node = otherEnd(graph, edge, node);
  }
}

function outgoingEdges(graph: NetworkGraph, edges: readonly number[], flow: Int8Array): Map<number, number[]> {
  const outgoing = new Map<number, number[]>();
  for (const edge of new Set(edges)) {
    const tail = flow[edge]! > 0 ? graph.edgeFrom[edge]! : graph.edgeTo[edge]!;
    for (let unit = Math.abs(flow[edge]!); unit > 0; unit--) {
      const here = outgoing.get(tail);
      if (here) here.push(edge);
      else outgoing.set(tail, [edge]);
    }
  }
  return outgoing;
}

/** Follows the flow to a core, using each unit once. A loop (only possible at length 0) is cut out of the path. */
function walk(graph: NetworkGraph, start: number, outgoing: Map<number, number[]>): FoundPath {
  const edges: number[] = [];
  const stepsAt = new Map([[start, 0]]);
  let node = start;
  while (graph.isCore[node] !== 1) {
    const edge = outgoing.get(node)!.pop()!;
    edges.push(edge);
    node = otherEnd(graph, edge, node);
    const before = stepsAt.get(node);
    if (before !== undefined) {
      for (const [visited, steps] of stepsAt) if (steps > before) stepsAt.delete(visited);
      edges.length = before;
    }
    stepsAt.set(node, edges.length);
  }
  return { start, edges };
}
