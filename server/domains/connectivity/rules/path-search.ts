/**
 * Goal-directed search for one path from a target to the core, under restrictions.
 *
 * The cable distances to the core of the whole network are potentials (Johnson's reduced costs): the reduced cost
 * of a step is how much it departs from the shortest way, so the search only looks at the surroundings of the
 * target as far as the detour is long. Restrictions only make distances longer, so the potentials stay valid.
 * Scratch arrays are kept between searches and stamped with a generation, so a search costs what it visits.
 */
import { MinHeap } from './min-heap.ts';
import { type NetworkGraph, otherEnd } from './network-graph.ts';
import type { CoreDistances, EdgePath } from './shortest-paths.ts';

export interface Restrictions {
  /** Risks that must not be used: 1 = forbidden. */
  forbidden?: Uint8Array;
  /** Edges that must not be used: 1 = closed. */
  closed?: Uint8Array;
  /**
   * Unit flow on edges (+1 from→to, -1 to→from): an edge in use is taken again in its direction only if there is no other
   * way, at the price of a penalty, and is handed back, at minus its length, when taken against it (the residual network of
   * min-cost flow).
   */
  flow?: Int8Array;
  /** Edges to avoid if possible: each counts so many times the length of the whole network. */
  penalty?: Uint8Array;
}

/** A path with its ends: `start` is one of the target's nodes, `edges` lead from there to a core. */
export interface FoundPath {
  start: number;
  edges: EdgePath;
}

export class PathSearch {
  readonly graph: NetworkGraph;
  readonly distances: CoreDistances;
  /** Length of all edges together, metres: more than any path. */
  readonly totalLengthM: number;
  /** Scratch for a flow to search with; whoever fills it leaves it empty. */
  readonly flow: Int8Array;
  #cost: Float64Array;
  #via: Int32Array;
  #seen: Int32Array;
  #settled: Int32Array;
  #generation = 0;
  #heap = new MinHeap();

  constructor(graph: NetworkGraph, distances: CoreDistances) {
    this.graph = graph;
    this.distances = distances;
    this.totalLengthM = graph.edgeLengthM.reduce((sum, lengthM) => sum + lengthM, 0);
    this.flow = new Int8Array(graph.edgeCount);
    this.#cost = new Float64Array(graph.nodeCount);
    this.#via = new Int32Array(graph.nodeCount);
    this.#seen = new Int32Array(graph.nodeCount);
    this.#settled = new Int32Array(graph.nodeCount);
  }

  /** The cheapest path from any of `starts` to any core under the restrictions, or null. */
  find(starts: readonly number[], restrictions: Restrictions = {}): FoundPath | null {
    const { distanceM } = this.distances;
    this.#generation++;
    this.#heap.clear();
    for (const start of starts) {
      if (distanceM[start] !== Number.POSITIVE_INFINITY) this.#reach(start, distanceM[start]!, -1);
    }
    while (this.#heap.size > 0) {
      const node = this.#heap.pop();
      if (this.#settled[node] === this.#generation) continue;
      this.#settled[node] = this.#generation;
      if (this.graph.isCore[node] === 1) return this.#trace(node);
      this.#leave(node, restrictions);
    }
    return null;
  }

  #leave(node: number, { forbidden, closed, flow, penalty }: Restrictions): void {
    const { graph } = this;
    const { distanceM } = this.distances;
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const edge = graph.arcEdge[arc]!;
      const neighbour = graph.arcNode[arc]!;
      const risk = graph.edgeRisk[edge]!;
      if (this.#settled[neighbour] === this.#generation || forbidden?.[risk] === 1 || closed?.[edge] === 1) continue;
      const inUse = flow === undefined ? 0 : graph.edgeFrom[edge] === node ? flow[edge]! : -flow[edge]!;
      const lengthM = inUse === -1 ? -graph.edgeLengthM[edge]! : graph.edgeLengthM[edge]!;
      // Rounding may leave a step of the shortest way at -1e-12; a reduced cost is never negative.
      const departure = Math.max(0, lengthM + distanceM[neighbour]! - distanceM[node]!);
      const penalties = (penalty === undefined ? 0 : penalty[edge]!) + (inUse === 1 ? 1 : 0);
      this.#reach(neighbour, this.#cost[node]! + departure + penalties * (this.totalLengthM + 1), edge);
    }
  }

  #reach(node: number, cost: number, via: number): void {
    if (this.#seen[node] === this.#generation && this.#cost[node]! <= cost) return;
    this.#seen[node] = this.#generation;
    this.#cost[node] = cost;
    this.#via[node] = via;
    this.#heap.push(cost, node);
  }

  #trace(core: number): FoundPath {
    const edges: number[] = [];
    let node = core;
    for (let edge = this.#via[node]!; edge !== -1; edge = this.#via[node]!) {
      edges.push(edge);
      node = otherEnd(this.graph, edge, node);
    }
    return { start: node, edges: edges.reverse() };
  }
}
