/** The cheapest new spans that bring places without fibre onto the network. */
import type { CandidateLine } from './candidate-lines.ts';
import { steinerTree } from './steiner.ts';

export interface ExtensionPlan {
  /** Ids of the candidate lines to build. */
  lines: number[];
  cost: number;
  length_m: number;
  /** No plan costs less; `cost` when this one is proven the cheapest. */
  lower_bound: number;
  /** The cost is at most so many times the least: 1 when no line meets another outside the places, else below 2. */
  factor: 1 | 2;
  /** Wanted places that no candidate lines lead to. */
  unreachable: number[];
}

/**
 * Joins every wanted place to the network. The existing network counts as one place: all places on it are joined already.
 *
 * @param onFibre ids of the places on the network
 * @param wanted ids of the places to be joined; those on fibre are no work
 */
export function planExtension(
  onFibre: Iterable<number>,
  wanted: readonly number[],
  candidates: readonly CandidateLine[],
): ExtensionPlan {
  const vertices = new Map<number, number>();
  for (const place of onFibre) vertices.set(place, 0);
  let count = 1;
  const vertexOf = (place: number): number => {
    const known = vertices.get(place);
    if (known !== undefined) return known;
    vertices.set(place, count);
    return count++;
  };
  const edges = candidates.map(({ a, b, cost }) => ({ a: vertexOf(a), b: vertexOf(b), cost }));
  const terminals = [0, ...wanted.map(vertexOf)];
  const { edges: chosen, cost, lower_bound, unreachable } = steinerTree(count, edges, terminals);
  const missing = new Set(unreachable);
  const lines = chosen.map((edge) => candidates[edge]!);
  return {
    lines: lines.map(({ id }) => id),
    cost,
    length_m: lines.reduce((sum, line) => sum + line.length_m, 0),
    lower_bound,
    factor: lower_bound >= cost ? 1 : 2,
    unreachable: [...new Set(wanted)].filter((place) => missing.has(vertices.get(place)!)),
  };
}
