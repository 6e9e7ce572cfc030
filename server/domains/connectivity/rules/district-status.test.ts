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
import { type Sketch, type SketchedSpan, sketch } from './testing/sketch.ts';

const describeOne = ({ graph, target }: Sketch, ...names: string[]) => describeTargets(graph, [target(...names)])[0]!;

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

describe('describeTargets', () => {
  it('reads a chain as single, with its bridges in order from the target', () => {
    const network = sketch([
      ['VT', 'A', 10],
      ['A', 'B', 5.5],
    ]);
    expect(describeOne(network, 'B')).toEqual({
      code: 'B',
      name: 'B',
      status: 'single',
      bridges: [
        { span_ids: [network.spanId(2)], route_group: null },
        { span_ids: [network.spanId(1)], route_group: null },
      ],
      paths: [{ span_ids: [network.spanId(2), network.spanId(1)], length_km: 15.5, hops: 2, core: 'VT' }],
      paths_disjoint: false,
      paths_exact: true,
    });
  });

  it('reads a ring as dual, with both ways round, the shorter first', () => {
    const network = sketch([
      ['VT', 'A', 30],
      ['A', 'B', 40],
      ['B', 'VT', 50],
    ]);
    const answer = describeOne(network, 'A');
    expect(answer).toMatchObject({ status: 'dual', bridges: [], paths_disjoint: true, paths_exact: true });
    expect(answer.paths).toEqual([
      { span_ids: [network.spanId(1)], length_km: 30, hops: 1, core: 'VT' },
      { span_ids: [network.spanId(2), network.spanId(3)], length_km: 90, hops: 2, core: 'VT' },
    ]);
  });

  it('reads a ring whose spans share a duct as single, naming the duct', () => {
    const network = sketch([
      ['VT', 'A', 30, 'duct'],
      ['A', 'B', 40],
      ['B', 'VT', 50, 'duct'],
    ]);
    const answer = describeOne(network, 'A');
    expect(answer).toMatchObject({
      status: 'single',
      bridges: [{ span_ids: [network.spanId(1), network.spanId(3)], route_group: 'duct' }],
      paths_disjoint: false,
    });
    expect(answer.paths.map((path) => path.length_km)).toEqual([30, 90]);
  });

  it('gives the check graph two paths at B and one at D', () => {
    const network = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['C', 'D'],
    ]);
    expect(describeOne(network, 'B')).toMatchObject({ status: 'dual', paths_disjoint: true });
    const atD = describeOne(network, 'D');
    expect(atD.status).toBe('single');
    expect(atD.bridges.flatMap((risk) => risk.span_ids)).toEqual([network.spanId(5), network.spanId(4)]);
    // The second way shares both bridges but takes the other side of the ring.
    expect(atD.paths.map((path) => path.hops)).toEqual([3, 4]);
  });

  it('tells dual from disjoint paths: three cables through ducts {p,q}, {q,r}, {r,p}', () => {
    const network = sketch([
      ['VT', 'x', 1, 'p'],
      ['x', 'A', 1, 'q'],
      ['VT', 'y', 2, 'q'],
      ['y', 'A', 2, 'r'],
      ['VT', 'z', 3, 'r'],
      ['z', 'A', 3, 'p'],
    ]);
    expect(describeOne(network, 'A')).toMatchObject({
      status: 'dual',
      bridges: [],
      paths_disjoint: false,
      paths_exact: true,
      paths: [{ length_km: 2 }, { length_km: 4 }],
    });
  });

  it('leaves the shortest path when only another pair is disjoint (the trap)', () => {
    // Shortest: A-x-y-VT = 3 km, but it blocks both ways: the pair is A-x-VT and A-y-VT.
    const network = sketch([
      ['A', 'x', 1],
      ['x', 'y', 1],
      ['y', 'VT', 1],
      ['x', 'VT', 5],
      ['A', 'y', 5],
    ]);
    const answer = describeOne(network, 'A');
    expect(answer).toMatchObject({ status: 'dual', paths_disjoint: true });
    expect(answer.paths.map((path) => path.length_km)).toEqual([6, 6]);
  });

  it('goes round a duct shared by the shortest pair of cables', () => {
    const network = sketch([
      ['A', 'VT', 1, 'duct'],
      ['A', 'VT', 2, 'duct'],
      ['A', 'VT', 9],
    ]);
    expect(describeOne(network, 'A').paths.map((path) => path.length_km)).toEqual([1, 9]);
  });

  it('finds a pair where both paths must give way: x reaches the core only by the duct that A–y lies in', () => {
    const network = sketch([
      ['VT', 'x', 1, 'duct'],
      ['VT', 'y', 5],
      ['y', 'x', 1],
      ['A', 'y', 1, 'duct'],
      ['VT', 'y', 5],
      ['A', 'x', 1, 'poles'],
    ]);
    const answer = describeOne(network, 'A');
    expect(answer).toMatchObject({ status: 'dual', paths_disjoint: true, paths_exact: true });
    expect(answer.paths.map((path) => path.length_km)).toEqual([6, 7]);
  });

  it('counts a connection to any core, and any node that serves the target', () => {
    const network = sketch(
      [
        ['VT', 'A'],
        ['PT', 'B'],
      ],
      ['VT', 'PT'],
    );
    expect(describeOne(network, 'A').status).toBe('single');
    const both = describeOne(network, 'A', 'B');
    expect(both).toMatchObject({ status: 'dual', paths_disjoint: true });
    expect(both.paths.map((path) => path.core).sort()).toEqual(['PT', 'VT']);
  });

  it('reads a target at a core as dual, with one empty path', () => {
    const answer = describeOne(sketch([['VT', 'A']]), 'VT');
    expect(answer).toMatchObject({
      status: 'dual',
      paths: [{ span_ids: [], length_km: 0, hops: 0, core: 'VT' }],
      paths_disjoint: true,
    });
  });

  it.each<[string, SketchedSpan[], string[]]>([
    [
      'an isolated district',
      [
        ['VT', 'B'],
        ['A', 'A'],
      ],
      ['VT'],
    ],
    ['a network without a core', [['A', 'B']], []],
  ])('reads none in %s', (_, spans, cores) => {
    const answer = describeOne(sketch(spans, cores), 'A');
    expect(answer).toMatchObject({ status: 'none', bridges: [], paths: [], paths_disjoint: false });
  });

  it('answers for an empty network: no district is connected', () => {
    const { graph } = sketch([], []);
    const districts = ['227', '228'].map((code) => ({ code, name: code, nodes: [] }));
    expect(describeTargets(graph, districts).map(({ status }) => status)).toEqual(['none', 'none']);
    expect(classifyTargets(graph, districts)).toEqual(['none', 'none']);
  });

  it('says so when the budget for the pair is too small to prove it', () => {
    const network = sketch([
      ['VT', 'x', 1, 'p'],
      ['x', 'A', 1, 'q'],
      ['VT', 'y', 2, 'q'],
      ['y', 'A', 2, 'r'],
      ['VT', 'z', 3, 'r'],
      ['z', 'A', 3, 'p'],
    ]);
    const { graph, target } = network;
    expect(describeTargets(graph, [target('A')], coreDistances(graph), 0)[0]).toMatchObject({
      status: 'dual',
      paths_disjoint: false,
      paths_exact: false,
    });
  });
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
