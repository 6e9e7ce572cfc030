/**
 * The coverage grid: squares of `grid_m` metres in the province's VN-2000 zone, lines on whole multiples of
 * `grid_m`, so that grids of different runs fit each other. Square = row · cols + col, row 0 in the south,
 * column 0 in the west. A square belongs to what contains its centre.
 */
import type { Polygon, Ring } from './projection.ts';

export interface GridFrame {
  /** South-west corner, m; multiples of `grid_m`. */
  origin_e_m: number;
  origin_n_m: number;
  cols: number;
  rows: number;
  /** Side of a square, m. */
  grid_m: number;
}

/** Far more than a nation at 100 m: a larger frame means coordinates in the wrong order or zone. */
const MAX_SQUARES = 100_000_000;

/** Area of one square, km². */
export const squareKm2 = (frame: GridFrame): number => (frame.grid_m * frame.grid_m) / 1e6;

/** The smallest aligned frame around all points of the polygons. Throws RangeError when empty or absurdly large. */
export function frameAround(polygons: Iterable<Polygon>, grid_m: number): GridFrame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (let i = 0; i < ring.length; i += 2) {
        const [e, n] = [ring[i] ?? Number.NaN, ring[i + 1] ?? Number.NaN];
        if (e < west) west = e;
        if (e > east) east = e;
        if (n < south) south = n;
        if (n > north) north = n;
      }
    }
  }
  if (!(east >= west && north >= south)) throw new RangeError('no boundary to lay the coverage grid on');
  const origin_e_m = Math.floor(west / grid_m) * grid_m;
  const origin_n_m = Math.floor(south / grid_m) * grid_m;
  const cols = Math.max(1, Math.ceil((east - origin_e_m) / grid_m));
  const rows = Math.max(1, Math.ceil((north - origin_n_m) / grid_m));
  if (!(cols * rows <= MAX_SQUARES)) {
    throw new RangeError(`a coverage grid of ${cols} × ${rows} squares is too large: are lon and lat in order?`);
  }
  return { origin_e_m, origin_n_m, cols, rows, grid_m };
}

/** The square that contains a point given in metres, or −1 outside the frame. */
export function squareAt(frame: GridFrame, east_m: number, north_m: number): number {
  const col = Math.floor((east_m - frame.origin_e_m) / frame.grid_m);
  const row = Math.floor((north_m - frame.origin_n_m) / frame.grid_m);
  const inside = col >= 0 && row >= 0 && col < frame.cols && row < frame.rows;
  return inside ? row * frame.cols + col : -1;
}

const clampIndex = (value: number, end: number): number => Math.max(0, Math.min(end - 1, Math.floor(value)));

/** The square of the frame nearest to a point given in metres. */
export function nearestSquare(frame: GridFrame, east_m: number, north_m: number): number {
  const row = clampIndex((north_m - frame.origin_n_m) / frame.grid_m, frame.rows);
  return row * frame.cols + clampIndex((east_m - frame.origin_e_m) / frame.grid_m, frame.cols);
}

/**
 * Calls `crossing(row, x)` for every place where a ring crosses the line of square centres of a row of the frame;
 * x in squares from the western edge. An end of an edge on the line counts once: the interval is half open upwards,
 * and the edge is always walked from its lower end, so two polygons that share an edge get the same x.
 */
function forEachCrossing(ring: Ring, frame: GridFrame, crossing: (row: number, x: number) => void): void {
  const { origin_e_m, origin_n_m, grid_m, rows } = frame;
  const { length } = ring;
  for (let i = 0, j = length - 2; i < length; j = i, i += 2) {
    const rising = (ring[j + 1] ?? 0) <= (ring[i + 1] ?? 0);
    const [low, high] = rising ? [j, i] : [i, j];
    const yLow = ((ring[low + 1] ?? 0) - origin_n_m) / grid_m;
    const yHigh = ((ring[high + 1] ?? 0) - origin_n_m) / grid_m;
    const first = Math.max(0, Math.ceil(yLow - 0.5));
    const end = Math.min(rows, Math.ceil(yHigh - 0.5));
    if (first >= end) continue;
    const xLow = ((ring[low] ?? 0) - origin_e_m) / grid_m;
    const slope = (((ring[high] ?? 0) - origin_e_m) / grid_m - xLow) / (yHigh - yLow);
    for (let row = first; row < end; row++) crossing(row, xLow + (row + 0.5 - yLow) * slope);
  }
}

/**
 * Calls `span(row, start, end)` (end exclusive) for the squares whose centre is inside a polygon by the even-odd
 * rule, so holes are left out whatever their orientation. Clipped to the frame.
 */
export function fillPolygon(
  polygon: Polygon,
  frame: GridFrame,
  span: (row: number, start: number, end: number) => void,
): void {
  const crossings = new Map<number, number[]>();
  for (const ring of polygon) {
    forEachCrossing(ring, frame, (row, x) => {
      const known = crossings.get(row);
      if (known) known.push(x);
      else crossings.set(row, [x]);
    });
  }
  const column = (x: number | undefined): number => Math.max(0, Math.min(frame.cols, Math.ceil((x ?? 0) - 0.5)));
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [start, end] = [column(xs[i]), column(xs[i + 1])];
      if (start < end) span(row, start, end);
    }
  }
}
