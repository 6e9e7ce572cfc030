import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planDual } from './augmentation.ts';
import type { CandidateLine } from './candidate-lines.ts';
import {
  oracleIsolatingRisks,
  oracleLengths,
  oracleTargetLength,
  type PlainNetwork,
  plainNetworks,
  toGraph,
} from './testing/random-network.ts';
import { type Sketch, sketch } from './testing/sketch.ts';
import { coverTree } from './tree-augmentation.ts';

interface PlainCandidate {
  a: number;
  b: number;
  cost: number;
  group: string | null;
}

/** Node ids are number + 1; numbers beyond the network's are places off it. */
const toLines = (candidates: readonly PlainCandidate[]): CandidateLine[] =>
  candidates.map(({ a, b, cost, group }, at) => ({
    id: at + 1,
    a: a + 1,
    b: b + 1,
    cost,
    length_m: cost,
    route_group: group,
    coordinates: [],
  }));

const namedLines = ({ node }: Sketch, ...lines: [string, string, number, string?][]): CandidateLine[] =>
  toLines(lines.map(([a, b, cost, group]) => ({ a: node(a), b: node(b), cost, group: group ?? null })));

/** The network with some candidates built, places off the network being nodes of their own. */
function withBuilt(
  plain: PlainNetwork,
  candidates: readonly PlainCandidate[],
  built: (at: number) => boolean,
): PlainNetwork {
  const spans = candidates
    .filter((_, at) => built(at))
    .map(({ a, b, cost, group }) => ({ u: a, v: b, lengthM: cost, group }));
  return { ...plain, nodeCount: plain.nodeCount + 3, spans: [...plain.spans, ...spans] };
}

function dualTargets(plain: PlainNetwork): boolean[] {
  const lengths = oracleLengths(plain, () => true);
  return plain.targets.map(
    (numbers) => oracleTargetLength(lengths, numbers) < Infinity && oracleIsolatingRisks(plain, numbers).length === 0,
  );
}

/** Least cost that makes every target dual that can be, by trying every set of candidates. */
function oracleLeast(
  plain: PlainNetwork,
  candidates: readonly PlainCandidate[],
): { cost: number; possible: boolean[] } {
  const possible = dualTargets(withBuilt(plain, candidates, () => true));
  let least = Number.POSITIVE_INFINITY;
  for (let mask = 0; mask < 2 ** candidates.length; mask++) {
    const isBuilt = (at: number) => ((mask >> at) & 1) === 1;
    const cost = candidates.reduce((sum, candidate, at) => sum + (isBuilt(at) ? candidate.cost : 0), 0);
    if (cost >= least) continue;
    const dual = dualTargets(withBuilt(plain, candidates, isBuilt));
    if (possible.every((can, target) => !can || dual[target])) least = cost;
  }
  return { cost: least, possible };
}

/** A network with candidates between its nodes and up to three places off it. */
const planned = (groups: readonly (string | null)[], outside: number, targetNodes: number) =>
  plainNetworks(6, 8).chain((drawn) => {
    const place = fc.integer({ min: 0, max: drawn.nodeCount - 1 + outside });
    const plain = {
      ...drawn,
      cores: drawn.cores.length > 0 ? drawn.cores : [0],
      spans: drawn.spans.map((span) => ({ ...span, group: groups.includes(span.group) ? span.group : null })),
      targets: drawn.targets.map((numbers) => numbers.slice(0, targetNodes)).filter((numbers) => numbers.length > 0),
    };
    const candidate = fc.record({
      a: place,
      b: place,
      cost: fc.integer({ min: 1, max: 9 }),
      group: fc.constantFrom(...groups),
    });
    return fc.record({ plain: fc.constant(plain), candidates: fc.array(candidate, { maxLength: 6, size: 'max' }) });
  });

