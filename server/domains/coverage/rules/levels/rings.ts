/** The order in which squares around sites are visited: rings, near ones first, and which sites reach a part of the frame. */
import type { GridFrame } from '../grid.ts';

/** Outer ends of the rings, m; the last is beyond every range cap. */
export const RING_ENDS_M = [
  400,
  800,
  1_200,
  1_600,
  2_000,
  2_500,
  3_000,
  3_600,
  4_300,
  5_100,
  6_000,
  7_000,
  8_000,
  9_200,
  10_600,
  12_200,
  15_000,
  Infinity,
];
/** Rounding must not lose a square on the edge of a ring, in squares. */
export const RING_SLACK = 1e-6;

/** Room for rounding in the bounds of a ring, dB. */
export const BOUND_SLACK_DB = 1e-6;

export interface Box {
  west_m: number;
  east_m: number;
  south_m: number;
  north_m: number;
}

/** Whether what reaches `reach_m` far from a place touches a rectangle; never for an empty one. */
export function reaches({ east_m, north_m }: { east_m: number; north_m: number }, reach_m: number, box: Box): boolean {
  const dx = Math.max(box.west_m - east_m, 0, east_m - box.east_m);
  const dy = Math.max(box.south_m - north_m, 0, north_m - box.north_m);
  return box.west_m <= box.east_m && dx * dx + dy * dy <= reach_m * reach_m;
}

/** Where the wanted squares of some rows lie. */
export interface WantedRows {
  /** First and last column with a wanted square by row of the frame; outside the rows, and where a row has none, `cols` and −1. */
  west: Int32Array;
  east: Int32Array;
  /** First row with a wanted square, and the row after the last; equal when there is none. */
  first: number;
  end: number;
}

/** Looks through the rows `fromRow` to `toRow` (exclusive). */
export function wantedRows({ cols, rows }: GridFrame, wanted: Uint8Array, fromRow: number, toRow: number): WantedRows {
  const west = new Int32Array(rows).fill(cols);
  const east = new Int32Array(rows).fill(-1);
  let [first, end] = [toRow, toRow];
  for (let row = fromRow; row < toRow; row++) {
    const own = wanted.subarray(row * cols, (row + 1) * cols);
    east[row] = own.lastIndexOf(1);
    if (east[row] === -1) continue;
    west[row] = own.indexOf(1);
    if (first === toRow) first = row;
    end = row + 1;
  }
  return { west, east, first, end };
}

/** The smallest rectangle around wanted squares, m. */
export function boxOf(
  { west, east, first, end }: WantedRows,
  { origin_e_m, origin_n_m, grid_m, cols }: GridFrame,
): Box {
  const least = west.subarray(first, end).reduce((least, col) => Math.min(least, col), cols);
  const most = east.subarray(first, end).reduce((most, col) => Math.max(most, col), -1);
  return {
    west_m: origin_e_m + least * grid_m,
    east_m: origin_e_m + (most + 1) * grid_m,
    south_m: origin_n_m + first * grid_m,
    north_m: origin_n_m + end * grid_m,
  };
}
