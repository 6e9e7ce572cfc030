/**
 * What a flood or a landslide takes: every span that crosses or touches an area, and every node in it.
 *
 * The area is a GeoJSON polygon as drawn on the map, so its sides, like the spans, are straight in lon and lat. Longitudes are
 * read as the nearest turn to the area's own, so an area across the antimeridian works from either side.
 */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { unwrapped } from '../../../platform/geo/antimeridian.ts';
import { type LonLat, longitudeStep } from '../../../platform/geo/geodesic.ts';
import type { Cut } from './cut.ts';
import { crossing } from './self-crossing.ts';

export interface PlacedNode {
  id: number;
  lon: number | null;
  lat: number | null;
}

export interface DrawnSpan {
  id: number;
  coordinates: readonly LonLat[] | null;
}

/** A polygon with its first ring outside and the others holes, and its box. */
interface FlatPolygon {
  rings: LonLat[][];
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * Ids of the spans and nodes that fail. Rows without geometry stay: nobody knows where they are.
 *
 * @throws RangeError when a ring is not closed, has fewer than four positions, a position is no number, or a side goes
 * around the whole world (the short way round it is no side at all)
 */
export function cutOfArea(
  area: Polygon | MultiPolygon,
  nodes: readonly PlacedNode[],
  spans: readonly DrawnSpan[],
): Required<Pick<Cut, 'spans' | 'nodes'>> {
  const polygons = (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).map(flatPolygon);
  const hits = (line: readonly LonLat[]) => polygons.some((polygon) => meets(polygon, line));
  return {
    nodes: nodes.flatMap(({ id, lon, lat }) => (lon !== null && lat !== null && hits([[lon, lat]]) ? [id] : [])),
    spans: spans.flatMap(({ id, coordinates }) => (coordinates !== null && hits(coordinates) ? [id] : [])),
  };
}

function flatPolygon(rings: readonly Position[][]): FlatPolygon {
  const flat = rings.map((ring) => {
    const positions = ring.map(([lon, lat]): LonLat => [lon ?? Number.NaN, lat ?? Number.NaN]);
    if (positions.length < 4)
      throw new RangeError(`a ring of the area has ${positions.length} positions, not four or more`);
    if (positions.flat().some((number) => !Number.isFinite(number)))
      throw new RangeError('a position of the area is no pair of numbers');
    const [first, last] = [positions[0]!, positions.at(-1)!];
    if (first[0] !== last[0] || first[1] !== last[1]) throw new RangeError('a ring of the area is not closed');
    if (positions.some(([lon], at) => at > 0 && Math.abs(lon - positions[at - 1]![0]) >= 360))
      throw new RangeError('a side of the area goes around the whole world');
    return unwrapped(positions);
  });
  const outer = flat[0] ?? [];
  const lons = outer.map(([lon]) => lon);
  const lats = outer.map(([, lat]) => lat);
  return {
    rings: flat,
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

/** A single position counts as a line of no length. */
function meets(polygon: FlatPolygon, line: readonly LonLat[]): boolean {
  if (polygon.rings.length === 0 || line.length === 0 || isFarFrom(polygon, line)) return false;
  const near = turnedTo(polygon, line);
  if (isBeside(polygon, near)) return false;
  if (near.some((position) => contains(polygon, position))) return true;
  for (let at = 0; at + 1 < near.length; at++) {
    if (isBeside(polygon, [near[at]!, near[at + 1]!])) continue;
    for (const ring of polygon.rings) {
      for (let side = 0; side + 1 < ring.length; side++) {
        if (crossing(near[at]!, near[at + 1]!, ring[side]!, ring[side + 1]!) !== null) return true;
      }
    }
  }
  return false;
}

/** A quick look without copies, which settles nearly every line; false where a turn of longitudes is in play. */
function isFarFrom({ west, south, east, north }: FlatPolygon, line: readonly LonLat[]): boolean {
  let [minLon, maxLon, minLat, maxLat] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const position of line) {
    if (position[0] < minLon) minLon = position[0];
    if (position[0] > maxLon) maxLon = position[0];
    if (position[1] < minLat) minLat = position[1];
    if (position[1] > maxLat) maxLat = position[1];
  }
  if (maxLat < south || minLat > north) return true;
  return (
    west >= -180 &&
    east <= 180 &&
    minLon >= -180 &&
    maxLon <= 180 &&
    maxLon - minLon <= 180 &&
    (maxLon < west || minLon > east)
  );
}

/** The line on the turn of longitudes that lies nearest to the polygon; itself where that is its own. */
function turnedTo({ west, east }: FlatPolygon, line: readonly LonLat[]): readonly LonLat[] {
  const flat = unwrapped(line);
  const middle = (west + east) / 2;
  const turn = Math.round((middle + longitudeStep(middle, flat[0]![0]) - flat[0]![0]) / 360) * 360;
  return turn === 0 ? flat : flat.map(([lon, lat]): LonLat => [lon + turn, lat]);
}

function isBeside({ west, south, east, north }: FlatPolygon, line: readonly LonLat[]): boolean {
  return (
    line.every(([lon]) => lon < west) ||
    line.every(([lon]) => lon > east) ||
    line.every(([, lat]) => lat < south) ||
    line.every(([, lat]) => lat > north)
  );
}

/** By the even-odd rule over all rings, so holes are outside; the border is inside. */
function contains({ rings }: FlatPolygon, [lon, lat]: LonLat): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let side = 0; side + 1 < ring.length; side++) {
      const [[lon1, lat1], [lon2, lat2]] = [ring[side]!, ring[side + 1]!];
      const turn = (lon2 - lon1) * (lat - lat1) - (lat2 - lat1) * (lon - lon1);
      const within = (lon - lon1) * (lon - lon2) <= 0 && (lat - lat1) * (lat - lat2) <= 0;
      if (turn === 0 && within) return true;
      if (lat1 > lat !== lat2 > lat && turn > 0 === lat2 > lat1) inside = !inside;
    }
  }
  return inside;
}
