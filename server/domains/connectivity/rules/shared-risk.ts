/**
 * Which single risk cuts what off from the core. A risk is a route group (all its spans fail together) or a
 * span without a group. "The core" is any core node: all of them act as one virtual super-core.
 *
 * Method: offline divide and conquer over the risks with a union-find that can be rolled back. At the leaf of risk
 * r every span except those of r has been united, so what hangs off the core there is exactly what r isolates.
 * O(spans · log risks · log nodes) plus the size of the answer; one method for spans and groups of any size,
 * with no exception for groups that only disconnect in combination.
 */
import { edgesOfRisk, type NetworkGraph } from './network-graph.ts';
import { RollbackUnion } from './rollback-union.ts';
import type { Target } from './targets.ts';

/** One risk as it goes into answers: the spans that fail together and the group that ties them. */
export interface Risk {
  span_ids: number[];
  route_group: string | null;
}

/** What one risk takes away, for ranking. */
export interface SingleCut {
  risk: Risk;
  lost_targets: number;
  /** Sum of the caller's weight (people, say) over the lost targets. */
  lost_weight: number;
}

/** Spans (ids, in row order) and route group of a risk. */
export function describeRisk(graph: NetworkGraph, risk: number): Risk {
  const spanIds = Array.from(edgesOfRisk(graph, risk), (edge) => graph.spans[edge]!.id);
  return { span_ids: spanIds, route_group: graph.riskGroup[risk]! };
}

/**
 * Calls `visit(risk, lost)` for every risk whose failure cuts at least one of the `watched` nodes off from the core.
 * Nodes that never reached the core are never lost. `lost` is reused: copy what you keep.
 */
export function visitLostNodes(
  graph: NetworkGraph,
  watched: Iterable<number>,
  visit: (risk: number, lost: Int32Array) => void,
): void {
  const core = graph.isCore.indexOf(1);
  if (core === -1) return;
  const sets = new RollbackUnion(graph.nodeCount, watched);
  for (let node = core + 1; node < graph.nodeCount; node++) if (graph.isCore[node] === 1) sets.union(core, node);
  const connected = nodesOfCore(graph, core);
  const buffer = new Int32Array(graph.nodeCount);
  const unite = (fromRisk: number, toRisk: number) => {
    for (let at = graph.riskStart[fromRisk]!; at < graph.riskStart[toRisk]!; at++) {
      const edge = graph.riskEdge[at]!;
      sets.union(graph.edgeFrom[edge]!, graph.edgeTo[edge]!);
    }
  };
  const leaf = (risk: number) => {
    const lost = lostAt(graph, risk, sets, sets.find(core), connected, buffer);
    if (lost.length > 0) visit(risk, lost);
  };
  const solve = (from: number, to: number) => {
    if (to - from === 1) return leaf(from);
    const middle = (from + to) >> 1;
    const mark = sets.mark();
    unite(middle, to);
    solve(from, middle);
    sets.rollback(mark);
    unite(from, middle);
    solve(middle, to);
    sets.rollback(mark);
  };
  if (graph.riskCount > 0) solve(0, graph.riskCount);
}

/**
 * Calls `visit(risk, lost)` for every risk that isolates at least one target; `lost` holds indices into `targets`
 * and is reused. A target with several nodes is lost only when all of them are.
 */
export function visitLostTargets(
  graph: NetworkGraph,
  targets: readonly Target[],
  visit: (risk: number, lost: readonly number[]) => void,
): void {
  const connected = nodesOfCore(graph, graph.isCore.indexOf(1));
  const served = servedTargets(graph, targets, connected);
  const remaining = served.nodesOfTarget.slice();
  const lost: number[] = [];
  visitLostNodes(graph, served.nodes, (risk, nodes) => {
    lost.length = 0;
    for (const node of nodes) {
      for (let at = served.start[node]!; at < served.start[node + 1]!; at++) {
        if (--remaining[served.target[at]!]! === 0) lost.push(served.target[at]!);
      }
    }
    for (const node of nodes) {
      for (let at = served.start[node]!; at < served.start[node + 1]!; at++) {
        remaining[served.target[at]!] = served.nodesOfTarget[served.target[at]!]!;
      }
    }
    if (lost.length > 0) visit(risk, lost);
  });
}

