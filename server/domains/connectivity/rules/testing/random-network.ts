/** Random multigraphs with self loops, parallel spans, zero lengths and random route groups, and a slow oracle. */
import * as fc from 'fast-check';
import { buildNetworkGraph, type NetworkGraph } from '../network-graph.ts';
import type { Target } from '../targets.ts';

export interface PlainSpan {
  u: number;
  v: number;
  lengthM: number;
  group: string | null;
}

export interface PlainNetwork {
  nodeCount: number;
  spans: PlainSpan[];
  cores: number[];
  /** Node numbers that serve each target. */
  targets: number[][];
}

/** @param maxSpans keep it small where the oracle enumerates paths */
export function plainNetworks(maxNodes: number, maxSpans: number, minSpans = 0): fc.Arbitrary<PlainNetwork> {
  return fc.integer({ min: 1, max: maxNodes }).chain((nodeCount) => {
    const node = fc.integer({ min: 0, max: nodeCount - 1 });
    const span = fc.record({
      u: node,
      v: node,
      lengthM: fc.integer({ min: 0, max: 9 }),
      group: fc.option(fc.constantFrom('p', 'q', 'r', 's'), { freq: 2 }),
    });
    return fc.record({
      nodeCount: fc.constant(nodeCount),
      spans: fc.array(span, { minLength: minSpans, maxLength: maxSpans, size: 'max' }),
      cores: fc.uniqueArray(node, { maxLength: 2 }),
      targets: fc.array(fc.uniqueArray(node, { maxLength: 2 }), { maxLength: 5, size: 'max' }),
    });
  });
}

/** Node ids are number + 1, span ids position + 101. */
export function toGraph(plain: PlainNetwork): { graph: NetworkGraph; targets: Target[] } {
  const nodes = Array.from({ length: plain.nodeCount }, (_, number) => ({
    id: number + 1,
    code: `n${number}`,
    kind: plain.cores.includes(number) ? ('core' as const) : ('joint' as const),
    serves_unit_code: null,
    lon: null,
    lat: null,
  }));
  const spans = plain.spans.map((span, position) => ({
    id: position + 101,
    start_node_id: span.u + 1,
    end_node_id: span.v + 1,
    length_m: span.lengthM,
    route_group: span.group,
    status: 'operational' as const,
  }));
  const targets = plain.targets.map((numbers, position) => ({ code: `t${position}`, name: '', nodes: numbers }));
  return { graph: buildNetworkGraph(nodes, spans).graph, targets };
}

/** Names of the risks: the group, or the position of a span that stands alone. */
export function riskName(plain: PlainNetwork, position: number): string {
  return plain.spans[position]!.group ?? `#${position}`;
}

/** Shortest lengths to any core over the spans kept, by relaxing until nothing changes (Bellman–Ford). */
export function oracleLengths(
  plain: PlainNetwork,
  keep: (position: number) => boolean,
  gone: ReadonlySet<number> = new Set(),
): number[] {
  const lengths = Array.from({ length: plain.nodeCount }, (_, number) =>
    plain.cores.includes(number) && !gone.has(number) ? 0 : Number.POSITIVE_INFINITY,
  );
  for (let changed = true; changed; ) {
    changed = false;
    plain.spans.forEach(({ u, v, lengthM }, position) => {
      if (!keep(position) || gone.has(u) || gone.has(v)) return;
      for (const [from, to] of [
        [u, v],
        [v, u],
      ] as const) {
        if (lengths[from]! + lengthM >= lengths[to]!) continue;
        lengths[to] = lengths[from]! + lengthM;
        changed = true;
      }
    });
  }
  return lengths;
}

/** Shortest length of a target: its best node. */
export function oracleTargetLength(lengths: readonly number[], numbers: readonly number[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...numbers.map((number) => lengths[number]!));
}

/** Names of the risks that isolate a target, by removing each one and searching afresh. */
export function oracleIsolatingRisks(plain: PlainNetwork, numbers: readonly number[]): string[] {
  if (
    oracleTargetLength(
      oracleLengths(plain, () => true),
      numbers,
    ) === Number.POSITIVE_INFINITY
  )
    return [];
  const names = [...new Set(plain.spans.map((_, position) => riskName(plain, position)))];
  return names.filter((name) => {
    const lengths = oracleLengths(plain, (position) => riskName(plain, position) !== name);
    return oracleTargetLength(lengths, numbers) === Number.POSITIVE_INFINITY;
  });
}

/** Every simple path (positions of its spans) from a target to its first core; exponential, tiny networks only. */
export function oraclePaths(plain: PlainNetwork, numbers: readonly number[]): number[][] {
  const paths: number[][] = [];
  const walk = (at: number, visited: ReadonlySet<number>, path: number[]): void => {
    if (plain.cores.includes(at)) {
      paths.push(path);
      return;
    }
    plain.spans.forEach(({ u, v }, position) => {
      for (const next of u === at ? [v] : v === at ? [u] : []) {
        if (!visited.has(next)) walk(next, new Set([...visited, next]), [...path, position]);
      }
    });
  };
  for (const start of numbers) walk(start, new Set([start]), []);
  return paths;
}

/** Least total length of two paths without a common key; null when there are no two such paths. */
export function oracleBestPair(
  plain: PlainNetwork,
  numbers: readonly number[],
  key: (position: number) => string,
): number | null {
  const paths = oraclePaths(plain, numbers).map((path) => ({
    keys: new Set(path.map(key)),
    lengthM: path.reduce((sum, position) => sum + plain.spans[position]!.lengthM, 0),
  }));
  let best: number | null = null;
  for (const [index, one] of paths.entries()) {
    for (const other of paths.slice(index + 1)) {
      const totalM = one.lengthM + other.lengthM;
      if ((best === null || totalM < best) && ![...one.keys].some((name) => other.keys.has(name))) best = totalM;
    }
  }
  return best;
}

/** What two paths have in common, in the order in which it counts. */
export interface PlainSharing {
  risks: number;
  spans: number;
  lengthM: number;
}

/** What the two paths have in common that share least, by trying all pairs of different paths; null when there are none. */
export function oracleLeastShared(plain: PlainNetwork, numbers: readonly number[]): PlainSharing | null {
  const paths = oraclePaths(plain, numbers).filter((path) => !returnsHome(plain, numbers, path));
  let best: PlainSharing | null = null;
  for (const [index, one] of paths.entries()) {
    for (const other of paths.slice(index + 1)) {
      const sharing = plainSharing(plain, one, other);
      if (best === null || isLess(sharing, best)) best = sharing;
    }
  }
  return best;
}

export function plainSharing(plain: PlainNetwork, one: readonly number[], other: readonly number[]): PlainSharing {
  const names = new Set(other.map((position) => riskName(plain, position)));
  const risks = new Set(one.map((position) => riskName(plain, position)).filter((name) => names.has(name)));
  const lengthM = [...one, ...other].reduce((sum, position) => sum + plain.spans[position]!.lengthM, 0);
  return { risks: risks.size, spans: one.filter((position) => other.includes(position)).length, lengthM };
}

function isLess(one: PlainSharing, other: PlainSharing): boolean {
  return (one.risks - other.risks || one.spans - other.spans || one.lengthM - other.lengthM) < 0;
}

/** All nodes of a target are one place: a path that passes a second one of them is a shorter path with a tail. */
function returnsHome(plain: PlainNetwork, numbers: readonly number[], path: readonly number[]): boolean {
  const visited = new Set(path.flatMap((position) => [plain.spans[position]!.u, plain.spans[position]!.v]));
  return numbers.filter((number) => visited.has(number)).length > 1;
}
