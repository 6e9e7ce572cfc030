/**
 * Heights of the ground on an even lattice of metres in a VN-2000 zone, so that a computation need not project every
 * point it looks at. "No terrain" stays NaN; narrow voids are bridged and counted, missing rasters never are.
 */
import { type LonLatRaster, valueAt } from '../lon-lat-raster.ts';
import type { Projector } from '../projection.ts';
import { type PlacedRaster, placeRasters } from './terrain-model.ts';

/** An even lattice of points in metres; row 0 in the south, column 0 in the west. */
export interface MetreLattice {
  /** The south-western point. */
  origin_e_m: number;
  origin_n_m: number;
  step_m: number;
  cols: number;
  rows: number;
}

export interface ResampledCounts {
  /** Points inside a raster that have no height after bridging. */
  voids: number;
  /** Points whose height was drawn across a void. */
  bridged: number;
  /** Points outside every raster. */
  outside: number;
}

/**
 * Points between which lon and lat are drawn straight: over 64 steps of 50 m the curvature of the zone's lines is below
 * 0.1 m, and one projection serves 4,096 points.
 */
const PATCH = 64;
/** Stands for "in a raster but without a height" while voids are looked at. */
const IN_VOID = Number.NEGATIVE_INFINITY;

/** Lon and lat at the corners of the patches. */
export interface PatchCorners {
  across: number;
  lon: Float64Array;
  lat: Float64Array;
}

export function projectCorners(lattice: MetreLattice, projector: Projector): PatchCorners {
  const across = Math.ceil(lattice.cols / PATCH) + 1;
  const up = Math.ceil(lattice.rows / PATCH) + 1;
  const lon = new Float64Array(across * up);
  const lat = new Float64Array(across * up);
  for (let i = 0; i < lon.length; i++) {
    const east = lattice.origin_e_m + (i % across) * PATCH * lattice.step_m;
    const north = lattice.origin_n_m + Math.floor(i / across) * PATCH * lattice.step_m;
    [lon[i], lat[i]] = projector.inverse(east, north) as [number, number];
  }
  return { across, lon, lat };
}

/** Calls `visit` with the columns and lon/lat of each stretch of a row inside a patch: lon and lat run evenly along it. */
export function forEachStretch(
  lattice: MetreLattice,
  corners: PatchCorners,
  visit: (row: number, start: number, end: number, at: readonly [number, number, number, number]) => void,
): void {
  const { across, lon, lat } = corners;
  const between = (values: Float64Array, i: number, share: number): number =>
    (values[i] as number) * (1 - share) + (values[i + across] as number) * share;
  for (let row = 0; row < lattice.rows; row++) {
    const up = Math.floor(row / PATCH);
    const share = row / PATCH - up;
    for (let start = 0; start < lattice.cols; start += PATCH) {
      const i = up * across + start / PATCH;
      const west = between(lon, i, share);
      const south = between(lat, i, share);
      const each = [(between(lon, i + 1, share) - west) / PATCH, (between(lat, i + 1, share) - south) / PATCH] as const;
      visit(row, start, Math.min(lattice.cols, start + PATCH), [west, south, ...each]);
    }
  }
}

/** Lon and lat of every point by the same short cut, for comparison with the projection itself. */
export function lonLatOf(lattice: MetreLattice, projector: Projector): { lon: Float64Array; lat: Float64Array } {
  const lon = new Float64Array(lattice.cols * lattice.rows);
  const lat = new Float64Array(lattice.cols * lattice.rows);
  forEachStretch(lattice, projectCorners(lattice, projector), (row, start, end, [west, south, east, north]) => {
    for (let col = start; col < end; col++) {
      lon[row * lattice.cols + col] = west + (col - start) * east;
      lat[row * lattice.cols + col] = south + (col - start) * north;
    }
  });
  return { lon, lat };
}

/** Fills the points that have none yet from one raster; where it has no height they are known to be in a void. */
function fillFrom(
  { raster, columnOf, rowOf }: PlacedRaster,
  lattice: MetreLattice,
  corners: PatchCorners,
  heights: Float32Array,
): void {
  forEachStretch(lattice, corners, (row, start, end, [west, south, east, north]) => {
    for (let col = start, at = row * lattice.cols + start; col < end; col++, at++) {
      const known = heights[at] as number;
      if (Number.isFinite(known)) continue;
      const column = columnOf(west + (col - start) * east);
      const line = rowOf(south + (col - start) * north);
      if (Number.isNaN(column) || Number.isNaN(line)) continue;
      const height = valueAt(raster, line, column);
      heights[at] = Number.isNaN(height) ? IN_VOID : height;
    }
  });
}

/** Steps from a point to the first height in a direction, at most `longest`; 0 = none, or a place without a raster first. */
function stepsToHeight(heights: Float32Array, at: number, stride: number, longest: number): number {
  for (let step = 1; step <= longest; step++) {
    const height = heights[at + step * stride] as number;
    if (Number.isFinite(height)) return step;
    if (Number.isNaN(height)) return 0;
  }
  return 0;
}

/**
 * Draws heights straight across voids that are at most `longest` steps wide in one of the two directions, both at once
 * by the inverse of their widths. In place; gives the numbers of points filled and left.
 */
function bridgeVoids(heights: Float32Array, { cols, rows }: MetreLattice, longest: number) {
  const found: { at: number; height: number }[] = [];
  let voids = 0;
  for (let at = 0; at < heights.length; at++) {
    if (heights[at] !== IN_VOID) continue;
    voids++;
    const col = at % cols;
    const row = Math.floor(at / cols);
    let [sum, weight] = [0, 0];
    const across = (stride: number, before: number, after: number): void => {
      const back = stepsToHeight(heights, at, -stride, Math.min(longest, before));
      const on = back === 0 ? 0 : stepsToHeight(heights, at, stride, Math.min(longest - back, after));
      if (back === 0 || on === 0) return;
      const [a, b] = [heights[at - back * stride] as number, heights[at + on * stride] as number];
      sum += (a * on + b * back) / (back + on) ** 2;
      weight += 1 / (back + on);
    };
    across(1, col, cols - 1 - col);
    across(cols, row, rows - 1 - row);
    if (weight > 0) found.push({ at, height: sum / weight });
  }
  for (const { at, height } of found) heights[at] = height;
  return { bridged: found.length, voids: voids - found.length };
}

/**
 * Writes the height of the ground at every point of the lattice into `heights` (NaN = no terrain): bilinear in the finest
 * raster that has one. Voids at most `bridge_m` wide are bridged; 0 bridges none.
 * @param heights one number a point, row by row from the south-west
 */
export function resampleTerrain(
  rasters: readonly LonLatRaster[],
  lattice: MetreLattice,
  projector: Projector,
  bridge_m: number,
  heights: Float32Array,
): ResampledCounts {
  heights.fill(Number.NaN);
  const corners = projectCorners(lattice, projector);
  for (const placed of placeRasters(rasters)) fillFrom(placed, lattice, corners, heights);
  const { bridged, voids } = bridgeVoids(heights, lattice, Math.floor(bridge_m / lattice.step_m));
  let outside = 0;
  for (let at = 0; at < heights.length; at++) {
    if (Number.isNaN(heights[at])) outside++;
    else if (heights[at] === IN_VOID) heights[at] = Number.NaN;
  }
  return { voids, bridged, outside };
}
