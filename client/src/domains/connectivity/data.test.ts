import { describe, expect, it } from 'vitest';
import type { DistrictConnectivity } from '../../../../server/contract/connectivity.ts';
import { spanStatesOf } from './data.ts';

function district(id: number, bridges: number[][], paths: number[][]): DistrictConnectivity {
  return {
    id,
    code: String(id),
    name: `Huyện ${id}`,
    centre_name: null,
    lon: null,
    lat: null,
    status: bridges.length > 0 ? 'single' : 'dual',
    bridges: bridges.map((span_ids) => ({ span_ids, route_group: null, label: '' })),
    paths: paths.map((span_ids) => ({ span_ids, hops: span_ids.length, length_km: 1 })),
    edge_disjoint: null,
    node_disjoint: null,
    availability: null,
    paths_disjoint: bridges.length === 0,
  };
}

describe('spanStatesOf', () => {
  const single = district(1, [[7], [8, 9]], [[5, 7, 8]]);
  const dual = district(
    2,
    [],
    [
      [1, 2],
      [3, 4],
    ],
  );

  it('marks every span of every single cut, whatever is selected', () => {
    const states = spanStatesOf([single, dual], null);
    expect([...states.keys()].sort((a, b) => a - b)).toEqual([7, 8, 9]);
    expect(states.get(8)).toEqual({ bridge: true });
  });

  it('numbers the paths of the selected district and keeps the single cuts', () => {
    expect(spanStatesOf([single, dual], dual).get(3)).toEqual({ path: 2 });
    expect(spanStatesOf([single, dual], single).get(7)).toEqual({ bridge: true, path: 1 });
  });
});
