import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCost, COST_MODEL_SOURCES, DEFAULT_COST_MODEL } from './build-cost.ts';
import { planExtension } from './fibre-extension.ts';
import { type CostedEdge, steinerTree } from './steiner.ts';
import { straightCandidates } from './straight-lines.ts';

/** Least cost that joins the terminals, by trying every set of edges. */
function oracleSteiner(vertexCount: number, edges: readonly CostedEdge[], terminals: readonly number[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 2 ** edges.length; mask++) {
    const chosen = edges.filter((_, at) => (mask >> at) & 1);
    const cost = chosen.reduce((sum, edge) => sum + edge.cost, 0);
    if (cost >= best) continue;
    const label = Array.from({ length: vertexCount }, (_, vertex) => vertex);
    for (const { a, b } of chosen) {
      const [from, to] = [label[a]!, label[b]!];
      label.forEach((value, vertex) => {
        if (value === from) label[vertex] = to;
      });
    }
    if (terminals.every((terminal) => label[terminal] === label[terminals[0]!])) best = cost;
  }
  return best;
}

const graphs = fc.integer({ min: 2, max: 7 }).chain((vertexCount) => {
  const vertex = fc.integer({ min: 0, max: vertexCount - 1 });
  return fc.record({
    vertexCount: fc.constant(vertexCount),
    edges: fc.array(fc.record({ a: vertex, b: vertex, cost: fc.integer({ min: 0, max: 9 }) }), { maxLength: 10 }),
    terminals: fc.uniqueArray(vertex, { minLength: 1, maxLength: 4 }),
  });
});

describe('steinerTree', () => {
  it('meets in the middle of a star, where the method may cost a third more than needed', () => {
    // Three places 2 apart, and a point 1.1 from each: the least tree costs 3.3, that of shortest ways 4.
    const edges = [
      { a: 0, b: 1, cost: 2 },
      { a: 1, b: 2, cost: 2 },
      { a: 0, b: 2, cost: 2 },
      ...[0, 1, 2].map((a) => ({ a, b: 3, cost: 1.1 })),
    ];
    const tree = steinerTree(4, edges, [0, 1, 2]);
    expect(tree.cost).toBe(4);
    expect(tree.lower_bound).toBeCloseTo(3, 12);
    expect(steinerTree(4, edges, [0, 1, 2, 3])).toMatchObject({
      lower_bound: expect.closeTo(3.3, 12),
      cost: expect.closeTo(3.3, 12),
    });
  });

  it('stays within its bound of the least, joins what can be joined and nothing else', () => {
    fc.assert(
      fc.property(graphs, ({ vertexCount, edges, terminals }) => {
        const tree = steinerTree(vertexCount, edges, terminals);
        const reached = terminals.filter((terminal) => !tree.unreachable.includes(terminal));
        for (const terminal of tree.unreachable) {
          expect(oracleSteiner(vertexCount, edges, [terminals[0]!, terminal])).toBe(Infinity);
        }
        const least = oracleSteiner(vertexCount, edges, reached);
        const chosen = tree.edges.map((edge) => edges[edge]!);
        expect(oracleSteiner(vertexCount, chosen, reached)).toBeLessThanOrEqual(tree.cost);
        expect(tree.cost).toBe(chosen.reduce((sum, edge) => sum + edge.cost, 0));
        expect(tree.cost).toBeGreaterThanOrEqual(least);
        expect(tree.cost).toBeLessThanOrEqual(2 * (1 - 1 / Math.max(2, reached.length)) * least + 1e-9);
        expect(tree.lower_bound).toBeLessThanOrEqual(least + 1e-9);
      }),
      { numRuns: 500 },
    );
  });
});

describe('build cost', () => {
  it('is 15,850 USD a buried kilometre and 40 % of that on poles, with a source for every default', () => {
    expect(buildCost(1_000, 'buried')).toBeCloseTo(15_850, 6);
    expect(buildCost(1_000, 'aerial') / buildCost(1_000, 'buried')).toBeCloseTo(6.49 / 16.25, 3);
    const defaults = [...Object.keys(DEFAULT_COST_MODEL.cost_per_m), 'detour'];
    expect(Object.keys(COST_MODEL_SOURCES).sort()).toEqual(defaults.sort());
  });
});

describe('planExtension', () => {
  const places = [
    { id: 1, lon: 105, lat: 21 },
    { id: 2, lon: 105.1, lat: 21 },
    { id: 3, lon: 105.2, lat: 21 },
    { id: 4, lon: 105.2, lat: 21.5 },
  ];
  const classOf = ({ id }: { id: number }) => id;

  it('chains communes from the nearest place on fibre, within the hop', () => {
    const { lines } = straightCandidates(places, { max_hop_m: 25_000, deployment: 'buried', classOf, each: 1 });
    expect(lines.map(({ a, b }) => [a, b])).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    const plan = planExtension([1], [2, 3, 4], lines);
    expect(plan).toMatchObject({ lines: [1, 3], unreachable: [4], factor: 1 });
    // 0.2° of the parallel 21°: 20.79 km at 15.85 USD per metre.
    expect(plan.length_m).toBeCloseTo(20_794, -1);
    expect(plan.cost).toBeCloseTo(plan.length_m * 15.85, 6);
    expect(plan.lower_bound).toBe(plan.cost);
  });

  it('counts a detour and the way of laying', () => {
    const cost = { currency: 'VND', cost_per_m: { duct: 3, buried: 2, aerial: 1 }, detour: 1.5 };
    const options = { max_hop_m: 25_000, deployment: 'aerial', cost, classOf, each: 1 } as const;
    const [line] = straightCandidates(places.slice(0, 2), options).lines;
    expect(line!.length_m).toBeCloseTo(10_397 * 1.5, -1);
    expect(line!.cost).toBe(line!.length_m);
  });

  it('has nothing to do where all are on fibre, or nobody is asked for', () => {
    expect(planExtension([1, 2], [2], [])).toMatchObject({ lines: [], cost: 0, factor: 1, unreachable: [] });
    expect(planExtension([], [], [])).toMatchObject({ lines: [], unreachable: [] });
  });
});
