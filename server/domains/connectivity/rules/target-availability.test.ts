import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '../../../platform/geo/geodesic.ts';
import { cableUnavailability } from './availability.ts';
import { simulateUnavailability } from './failure-simulation.ts';
import { networkLengths } from './fibre-figures.ts';
import { routeShares } from './route-length.ts';
import { riskUnavailabilities, targetAvailabilities } from './target-availability.ts';
import {
  oracleLengths,
  oracleTargetLength,
  type PlainNetwork,
  plainNetworks,
  riskName,
  toGraph,
} from './testing/random-network.ts';
import { type Sketch, sketch } from './testing/sketch.ts';
import { exactUnavailability, TwoTerminalNetwork, type UncertainEdge } from './two-terminal.ts';

const buried = ({ graph }: Sketch) => riskUnavailabilities(graph, () => 'buried');
const only = (network: Sketch, ...names: string[]) =>
  targetAvailabilities(network.graph, [network.target(...names)], buried(network))[0]!;

/** The bridge network (Wheatstone): source 0, sink 3, and 1–2 across; every edge down with probability q. */
const wheatstone = (q: number) =>
  new TwoTerminalNetwork(
    0,
    3,
    [
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 3],
      [2, 3],
    ].map(([a, b]): UncertainEdge => ({ a: a!, b: b!, unavailability: q, group: -1 })),
  );

/** Edges at a that do not reduce: two groups, of which one goes on to a place of its own. */
const cycle = (a: number, b: number): UncertainEdge[] =>
  [1, 2].map((group) => ({ a, b, unavailability: 0.1, group })).concat({ a, b: b + 9, unavailability: 0.1, group: 1 });

/** Probability that the target is cut off, by adding up all combinations of failed risks. */
function oracleUnavailability(
  plain: PlainNetwork,
  numbers: readonly number[],
  probability: ReadonlyMap<string, number>,
): number {
  const names = [...probability.keys()];
  let sum = 0;
  for (let mask = 0; mask < 2 ** names.length; mask++) {
    const failed = new Set(names.filter((_, at) => (mask >> at) & 1));
    const lengths = oracleLengths(plain, (position) => !failed.has(riskName(plain, position)));
    if (oracleTargetLength(lengths, numbers) < Infinity) continue;
    sum += names.reduce(
      (product, name) => product * (failed.has(name) ? probability.get(name)! : 1 - probability.get(name)!),
      1,
    );
  }
  return sum;
}

/** Networks with a probability of failure for each risk, in the order of the graph's risks. */
const uncertain = plainNetworks(6, 9).chain((plain) => {
  const names = [...new Set(plain.spans.map((_, position) => riskName(plain, position)))];
  return fc
    .array(fc.integer({ min: 0, max: 10 }), { minLength: names.length, maxLength: names.length })
    .map((tenths) => ({ plain, probability: new Map(names.map((name, at) => [name, tenths[at]! / 10])) }));
});

