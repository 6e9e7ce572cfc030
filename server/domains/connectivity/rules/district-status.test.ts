import { describe, expect, it } from 'vitest';
import { classifyTargets, describeTargets } from './district-status.ts';
import { coreDistances } from './shortest-paths.ts';
import { type Sketch, type SketchedSpan, sketch } from './testing/sketch.ts';

const describeOne = ({ graph, target }: Sketch, ...names: string[]) => describeTargets(graph, [target(...names)])[0]!;

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
      length_km: 15.5,
      paths: [{ span_ids: [network.spanId(2), network.spanId(1)], length_km: 15.5, hops: 2, core: 'VT' }],
      paths_shared: [],
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
      paths_shared: [{ span_ids: [network.spanId(2), network.spanId(3)], route_group: 'q' }],
    });
  });

  it('shows the second way where both lie in one duct, naming the duct, however much longer it is', () => {
    const network = sketch([
      ['A', 'VT', 10, 'duct'],
      ['A', 'B', 20, 'duct'],
      ['B', 'C', 20, 'duct'],
      ['C', 'VT', 20, 'duct'],
    ]);
    const answer = describeOne(network, 'A');
    expect(answer.paths.map((path) => path.length_km)).toEqual([10, 60]);
    expect(answer).toMatchObject({ status: 'single', paths_disjoint: false, paths_exact: true });
    expect(answer.paths_shared).toEqual(answer.bridges);
    expect(answer.paths_shared.map((risk) => risk.route_group)).toEqual(['duct']);
  });

  it('behind a bridge shows the pair that has the bridge in common and nothing else (the trap)', () => {
    const network = sketch([
      ['D', 'A', 2],
      ['A', 'x', 1],
      ['x', 'y', 1],
      ['y', 'VT', 1],
      ['x', 'VT', 5],
      ['A', 'y', 5],
    ]);
    const answer = describeOne(network, 'D');
    expect(answer).toMatchObject({ status: 'single', length_km: 5, paths_disjoint: false });
    expect(answer.paths.map((path) => path.length_km)).toEqual([8, 8]);
    expect(answer.paths_shared).toEqual([{ span_ids: [network.spanId(1)], route_group: null }]);
  });

  it('shares one duct rather than two, even by one span instead of by two apart', () => {
    const ducts = (...spans: SketchedSpan[]) => {
      const { paths, paths_shared } = describeOne(sketch(spans), 'A');
      return { km: paths.map((path) => path.length_km), ducts: paths_shared.map((risk) => risk.route_group) };
    };
    expect(
      ducts(['A', 'x', 1, 'p'], ['x', 'VT', 1, 'q'], ['A', 'y', 1, 'p'], ['y', 'VT', 1, 'q'], ['y', 'VT', 9, 'r']),
    ).toEqual({ km: [2, 10], ducts: ['p'] });
    // The two edge-disjoint ways A–x–VT and A–y–VT lie in both ducts; A–x–VT and A–x–y–VT have A–x in common, in one.
    expect(
      ducts(['A', 'x', 1, 'p'], ['x', 'VT', 2, 'q'], ['A', 'y', 3, 'q'], ['y', 'VT', 1, 'p'], ['x', 'y', 5]),
    ).toEqual({ km: [3, 7], ducts: ['p'] });
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
    expect(answer).toMatchObject({ status: 'dual', length_km: 3, paths_disjoint: true });
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
      length_km: 0,
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
    expect(answer).toMatchObject({ status: 'none', length_km: null, bridges: [], paths: [], paths_disjoint: false });
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
