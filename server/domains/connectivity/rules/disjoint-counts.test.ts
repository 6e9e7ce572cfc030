import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDisjointPaths } from './disjoint-counts.ts';
import { oraclePaths, type PlainNetwork, plainNetworks, toGraph } from './testing/random-network.ts';
import { type SketchedSpan, sketch } from './testing/sketch.ts';

/** The most paths of a list of which no two share a key, by trying all. */
function oraclePacking(paths: readonly ReadonlySet<string>[]): number {
  const [first, ...rest] = paths;
  if (first === undefined) return 0;
  const apart = rest.filter((path) => ![...path].some((key) => first.has(key)));
  return Math.max(1 + oraclePacking(apart), oraclePacking(rest));
}

/** Spans of a path and the nodes between its start and its core. */
function keysOf(
  plain: PlainNetwork,
  path: readonly number[],
  starts: readonly number[],
): { spans: string[]; nodes: string[] } {
  const ends = path.flatMap((position) => [plain.spans[position]!.u, plain.spans[position]!.v]);
  const between = ends.filter((number) => !starts.includes(number) && !plain.cores.includes(number));
  const spans = path.map((position) => `#${position}`);
  return { spans, nodes: [...spans, ...between.map((number) => `n${number}`)] };
}

describe('countDisjointPaths', () => {
  it('counts 2 ways VT–B and 1 way VT–D in the check graph', () => {
    const { graph, target } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
      ['C', 'D'],
    ]);
    expect(countDisjointPaths(graph, [target('B'), target('D'), target('VT')])).toEqual([
      { code: 'B', edge_disjoint: 2, node_disjoint: 2 },
      { code: 'D', edge_disjoint: 1, node_disjoint: 1 },
      { code: 'VT', edge_disjoint: null, node_disjoint: null },
    ]);
  });

  it('tells spans from nodes: two rings that meet in one node', () => {
    const { graph, target } = sketch([
      ['VT', 'x'],
      ['VT', 'y'],
      ['x', 'M'],
      ['y', 'M'],
      ['M', 'u'],
      ['M', 'v'],
      ['u', 'A'],
      ['v', 'A'],
    ]);
    expect(countDisjointPaths(graph, [target('A')])).toEqual([{ code: 'A', edge_disjoint: 2, node_disjoint: 1 }]);
  });

  it('finds 3 in the Petersen graph between any two nodes: it is 3-connected', () => {
    const spans: SketchedSpan[] = [0, 1, 2, 3, 4].flatMap((at): SketchedSpan[] => [
      [`o${at}`, `o${(at + 1) % 5}`],
      [`i${at}`, `i${(at + 2) % 5}`],
      [`o${at}`, `i${at}`],
    ]);
    const { graph, target } = sketch(spans, ['o0']);
    const names = ['o1', 'o2', 'o3', 'o4', 'i0', 'i1', 'i2', 'i3', 'i4'];
    for (const counted of countDisjointPaths(
      graph,
      names.map((name) => target(name)),
    )) {
      expect(counted).toMatchObject({ edge_disjoint: 3, node_disjoint: 3 });
    }
  });

  it('stops at the cap, counts parallel spans to the core, and nothing for what is not connected', () => {
    const spans = Array.from({ length: 6 }, (): SketchedSpan => ['VT', 'A']);
    const { graph, target } = sketch([...spans, ['x', 'y']]);
    expect(countDisjointPaths(graph, [target('A'), target('x')])).toEqual([
      { code: 'A', edge_disjoint: 4, node_disjoint: 4 },
      { code: 'x', edge_disjoint: 0, node_disjoint: 0 },
    ]);
    expect(countDisjointPaths(graph, [target('A')], undefined, 9)[0]).toMatchObject({ edge_disjoint: 6 });
  });

  it('agrees with packing all simple paths', () => {
    fc.assert(
      fc.property(plainNetworks(6, 9), (plain) => {
        const { graph, targets } = toGraph(plain);
        const counted = countDisjointPaths(graph, targets, undefined, 9);
        plain.targets.forEach((numbers, index) => {
          if (numbers.some((number) => plain.cores.includes(number))) return;
          const paths = oraclePaths(plain, numbers).map((path) => keysOf(plain, path, numbers));
          expect(counted[index]).toMatchObject({
            edge_disjoint: oraclePacking(paths.map(({ spans }) => new Set(spans))),
            node_disjoint: oraclePacking(paths.map(({ nodes }) => new Set(nodes))),
          });
        });
      }),
      { numRuns: 400 },
    );
  });
});
