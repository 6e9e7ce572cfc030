/**
 * The shape of a network, or of one operator's part of it, in one word.
 *
 * - `star`: no ring, and at most one node where ways divide;
 * - `tree`: no ring, more such nodes;
 * - `ring`: rings, one or more, that share no span (rings through one centre, rings with spurs);
 * - `mesh`: some span lies on two rings.
 *
 * Parallel spans of one route group lie in one duct and count as one (`duct-twins.ts`); self loops do not count. Whether a ring is safe is
 * another question: spans of one group on both its sides make it `single` (`district-status.ts`).
 */
import { ductTwins } from './duct-twins.ts';
import { type NetworkGraph, otherEnd } from './network-graph.ts';

export type TopologyClass = 'none' | 'star' | 'tree' | 'ring' | 'mesh';

export interface TopologySummary {
  class: TopologyClass;
  /** Nodes with a span; nodes without are not part of the shape. */
  nodes: number;
  /** Spans that count, see above. */
  spans: number;
  /** Separate parts with a span. */
  components: number;
  /** Independent rings: spans - nodes + components. */
  rings: number;
  /** Nodes that lie on a ring. */
  nodes_on_ring: number;
}

/** Reads the shape; `none` for a network without spans. */
export function topologySummary(graph: NetworkGraph): TopologySummary {
  const counted = countedEdges(graph);
  const degree = new Int32Array(graph.nodeCount);
  for (const edge of counted) {
    degree[graph.edgeFrom[edge]!]!++;
    degree[graph.edgeTo[edge]!]!++;
  }
  const forest = spanningForest(graph, counted);
  const nodes = degree.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const components = forest.roots.filter((root) => degree[root]! > 0).length;
  const { shared, onRing } = markRings(graph, forest);
  const branchings = new Int32Array(graph.nodeCount);
  for (const node of degree.keys()) if (degree[node]! > 2) branchings[forest.root[node]!]!++;
  const treeLike = counted.length === 0 ? 'none' : branchings.every((count) => count <= 1) ? 'star' : 'tree';
  return {
    class: forest.chords.length === 0 ? treeLike : shared ? 'mesh' : 'ring',
    nodes,
    spans: counted.length,
    components,
    rings: forest.chords.length,
    nodes_on_ring: onRing.reduce((sum, flag) => sum + flag, 0),
  };
}

/** The edges that make the shape: no self loops, and one of parallel cables in a duct. */
function countedEdges(graph: NetworkGraph): number[] {
  const isTwin = ductTwins(graph);
  return Array.from(graph.edgeRisk.keys()).filter(
    (edge) => isTwin[edge] === 0 && graph.edgeFrom[edge] !== graph.edgeTo[edge],
  );
}

interface Forest {
  roots: number[];
  root: Int32Array;
  /** Node above, itself at a root. */
  parent: Int32Array;
  depth: Int32Array;
  /** Counted edges outside the forest: each closes one ring. */
  chords: number[];
}

function spanningForest(graph: NetworkGraph, counted: readonly number[]): Forest {
  const { nodeCount } = graph;
  const isCounted = new Uint8Array(graph.edgeCount);
  for (const edge of counted) isCounted[edge] = 1;
  const forest: Forest = {
    roots: [],
    root: new Int32Array(nodeCount).fill(-1),
    parent: new Int32Array(nodeCount),
    depth: new Int32Array(nodeCount),
    chords: [],
  };
  for (let start = 0; start < nodeCount; start++) {
    if (forest.root[start] !== -1) continue;
    forest.roots.push(start);
    forest.root[start] = start;
    forest.parent[start] = start;
    const queue = [start];
    for (const node of queue) {
      for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
        const edge = graph.arcEdge[arc]!;
        const neighbour = otherEnd(graph, edge, node);
        if (isCounted[edge] === 0 || forest.root[neighbour] !== -1) continue;
        isCounted[edge] = 0;
        forest.root[neighbour] = start;
        forest.parent[neighbour] = node;
        forest.depth[neighbour] = forest.depth[node]! + 1;
        queue.push(neighbour);
      }
    }
  }
  forest.chords = counted.filter((edge) => isCounted[edge] === 1);
  return forest;
}

/**
 * Walks each chord's ring up the forest. A step walked before lies on two rings; what is walked is jumped over by the next
 * walk, so that all walks together are nearly linear. The shape is a `ring` exactly when no walk meets another (a cactus).
 */
function markRings(graph: NetworkGraph, { parent, depth, chords }: Forest): { shared: boolean; onRing: Uint8Array } {
  const onRing = new Uint8Array(graph.nodeCount);
  const top = Int32Array.from(parent.keys());
  let shared = false;
  const climb = (node: number): number => {
    let at = node;
    while (top[at] !== at) {
      top[at] = top[top[at]!]!;
      at = top[at]!;
    }
    return at;
  };
  for (const chord of chords) {
    let [a, b] = [graph.edgeFrom[chord]!, graph.edgeTo[chord]!];
    onRing[a] = 1;
    onRing[b] = 1;
    while (a !== b) {
      if (depth[a]! < depth[b]!) [a, b] = [b, a];
      if (top[a] !== a) {
        shared = true;
        a = climb(a);
        continue;
      }
      onRing[a] = 1;
      onRing[parent[a]!] = 1;
      top[a] = parent[a]!;
      a = parent[a]!;
    }
  }
  return { shared, onRing };
}
