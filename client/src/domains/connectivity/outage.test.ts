import { describe, expect, it } from 'vitest';
import type { CutResult, DistrictConnectivity, RiskRanking } from '../../../../server/contract/connectivity.ts';
import { outageOf, spanStatesOf } from './outage.ts';

function district(id: number, bridges: number[][], paths: number[][]): DistrictConnectivity {
  return {
    id,
    code: String(id),
    name: `Huyện ${id}`,
    centre_name: null,
    lon: null,
    lat: null,
    status: bridges.length > 0 ? 'single' : 'dual',
    length_km: 1,
    bridges: bridges.map((span_ids) => ({ span_ids, route_group: null, label: '' })),
    paths: paths.map((span_ids) => ({ span_ids, hops: span_ids.length, length_km: 1, bbox: null })),
    edge_disjoint: null,
    node_disjoint: null,
    availability: null,
    paths_shared: [],
    paths_disjoint: bridges.length === 0,
  };
}

const single = district(1, [[7], [8, 9]], [[5, 7, 8]]);
const dual = district(
  2,
  [],
  [
    [1, 2],
    [3, 4],
  ],
);

describe('what the map says of spans', () => {
  it('marks every span of every single cut, whatever is selected', () => {
    const states = spanStatesOf([single, dual], { selected: null });
    expect([...states.keys()].sort((a, b) => a - b)).toEqual([7, 8, 9]);
    expect(states.get(8)).toEqual({ bridge: true });
  });

  it('numbers the paths of the selected district and keeps the single cuts', () => {
    expect(spanStatesOf([single, dual], { selected: dual }).get(3)).toEqual({ path: 2 });
    expect(spanStatesOf([single, dual], { selected: single }).get(7)).toEqual({ bridge: true, path: 1 });
  });

  it('draws the new way of a district in the place of the paths of the selected one', () => {
    const states = spanStatesOf([single], { selected: dual, reroute: { span_ids: [8, 21] }, failed: [7] });
    expect(states.get(8)).toEqual({ bridge: true, path: 3 });
    expect(states.get(21)).toEqual({ path: 3 });
    expect([1, 2, 3, 4].map((id) => states.get(id))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('adds what fails to what the span is otherwise', () => {
    const states = spanStatesOf([single], { selected: single, failed: [7, 42] });
    expect(states.get(7)).toEqual({ bridge: true, path: 1, cut: true });
    expect(states.get(42)).toEqual({ cut: true });
    expect(states.get(5)).toEqual({ path: 1 });
  });
});

describe('the cut that is shown', () => {
  const districts = [single, dual];
  const result: CutResult = {
    lost: { district_centres: ['1'], communes: [], sites: 0, people: 0 },
    rerouted: [],
    cut: { spans: [7, 8], nodes: [] },
    unknown: { spans: [], route_groups: [], nodes: [] },
    lost_ids: { districts: [1], communes: [], sites: [] },
  };
  const risk = { span_ids: [8, 9], route_group: 'RG', label: '', communes: 0, people: 10 };
  const risks = {
    singles: [{ ...risk, rank: 1, district_centres: ['1'], length_km: 1 }],
    pair: {
      risks: [
        { span_ids: [1], route_group: null, label: '' },
        { span_ids: [3], route_group: null, label: '' },
      ],
      district_centres: ['2'],
      communes: 0,
      people: 10,
      exact: true,
      bound_people: 10,
    },
  } as unknown as RiskRanking;

  it('is nothing when nothing is cut', () => {
    expect(outageOf([null, null], { risks: null, spans: [], districts })).toEqual({ spans: [], districts: new Set() });
  });

  it('has the spans and districts of an answer, each once', () => {
    const outage = outageOf([result, result], { risks: null, spans: [], districts });
    expect(outage).toEqual({ spans: [7, 8], districts: new Set([1]) });
  });

  it('has those of the risk or the pair that is chosen', () => {
    expect(outageOf([], { risks, spans: [8, 9], districts })).toEqual({ spans: [8, 9], districts: new Set([1]) });
    expect(outageOf([], { risks, spans: [1, 3], districts })).toEqual({ spans: [1, 3], districts: new Set([2]) });
  });

  it('draws spans of a link that are no risk of the list, and isolates nobody by them', () => {
    expect(outageOf([], { risks, spans: [99], districts })).toEqual({ spans: [99], districts: new Set() });
  });

  it('is gone with the list of worst cuts', () => {
    expect(outageOf([], { risks: null, spans: [8, 9], districts }).spans).toEqual([]);
  });
});
