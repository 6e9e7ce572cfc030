import { describe, expect, it } from 'vitest';
import type { CommunePoints } from './compare-points.ts';
import {
  type ComparedClaim,
  declaresCovered,
  findDisagreements,
  isClaimedNotModelled,
  type ModelledCommune,
  modelledKey,
} from './disagreements.ts';

const claim = (changes: Partial<ComparedClaim> = {}): ComparedClaim => ({
  commune_id: 1,
  operator: 'VIETTEL',
  technology: '4G',
  covered: true,
  pct_pop: null,
  as_of: '2025-12-31',
  source: 'CV 12',
  ...changes,
});
const modelled = (status: ModelledCommune['status'], people_covered: number | null = 400): ModelledCommune => ({
  status,
  pct_pop: people_covered === null ? null : people_covered / 10,
  people_covered,
  population: 1_000,
});

describe('a claim', () => {
  it('says covered in words, or by a share of at least 95 %', () => {
    expect(declaresCovered(claim(), 95)).toBe(true);
    expect(declaresCovered(claim({ covered: false, pct_pop: 94.9 }), 95)).toBe(false);
    expect(declaresCovered(claim({ covered: false, pct_pop: 95 }), 95)).toBe(true);
    expect(declaresCovered(claim({ covered: true, pct_pop: 40 }), 95)).toBe(true);
  });

  it.each([
    ['partial', true],
    ['uncovered', true],
    ['covered', false],
    ['unknown', false],
  ] as const)('of a commune that is %s as modelled disagrees: %s', (status, disagrees) => {
    expect(isClaimedNotModelled(claim(), modelled(status), 95)).toBe(disagrees);
    expect(isClaimedNotModelled(claim({ covered: false }), modelled(status), 95)).toBe(false);
  });

  it('of what was not computed contradicts nothing', () => {
    expect(isClaimedNotModelled(claim(), undefined, 95)).toBe(false);
  });
});

const place = (id: number) => ({
  id,
  code: `0000${id}`,
  name: `Xã ${id}`,
  district_name: null,
  lon: 105 + id,
  lat: 21,
});
const tally = (commune_id: number, covered_below: number): CommunePoints => ({
  commune_id,
  operator: 'VIETTEL',
  technology: '4G',
  points: 10,
  below: covered_below,
  median_dbm: -90,
  modelled_points: 10,
  mean_error_db: 1,
  sd_error_db: 6,
  first: '2025-11-10',
  last: '2025-11-10',
  points_in_grid: 10,
  covered_points: 8,
  covered_below,
  lowest: covered_below > 0 ? { level_dbm: -121, lon: 105.5, lat: 21.5 } : null,
});

describe('disagreements', () => {
  const found = findDisagreements({
    claims: [claim(), claim({ commune_id: 2 }), claim({ commune_id: 3 }), claim({ commune_id: 9 })],
    points: [tally(1, 2), tally(2, 0), tally(3, 5), tally(4, 1)],
    communes: new Map([1, 2, 3, 4].map((id) => [id, place(id)])),
    modelled: new Map(
      [
        [1, modelled('partial', 900)],
        [2, modelled('uncovered', 0)],
        [3, modelled('covered', 1_000)],
        [9, modelled('partial', 100)],
      ].map(([id, of]) => [modelledKey(claim({ commune_id: id as number })), of as ModelledCommune]),
    ),
    threshold_dbm: { '4G': -110 },
    covered_from_pct: 95,
  });

  it('are one row a commune, operator and technology of each kind, the weightiest of a kind first', () => {
    expect(found.map(({ id, kind, commune_id }) => [id, kind, commune_id])).toEqual([
      [1, 'claimed_not_modelled', 2],
      [2, 'claimed_not_modelled', 1],
      [3, 'modelled_not_measured', 3],
      [4, 'modelled_not_measured', 1],
      [5, 'modelled_not_measured', 4],
    ]);
  });

  it('say what was declared and modelled, or how many points there are, how many below, and where the lowest is', () => {
    expect(found[1]).toMatchObject({
      population: 1_000,
      people_covered: 900,
      pct_pop: 90,
      status: 'partial',
      declared_as_of: '2025-12-31',
      declared_source: 'CV 12',
      points: null,
      lon: 106,
    });
    expect(found[2]).toMatchObject({
      points: 8,
      points_below: 5,
      lowest_dbm: -121,
      threshold_dbm: -110,
      lon: 105.5,
      declared_as_of: null,
    });
    // Measured where nothing was computed for the commune: the model is unknown there, not uncovered.
    expect(found[4]).toMatchObject({ commune_code: '00004', status: 'unknown', population: null });
  });
});
