/**
 * Bridges, articulation points, two-edge-connected blocks and components of the bare graph (route groups not
 * collapsed; for those see `shared-risk.ts`, for parallel cables of one group `duct-twins.ts`). Tarjan's low-link
 * method, linear time, with its own stack: a chain of 50,000 spans must not overflow the call stack.
 *
 * Source: R. E. Tarjan, "A note on finding the bridges of a graph", Inf. Process. Lett. 2 (1974) 160–161.
 */
import type { NetworkGraph } from './network-graph.ts';

export interface GraphStructure {
  /** 1 for an edge whose removal splits its component; never a self loop or one of two parallel edges. */
  readonly isBridge: Uint8Array;
  /** 1 for a node whose removal splits its component. */
  readonly isArticulation: Uint8Array;
  /** Component number of each node, 0 … componentCount - 1. */
  readonly component: Int32Array;
  readonly componentCount: number;
  /** Two-edge-connected block of each node: nodes share one while no single edge separates them. */
  readonly block: Int32Array;
  readonly blockCount: number;
}

/** Depth-first search state, one entry per node. */
interface Search {
  readonly order: Int32Array;
  readonly low: Int32Array;
  readonly parentEdge: Int32Array;
  readonly nextArc: Int32Array;
  readonly stack: Int32Array;
  clock: number;
}

/**
 * Analyses the whole graph, every component of it. Needs no core node.
 *
 * @param leftOut edges taken as not there: 1 = left out
 */
export function graphStructure(
  graph: NetworkGraph,
  leftOut: Uint8Array = new Uint8Array(graph.edgeCount),
): GraphStructure {
  const { nodeCount } = graph;
  const isBridge = new Uint8Array(graph.edgeCount);
  const isArticulation = new Uint8Array(nodeCount);
  const search: Search = {
    order: new Int32Array(nodeCount).fill(-1),
    low: new Int32Array(nodeCount),
    parentEdge: new Int32Array(nodeCount).fill(-1),
    nextArc: graph.arcStart.slice(0, nodeCount),
    stack: new Int32Array(nodeCount),
    clock: 0,
  };
  for (let root = 0; root < nodeCount; root++) {
    if (search.order[root] === -1) searchFrom(graph, root, leftOut, search, isBridge, isArticulation);
  }
  const components = label(graph, leftOut);
  const blocks = label(
    graph,
    leftOut.map((flag, edge) => flag | isBridge[edge]!),
  );
  return {
    isBridge,
    isArticulation,
    component: components.labels,
    componentCount: components.count,
    block: blocks.labels,
    blockCount: blocks.count,
  };
}

function searchFrom(
  graph: NetworkGraph,
  root: number,
  leftOut: Uint8Array,
  search: Search,
  isBridge: Uint8Array,
  isArticulation: Uint8Array,
): void {
  const { order, low, parentEdge, stack } = search;
  let depth = 0;
  let rootChildren = 0;
  enter(root, -1, search);
  stack[0] = root;
  while (depth >= 0) {
    const node = stack[depth]!;
    const child = advance(graph, node, leftOut, search);
    if (child !== -1) {
      stack[++depth] = child;
      continue;
    }
    depth--;
    if (depth < 0) break;
    const parent = stack[depth]!;
    low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node]! > order[parent]!) isBridge[parentEdge[node]!] = 1;
    if (parent === root) rootChildren++;
    else if (low[node]! >= order[parent]!) isArticulation[parent] = 1;
  }
  if (rootChildren > 1) isArticulation[root] = 1;
}

function enter(node: number, edge: number, search: Search): void {
  search.order[node] = search.clock;
  search.low[node] = search.clock++;
  search.parentEdge[node] = edge;
}

/** Takes arcs of `node` until one leads to a new node, which it enters and returns; -1 when none is left. */
function advance(graph: NetworkGraph, node: number, leftOut: Uint8Array, search: Search): number {
  const { order, low, parentEdge, nextArc } = search;
  const end = graph.arcStart[node + 1]!;
  while (nextArc[node]! < end) {
    const arc = nextArc[node]!++;
    const edge = graph.arcEdge[arc]!;
    // Only the very edge we came by is skipped: a parallel one is a way back, so neither is a bridge.
    if (edge === parentEdge[node] || leftOut[edge] === 1) continue;
    const neighbour = graph.arcNode[arc]!;
    if (order[neighbour] === -1) {
      enter(neighbour, edge, search);
      return neighbour;
    }
    low[node] = Math.min(low[node]!, order[neighbour]!);
  }
  return -1;
}

/** Numbers the components of the graph without the edges marked in `without`. */
function label(graph: NetworkGraph, without: Uint8Array): { labels: Int32Array; count: number } {
  const labels = new Int32Array(graph.nodeCount).fill(-1);
  const queue = new Int32Array(graph.nodeCount);
  let count = 0;
  for (let root = 0; root < graph.nodeCount; root++) {
    if (labels[root] !== -1) continue;
    labels[root] = count;
    queue[0] = root;
    for (let head = 0, tail = 1; head < tail; head++) {
      const node = queue[head]!;
      for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
        const neighbour = graph.arcNode[arc]!;
        if (labels[neighbour] !== -1 || without[graph.arcEdge[arc]!] === 1) continue;
        labels[neighbour] = count;
        queue[tail++] = neighbour;
      }
    }
    count++;
  }
  return { labels, count };
}
