/**
 * Probability that two places are cut off from each other when edges fail independently and some edges fail together.
 *
 * Series, parallel and dangling edges are reduced, which settles every series-parallel network exactly. What remains is
 * settled by factoring: an edge, or a group of edges that fail together, is taken as failed and as whole, each weighted by
 * its probability, with reductions in between (F. Moskowitz, "The analysis of redundancy networks", AIEE Trans. 77 (1958)
 * 627–632). That is exponential in the worst case, hence a budget; beyond it see `failure-simulation.ts`.
 */

/** `group` ≥ 0: fails with the other edges of that group; -1: fails on its own. */
export interface UncertainEdge {
  a: number;
  b: number;
  /** Probability of being down, 0 … 1. */
  unavailability: number;
  group: number;
}

/** A small multigraph that reduces itself as edges come and go. Nodes are any numbers. */
export class TwoTerminalNetwork {
  readonly source: number;
  readonly sink: number;
  #edges = new Map<number, UncertainEdge>();
  #edgesAt = new Map<number, Set<number>>();
  #edgesOfGroup = new Map<number, Set<number>>();
  #nextEdge = 0;
  /** Nodes whose edges have changed, and groups that have lost an edge. */
  #dirty = new Set<number>();
  #shrunk = new Set<number>();

  constructor(source: number, sink: number, edges: Iterable<UncertainEdge>) {
    this.source = source;
    this.sink = sink;
    for (const edge of edges) this.#add(edge);
    for (const group of this.#edgesOfGroup.keys()) this.#shrunk.add(group);
    this.#reduce();
  }

  /** What is left: for a series-parallel network one edge from source to sink, or none. */
  edges(): UncertainEdge[] {
    return [...this.#edges.values()];
  }

  /** The answer where it can be read off; null while the network is not reduced to one edge or separated. */
  settled(): number | null {
    if (this.source === this.sink) return 0;
    const atSource = this.#edgesAt.get(this.source);
    const atSink = this.#edgesAt.get(this.sink);
    if (!atSource?.size || !atSink?.size) return 1;
    if (this.#edges.size > 1) return null;
    const [edge] = this.#edges.values();
    return edge!.unavailability;
  }

  /** What to decide next: the largest group, else the surest way out of the source. */
  pivot(): UncertainEdge[] {
    let best: ReadonlySet<number> = new Set();
    for (const edges of this.#edgesOfGroup.values()) if (edges.size > best.size) best = edges;
    if (best.size > 1) return [...best].map((edge) => this.#edges.get(edge)!);
    const atSource = [...this.#edgesAt.get(this.source)!].map((edge) => this.#edges.get(edge)!);
    return [atSource.reduce((one, other) => (other.unavailability < one.unavailability ? other : one))];
  }

  /** The network with these edges gone. */
  without(edges: readonly UncertainEdge[]): TwoTerminalNetwork {
    const gone = new Set(edges);
    return new TwoTerminalNetwork(
      this.source,
      this.sink,
      this.edges().filter((edge) => !gone.has(edge)),
    );
  }

  /** The network with these edges whole: their ends become one place each. */
  contracted(edges: readonly UncertainEdge[]): TwoTerminalNetwork {
    const into = new Map<number, number>();
    const place = (node: number): number => {
      let at = node;
      while (into.has(at)) at = into.get(at)!;
      return at;
    };
    for (const { a, b } of edges) if (place(a) !== place(b)) into.set(place(a), place(b));
    const gone = new Set(edges);
    const rest = this.edges().filter((edge) => !gone.has(edge));
    const moved = rest.map((edge) => ({ ...edge, a: place(edge.a), b: place(edge.b) }));
    return new TwoTerminalNetwork(place(this.source), place(this.sink), moved);
  }

  /** Joins a parallel edge of the same fate where there is one; a sure failure and a self loop are no edges. */
  #add(edge: UncertainEdge): void {
    if (edge.a === edge.b || edge.unavailability >= 1) return;
    for (const id of this.#edgesAt.get(edge.a) ?? []) {
      const other = this.#edges.get(id)!;
      if ((other.a !== edge.b && other.b !== edge.b) || other.group !== edge.group) continue;
      if (edge.group === -1)
        this.#edges.set(id, { ...other, unavailability: other.unavailability * edge.unavailability });
      this.#dirty.add(edge.a).add(edge.b);
      return;
    }
    const id = this.#nextEdge++;
    this.#edges.set(id, edge);
    for (const end of [edge.a, edge.b]) {
      const known = this.#edgesAt.get(end);
      if (known) known.add(id);
      else this.#edgesAt.set(end, new Set([id]));
      this.#dirty.add(end);
    }
    if (edge.group === -1) return;
    const group = this.#edgesOfGroup.get(edge.group);
    if (group) group.add(id);
    else this.#edgesOfGroup.set(edge.group, new Set([id]));
  }

  #remove(id: number): UncertainEdge {
    const edge = this.#edges.get(id)!;
    this.#edges.delete(id);
    for (const end of [edge.a, edge.b]) {
      this.#edgesAt.get(end)!.delete(id);
      this.#dirty.add(end);
    }
    if (edge.group !== -1) {
      this.#edgesOfGroup.get(edge.group)!.delete(id);
      this.#shrunk.add(edge.group);
    }
    return edge;
  }

  #reduce(): void {
    while (this.#dirty.size > 0 || this.#shrunk.size > 0) {
      for (const node of this.#dirty) {
        this.#dirty.delete(node);
        this.#reduceAt(node);
      }
      for (const group of this.#shrunk) {
        this.#shrunk.delete(group);
        const edges = this.#edgesOfGroup.get(group)!;
        if (edges.size === 0) this.#edgesOfGroup.delete(group);
        // The last edge of a group fails on its own.
        else if (edges.size === 1) this.#add({ ...this.#remove([...edges][0]!), group: -1 });
      }
    }
  }

  /** Takes away a dead end; makes one of two edges in series that fail independently, or always together. */
  #reduceAt(node: number): void {
    if (node === this.source || node === this.sink) return;
    const [first, second, third] = this.#edgesAt.get(node) ?? [];
    if (first === undefined || third !== undefined) return;
    if (second === undefined) {
      this.#remove(first);
      return;
    }
    const { group, unavailability: one } = this.#edges.get(first)!;
    if (this.#edges.get(second)!.group !== group) return;
    const edges = [this.#remove(first), this.#remove(second)];
    const [a, b] = edges.map((edge) => (edge.a === node ? edge.b : edge.a));
    const other = edges[1]!.unavailability;
    this.#add({ a: a!, b: b!, group, unavailability: group === -1 ? one + other - one * other : one });
  }
}

/** Exact probability that source and sink are cut off from each other; null when the budget of edges looked at ran out. */
export function exactUnavailability(network: TwoTerminalNetwork, budget: number): number | null {
  let left = budget;
  const solve = (at: TwoTerminalNetwork): number | null => {
    const settled = at.settled();
    if (settled !== null) return settled;
    left -= at.edges().length;
    if (left < 0) return null;
    const edges = at.pivot();
    const { unavailability } = edges[0]!;
    const failed = solve(at.without(edges));
    const whole = failed === null ? null : solve(at.contracted(edges));
    return failed === null || whole === null ? null : unavailability * failed + (1 - unavailability) * whole;
  };
  return solve(network);
}
