/**
 * Cable distance from every node to its nearest core (Dijkstra from all cores at once) and the path there.
 */
import { MinHeap } from './min-heap.ts';
import { type NetworkGraph, otherEnd } from './network-graph.ts';

export interface CoreDistances {
  /** Metres of cable to the nearest core; 0 at a core, Infinity where no core is reached. */
  readonly distanceM: Float64Array;
  /** First edge of the shortest path to the core; -1 at a core and where no core is reached. */
  readonly nextEdge: Int32Array;
}

/** Parts of the network taken as broken: 1 = gone. A broken node takes its edges with it and is no core any more. */
export interface Removed {
  readonly edges: Uint8Array;
  readonly nodes: Uint8Array;
}

/** Edges of a path in order from the place towards the core. */
export type EdgePath = readonly number[];

/** Distances over the whole network, or over what is left of it without `removed`. */
export function coreDistances(graph: NetworkGraph, removed?: Removed): CoreDistances {
  const distanceM = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const nextEdge = new Int32Array(graph.nodeCount).fill(-1);
  const settled = new Uint8Array(graph.nodeCount);
  const heap = new MinHeap();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (removed?.nodes[node] === 1) settled[node] = 1;
    else if (graph.isCore[node] === 1) {
      distanceM[node] = 0;
      heap.push(0, node);
    }
  }
  while (heap.size > 0) {
    const node = heap.pop();
    if (settled[node] === 1) continue;
    settled[node] = 1;
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const edge = graph.arcEdge[arc]!;
      const neighbour = graph.arcNode[arc]!;
      if (settled[neighbour] === 1 || removed?.edges[edge] === 1) continue;
      const through = distanceM[node]! + graph.edgeLengthM[edge]!;
      if (through >= distanceM[neighbour]!) continue;
      distanceM[neighbour] = through;
      nextEdge[neighbour] = edge;
      heap.push(through, neighbour);
    }
  }
  return { distanceM, nextEdge };
}

/** The node of a target that is nearest to a core; -1 when none of its nodes reaches one. */
export function nearestNode(nodes: readonly number[], distances: CoreDistances): number {
  let best = -1;
  for (const node of nodes) {
    const bestM = best === -1 ? Number.POSITIVE_INFINITY : distances.distanceM[best]!;
    if (distances.distanceM[node]! < bestM) best = node;
  }
  return best;
}

/** The shortest path from a node to its nearest core; empty at a core and where no core is reached. */
export function pathToCore(graph: NetworkGraph, start: number, { nextEdge }: CoreDistances): EdgePath {
  const path: number[] = [];
  for (let node = start; nextEdge[node] !== -1; node = otherEnd(graph, path.at(-1)!, node)) path.push(nextEdge[node]!);
  return path;
}

/** Cable length of a path in metres. */
export function pathLengthM(graph: NetworkGraph, path: EdgePath): number {
  return path.reduce((sum, edge) => sum + graph.edgeLengthM[edge]!, 0);
}
