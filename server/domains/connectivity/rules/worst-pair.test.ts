import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutClasses } from './cut-classes.ts';
import { componentsOf } from './testing/components.ts';
import {
  oracleLengths,
  oracleTargetLength,
  type PlainNetwork,
  plainNetworks,
  riskName,
  toGraph,
} from './testing/random-network.ts';
import { sketch } from './testing/sketch.ts';
import { worstPair } from './worst-pair.ts';

/** Weight lost by the worst two risks, by trying all pairs. */
function oracleWorst(plain: PlainNetwork, weights: readonly number[]): number {
  const names = [...new Set(plain.spans.map((_, position) => riskName(plain, position)))];
  const before = oracleLengths(plain, () => true);
  const lossOf = (gone: readonly string[]) => {
    const after = oracleLengths(plain, (position) => !gone.includes(riskName(plain, position)));
    return plain.targets.reduce((sum, numbers, target) => {
      const isLost = oracleTargetLength(before, numbers) < Infinity && oracleTargetLength(after, numbers) === Infinity;
      return sum + (isLost ? weights[target]! : 0);
    }, 0);
  };
  return Math.max(0, ...names.flatMap((one) => names.map((other) => lossOf([one, other]))));
}

describe('worstPair', () => {
  it('cuts a ring on either side of the core', () => {
    const { graph, target, spanId } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['B', 'C'],
      ['C', 'VT'],
    ]);
    const targets = ['A', 'B', 'C'].map((name) => target(name));
    expect(worstPair(graph, targets)).toEqual({
      risks: [1, 4].map((position) => ({ span_ids: [spanId(position)], route_group: null })),
      lost_targets: 3,
      lost_weight: 3,
      exact: true,
      bound_weight: 3,
    });
  });

  it('takes two bridges of different branches, not two of one chain', () => {
    const { graph, target, spanId } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
      ['VT', 'C'],
    ]);
    const worst = worstPair(
      graph,
      ['A', 'B', 'C'].map((name) => target(name)),
    );
    expect(worst!.risks.flatMap((risk) => risk.span_ids)).toEqual([spanId(1), spanId(3)]);
    expect(worst!.lost_targets).toBe(3);
  });

  it('finds the duct that with one more span takes what neither takes alone', () => {
    const { graph, target } = sketch([
      ['VT', 'A', 1, 'duct'],
      ['VT', 'B', 1, 'duct'],
      ['VT', 'A', 1],
      ['A', 'B', 1],
      ['VT', 'C', 1],
    ]);
    const people = new Map([
      ['A', 10],
      ['B', 10],
      ['C', 12],
    ]);
    const targets = [...people.keys()].map((name) => target(name));
    const worst = worstPair(graph, targets, ({ code }) => people.get(code)!);
    expect(worst).toMatchObject({ lost_targets: 2, lost_weight: 20, exact: true });
    expect(worst!.risks.map((risk) => risk.route_group)).toEqual(['duct', null]);
  });

  it('names one risk when a second adds nothing, and null when nothing can be lost', () => {
    const { graph, target, spanId } = sketch([
      ['VT', 'A'],
      ['A', 'B'],
    ]);
    expect(worstPair(graph, [target('A'), target('B')])!.risks).toEqual([{ span_ids: [spanId(1)], route_group: null }]);
    expect(worstPair(graph, [target('VT')])).toBeNull();
    expect(worstPair(sketch([], []).graph, [])).toBeNull();
  });

  it('agrees with trying all pairs, with weights, groups, several cores and targets of several nodes', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(plainNetworks(8, 13), weights, (plain, people) => {
        const { graph, targets } = toGraph(plain);
        const worst = worstPair(graph, targets, (target) => people[targets.indexOf(target)]!);
        const expected = oracleWorst(plain, people);
        expect(worst?.lost_weight ?? 0).toBe(expected);
        if (worst !== null) expect(worst).toMatchObject({ exact: true, bound_weight: expected });
      }),
      { numRuns: 1000 },
    );
  });

  it('on a spent budget gives what it found so far with a bound, though that be nothing', () => {
    // No risk alone and no two single spans isolate A: only the duct and the pole line together.
    const { graph, target } = sketch([
      ['VT', 'A', 1, 'duct'],
      ['VT', 'x', 1, 'duct'],
      ['VT', 'A', 1, 'poles'],
      ['A', 'x', 1],
      ['VT', 'x', 1, 'poles'],
    ]);
    expect(worstPair(graph, [target('A')])).toMatchObject({ lost_targets: 1, exact: true, bound_weight: 1 });
    const unknown = worstPair(graph, [target('A')], undefined, 3)!;
    expect(unknown).toMatchObject({ lost_targets: 0, lost_weight: 0, exact: false, bound_weight: 1 });
    expect(unknown.risks.map((risk) => risk.route_group)).toEqual(['duct']);
  });

  it('with little or no budget for groups still gives a pair, and a bound that holds; null only where no pair loses', () => {
    fc.assert(
      fc.property(plainNetworks(8, 13), fc.integer({ min: 0, max: 30 }), (plain, budget) => {
        const { graph, targets } = toGraph(plain);
        const worst = worstPair(graph, targets, undefined, budget);
        const expected = oracleWorst(
          plain,
          plain.targets.map(() => 1),
        );
        if (worst === null) {
          expect(expected).toBe(0);
          return;
        }
        expect(worst.risks.length).toBeGreaterThan(0);
        expect(worst.lost_weight).toBeLessThanOrEqual(expected);
        expect(worst.bound_weight).toBeGreaterThanOrEqual(expected);
        expect(worst.exact).toBe(worst.bound_weight === worst.lost_weight);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('cutClasses', () => {
  it('agrees with removing every two spans that are no bridges', () => {
    fc.assert(
      fc.property(plainNetworks(7, 11), (drawn) => {
        const plain = { ...drawn, cores: [0], spans: drawn.spans.map((span) => ({ ...span, group: null })) };
        const { graph } = toGraph(plain);
        const labels = componentsOf(plain, () => true);
        const pieces = (...gone: number[]) => new Set(componentsOf(plain, (position) => !gone.includes(position))).size;
        const whole = new Set(labels).size;
        const classOf = new Map(cutClasses(graph).flatMap((edges, at) => edges.map((edge) => [edge, at])));
        plain.spans.forEach((span, one) => {
          plain.spans.slice(0, one).forEach((_, other) => {
            const isCut = pieces(one) === whole && pieces(other) === whole && pieces(one, other) > whole;
            const together = classOf.has(one) && classOf.get(one) === classOf.get(other);
            expect(together).toBe(isCut && labels[span.u] === labels[0]);
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});
