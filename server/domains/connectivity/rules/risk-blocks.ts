/**
 * Blocks under shared risk: two nodes are in one block while no single risk (a span, or a whole route group) separates them.
 * The two-edge-connected blocks of `bridges.ts` are the same thing for a network without groups.
 *
 * Method: start from the two-edge-connected blocks (no single span separates them), then let every group of two spans or
 * more split them: with all other spans united, what the group's ends fall apart into are the pieces. Offline divide and
 * conquer over the groups as in `shared-risk.ts`; O(spans · log groups · log nodes) plus the nodes split off.
 */
import { type GraphStructure, graphStructure } from './bridges.ts';
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { RollbackUnion } from './rollback-union.ts';

export interface RiskBlocks {
  /** Block of each node, 0 … blockCount - 1. */
  readonly block: Int32Array;
  readonly blockCount: number;
}

/** @param structure pass it when it is there already */
export function riskBlocks(graph: NetworkGraph, structure: GraphStructure = graphStructure(graph)): RiskBlocks {
  const block = structure.block.slice();
  let blockCount = structure.blockCount;
  visitGroupPieces(graph, (piece) => {
    const fresh = new Map<number, number>();
    for (const node of piece) {
      const before = block[node]!;
      if (!fresh.has(before)) fresh.set(before, blockCount++);
      block[node] = fresh.get(before)!;
    }
  });
  return renumbered(block);
}

/** Calls `visit` with the nodes of every piece but the largest that a group's failure leaves of a component. Reused buffer. */
function visitGroupPieces(graph: NetworkGraph, visit: (piece: Int32Array) => void): void {
  const sets = new RollbackUnion(graph.nodeCount, graph.nodes.keys());
  const groups: number[] = [];
  const unite = (risk: number) => {
    for (const edge of edgesOfRisk(graph, risk)) sets.union(graph.edgeFrom[edge]!, graph.edgeTo[edge]!);
  };
  for (let risk = 0; risk < graph.riskCount; risk++) {
    if (edgesOfRisk(graph, risk).length > 1) groups.push(risk);
    else unite(risk);
  }
  const buffer = new Int32Array(graph.nodeCount);
  const solve = (from: number, to: number) => {
    if (to - from === 1) return leaf(graph, groups[from]!, sets, buffer, visit);
    const middle = (from + to) >> 1;
    const mark = sets.mark();
    for (let at = middle; at < to; at++) unite(groups[at]!);
    solve(from, middle);
    sets.rollback(mark);
    for (let at = from; at < middle; at++) unite(groups[at]!);
    solve(middle, to);
    sets.rollback(mark);
  };
  if (groups.length > 0) solve(0, groups.length);
}

/** The pieces of each component the group lies in: one piece of it may keep its number, and that is the largest. */
function leaf(
  graph: NetworkGraph,
  risk: number,
  sets: RollbackUnion,
  buffer: Int32Array,
  visit: (piece: Int32Array) => void,
): void {
  const mark = sets.mark();
  const edges = edgesOfRisk(graph, risk);
  const roots = new Set<number>();
  for (const edge of edges) roots.add(sets.find(graph.edgeFrom[edge]!)).add(sets.find(graph.edgeTo[edge]!));
  if (roots.size === 1) return;
  const sizes = new Map([...roots].map((root) => [root, sets.members(root, buffer, 0)]));
  for (const edge of edges) sets.union(graph.edgeFrom[edge]!, graph.edgeTo[edge]!);
  const largest = new Map<number, number>();
  for (const root of roots) {
    const whole = sets.find(root);
    const known = largest.get(whole);
    if (known === undefined || sizes.get(root)! > sizes.get(known)!) largest.set(whole, root);
  }
  const split = [...roots].filter((root) => largest.get(sets.find(root)) !== root);
  sets.rollback(mark);
  for (const root of split) visit(buffer.subarray(0, sets.members(root, buffer, 0)));
}

function renumbered(labels: Int32Array): RiskBlocks {
  const numbers = new Map<number, number>();
  const block = labels.map((label) => {
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
  return { block, blockCount: numbers.size };
}
