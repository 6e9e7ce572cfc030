import type { CommuneCoverage, CommuneCoverageList } from '../../../../server/contract/wire.ts';

const percentOf = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : null;

/**
 * Sums over communes with a known status, as the server sums the whole province: unknown communes are in neither
 * numerator nor denominator. For the communes of one district, which the page has already.
 */
export function sumCoverage(items: readonly CommuneCoverage[]): CommuneCoverageList['totals'] {
  const known = items.filter((item) => item.status !== 'unknown');
  const sum = (value: (item: CommuneCoverage) => number | null): number =>
    known.reduce((total, item) => total + (value(item) ?? 0), 0);
  const population = sum((item) => item.population);
  const people_covered = sum((item) => item.people_covered);
  const area_km2 = sum((item) => item.area_km2);
  const area_covered_km2 = sum((item) => item.area_covered_km2);
  return {
    population,
    people_covered,
    people_low: sum((item) => item.people_low ?? item.people_covered),
    people_high: sum((item) => item.people_high ?? item.people_covered),
    pct_pop: percentOf(people_covered, population),
    area_km2,
    area_covered_km2,
    area_low_km2: sum((item) => item.area_low_km2 ?? item.area_covered_km2),
    area_high_km2: sum((item) => item.area_high_km2 ?? item.area_covered_km2),
    pct_area: percentOf(area_covered_km2, area_km2),
    communes: items.length,
    communes_covered: known.filter((item) => item.status === 'covered').length,
    communes_centre_covered: known.filter((item) => item.centre_covered).length,
    communes_unknown: items.length - known.length,
  };
}
