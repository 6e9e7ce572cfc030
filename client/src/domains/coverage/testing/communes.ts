import type { CommuneCoverage } from '../../../../../server/contract/wire.ts';

/** A commune of 1,000 people on 10 km², half of it covered, with some values of its own. */
export function communeOf(id: number, values: Partial<CommuneCoverage> = {}): CommuneCoverage {
  return {
    id,
    code: String(id),
    name: `Xã ${id}`,
    district_code: null,
    district_name: null,
    population: 1_000,
    people_covered: 500,
    pct_pop: 50,
    area_km2: 10,
    area_covered_km2: 5,
    pct_area: 50,
    people_at_least: 500,
    area_at_least_km2: 5,
    people_low: 400,
    people_high: 600,
    area_low_km2: 4,
    area_high_km2: 6,
    pct_terrain: 100,
    centre_covered: true,
    status: 'partial',
    unknown_reason: null,
    ...values,
  };
}
