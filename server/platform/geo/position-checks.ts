import proj4 from 'proj4';
import { projectToVn2000, unprojectFromVn2000, VN2000_SYSTEMS, vn2000Proj4 } from './vn2000.ts';

export interface LonLat {
  lon: number;
  lat: number;
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** Mainland and islands of Vietnam, roughly: a sanity box, not a border. */
export const VIETNAM_BOUNDS: Bounds = [102, 7, 118, 24];

/** Zones tried for metres of unknown zone, most likely first: Phú Thọ, Vĩnh Phúc, Hoà Bình, UTM 48N. */
const LIKELY_SRIDS: readonly number[] = [9208, 5897, 9211, 3405];

export interface Vn2000Candidate extends LonLat {
  srid: number;
  /** `xy` easting first; `yx` northing first, as Vietnamese papers have it (X = north). */
  order: 'xy' | 'yx';
}

/** Why a position is not to be trusted to its last digit; null when nothing speaks against it. */
export type PositionFlag = 'null_island' | 'rounded' | 'commune_centroid';

export function isInBounds(at: LonLat, bounds: Bounds): boolean {
  return at.lon >= bounds[0] && at.lon <= bounds[2] && at.lat >= bounds[1] && at.lat <= bounds[3];
}

/** The position with lon and lat exchanged when only that one is inside; null otherwise. A proposal: never applied silently. */
export function proposeSwap(at: LonLat, isInside: (at: LonLat) => boolean): LonLat | null {
  const swapped = { lon: at.lat, lat: at.lon };
  return !isInside(at) && isInside(swapped) ? swapped : null;
}

/**
 * The readings of two numbers in metres that land inside (the declared commune, or the province): every likely zone, both
 * orders. One candidate can be proposed; more than one has to be asked; none means that it is something else.
 */
export function vn2000Candidates(
  first_m: number,
  second_m: number,
  isInside: (at: LonLat) => boolean,
  srids: readonly number[] = LIKELY_SRIDS,
): Vn2000Candidate[] {
  return srids.flatMap((srid) =>
    (['xy', 'yx'] as const).flatMap((order) => {
      const [easting_m, northing_m] = order === 'xy' ? [first_m, second_m] : [second_m, first_m];
      const at = unprojectFromVn2000({ easting_m, northing_m }, srid);
      return Number.isFinite(at.lon) && Number.isFinite(at.lat) && isInside(at) ? [{ ...at, srid, order }] : [];
    }),
  );
}

/**
 * Offset in metres (east, north) of coordinates that were projected without the seven datum parameters, at a place.
 * About 224 m in Phú Thọ; a whole file with this constant offset was made so.
 */
export function missingDatumShift(at: LonLat, srid: number): { east_m: number; north_m: number } {
  const right = projectToVn2000(at.lon, at.lat, srid);
  const system = VN2000_SYSTEMS.find((known) => known.srid === srid);
  if (!system) throw new RangeError(`EPSG:${srid} is not a VN-2000 projected system`);
  const [x, y] = proj4('EPSG:4326', vn2000Proj4(system, false)).forward([at.lon, at.lat]) as [number, number];
  return { east_m: x - right.easting_m, north_m: y - right.northing_m };
}

/** Flags (0,0), coordinates given to two decimals or fewer (over 500 m), and points set on a known commune centre (within 1 m). */
export function positionFlag(at: LonLat, communeCentres: Iterable<LonLat> = []): PositionFlag | null {
  if (Math.abs(at.lon) < 1e-6 && Math.abs(at.lat) < 1e-6) return 'null_island';
  if (isRounded(at.lon, 2) && isRounded(at.lat, 2)) return 'rounded';
  for (const centre of communeCentres) {
    if (Math.abs(centre.lon - at.lon) < 1e-5 && Math.abs(centre.lat - at.lat) < 1e-5) return 'commune_centroid';
  }
  return null;
}

function isRounded(degrees: number, decimals: number): boolean {
  return Math.abs(degrees - Number(degrees.toFixed(decimals))) < 1e-9;
}
