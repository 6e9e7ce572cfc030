import { describe, expect, it } from 'vitest';
import { type ComparedPoint, type ModelledSquare, PointComparison } from './compare-points.ts';

const at = (
  level_dbm: number,
  modelled: ModelledSquare | null,
  changes: Partial<ComparedPoint> = {},
): ComparedPoint => ({
  commune_id: 1,
  operator: 'VIETTEL',
  technology: '4G',
  lon: 105 + level_dbm / 1_000,
  lat: 21,
  level_dbm,
  day: '2025-11-10',
  modelled,
  ...changes,
});
const covered = (level_dbm: number): ModelledSquare => ({ level_dbm, covered: true });
const uncovered = (level_dbm: number | null): ModelledSquare => ({ level_dbm, covered: false });

function compare(points: readonly ComparedPoint[]): PointComparison {
  const comparison = new PointComparison({ '4G': -110, '2G': -95 });
  for (const point of points) comparison.add(point);
  return comparison;
}

describe('measured points beside the model', () => {
  const points = [
    at(-90, covered(-95)),
    at(-110, covered(-98)),
    at(-111, covered(-99), { day: '2025-11-09' }),
    at(-120, covered(-97), { day: '2025-11-12' }),
    at(-100, uncovered(-105)),
    at(-125, uncovered(null)),
    at(-80, null),
  ];

  it('are counted once each, below only under the threshold, and the lowest one is told with its place', () => {
    const [commune] = compare(points).communes();
    expect(commune).toMatchObject({
      commune_id: 1,
      operator: 'VIETTEL',
      technology: '4G',
      points: 7,
      below: 3,
      median_dbm: -110,
      points_in_grid: 6,
      modelled_points: 5,
      first: '2025-11-09',
      last: '2025-11-12',
      covered_points: 4,
      covered_below: 2,
      lowest: { level_dbm: -120, lat: 21 },
    });
    expect(commune?.lowest?.lon).toBeCloseTo(104.88, 9);
    // Modelled less measured: −5, 12, 12, 23, −5.
    expect(commune?.mean_error_db).toBeCloseTo(37 / 5, 12);
    expect(commune?.sd_error_db).toBeCloseTo(Math.sqrt((12.4 ** 2 * 2 + 4.6 ** 2 * 2 + 15.6 ** 2) / 4), 12);
  });

  it('are judged by operator and technology over all communes, points outside every commune too', () => {
    const comparison = compare([
      ...points,
      at(-90, covered(-91), { commune_id: null }),
      at(-96, covered(-80), { technology: '2G', commune_id: 2 }),
    ]);
    expect(comparison.statistics()).toMatchObject([
      { operator: 'VIETTEL', technology: '2G', points: 1, covered_below: 1, mean_error_db: 16, sd_error_db: null },
      {
        operator: 'VIETTEL',
        technology: '4G',
        points: 7,
        modelled_points: 6,
        covered_points: 5,
        covered_below: 2,
        uncovered_above: 1,
      },
    ]);
    expect(comparison.communes().map(({ commune_id, technology }) => [commune_id, technology])).toEqual([
      [1, '4G'],
      [2, '2G'],
    ]);
  });

  it('are nothing when there are none', () => {
    expect(compare([]).communes()).toEqual([]);
    expect(compare([]).statistics()).toEqual([]);
  });
});