describe('targetAvailabilities', () => {
  it('gives 122.7 minutes a year for 80 km buried and 0.043 for a ring of 80 and 120 km', () => {
    const chain = only(sketch([['VT', 'A', 80]]), 'A');
    expect(chain).toMatchObject({ method: 'exact', standard_error: 0 });
    expect(chain.minutes_per_year).toBeCloseTo(122.7, 1);
    const ring = only(
      sketch([
        ['VT', 'A', 80],
        ['VT', 'B', 50],
        ['B', 'A', 70],
      ]),
      'A',
    );
    expect(ring.method).toBe('exact');
    expect(ring.minutes_per_year).toBeCloseTo(0.043, 3);
  });

  it('gives a ring in one duct no more than the duct', () => {
    const shared = only(
      sketch([
        ['VT', 'A', 80, 'duct'],
        ['VT', 'A', 60, 'duct'],
      ]),
      'A',
    );
    expect(shared.minutes_per_year).toBeCloseTo(122.7, 1);
    const partly = only(
      sketch([
        ['VT', 'A', 10, 'duct'],
        ['VT', 'B', 10, 'duct'],
        ['B', 'A', 70],
      ]),
      'A',
    );
    // Both stretches of the duct are 20 km in series: 20 / 80 of 122.7, whatever the rest does; the remaining 70 km add nothing.
    expect(partly.minutes_per_year).toBeCloseTo(122.67 / 4, 1);
  });

  it('takes the metres of route it is given: a second cable of the duct, to a node of its own, adds none', () => {
    const express = sketch([
      ['VT', 'A', 80, 'duct'],
      ['VT', 'B', 80, 'duct'],
    ]);
    const minutes = (lengths?: number[]) =>
      targetAvailabilities(
        express.graph,
        [express.target('A')],
        riskUnavailabilities(express.graph, () => 'buried', undefined, lengths),
      )[0]!.minutes_per_year;
    expect(minutes()).toBeCloseTo(2 * 122.65, 1);
    expect(minutes([80_000, 0])).toBeCloseTo(122.7, 1);
  });

  it('fails by all the route of a group: two cables of one duct, partly on courses of their own, as long as the route-km', () => {
    const { graph, target } = sketch([
      ['VT', 'A', 34, 'duct'],
      ['VT', 'A', 33.9, 'duct'],
    ]);
    const [start, fork, north, south, end]: LonLat[] = [
      [105, 21],
      [105.05, 21],
      [105.2, 21.05],
      [105.2, 20.95],
      [105.3, 21],
    ];
    const spans = [
      [start!, fork!, north!, end!],
      [start!, fork!, south!, end!],
    ].map((coordinates, edge) => ({
      ...graph.spans[edge]!,
      coordinates,
      length_m: graph.edgeLengthM[edge]!,
      deployment: 'buried' as const,
    }));
    const { route_km } = networkLengths(spans);
    const risks = riskUnavailabilities(graph, () => 'buried', undefined, routeShares(spans));
    const [answer] = targetAvailabilities(graph, [target('A')], risks);
    expect(route_km).toBeGreaterThan(55);
    expect(route_km).toBeLessThan(67.9);
    expect(answer!.unavailability / cableUnavailability(route_km, 'buried')).toBeCloseTo(1, 3);
  });

  it('is 1 for what is not connected, 0 at a core, and no series for a place with two nodes', () => {
    const network = sketch([
      ['VT', 'A', 80],
      ['VT', 'B', 120],
      ['x', 'y', 1],
    ]);
    expect(only(network, 'x')).toMatchObject({ unavailability: 1, method: 'exact' });
    expect(only(network, 'VT').unavailability).toBe(0);
    expect(only(network, 'A', 'B').minutes_per_year).toBeCloseTo(0.043, 3);
  });

  it('knows the bridge network: 2q² + 2q³ - 5q⁴ + 2q⁵', () => {
    for (const q of [0.5, 0.1, 1e-4]) {
      const expected = 2 * q ** 2 + 2 * q ** 3 - 5 * q ** 4 + 2 * q ** 5;
      expect(wheatstone(q).settled()).toBeNull();
      expect(exactUnavailability(wheatstone(q), 10)! / expected).toBeCloseTo(1, 12);
      expect(exactUnavailability(wheatstone(q), 0)).toBeNull();
    }
  });

  it('agrees with adding up all combinations of failures', () => {
    fc.assert(
      fc.property(uncertain, ({ plain, probability }) => {
        const { graph, targets } = toGraph(plain);
        const answers = targetAvailabilities(graph, targets, [...probability.values()]);
        plain.targets.forEach((numbers, at) => {
          expect(answers[at]!.method).toBe('exact');
          expect(answers[at]!.unavailability).toBeCloseTo(oracleUnavailability(plain, numbers, probability), 10);
        });
      }),
      { numRuns: 250 },
    );
  });

  it('simulates within five standard errors of the exact answer, whatever is added up exactly', () => {
    fc.assert(
      fc.property(uncertain, fc.constantFrom<(0 | 1 | 2)[]>(0, 1, 2), ({ plain, probability }, exact_failures) => {
        const { graph } = toGraph(plain);
        const edges = Array.from(
          graph.edgeRisk,
          (risk, edge): UncertainEdge => ({
            a: graph.edgeFrom[edge]!,
            b: graph.edgeTo[edge]!,
            unavailability: [...probability.values()][risk]!,
            group: risk,
          }),
        );
        const network = new TwoTerminalNetwork(0, plain.nodeCount - 1, edges);
        const exact = exactUnavailability(network, 1000)!;
        const simulated = simulateUnavailability(network, { seed: 7, samples: 2000, exact_failures });
        expect(Math.abs(simulated.unavailability - exact)).toBeLessThanOrEqual(5 * simulated.standard_error + 1e-12);
      }),
      { numRuns: 250, seed: 11 },
    );
  });

  it('simulates rare failures to a fraction of a percent, and the same way each time', () => {
    const q = 1e-4;
    const options = { seed: 1, samples: 10_000 };
    const simulated = simulateUnavailability(wheatstone(q), { ...options, exact_failures: 1 });
    const expected = 2 * q ** 2 + 2 * q ** 3 - 5 * q ** 4 + 2 * q ** 5;
    expect(simulated.standard_error / expected).toBeLessThan(0.03);
    expect(Math.abs(simulated.unavailability - expected)).toBeLessThan(4 * simulated.standard_error);
    expect(simulateUnavailability(wheatstone(q), { ...options, exact_failures: 1 })).toEqual(simulated);
    // With pairs added up, what is left to draw is a millionth of the answer.
    expect(simulateUnavailability(wheatstone(q), options).standard_error / expected).toBeLessThan(1e-4);
  });

  it('sees that source and sink are apart though each has edges', () => {
    const apart = new TwoTerminalNetwork(0, 3, [...cycle(0, 1), ...cycle(3, 4)]);
    expect(simulateUnavailability(apart, { seed: 1, samples: 10 })).toEqual({ unavailability: 1, standard_error: 0 });
  });

  it('says that it simulated when the exact answer takes too long', () => {
    const network = sketch([
      ['VT', 'A', 10],
      ['VT', 'B', 10],
      ['A', 'B', 10],
      ['A', 'C', 10],
      ['B', 'C', 10],
    ]);
    const options = { seed: 3, samples: 5000, exact_budget: 0 };
    const [answer] = targetAvailabilities(network.graph, [network.target('C')], buried(network), options);
    const q = 2.13e-2 * (12 / 8760);
    expect(answer).toMatchObject({ method: 'monte_carlo' });
    expect(answer!.standard_error).toBeGreaterThan(0);
    expect(answer!.unavailability / (2 * q ** 2)).toBeCloseTo(1, 3);
  });
});
