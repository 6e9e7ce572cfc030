import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTargets, describeTargets } from './district-status.ts';
import { edgeDisjointPair } from './edge-disjoint.ts';
import { otherEnd } from './network-graph.ts';
import { type FoundPath, PathSearch } from './path-search.ts';
import { riskDisjointPair } from './risk-disjoint.ts';
import { coreDistances, pathLengthM } from './shortest-paths.ts';
import {
  oracleBestPair,
  oracleIsolatingRisks,
  oracleLengths,
  oracleTargetLength,
  type PlainNetwork,
  plainNetworks,
  riskName,
  toGraph,
} from './testing/random-network.ts';

/** Follows the spans from one of the target's nodes: each must continue where the last one ended, no node twice. */
function expectSimplePath(plain: PlainNetwork, numbers: readonly number[], path: FoundPath): void {
  const { graph } = toGraph(plain);
  expect(numbers).toContain(path.start);
  const visited = [path.start];
  for (const edge of path.edges) {
    const at = visited.at(-1)!;
    expect([graph.edgeFrom[edge], graph.edgeTo[edge]]).toContain(at);
    visited.push(otherEnd(graph, edge, at));
  }
  expect(new Set(visited).size).toBe(visited.length);
  expect(plain.cores).toContain(visited.at(-1));
}

describe('against the oracle on random networks', () => {
  it('status is decided by removing each risk', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const { graph, targets } = toGraph(plain);
        const whole = oracleLengths(plain, () => true);
        const expected = plain.targets.map((numbers) => {
          if (oracleTargetLength(whole, numbers) === Infinity) return 'none';
          return oracleIsolatingRisks(plain, numbers).length > 0 ? 'single' : 'dual';
        });
        expect(classifyTargets(graph, targets)).toEqual(expected);
        const described = describeTargets(graph, targets);
        expect(described.map(({ status }) => status)).toEqual(expected);
        described.forEach(({ bridges }, index) => {
          const names = bridges.map((risk) => risk.route_group ?? `#${risk.span_ids[0]! - 101}`);
          expect(names.sort()).toEqual(oracleIsolatingRisks(plain, plain.targets[index]!).sort());
        });
      }),
      { numRuns: 400 },
    );
  });

  it('pairs are paths, disjoint and of least total length; none is found exactly when none exists', () => {
    const seen = { pairs: 0, pairsBeyondFlow: 0, refuted: 0 };
    fc.assert(
      fc.property(plainNetworks(5, 12, 7), (drawn) => {
        // Every other node is a target of its own beside those drawn, so that many runs have something to decide.
        const others = Array.from({ length: drawn.nodeCount - 1 }, (_, number) => [number + 1]);
        const plain = { ...drawn, cores: [0], targets: [...drawn.targets, ...others] };
        const { graph } = toGraph(plain);
        const search = new PathSearch(graph, coreDistances(graph));
        for (const numbers of plain.targets) {
          if (numbers.some((number) => plain.cores.includes(number))) continue;
          const byEdge = edgeDisjointPair(search, numbers);
          const { pair, exact } = riskDisjointPair(search, numbers);
          expect(exact).toBe(true);
          for (const [found, key] of [
            [byEdge, String],
            [pair, (position: number) => riskName(plain, position)],
          ] as const) {
            const total = found && pathLengthM(graph, found[0].edges) + pathLengthM(graph, found[1].edges);
            expect(total).toBe(oracleBestPair(plain, numbers, key));
            if (found === null) continue;
            for (const path of found) expectSimplePath(plain, numbers, path);
            expect(shares(found, key)).toBe(false);
          }
          if (pair !== null) seen.pairs++;
          if (pair !== null && shares(byEdge!, (edge) => riskName(plain, edge))) seen.pairsBeyondFlow++;
          if (pair === null && byEdge !== null) seen.refuted++;
        }
      }),
      { numRuns: 600 },
    );
    // The property would prove little if the generator hardly drew such networks.
    expect(seen.pairs).toBeGreaterThan(300);
    expect(seen.pairsBeyondFlow).toBeGreaterThan(10);
    expect(seen.refuted).toBeGreaterThan(0);
  });

  it('paths shown are always real paths, the first of a non-disjoint answer the shortest', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const { graph, targets } = toGraph(plain);
        const whole = oracleLengths(plain, () => true);
        describeTargets(graph, targets).forEach((answer, index) => {
          const numbers = plain.targets[index]!;
          const shortestM = oracleTargetLength(whole, numbers);
          expect(answer.paths.length === 0).toBe(answer.status === 'none');
          for (const path of answer.paths) {
            const edges = path.span_ids.map((id) => graph.edgeIndexBySpanId.get(id)!);
            expect(path.hops).toBe(edges.length);
            expect(path.length_km * 1000).toBeCloseTo(pathLengthM(graph, edges), 6);
            const starts = numbers.filter((number) => follows(plain, number, edges, path.core));
            expect(starts).not.toEqual([]);
          }
          if (!answer.paths_disjoint && answer.paths[0])
            expect(answer.paths[0].length_km * 1000).toBeCloseTo(shortestM, 6);
          if (answer.paths_disjoint) expect(answer.status).toBe('dual');
        });
      }),
      { numRuns: 400 },
    );
  });
});

/** Whether two paths have a key (span, risk) in common. */
function shares([one, other]: readonly [FoundPath, FoundPath], key: (edge: number) => string): boolean {
  const keys = new Set(one.edges.map(key));
  return other.edges.some((edge) => keys.has(key(edge)));
}

/** Whether the spans lead from the node to the core, one after the other. */
function follows(plain: PlainNetwork, start: number, edges: readonly number[], core: string): boolean {
  let at = start;
  for (const edge of edges) {
    const { u, v } = plain.spans[edge]!;
    if (u !== at && v !== at) return false;
    at = u === at ? v : u;
  }
  return `n${at}` === core && plain.cores.includes(at);
}