describe('planDual', () => {
  it('closes a chain to a ring, past what is nearer but in the same duct', () => {
    const network = sketch([
      ['VT', 'A', 1, 'duct'],
      ['A', 'B', 1],
    ]);
    const lines = namedLines(network, ['VT', 'B', 2, 'duct'], ['VT', 'B', 5], ['VT', 'A', 4]);
    const plan = planDual(network.graph, [network.target('A'), network.target('B')], lines);
    expect(plan).toEqual({ lines: [2], cost: 5, length_m: 5, exact: true, lower_bound: 5, factor: 1, impossible: [] });
  });

  it('does nothing for targets that are dual, and names those that cannot be', () => {
    const network = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'VT'],
      ['B', 'C'],
    ]);
    const targets = ['A', 'B', 'C', 'VT'].map((name) => network.target(name));
    expect(planDual(network.graph, targets, [])).toMatchObject({ lines: [], cost: 0, exact: true, impossible: ['C'] });
  });

  it('joins what has no fibre by two ways, one through a junction off the network', () => {
    const network = sketch([['VT', 'A']]);
    const { node } = network;
    const candidates = [
      { a: node('A'), b: 90, cost: 2, group: null },
      { a: 90, b: 91, cost: 2, group: null },
      { a: node('VT'), b: 91, cost: 3, group: null },
      { a: node('VT'), b: node('A'), cost: 9, group: null },
    ];
    const plan = planDual(network.graph, [network.target('A')], toLines(candidates));
    expect(plan).toMatchObject({ lines: [1, 2, 3], cost: 7, exact: true });
  });

  it('is the cheapest there is, on random networks with groups, places off the network and targets of two nodes', () => {
    fc.assert(
      fc.property(planned([null, 'p', 'q'], 2, 2), ({ plain, candidates }) => {
        const { graph, targets } = toGraph(plain);
        const plan = planDual(graph, targets, toLines(candidates));
        const { cost, possible } = oracleLeast(plain, candidates);
        expect(plan).toMatchObject({ cost, exact: true, lower_bound: cost });
        expect(plan.impossible).toEqual(targets.filter((_, at) => !possible[at]).map(({ code }) => code));
        const dual = dualTargets(withBuilt(plain, candidates, (at) => plan.lines.includes(at + 1)));
        expect(possible.map((can, target) => !can || dual[target])).not.toContain(false);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['directly', 0],
    ['through places off the network', 2],
  ])('without branching keeps within its factor and above its lower bound, candidates joining %s', (_, outside) => {
    fc.assert(
      fc.property(planned([null], outside, 1), ({ plain, candidates }) => {
        const { graph, targets } = toGraph(plain);
        const plan = planDual(graph, targets, toLines(candidates), 0);
        const { cost } = oracleLeast(plain, candidates);
        expect(plan.factor).not.toBeNull();
        expect(plan.cost).toBeGreaterThanOrEqual(cost);
        expect(plan.cost).toBeLessThanOrEqual(plan.factor! * cost);
        expect(plan.lower_bound).toBeLessThanOrEqual(cost + 1e-9);
        const isConnected = oracleLengths(plain, () => true).every((length) => length < Infinity);
        if (isConnected && outside === 0) expect(plan.factor).toBe(2);
      }),
      { numRuns: 150 },
    );
  });

  it('with a budget that ends early gives a plan that works and a bound that holds', () => {
    fc.assert(
      fc.property(planned([null, 'p'], 1, 2), ({ plain, candidates }) => {
        const { graph, targets } = toGraph(plain);
        const plan = planDual(graph, targets, toLines(candidates), 1);
        const { cost, possible } = oracleLeast(plain, candidates);
        const dual = dualTargets(withBuilt(plain, candidates, (at) => plan.lines.includes(at + 1)));
        expect(possible.map((can, target) => !can || dual[target])).not.toContain(false);
        expect(plan.lower_bound).toBeLessThanOrEqual(cost + 1e-9);
        if (plan.exact) expect(plan.cost).toBe(cost);
      }),
      { numRuns: 100 },
    );
  });
});

describe('coverTree', () => {
  it('covers a star of four leaves by two links, and says so when a leaf has none', () => {
    const parent = [0, 0, 0, 0, 0];
    const order = [0, 1, 2, 3, 4];
    const links = [
      { u: 1, v: 2, cost: 1 },
      { u: 3, v: 4, cost: 1 },
      { u: 2, v: 3, cost: 1 },
    ];
    const cover = coverTree(parent, order, links)!;
    expect(cover.links).toEqual(expect.arrayContaining([0, 1]));
    expect(cover.lower_bound).toBeLessThanOrEqual(2);
    expect(coverTree(parent, order, links.slice(0, 1))).toBeNull();
  });
});
