import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDisjointPaths } from './disjoint-counts.ts';
import { classifyTargets, describeTargets } from './district-status.ts';
import { mostEdgeDisjointPair } from './edge-disjoint.ts';
import { leastSharedPair } from './least-shared-pair.ts';
import { otherEnd } from './network-graph.ts';
import { type FoundPath, PathSearch } from './path-search.ts';
import { isolatingRisks } from './shared-risk.ts';
import { coreDistances, pathLengthM } from './shortest-paths.ts';
import {
  oracleBestPair,
  oracleIsolatingRisks,
  oracleLeastShared,
  oracleLengths,
  oracleTargetLength,
  type PlainNetwork,
  plainNetworks,
  plainSharing,
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

/** Every other node is a target of its own beside those drawn, so that many runs have something to decide. */
const busyNetworks = plainNetworks(5, 12, 7).map((drawn): PlainNetwork => {
  const others = Array.from({ length: drawn.nodeCount - 1 }, (_, number) => [number + 1]);
  return { ...drawn, cores: [0], targets: [...drawn.targets, ...others] };
});

const ducts = fc.constantFrom('p', 'q', 'r');
const stretch = fc.record({ lengthM: fc.integer({ min: 0, max: 9 }), group: ducts });
/** Cables of two stretches side by side from node 1 to the core, with spans across: ducts that no pair can avoid all of. */
const ductNetworks = fc
  .tuple(
    fc.array(fc.tuple(stretch, stretch), { minLength: 3, maxLength: 4 }),
    fc.array(fc.tuple(stretch, fc.nat(3), fc.nat(3)), { maxLength: 3 }),
  )
  .map(([cables, across]): PlainNetwork => {
    const spans = cables.flatMap(([near, far], at) => [
      { u: 1, v: at + 2, ...near },
      { u: at + 2, v: 0, ...far },
    ]);
    const cross = across.map(([span, one, other]) => ({
      u: (one % cables.length) + 2,
      v: (other % cables.length) + 2,
      ...span,
    }));
    return { nodeCount: cables.length + 2, spans: [...spans, ...cross], cores: [0], targets: [[1], [2], [1, 2]] };
  });

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

  it('pairs are paths and share least: risks, then spans, then length, of all pairs of different paths', () => {
    const seen = { apart: 0, pairsBeyondFlow: 0, onlyEdgesApart: 0, single: 0, sharedBeyondCuts: 0 };
    fc.assert(
      fc.property(fc.oneof(busyNetworks, ductNetworks), (plain) => {
        const { graph, targets } = toGraph(plain);
        const search = new PathSearch(graph, coreDistances(graph));
        const isolating = isolatingRisks(graph, targets);
        for (const [at, numbers] of plain.targets.entries()) {
          if (numbers.some((number) => plain.cores.includes(number))) continue;
          const { pair, shared, exact } = leastSharedPair(search, numbers, isolating[at]!);
          expect(exact).toBe(true);
          const sharing = pair && plainSharing(plain, pair[0].edges, pair[1].edges);
          expect(sharing).toEqual(oracleLeastShared(plain, numbers));
          const byEdge = mostEdgeDisjointPair(search, numbers);
          const edgesApart = byEdge !== null && plainSharing(plain, byEdge[0].edges, byEdge[1].edges).spans === 0;
          const lengthM = edgesApart && pathLengthM(graph, byEdge[0].edges) + pathLengthM(graph, byEdge[1].edges);
          expect(lengthM || null).toBe(oracleBestPair(plain, numbers, String) || null);
          expect(search.flow.every((units) => units === 0)).toBe(true);
          if (sharing === null) continue;
          for (const path of [...pair!, ...byEdge!]) expectSimplePath(plain, numbers, path);
          expect(shared).toHaveLength(sharing.risks);
          if (sharing.risks === 0) seen.apart++;
          if (sharing.risks < plainSharing(plain, byEdge![0].edges, byEdge![1].edges).risks) seen.pairsBeyondFlow++;
          if (sharing.risks > 0 && edgesApart) seen.onlyEdgesApart++;
          if (isolating[at]!.length > 0) seen.single++;
          if (sharing.risks > isolating[at]!.length) seen.sharedBeyondCuts++;
        }
      }),
      { numRuns: 800 },
    );
    // The property would prove little if the generator hardly drew such networks.
    expect(seen.apart).toBeGreaterThan(300);
    expect(seen.pairsBeyondFlow).toBeGreaterThan(10);
    expect(seen.onlyEdgesApart).toBeGreaterThan(20);
    expect(seen.single).toBeGreaterThan(50);
    expect(seen.sharedBeyondCuts).toBeGreaterThan(5);
  });

  it('whatever the budget, there is a pair where two paths exist, and none is called proven that is not the best', () => {
    fc.assert(
      fc.property(fc.oneof(busyNetworks, ductNetworks), fc.integer({ min: 0, max: 4 }), (plain, budget) => {
        const { graph, targets } = toGraph(plain);
        const search = new PathSearch(graph, coreDistances(graph));
        const isolating = isolatingRisks(graph, targets);
        for (const [at, numbers] of plain.targets.entries()) {
          if (numbers.some((number) => plain.cores.includes(number))) continue;
          const { pair, exact } = leastSharedPair(search, numbers, isolating[at]!, budget);
          const least = oracleLeastShared(plain, numbers);
          expect(pair === null).toBe(least === null);
          if (exact && pair) expect(plainSharing(plain, pair[0].edges, pair[1].edges)).toEqual(least);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a target has one path only where there is one, and what its two paths share is named', () => {
    fc.assert(
      fc.property(busyNetworks, (plain) => {
        const { graph, targets } = toGraph(plain);
        const counts = countDisjointPaths(graph, targets);
        describeTargets(graph, targets).forEach((answer, at) => {
          const numbers = plain.targets[at]!;
          const { paths, paths_shared, paths_disjoint, bridges } = answer;
          if (answer.length_km === null || numbers.some((number) => plain.cores.includes(number))) return;
          const least = oracleLeastShared(plain, numbers);
          expect(paths).toHaveLength(least === null ? 1 : 2);
          if (counts[at]!.edge_disjoint! > 1) expect(paths).toHaveLength(2);
          expect(paths_disjoint).toBe(least?.risks === 0);
          const [one, other] = paths.map(({ span_ids }) => span_ids.map((id) => id - 101));
          if (other) expect(plainSharing(plain, one!, other)).toEqual(least);
          expect(paths_shared).toHaveLength(least?.risks ?? 0);
          if (other) expect(paths_shared).toEqual(expect.arrayContaining(bridges));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('paths shown are always real paths, the shorter first', () => {
    fc.assert(
      fc.property(plainNetworks(9, 14), (plain) => {
        const { graph, targets } = toGraph(plain);
        const whole = oracleLengths(plain, () => true);
        describeTargets(graph, targets).forEach((answer, index) => {
          const numbers = plain.targets[index]!;
          expect(answer.paths.length === 0).toBe(answer.status === 'none');
          for (const path of answer.paths) {
            const edges = path.span_ids.map((id) => graph.edgeIndexBySpanId.get(id)!);
            expect(path.hops).toBe(edges.length);
            expect(path.length_km * 1000).toBeCloseTo(pathLengthM(graph, edges), 6);
            const starts = numbers.filter((number) => follows(plain, number, edges, path.core));
            expect(starts).not.toEqual([]);
          }
          const lengths = answer.paths.map(({ length_km }) => length_km);
          expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
          const shortestM = oracleTargetLength(whole, numbers);
          expect((answer.length_km ?? Infinity) * 1000).toBeCloseTo(shortestM, 6);
          if (lengths.length === 1) expect(lengths[0]).toBe(answer.length_km);
          if (answer.paths_disjoint) expect(answer.status).toBe('dual');
        });
      }),
      { numRuns: 400 },
    );
  });
});

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
