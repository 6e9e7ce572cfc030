import { describe, expect, it } from 'vitest';
import type { CommuneCoverage } from '../../../../server/contract/wire.ts';
import { sortCommunes } from './sort.ts';

function commune(name: string, pct_pop: number | null): CommuneCoverage {
  return {
    id: 0,
    code: name,
    name,
    district_code: null,
    district_name: null,
    population: null,
    people_covered: null,
    pct_pop,
    area_km2: null,
    area_covered_km2: null,
    pct_area: null,
    centre_covered: null,
    status: pct_pop === null ? 'unknown' : 'partial',
    unknown_reason: null,
  };
}

const names = (items: CommuneCoverage[]): string[] => items.map((item) => item.name);

describe('sortCommunes', () => {
  const items = [commune('Đại An', 40), commune('Dị Nậu', null), commune('An Đạo', 90), commune('Ấm Hạ', 40)];

  it('puts unknown last whichever way it sorts', () => {
    expect(names(sortCommunes(items, { column: 'pct_pop', descending: false })).at(-1)).toBe('Dị Nậu');
    expect(names(sortCommunes(items, { column: 'pct_pop', descending: true })).at(-1)).toBe('Dị Nậu');
  });

  it('breaks ties by name', () => {
    expect(names(sortCommunes(items, { column: 'pct_pop', descending: true }))).toEqual([
      'An Đạo',
      'Ấm Hạ',
      'Đại An',
      'Dị Nậu',
    ]);
  });

  it('sorts names in Vietnamese order: Đ after D', () => {
    const sorted = names(sortCommunes(items, { column: 'name', descending: false }));
    expect(sorted.indexOf('Đại An')).toBeGreaterThan(sorted.indexOf('Dị Nậu'));
  });
});
