/**
 * Which pairs of spans cut something off together though neither does alone. Such spans fall into classes: any two of one
 * class are a cut, two of different classes are not. (They lie on one ring of the network with its 3-edge-connected parts
 * drawn together.)
 *
 * Method: give every edge outside a spanning tree a random word, and every tree edge the xor of those whose ring it is on;
 * two edges are a cut exactly when their words are equal, a bridge's word is 0 (D. Pritchard, R. Thurimella, "Fast computation
 * of small cuts via cycle space sampling", ACM Trans. Algorithms 7 (2011) 46). Linear; words of 64 bits from a fixed seed, so
 * a false pair has probability below 1e-9 for 100,000 spans, and the caller checks the one it uses.
 */

import { seededRandom } from '../../../platform/seeded-random.ts';
import { type NetworkGraph, otherEnd } from './network-graph.ts';

const SEED = 20081231;

/** The edges of each class of two or more, all cores taken as one place; only what is connected to the core counts. */
export function cutClasses(graph: NetworkGraph): number[][] {
  const { order, via } = treeFromCores(graph);
  const [high, low] = [new Int32Array(graph.edgeCount), new Int32Array(graph.edgeCount)];
  const [nodeHigh, nodeLow] = [new Int32Array(graph.nodeCount), new Int32Array(graph.nodeCount)];
  const reached = new Uint8Array(graph.nodeCount);
  for (const node of order) reached[node] = 1;
  const isTree = new Uint8Array(graph.edgeCount);
  for (const node of order) if (via[node] !== -1) isTree[via[node]!] = 1;
  const random = seededRandom(SEED);
  const word = () => Math.floor(random() * 4294967296) | 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isTree[edge] === 1 || reached[graph.edgeFrom[edge]!] === 0) continue;
    [high[edge], low[edge]] = [word(), word()];
    for (const end of [graph.edgeFrom[edge]!, graph.edgeTo[edge]!]) {
      nodeHigh[end]! ^= high[edge]!;
      nodeLow[end]! ^= low[edge]!;
    }
  }
  for (const node of order.toReversed()) {
    const edge = via[node]!;
    if (edge === -1) continue;
    [high[edge], low[edge]] = [nodeHigh[node]!, nodeLow[node]!];
    const above = otherEnd(graph, edge, node);
    nodeHigh[above]! ^= high[edge];
    nodeLow[above]! ^= low[edge];
  }
  return sameWords(graph, high, low);
}

/** Nodes in the order a breadth-first search from all cores meets them, and the edge each was met by (-1 at a core). */
function treeFromCores(graph: NetworkGraph): { order: number[]; via: Int32Array } {
  const order: number[] = [];
  const via = new Int32Array(graph.nodeCount).fill(-1);
  const seen = graph.isCore.slice();
  for (let node = 0; node < graph.nodeCount; node++) if (graph.isCore[node] === 1) order.push(node);
  for (const node of order) {
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const neighbour = graph.arcNode[arc]!;
      if (seen[neighbour] === 1) continue;
      seen[neighbour] = 1;
      via[neighbour] = graph.arcEdge[arc]!;
      order.push(neighbour);
    }
  }
  return { order, via };
}

function sameWords(graph: NetworkGraph, high: Int32Array, low: Int32Array): number[][] {
  const classes = new Map<string, number[]>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (high[edge] === 0 && low[edge] === 0) continue;
    const key = `${high[edge]} ${low[edge]}`;
    const known = classes.get(key);
    if (known) known.push(edge);
    else classes.set(key, [edge]);
  }
  return [...classes.values()].filter((edges) => edges.length > 1);
}
