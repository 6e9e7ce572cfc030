import { describe, expect, it } from 'vitest';
import type { Plan } from '../../connectivity/index.ts';
import { planPackage } from './plan-package.ts';

type PlanSpan = Plan['spans'][number];
/** Code, network and place of an end. */
type End = [code: string | null, network: string | null, at: [number, number]];

const spanOf = (no: number, [start_code, start_network, from]: End, [end_code, end_network, to]: End): PlanSpan => ({
  no,
  start_code,
  start_name: null,
  start_network,
  end_code,
  end_name: null,
  end_network,
  length_m: from.join() === to.join() ? 0 : 1_000,
  cost: 1_000,
  deployment: 'aerial',
  coordinates: [from, to],
});
const planOf = (spans: PlanSpan[]): Plan => ({
  goal: 'dual',
  view: 'together',
  operator: null,
  along: 'straight',
  deployment: 'aerial',
  max_hop_m: 40_000,
  cost_per_m: 1,
  currency: 'USD',
  cost_source: { vi: '', en: '' },
  spans,
  cost: 0,
  length_m: 0,
  exact: true,
  lower_bound: 0,
  factor: null,
  wanted: 1,
  impossible: [],
  candidates: 1,
  synthetic: false,
});
const packageOf = (spans: PlanSpan[]) => planPackage(planOf(spans), 'Plan', '2026-11-29');

describe('a plan as a package', () => {
  it('keeps nodes of one code in two networks apart, and the codes that only one has', () => {
    const [one, other, place]: End[] = [
      ['d', 'TwinA', [105.1, 21.1]],
      ['d', 'TwinB', [105.2, 21.2]],
      ['c', 'TwinA', [105.3, 21.3]],
    ];
    const [network] = packageOf([spanOf(1, one!, place!), spanOf(2, other!, place!)]).networks;
    expect(network?.nodes?.map(({ id, location }) => [id, (location as { coordinates: unknown }).coordinates])).toEqual(
      [
        ['TwinA/d', [105.1, 21.1]],
        ['c', [105.3, 21.3]],
        ['TwinB/d', [105.2, 21.2]],
      ],
    );
    expect(network?.spans?.map(({ start, end }) => [start, end])).toEqual([
      ['TwinA/d', 'c'],
      ['TwinB/d', 'c'],
    ]);
  });

  it('has one id for each node, whatever the codes are, and junctions by where they are', () => {
    const ends: End[] = [
      ['d', 'A', [105, 21]],
      ['d', 'B', [105, 22]],
      ['d', null, [105, 23]],
      ['A/d', 'B', [105, 24]],
      [null, null, [105, 25]],
      ['J-105.000000-25.000000', 'A', [105, 26]],
    ];
    const [network] = packageOf(ends.slice(1).map((end, at) => spanOf(at + 1, ends[at]!, end))).networks;
    const ids = network?.nodes?.map(({ id }) => id);
    expect(ids).toEqual(['A/d/2', 'B/d', 'd', 'A/d', 'J-105.000000-25.000000', 'A/J-105.000000-25.000000']);
    expect(network?.spans?.flatMap(({ end }) => end)).toEqual(ids?.slice(1));
  });

  it('has no course for a span between two nodes at one place, and says what it is', () => {
    const [network] = packageOf([
      spanOf(1, ['d', 'TwinA', [105.1, 21.1]], ['d', 'TwinB', [105.1, 21.1]]),
      spanOf(2, ['d', 'TwinB', [105.1, 21.1]], ['c', 'TwinA', [105.3, 21.3]]),
    ]).networks;
    const [patch, cable] = network?.spans ?? [];
    expect([patch?.['route'], patch?.['name']]).toEqual([
      undefined,
      'Đấu nối giữa hai nút ở cùng một chỗ, không kéo cáp / A patch between two nodes at one place, no cable',
    ]);
    expect([cable?.['route'] !== undefined, cable?.['name']]).toEqual([true, undefined]);
  });
});
