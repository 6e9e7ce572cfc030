/**
 * Ground heights over several rasters: at a point, and along the great circle between two points. Where no raster is, or a
 * raster has no height, the answer is "no terrain" (NaN), never zero.
 *
 * Axis order lon, lat, WGS84 degrees. Heights in metres above the geoid.
 */
import { geodesicM, type LonLat } from '../../../../platform/geo/geodesic.ts';
import { type LonLatRaster, valueAt } from '../lon-lat-raster.ts';
import { closeSeams } from './close-seams.ts';
import type { EvenProfile, PathProfile } from './terrain-profile.ts';

export interface TerrainModel {
  /** Height of the ground, m; NaN = no terrain. */
  heightAt: (lon: number, lat: number) => number;
  /** True where a raster covers the point, whether or not it has a height there. */
  covers: (lon: number, lat: number) => boolean;
}

const RADIANS = Math.PI / 180;
/** How far outside its outermost posts a raster still answers, in steps: rounding of lon and lat, nothing more. */
const SLACK = 1e-6;

/** A raster with the way from lon, lat to its rows and columns. */
export interface PlacedRaster {
  raster: LonLatRaster;
  columnOf: (lon: number) => number;
  rowOf: (lat: number) => number;
}

/** A position inside 0 … last, or NaN; what lies outside by rounding only is moved onto the edge. */
const within = (position: number, last: number): number =>
  position < -SLACK || position > last + SLACK ? Number.NaN : Math.max(0, Math.min(last, position));

function place(raster: LonLatRaster): PlacedRaster {
  const { west, north, step_lon, step_lat, cols, rows } = raster;
  return {
    raster,
    columnOf: (lon) => within((lon - west) / step_lon, cols - 1),
    rowOf: (lat) => within((north - lat) / step_lat, rows - 1),
  };
}

/** Order of two areas of a pixel; those that differ by rounding only are equal. */
const coarser = (a: number, b: number): number => (Math.abs(a / b - 1) < 1e-6 ? 0 : a - b);

/** Finer rasters first; of two equally fine ones the later one. */
function byPreference(rasters: readonly LonLatRaster[]): LonLatRaster[] {
  const order = rasters.map((raster, i) => ({ raster, i, area: raster.step_lon * raster.step_lat }));
  return order.sort((a, b) => coarser(a.area, b.area) || b.i - a.i).map(({ raster }) => raster);
}

/**
 * The rasters in the order they are asked: where several lie over each other (posts on the shared edge of two tiles, a
 * finer raster over a coarser one) the finest that has a height answers, of equally fine ones the later. Rasters of
 * pixels that lie side by side are joined without a gap (see close-seams.ts).
 */
export const placeRasters = (rasters: readonly LonLatRaster[]): PlacedRaster[] =>
  closeSeams(byPreference(rasters)).map(place);

/** The rasters as one surface. */
export function terrainModel(rasters: readonly LonLatRaster[]): TerrainModel {
  const placed = placeRasters(rasters);
  return {
    heightAt(lon, lat) {
      for (const { raster, columnOf, rowOf } of placed) {
        const [column, row] = [columnOf(lon), rowOf(lat)];
        if (Number.isNaN(column) || Number.isNaN(row)) continue;
        const height = valueAt(raster, row, column);
        if (!Number.isNaN(height)) return height;
      }
      return Number.NaN;
    },
    covers: (lon, lat) =>
      placed.some(({ columnOf, rowOf }) => !Number.isNaN(columnOf(lon)) && !Number.isNaN(rowOf(lat))),
  };
}

type Vector = readonly [number, number, number];

const unitVector = ([lon, lat]: LonLat): Vector => [
  Math.cos(lat * RADIANS) * Math.cos(lon * RADIANS),
  Math.cos(lat * RADIANS) * Math.sin(lon * RADIANS),
  Math.sin(lat * RADIANS),
];

/** Angle between two unit vectors, exact for small angles too. */
function angleBetween(a: Vector, b: Vector): number {
  const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  return Math.atan2(Math.hypot(...cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/** A profile read from a terrain model; heights are NaN where there is no terrain. */
export interface ExtractedProfile extends EvenProfile, PathProfile {
  /** Points outside every raster. */
  outside: number;
  /** Points in a raster but without a height, after bridging. */
  voids: number;
  /** Points whose height was drawn across a void. */
  bridged: number;
}

export interface ProfileOptions {
  /** Longest step, m; the real one divides the path evenly. */
  step_m: number;
  /** Voids up to this long between two known heights are bridged by a straight line, m; 0 = none. */
  bridge_m?: number;
}

/** Fills runs of voids between known heights, in place; gives the number of points filled. Missing rasters stay. */
function bridgeVoids(heights: Float64Array, outside: Uint8Array, longest_steps: number): number {
  let filled = 0;
  let known = -1;
  for (let i = 0; i < heights.length; i++) {
    if (Number.isNaN(heights[i] as number)) {
      // A point without a raster ends every bridge.
      if (outside[i] === 1) known = -1;
      continue;
    }
    const span = i - known;
    if (known >= 0 && span > 1 && span <= longest_steps) {
      const [a, b] = [heights[known] as number, heights[i] as number];
      for (let j = known + 1; j < i; j++, filled++) heights[j] = a + ((b - a) * (j - known)) / span;
    }
    known = i;
  }
  return filled;
}

/**
 * Heights along the great circle between two points, both ends included, at even steps of at most `step_m`. Throws a
 * RangeError when the points are the same or the step is not positive.
 */
export function extractProfile(
  model: TerrainModel,
  from: LonLat,
  to: LonLat,
  { step_m, bridge_m = 0 }: ProfileOptions,
): ExtractedProfile {
  const total = geodesicM(from, to);
  if (!(total > 0 && step_m > 0)) throw new RangeError('a profile needs two different points and a positive step');
  const steps = Math.max(1, Math.ceil(total / step_m - 1e-9));
  const a = unitVector(from);
  const b = unitVector(to);
  const angle = angleBetween(a, b);
  const distances_m = new Float64Array(steps + 1);
  const heights_m = new Float64Array(steps + 1);
  const isOutside = new Uint8Array(steps + 1);
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    distances_m[i] = total * share;
    let [lon, lat] = i === 0 ? from : to;
    if (i > 0 && i < steps) {
      const wa = Math.sin((1 - share) * angle);
      const wb = Math.sin(share * angle);
      const [x, y, z] = [a[0] * wa + b[0] * wb, a[1] * wa + b[1] * wb, a[2] * wa + b[2] * wb];
      lon = Math.atan2(y, x) / RADIANS;
      lat = Math.atan2(z, Math.hypot(x, y)) / RADIANS;
    }
    const height = model.heightAt(lon, lat);
    heights_m[i] = height;
    if (Number.isNaN(height) && !model.covers(lon, lat)) isOutside[i] = 1;
  }
  const bridged = bridge_m > 0 ? bridgeVoids(heights_m, isOutside, bridge_m / (total / steps)) : 0;
  const outside = isOutside.reduce((sum, value) => sum + value, 0);
  const missing = heights_m.reduce((sum, height) => sum + (Number.isNaN(height) ? 1 : 0), 0);
  return { step_m: total / steps, distances_m, heights_m, outside, voids: missing - outside, bridged };
}
