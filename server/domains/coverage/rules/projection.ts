/** Between lon/lat (WGS84) and the metres of the grid's zone, for plain rings and points. Axis order: lon, lat and east, north. */
import { projectToVn2000, unprojectFromVn2000 } from '../../../platform/geo/index.ts';

export interface Projector {
  /** lon, lat in degrees → east, north in metres. */
  forward: (lon: number, lat: number) => [number, number];
  /** east, north in metres → lon, lat in degrees. */
  inverse: (east_m: number, north_m: number) => [number, number];
}

/** GeoJSON MultiPolygon coordinates: polygons of rings of [lon, lat]; the first ring is the exterior. */
export type LonLatMultiPolygon = number[][][][];
/** A ring in metres, flat [e0, n0, e1, n1, …]; a closing point equal to the first is allowed, not needed. */
export type Ring = Float64Array;
/** The rings of one polygon in metres, exterior first. */
export type Polygon = Ring[];

/** The projector of a VN-2000 zone by its EPSG code, such as 9208. An unknown code throws on first use. */
export const projectorFor = (srid: number): Projector => ({
  forward: (lon, lat) => {
    const { easting_m, northing_m } = projectToVn2000(lon, lat, srid);
    return [easting_m, northing_m];
  },
  inverse: (easting_m, northing_m) => {
    const { lon, lat } = unprojectFromVn2000({ easting_m, northing_m }, srid);
    return [lon, lat];
  },
});

function projectRing(ring: readonly number[][], projector: Projector): Ring {
  const flat = new Float64Array(ring.length * 2);
  ring.forEach((point, i) => {
    const [lon, lat] = point;
    if (lon === undefined || lat === undefined) throw new RangeError('a ring has a point without lon and lat');
    flat.set(projector.forward(lon, lat), i * 2);
  });
  return flat;
}

/** The polygons of a MultiPolygon in metres. */
export const projectMultiPolygon = (polygons: LonLatMultiPolygon, projector: Projector): Polygon[] =>
  polygons.map((rings) => rings.map((ring) => projectRing(ring, projector)));

/**
 * Meridian convergence at a point, degrees: the bearing of true north on the grid, positive when true north lies
 * clockwise of grid north. Azimuths of antennas are from true north, the grid is not: 0.3° at a zone's edge.
 */
export function gridBearingOfNorth(lon: number, lat: number, projector: Projector): number {
  const [e0, n0] = projector.forward(lon, lat);
  const [e1, n1] = projector.forward(lon, lat + 0.01);
  return (Math.atan2(e1 - e0, n1 - n0) * 180) / Math.PI;
}

/** Twice the signed area of a flat ring, m²: positive when counter-clockwise. */
export function doubledArea(ring: ArrayLike<number>): number {
  let sum = 0;
  const { length } = ring;
  for (let i = 0, j = length - 2; i < length; j = i, i += 2) {
    sum += (ring[j] ?? 0) * (ring[i + 1] ?? 0) - (ring[i] ?? 0) * (ring[j + 1] ?? 0);
  }
  return sum;
}

/** Planar area of a polygon less its holes, m², whatever the orientation of its rings. */
export const polygonArea = (polygon: Polygon): number =>
  polygon.reduce((area, ring, i) => area + ((i === 0 ? 1 : -1) * Math.abs(doubledArea(ring))) / 2, 0);
