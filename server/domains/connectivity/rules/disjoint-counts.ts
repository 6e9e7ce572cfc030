/**
 * How many ways lead from a target to the core that share no span, and how many that share no node: by Menger's theorem the
 * number of spans, or nodes, that have to fail to isolate it. Maximum flow with unit capacities by augmenting paths
 * (L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", Canad. J. Math. 8 (1956) 399–404), stopped at a cap.
 *
 * Route groups are not regarded (with them the count is NP-hard; `district-status.ts` says whether one group isolates).
 * Neither the target's own nodes nor the cores count as shared: ways may leave one building and end at one core.
 *
 * Each search goes first where the core is nearest, and its scratch arrays are stamped, so it costs what it visits; the last,
 * vain search sees only what lies on the target's side of the narrowest place.
 */
import { MinHeap } from './min-heap.ts';
import type { NetworkGraph } from './network-graph.ts';
import { type CoreDistances, coreDistances } from './shortest-paths.ts';
import type { Target } from './targets.ts';

/** Beyond four ways nobody plans. */
export const DEFAULT_WAYS_CAP = 4;

export interface DisjointCounts {
  code: string;
  /** Ways without a common span, at most the cap; null for a target at a core itself. */
  edge_disjoint: number | null;
  /** Ways without a common node between target and core, at most the cap; null for a target at a core itself. */
  node_disjoint: number | null;
}

/** One answer per target, in the order given. */
export function countDisjointPaths(
  graph: NetworkGraph,
  targets: readonly Target[],
  distances: CoreDistances = coreDistances(graph),
  cap = DEFAULT_WAYS_CAP,
): DisjointCounts[] {
  const flow = new UnitFlow(graph, distances);
  return targets.map(({ code, nodes }) => {
    if (nodes.some((node) => graph.isCore[node] === 1)) return { code, edge_disjoint: null, node_disjoint: null };
    const node_disjoint = flow.count(nodes, 'nodes', cap);
    // Ways without a common node have no common span either.
    const edge_disjoint = node_disjoint === cap ? cap : flow.count(nodes, 'edges', cap);
    return { code, edge_disjoint, node_disjoint };
  });
}

/** Every node is an entrance (2n) and an exit (2n + 1); between them one unit may pass, or any number. */
class UnitFlow {
  #graph: NetworkGraph;
  #distances: CoreDistances;
  #heap = new MinHeap();
  /** +1 flow from→to, -1 to→from. */
  #edgeFlow: Int8Array;
  #passed: Uint8Array;
  #isStart: Uint8Array;
  /** Edge by which a state was reached, -1 for the passage inside the node, -2 for a start. */
  #via: Int32Array;
  #seen: Int32Array;
  #generation = 0;
  #touchedEdges: number[] = [];
  #touchedNodes: number[] = [];

  constructor(graph: NetworkGraph, distances: CoreDistances) {
    this.#graph = graph;
    this.#distances = distances;
    this.#edgeFlow = new Int8Array(graph.edgeCount);
    this.#passed = new Uint8Array(graph.nodeCount);
    this.#isStart = new Uint8Array(graph.nodeCount);
    this.#via = new Int32Array(2 * graph.nodeCount);
    this.#seen = new Int32Array(2 * graph.nodeCount);
  }

  count(starts: readonly number[], apart: 'edges' | 'nodes', cap: number): number {
    for (const start of starts) this.#isStart[start] = 1;
    let ways = 0;
    while (ways < cap && this.#augment(starts, apart === 'nodes')) ways++;
    for (const start of starts) this.#isStart[start] = 0;
    for (const edge of this.#touchedEdges) this.#edgeFlow[edge] = 0;
    for (const node of this.#touchedNodes) this.#passed[node] = 0;
    this.#touchedEdges.length = 0;
    this.#touchedNodes.length = 0;
    return ways;
  }

  #augment(starts: readonly number[], nodesApart: boolean): boolean {
    this.#generation++;
    this.#heap.clear();
    for (const start of starts) this.#reach(2 * start + 1, -2);
    while (this.#heap.size > 0) {
      const state = this.#heap.pop();
      const node = state >> 1;
      if (this.#graph.isCore[node] === 1) {
        this.#push(state);
        return true;
      }
      this.#pass(state, nodesApart);
      this.#leave(state);
    }
    return false;
  }

  /** Through the node: forth while it is free, back where a unit passes; as one likes where nodes may be shared. */
  #pass(state: number, nodesApart: boolean): void {
    const node = state >> 1;
    if ((state & 1) === 0) {
      if (!nodesApart || this.#isStart[node] === 1 || this.#passed[node] === 0) this.#reach(state + 1, -1);
    } else if (!nodesApart || this.#passed[node] === 1) this.#reach(state - 1, -1);
  }

  /** From an exit along free edges; from an entrance back along the edge a unit came by. */
  #leave(state: number): void {
    const { arcStart, arcEdge, arcNode, edgeFrom } = this.#graph;
    const node = state >> 1;
    const isExit = (state & 1) === 1;
    for (let arc = arcStart[node]!; arc < arcStart[node + 1]!; arc++) {
      const edge = arcEdge[arc]!;
      const neighbour = arcNode[arc]!;
      const outward = edgeFrom[edge] === node ? this.#edgeFlow[edge]! : -this.#edgeFlow[edge]!;
      if (outward === 0 && isExit) this.#reach(2 * neighbour, edge);
      else if (outward === -1 && !isExit) this.#reach(2 * neighbour + 1, edge);
    }
  }

  #reach(state: number, via: number): void {
    if (this.#seen[state] === this.#generation) return;
    const distanceM = this.#distances.distanceM[state >> 1]!;
    if (distanceM === Number.POSITIVE_INFINITY) return;
    this.#seen[state] = this.#generation;
    this.#via[state] = via;
    this.#heap.push(distanceM, state);
  }

  /** Sends the unit along the path found, back from the core. */
  #push(last: number): void {
    const { edgeFrom, edgeTo } = this.#graph;
    let state = last;
    for (let via = this.#via[state]!; via !== -2; via = this.#via[state]!) {
      const node = state >> 1;
      if (via === -1) {
        this.#passed[node] = state & 1;
        this.#touchedNodes.push(node);
        state ^= 1;
        continue;
      }
      const before = edgeFrom[via] === node ? edgeTo[via]! : edgeFrom[via]!;
      this.#edgeFlow[via]! += edgeFrom[via] === before ? 1 : -1;
      this.#touchedEdges.push(via);
      // A free edge leads from an exit to an entrance; an edge taken back, from an entrance to an exit.
      state = (state & 1) === 0 ? 2 * before + 1 : 2 * before;
    }
  }
}
