import type { FibrePath } from '../../contract/index.ts';
import type { LonLat } from '../../platform/geo/geodesic.ts';

type Bounds = FibrePath['bbox'];
interface Drawn {
  id: number;
  coordinates: readonly LonLat[];
}

/** Gives west, south, east and north of spans as they are drawn, so that a map can show them whole; null for none. */
export function spanBounds({ spans }: { spans: readonly Drawn[] }): (span_ids: readonly number[]) => Bounds {
  const courses = new Map<number, readonly LonLat[]>(spans.map(({ id, coordinates }) => [id, coordinates]));
  return (span_ids) => {
    let bounds: Bounds = null;
    for (const [lon, lat] of span_ids.flatMap((id) => courses.get(id) ?? [])) {
      const [west, south, east, north]: NonNullable<Bounds> = bounds ?? [lon, lat, lon, lat];
      bounds = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
    }
    return bounds;
  };
}
