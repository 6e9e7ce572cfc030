import type { FeatureCollection, Point } from 'geojson';
import type { MeasurementPoint } from '../../../../server/contract/coverage-evidence.ts';
import { measuredColours } from '../../map/palette.ts';

/** Decibels about the threshold where a class of measured levels begins; the first has no lower bound. */
export const measuredBounds_db = [-10, 0, 10] as const;

/** The class of a measured level: 0 far below the threshold, 1 below, 2 above, 3 far above. */
export function measuredClass(level_dbm: number, threshold_dbm: number): number {
  return measuredBounds_db.findLastIndex((bound) => level_dbm - threshold_dbm >= bound) + 1;
}

export type MeasuredPoint = Pick<MeasurementPoint, 'id' | 'lon' | 'lat' | 'level_dbm'> &
  Partial<Pick<MeasurementPoint, 'modelled_dbm' | 'measured_at'>>;

export interface MeasuredClass {
  index: number;
  /** dBm; null: open on that side. */
  from_dbm: number | null;
  to_dbm: number | null;
  colour: string;
  count: number;
}

/** The classes of measured levels, strongest first, each with how many points it has. */
export function measuredClasses(points: readonly MeasuredPoint[], threshold_dbm: number): MeasuredClass[] {
  const counts = [0, 0, 0, 0];
  for (const { level_dbm } of points) {
    const index = measuredClass(level_dbm, threshold_dbm);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const edge = (bound: number | undefined): number | null => (bound === undefined ? null : threshold_dbm + bound);
  return measuredColours
    .map((colour, index) => ({
      index,
      from_dbm: edge(measuredBounds_db[index - 1]),
      to_dbm: edge(measuredBounds_db[index]),
      colour,
      count: counts[index] ?? 0,
    }))
    .reverse();
}

/** The points as the map takes them, each with its class. */
export function measuredFeatures(
  points: readonly MeasuredPoint[],
  threshold_dbm: number,
): FeatureCollection<Point, { cls: number } & Pick<MeasuredPoint, 'level_dbm' | 'modelled_dbm' | 'measured_at'>> {
  return {
    type: 'FeatureCollection',
    features: points.map(({ id, lon, lat, ...rest }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: {
        cls: measuredClass(rest.level_dbm, threshold_dbm),
        level_dbm: rest.level_dbm,
        modelled_dbm: rest.modelled_dbm ?? null,
        measured_at: rest.measured_at ?? '',
      },
    })),
  };
}
