import { expect, it } from 'vitest';
import type { Suggestion } from '../../../../../server/contract/planning.ts';
import { takenOver, takenOverOnce } from './request.ts';

const suggestion = (change: Partial<Suggestion>): Suggestion => ({
  rank: 1,
  kind: 'new',
  site_id: null,
  site_code: null,
  lon: 105.1,
  lat: 21.3,
  commune_code: null,
  commune_name: null,
  antenna_height_m: 45,
  people_gained: 100,
  area_gained_km2: 1,
  nearest_mast_m: null,
  nearest_fibre_m: null,
  nearest_fibre_code: null,
  warnings: [],
  ...change,
});

it('takes a free point over as a new site, a mast as a station on it, and each only once', () => {
  const items = [suggestion({}), suggestion({ kind: 'own', site_id: 7 }), suggestion({ lon: 105.2 })];
  const changes = takenOverOnce(items, []);
  expect(changes).toEqual([
    { kind: 'add', lon: 105.1, lat: 21.3, antenna_height_m: 45 },
    { kind: 'add', site_id: 7, antenna_height_m: 45 },
    { kind: 'add', lon: 105.2, lat: 21.3, antenna_height_m: 45 },
  ]);
  expect(takenOverOnce(items, changes)).toEqual([]);
  expect(takenOverOnce(items, changes.slice(1))).toEqual([takenOver(items[0] as Suggestion)]);
});
