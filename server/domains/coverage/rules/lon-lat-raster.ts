/**
 * A raster on an even lon/lat lattice, as stored: heights of the ground at posts, or people per pixel. Values stand row
 * by row from the north-west corner, at posts or at the centres of pixels. Axis order lon, lat, WGS84 degrees.
 */

/** Stored in whole numbers where there is no value; rasters of fractions have NaN. */
export const NO_VALUE = -32_768;

export interface LonLatRaster {
  /** Longitude of the first column, degrees. */
  west: number;
  /** Latitude of the first row, degrees. */
  north: number;
  /** Degrees between columns, and between rows going south. */
  step_lon: number;
  step_lat: number;
  cols: number;
  rows: number;
  /** −32768 or NaN = no value. Shared: do not write to it. */
  values: Int16Array | Float32Array;
  /** Places without a value in the file. */
  voids: number;
  /** Places with a value that cannot be, taken as voids. */
  impossible: number;
  /** Of the known values; null when there is none. */
  lowest: number | null;
  highest: number | null;
}

/** What is known of a raster without its values. */
export type RasterFacts = Omit<LonLatRaster, 'values'>;

/** Values outside these are taken as impossible. */
export interface PossibleRange {
  lowest: number;
  highest: number;
}

/** Heights that ground on Earth can have, m: below the Dead Sea to above Everest. */
export const GROUND_M: PossibleRange = { lowest: -500, highest: 9000 };
/** People that a pixel can hold: far above any building. */
export const PEOPLE_PER_PIXEL: PossibleRange = { lowest: 0, highest: 1_000_000 };

export const isNoValue = (value: number): boolean => value === NO_VALUE || Number.isNaN(value);

/** Turns impossible values into "none", in place, and counts. `voids` counts what was none before. */
export function settleValues(
  values: Int16Array | Float32Array,
  possible: PossibleRange,
): Pick<LonLatRaster, 'voids' | 'impossible' | 'lowest' | 'highest'> {
  const none = values instanceof Int16Array ? NO_VALUE : Number.NaN;
  let [voids, impossible] = [0, 0];
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isNoValue(value)) {
      voids++;
      values[i] = none;
    } else if (value >= possible.lowest && value <= possible.highest) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    } else {
      impossible++;
      values[i] = none;
    }
  }
  const known = lowest <= highest;
  return { voids, impossible, lowest: known ? lowest : null, highest: known ? highest : null };
}

/** West, south, east, north of the outermost posts, degrees. */
export const postBounds = ({
  west,
  north,
  step_lon,
  step_lat,
  cols,
  rows,
}: RasterFacts): [number, number, number, number] => [
  west,
  north - (rows - 1) * step_lat,
  west + (cols - 1) * step_lon,
  north,
];

/**
 * Value at a position in rows and columns from the north-west corner: bilinear between the four posts around it, leaving
 * out those without a value and sharing their weight among the others; NaN when none has one. The position must be in
 * the raster.
 */
export function valueAt({ cols, rows, values }: LonLatRaster, row: number, column: number): number {
  const r = Math.min(Math.floor(row), rows - 2);
  const c = Math.min(Math.floor(column), cols - 2);
  const down = row - r;
  const right = column - c;
  const first = r * cols + c;
  const nw = values[first] as number;
  const ne = values[first + 1] as number;
  const sw = values[first + cols] as number;
  const se = values[first + cols + 1] as number;
  if (!(isNoValue(nw) || isNoValue(ne) || isNoValue(sw) || isNoValue(se))) {
    return (nw * (1 - right) + ne * right) * (1 - down) + (sw * (1 - right) + se * right) * down;
  }
  let sum = 0;
  let weight = 0;
  const add = (value: number, share: number): void => {
    if (isNoValue(value)) return;
    sum += value * share;
    weight += share;
  };
  add(nw, (1 - right) * (1 - down));
  add(ne, right * (1 - down));
  add(sw, (1 - right) * down);
  add(se, right * down);
  return weight > 0 ? sum / weight : Number.NaN;
}