/** For each target the risks that isolate it (indices, ascending); empty for one that is safe or not connected. */
export function isolatingRisks(graph: NetworkGraph, targets: readonly Target[]): number[][] {
  const risks: number[][] = targets.map(() => []);
  visitLostTargets(graph, targets, (risk, lost) => {
    for (const target of lost) risks[target]!.push(risk);
  });
  return risks;
}

/** Ids of the spans whose risk (their route group, or they alone) isolates at least one target. */
export function isolatingSpanIds(graph: NetworkGraph, targets: readonly Target[]): Set<number> {
  const ids = new Set<number>();
  visitLostTargets(graph, targets, (risk) => {
    for (const edge of edgesOfRisk(graph, risk)) ids.add(graph.spans[edge]!.id);
  });
  return ids;
}

/**
 * All single cuts that lose something, worst first: by lost weight, then lost targets, then row order.
 *
 * @param weight what a target counts for, for example its people; by default 1
 * @param limit how many cuts to return; the lists of spans are made for these only
 */
export function rankSingleCuts<T extends Target>(
  graph: NetworkGraph,
  targets: readonly T[],
  weight: (target: T) => number = () => 1,
  limit = 100,
): SingleCut[] {
  const cuts: { risk: number; lost_targets: number; lost_weight: number }[] = [];
  visitLostTargets(graph, targets, (risk, lost) => {
    let lostWeight = 0;
    for (const target of lost) lostWeight += weight(targets[target]!);
    cuts.push({ risk, lost_targets: lost.length, lost_weight: lostWeight });
  });
  cuts.sort((a, b) => b.lost_weight - a.lost_weight || b.lost_targets - a.lost_targets || a.risk - b.risk);
  return cuts.slice(0, limit).map((cut) => ({ ...cut, risk: describeRisk(graph, cut.risk) }));
}

/** The targets at each connected node (`target[start[node] … start[node + 1] - 1]`), and each target's node count. */
function servedTargets(graph: NetworkGraph, targets: readonly Target[], connected: Uint8Array) {
  const served = targets.map(({ nodes }) => [...new Set(nodes)].filter((node) => connected[node] === 1));
  const start = new Int32Array(graph.nodeCount + 1);
  for (const nodes of served) for (const node of nodes) start[node + 1]!++;
  for (let node = 0; node < graph.nodeCount; node++) start[node + 1]! += start[node]!;
  const next = start.slice(0, graph.nodeCount);
  const target = new Int32Array(start[graph.nodeCount]!);
  served.forEach((nodes, index) => {
    for (const node of nodes) target[next[node]!++] = index;
  });
  const nodesOfTarget = Int32Array.from(served, (nodes) => nodes.length);
  return { start, target, nodesOfTarget, nodes: new Set(served.flat()) };
}

function nodesOfCore(graph: NetworkGraph, core: number): Uint8Array {
  const reached = new Uint8Array(graph.nodeCount);
  if (core === -1) return reached;
  const queue: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (graph.isCore[node] === 1) queue.push(node);
  for (const node of queue) reached[node] = 1;
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (let arc = graph.arcStart[node]!; arc < graph.arcStart[node + 1]!; arc++) {
      const neighbour = graph.arcNode[arc]!;
      if (reached[neighbour] === 1) continue;
      reached[neighbour] = 1;
      queue.push(neighbour);
    }
  }
  return reached;
}

/** Watched nodes in the sets that the ends of the risk's spans fell into, the core's own set left out. */
function lostAt(
  graph: NetworkGraph,
  risk: number,
  sets: RollbackUnion,
  coreRoot: number,
  connected: Uint8Array,
  buffer: Int32Array,
): Int32Array {
  const roots = new Set<number>();
  let count = 0;
  for (const edge of edgesOfRisk(graph, risk)) {
    if (connected[graph.edgeFrom[edge]!] !== 1) continue;
    for (const end of [graph.edgeFrom[edge]!, graph.edgeTo[edge]!]) {
      const root = sets.find(end);
      if (root === coreRoot || roots.has(root)) continue;
      roots.add(root);
      count = sets.members(root, buffer, count);
    }
  }
  return buffer.subarray(0, count);
}
