import type { MultiPolygon, Position } from 'geojson';
import { isObject } from './json-values.ts';

/** A fault of a geometry: stable code and a sentence. */
export interface GeometryFault {
  code: string;
  reason: string;
  value: unknown;
  proposal?: string;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; fault: GeometryFault };

/** What was mended: `rings_rewound`, `rings_closed`, and the number of `vertices` kept. */
export type MendCounts = Record<string, number>;

const fault = (
  code: string,
  reason: string,
  value: unknown,
  proposal?: string,
): { ok: false; fault: GeometryFault } => ({
  ok: false,
  fault: { code, reason, value, ...(proposal === undefined ? {} : { proposal }) },
});

/** A position in lon/lat degrees; a height is dropped. Tells metres and swapped coordinates of Vietnam apart from nonsense. */
export function checkPosition(value: unknown): Checked<[number, number]> {
  if (!Array.isArray(value) || value.length < 2)
    return fault('not_a_position', 'A position needs two numbers, lon and lat', value);
  const [lon, lat] = value as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat)) {
    return fault('not_a_position', 'A position needs two finite numbers, lon and lat', value);
  }
  if (Math.abs(lon) > 1_000 && Math.abs(lat) > 1_000) {
    return fault('metres_not_degrees', 'Coordinates are metres, not degrees of longitude and latitude', value);
  }
  if (lon >= 7 && lon <= 24 && lat >= 102 && lat <= 118) {
    return fault('lat_lon_swapped', 'Latitude and longitude are swapped', value, `[${lat}, ${lon}]`);
  }
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) {
    return fault('out_of_range', 'Longitude must be within ±180 and latitude within ±90 degrees', value);
  }
  return { ok: true, value: [lon, lat] };
}

export function checkPoint(value: unknown): Checked<{ type: 'Point'; coordinates: [number, number] }> {
  if (!isObject(value) || value['type'] !== 'Point')
    return fault('not_a_point', 'A point is needed: a GeoJSON Point, in CSV POINT (lon lat)', value);
  const position = checkPosition(value['coordinates']);
  return position.ok ? { ok: true, value: { type: 'Point', coordinates: position.value } } : position;
}

export function checkLineString(value: unknown): Checked<{ type: 'LineString'; coordinates: Position[] }> {
  if (!isObject(value) || value['type'] !== 'LineString' || !Array.isArray(value['coordinates'])) {
    return fault(
      'not_a_line',
      'A line is needed: a GeoJSON LineString, in CSV LINESTRING (lon lat, lon lat, …)',
      value,
    );
  }
  const coordinates: Position[] = [];
  for (const raw of value['coordinates'] as unknown[]) {
    const position = checkPosition(raw);
    if (!position.ok) return position;
    coordinates.push(position.value);
  }
  if (new Set(coordinates.map((at) => at.join())).size < 2) {
    return fault('line_too_short', 'A line needs two different positions', value);
  }
  return { ok: true, value: { type: 'LineString', coordinates } };
}

/**
 * A Polygon or MultiPolygon as a MultiPolygon with closed rings, exterior counter-clockwise and holes clockwise (RFC 7946).
 * What was mended is added to `counts`.
 */
export function checkMultiPolygon(value: unknown, counts: MendCounts): Checked<MultiPolygon> {
  if (!isObject(value)) return fault('not_a_polygon', 'A GeoJSON Polygon or MultiPolygon is needed', value);
  const { type, coordinates } = value;
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) {
    return fault('not_a_polygon', 'A GeoJSON Polygon or MultiPolygon is needed', type);
  }
  const polygons: Position[][][] = [];
  for (const polygon of (type === 'Polygon' ? [coordinates] : coordinates) as unknown[]) {
    const rings = checkRings(polygon, counts);
    if (!rings.ok) return rings;
    polygons.push(rings.value);
  }
  if (polygons.length === 0) return fault('empty_geometry', 'The polygon is empty', type);
  return { ok: true, value: { type: 'MultiPolygon', coordinates: polygons } };
}

function checkRings(polygon: unknown, counts: MendCounts): Checked<Position[][]> {
  if (!Array.isArray(polygon) || polygon.length === 0)
    return fault('empty_geometry', 'A polygon without rings', polygon);
  const rings: Position[][] = [];
  for (const raw of polygon as unknown[]) {
    const ring = checkRing(raw, counts);
    if (!ring.ok) return ring;
    const area = signedArea(ring.value);
    if (area === 0) return fault('ring_without_area', 'A ring encloses no area', raw);
    const wantsPositive = rings.length === 0;
    if (area > 0 !== wantsPositive) {
      ring.value.reverse();
      add(counts, 'rings_rewound', 1);
    }
    rings.push(ring.value);
  }
  return { ok: true, value: rings };
}

function checkRing(raw: unknown, counts: MendCounts): Checked<Position[]> {
  if (!Array.isArray(raw)) return fault('not_a_polygon', 'A ring is not a list of positions', raw);
  const ring: Position[] = [];
  for (const value of raw as unknown[]) {
    const position = checkPosition(value);
    if (!position.ok) return position;
    ring.push(position.value);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) {
    ring.push([...first]);
    add(counts, 'rings_closed', 1);
  }
  if (ring.length < 4) return fault('ring_too_short', 'A ring needs at least three different positions', raw);
  add(counts, 'vertices', ring.length);
  return { ok: true, value: ring };
}

/** Shoelace area in square degrees about the first position (keeps precision); positive when counter-clockwise. */
function signedArea(ring: Position[]): number {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let sum = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [x1 = 0, y1 = 0] = ring[index - 1] ?? [];
    const [x2 = 0, y2 = 0] = ring[index] ?? [];
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return sum / 2;
}

function add(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by;
}
