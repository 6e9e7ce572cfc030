/**
 * The cheapest lines that join given places: a Steiner tree in a graph, within twice the least cost.
 *
 * Method: the tree of shortest ways between the places (L. Kou, G. Markowsky, L. Berman, "A fast algorithm for Steiner trees",
 * Acta Informatica 15 (1981) 141–145), found in one search from all places at once (K. Mehlhorn, Inf. Process. Lett. 27 (1988)
 * 125–128); its cost is at most 2 (1 - 1/k) times the least for k places, and no less than the least. When every vertex is a
 * place, it is the minimum spanning tree, which is the least.
 */
import { MinHeap } from './min-heap.ts';

/** Vertices are 0 … vertexCount - 1; costs are not negative. */
export interface CostedEdge {
  a: number;
  b: number;
  cost: number;
}

export interface SteinerTree {
  /** Positions in the list of edges. */
  edges: number[];
  cost: number;
  /** No tree costs less. */
  lower_bound: number;
  /** Terminals without any way to the first terminal, left out. */
  unreachable: number[];
}

/** A tree that joins the first terminal with all others that can be reached from it. */
export function steinerTree(
  vertexCount: number,
  edges: readonly CostedEdge[],
  terminals: readonly number[],
): SteinerTree {
  const { cost, source, via } = nearestTerminals(vertexCount, edges, terminals);
  const bridges = Array.from(edges.keys()).filter((edge) => {
    const [from, to] = [source[edges[edge]!.a]!, source[edges[edge]!.b]!];
    return from !== -1 && to !== -1 && from !== to;
  });
  const wayCost = (edge: number) => cost[edges[edge]!.a]! + edges[edge]!.cost + cost[edges[edge]!.b]!;
  bridges.sort((x, y) => wayCost(x) - wayCost(y) || x - y);
  const sets = new Joined(vertexCount);
  const ways = bridges.filter((edge) => sets.join(source[edges[edge]!.a]!, source[edges[edge]!.b]!));
  const home = sets.find(terminals[0]!);
  const unreachable = terminals.filter((terminal) => sets.find(terminal) !== home);
  const used = ways.filter((edge) => sets.find(source[edges[edge]!.a]!) === home);
  // The ways share their beginnings: each terminal's ways are a tree, so all of it is one.
  const tree = new Set(used);
  for (const edge of used) {
    for (let at of [edges[edge]!.a, edges[edge]!.b]) {
      for (; via[at] !== -1; at = otherVertex(edges[via[at]!]!, at)) tree.add(via[at]!);
    }
  }
  const total = sumOf(tree, (edge) => edges[edge]!.cost);
  const k = new Set(terminals).size - new Set(unreachable).size;
  const isSpanning = source.every((terminal, vertex) => terminal === -1 || terminal === vertex);
  const least = k < 2 ? 0 : sumOf(used, wayCost) / (2 * (1 - 1 / k));
  return { edges: [...tree].sort((x, y) => x - y), cost: total, lower_bound: isSpanning ? total : least, unreachable };
}

/** For each vertex the nearest terminal, the cost of the way there and the edge it begins with (-1 at a terminal or without way). */
function nearestTerminals(vertexCount: number, edges: readonly CostedEdge[], terminals: readonly number[]) {
  const edgesAt = Array.from({ length: vertexCount }, (): number[] => []);
  edges.forEach(({ a, b }, edge) => {
    edgesAt[a]!.push(edge);
    edgesAt[b]!.push(edge);
  });
  const cost = new Float64Array(vertexCount).fill(Number.POSITIVE_INFINITY);
  const source = new Int32Array(vertexCount).fill(-1);
  const via = new Int32Array(vertexCount).fill(-1);
  const settled = new Uint8Array(vertexCount);
  const heap = new MinHeap();
  for (const terminal of terminals) {
    cost[terminal] = 0;
    source[terminal] = terminal;
    heap.push(0, terminal);
  }
  while (heap.size > 0) {
    const vertex = heap.pop();
    if (settled[vertex] === 1) continue;
    settled[vertex] = 1;
    for (const edge of edgesAt[vertex]!) {
      const other = otherVertex(edges[edge]!, vertex);
      const through = cost[vertex]! + edges[edge]!.cost;
      if (through >= cost[other]!) continue;
      cost[other] = through;
      source[other] = source[vertex]!;
      via[other] = edge;
      heap.push(through, other);
    }
  }
  return { cost, source, via };
}

function otherVertex({ a, b }: CostedEdge, vertex: number): number {
  return a === vertex ? b : a;
}

function sumOf(edges: Iterable<number>, value: (edge: number) => number): number {
  let sum = 0;
  for (const edge of edges) sum += value(edge);
  return sum;
}

/** Sets that only ever join (union-find with path halving). */
class Joined {
  #parent: Int32Array;

  constructor(count: number) {
    this.#parent = Int32Array.from({ length: count }, (_, index) => index);
  }

  find(index: number): number {
    let at = index;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  /** False when the two were joined before. */
  join(a: number, b: number): boolean {
    const [from, to] = [this.find(a), this.find(b)];
    this.#parent[from] = to;
    return from !== to;
  }
}
