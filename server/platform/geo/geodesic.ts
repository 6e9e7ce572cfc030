/**
 * Distances on the WGS84 ellipsoid between plain positions, without a projection: the antimeridian and the poles are not special.
 *
 * The chord through the earth between two points of the ellipsoid is exact; the arc over it is taken on a sphere of the mean
 * radius, which matters only as far as arc and chord differ. Against the geodesic (PROJ): within 2e-7 up to 110 km, 2e-5 up to
 * 1,200 km; 5 % to the other side of the earth.
 */

/** [lon, lat] in degrees (EPSG:4326). */
export type LonLat = readonly [number, number];

/** Semi-major axis and squared eccentricity of WGS84. */
const AXIS_M = 6_378_137;
const E2 = 0.006_694_379_990_14;
/** Mean radius (IUGG R1), metres. */
const MEAN_RADIUS_M = 6_371_008.8;

const RADIANS = Math.PI / 180;

/** Earth-centred position of a point on the ellipsoid, metres. */
export function earthCentred([lon, lat]: LonLat): [x: number, y: number, z: number] {
  const sine = Math.sin(lat * RADIANS);
  const acrossM = AXIS_M / Math.sqrt(1 - E2 * sine * sine);
  const ringM = acrossM * Math.cos(lat * RADIANS);
  return [ringM * Math.cos(lon * RADIANS), ringM * Math.sin(lon * RADIANS), acrossM * (1 - E2) * sine];
}

/** Length of the arc over a chord, metres. */
export function arcOverChord(chord_m: number): number {
  return 2 * MEAN_RADIUS_M * Math.asin(Math.min(1, chord_m / (2 * MEAN_RADIUS_M)));
}

/** The chord under an arc, metres: what {@link arcOverChord} takes back. Half around the earth and more: all of it. */
export function chordUnderArc(arc_m: number): number {
  const half = arc_m / (2 * MEAN_RADIUS_M);
  return half < Math.PI / 2 ? 2 * MEAN_RADIUS_M * Math.sin(half) : Number.POSITIVE_INFINITY;
}

/** Distance in metres; across the antimeridian the short way. */
export function geodesicM(from: LonLat, to: LonLat): number {
  const [x1, y1, z1] = earthCentred(from);
  const [x2, y2, z2] = earthCentred(to);
  return arcOverChord(Math.hypot(x2 - x1, y2 - y1, z2 - z1));
}

/** Length of a line in metres; 0 for fewer than two positions. */
export function lineLengthM(line: readonly LonLat[]): number {
  let sum = 0;
  for (let at = 1; at < line.length; at++) sum += geodesicM(line[at - 1]!, line[at]!);
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
 * The point of a segment nearest to a position. The foot is found on the plane that touches the ellipsoid at the position, its
 * distance on the ellipsoid: for segments of some km that is exact to centimetres.
 */
export function nearestOnSegment(
  position: LonLat,
  start: LonLat,
  end: LonLat,
): { fraction: number; point: LonLat; distance_m: number } {
  const sine = Math.sin(position[1] * RADIANS);
  // A degree of longitude in degrees of latitude: the radii of curvature along the parallel and the meridian.
  const squeeze = (Math.cos(position[1] * RADIANS) * (1 - E2 * sine * sine)) / (1 - E2);
  const startX = longitudeStep(position[0], start[0]) * squeeze;
  const startY = start[1] - position[1];
  const stepX = longitudeStep(start[0], end[0]) * squeeze;
  const stepY = end[1] - start[1];
  const square = stepX ** 2 + stepY ** 2;
  const fraction = square === 0 ? 0 : Math.min(1, Math.max(0, -(startX * stepX + startY * stepY) / square));
  const point = along(start, end, fraction);
  return { fraction, point, distance_m: geodesicM(position, point) };
}
