/**
 * Ground heights on an even grid of points in the metres of the grid's zone, as the level engine reads them.
 *
 * A plain object over one Float32Array, so it can be handed to worker threads; backed by a SharedArrayBuffer it is
 * not copied.
 */

export interface TerrainRaster {
  /** EPSG code of the VN-2000 zone, that of the grid. */
  srid: number;
  /** Position of the first post (row 0, column 0: the south-western one), m. */
  origin_e_m: number;
  origin_n_m: number;
  /** Distance between posts in both directions, m. */
  step_m: number;
  cols: number;
  rows: number;
  /** Height of the ground at post row · cols + col, m above sea level; row 0 in the south; NaN = no terrain there. */
  heights_m: Float32Array;
}

/** Whether a point given in metres lies between the posts of a raster, whatever their heights. */
export function isOnRaster(raster: TerrainRaster, east_m: number, north_m: number): boolean {
  const { cols, rows, step_m, origin_e_m, origin_n_m } = raster;
  const x = (east_m - origin_e_m) / step_m;
  const y = (north_m - origin_n_m) / step_m;
  return x >= 0 && y >= 0 && x <= cols - 1 && y <= rows - 1;
}

/**
 * Height of the ground at a point given in metres: bilinear between the four posts around it; NaN outside the raster
 * and where any of the four has no height. Exact on level ground: no rounding error is left by the weights.
 */
export function groundAt(raster: TerrainRaster, east_m: number, north_m: number): number {
  if (!isOnRaster(raster, east_m, north_m)) return Number.NaN;
  const { cols, rows, heights_m, step_m } = raster;
  const x = (east_m - raster.origin_e_m) / step_m;
  const y = (north_m - raster.origin_n_m) / step_m;
  const col = Math.min(Math.floor(x), cols - 2);
  const row = Math.min(Math.floor(y), rows - 2);
  const first = row * cols + col;
  const right = x - col;
  const sw = heights_m[first] as number;
  const nw = heights_m[first + cols] as number;
  const south = sw + ((heights_m[first + 1] as number) - sw) * right;
  const north = nw + ((heights_m[first + cols + 1] as number) - nw) * right;
  return south + (north - south) * (y - row);
}
