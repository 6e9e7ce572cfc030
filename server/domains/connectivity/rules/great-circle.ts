/**
 * Distances on the sphere between plain positions. Good to 0.5 % of the ellipsoid's, which is below the slack of any cable;
 * lengths that are reported as a span's own come from the row (`length_m`), not from here.
 */

/** [lon, lat] in degrees (EPSG:4326). */
export type LonLat = readonly [number, number];

/** Mean Earth radius (IUGG R1), metres. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RADIANS = Math.PI / 180;

/** Haversine distance in metres; across the antimeridian the short way. */
export function greatCircleM([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const halfLat = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const halfLon = Math.sin(((lon2 - lon1) * RADIANS) / 2);
  const h = halfLat ** 2 + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * halfLon ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Length of a line in metres; 0 for fewer than two positions. */
export function lineLengthM(line: readonly LonLat[]): number {
  let sum = 0;
  for (let at = 1; at < line.length; at++) sum += greatCircleM(line[at - 1]!, line[at]!);
  return sum;
}

/** Degrees of longitude from one meridian to another by the short way, -180 … 180. */
export function longitudeStep(from: number, to: number): number {
  const step = (to - from) % 360;
  return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

/** The position at a fraction (0…1) of a segment, straight in lon and lat; the short way across the antimeridian. */
export function along([lon1, lat1]: LonLat, [lon2, lat2]: LonLat, fraction: number): LonLat {
  return [lon1 + longitudeStep(lon1, lon2) * fraction, lat1 + (lat2 - lat1) * fraction];
}

/**
 * The point of a segment nearest to a position. The foot is found on the plane that touches the sphere at the position, its
 * distance on the sphere: for segments of some km that is exact to centimetres.
 */
export function nearestOnSegment(
  position: LonLat,
  start: LonLat,
  end: LonLat,
): { fraction: number; point: LonLat; distance_m: number } {
  const squeeze = Math.cos(position[1] * RADIANS);
  const startX = longitudeStep(position[0], start[0]) * squeeze;
  const startY = start[1] - position[1];
  const stepX = longitudeStep(start[0], end[0]) * squeeze;
  const stepY = end[1] - start[1];
  const square = stepX ** 2 + stepY ** 2;
  const fraction = square === 0 ? 0 : Math.min(1, Math.max(0, -(startX * stepX + startY * stepY) / square));
  const point = along(start, end, fraction);
  return { fraction, point, distance_m: greatCircleM(position, point) };
}
