/**
 * Which places are the same for a plan that makes targets dual.
 *
 * Two nodes are of one class when every failure that matters leaves them connected with each other, or leaves each cut off in
 * the same piece: a new line to one of them then does whatever a line to the other would, and of all lines between two
 * classes no plan needs more than the two cheapest (each fails by itself). While every target is connected, only the risks that
 * isolate a target matter, and the intact network. A target without any connection can be kept off by each risk.
 */
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { riskBlocks } from './risk-blocks.ts';
import { isolatingRisks } from './shared-risk.ts';
import { coreDistances, nearestNode } from './shortest-paths.ts';
import type { Target } from './targets.ts';

/** Class of each node, 0 … count - 1. */
export function placeClasses(graph: NetworkGraph, targets: readonly Target[]): Int32Array {
  const distances = coreDistances(graph);
  if (targets.some(({ nodes }) => nearestNode(nodes, distances) === -1)) return riskBlocks(graph).block;
  const risks = new Set(isolatingRisks(graph, targets).flat());
  let classes = piecesWithout(graph, []);
  for (const risk of risks) classes = refined(classes, piecesWithout(graph, edgesOfRisk(graph, risk)));
  return classes;
}

/** Connected pieces of the network without some edges: a number for each node. */
function piecesWithout(graph: NetworkGraph, failed: Iterable<number>): Int32Array {
  const gone = new Set(failed);
  const piece = new Int32Array(graph.nodeCount).fill(-1);
  const queue: number[] = [];
  for (let start = 0; start < graph.nodeCount; start++) {
    if (piece[start] !== -1) continue;
    piece[start] = start;
    queue.push(start);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
        const neighbour = graph.arcNode[arc]!;
        if (piece[neighbour] !== -1 || gone.has(graph.arcEdge[arc]!)) continue;
        piece[neighbour] = start;
        queue.push(neighbour);
      }
    }
  }
  return piece;
}

/** Classes divided by what else tells their members apart. */
function refined(classes: Int32Array, by: Int32Array): Int32Array {
  const numbers = new Map<string, number>();
  return classes.map((before, node) => {
    const key = `${before} ${by[node]}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
}
