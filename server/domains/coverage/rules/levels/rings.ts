/** The order in which squares around sites are visited: rings, near ones first, and which sites reach a part of the frame. */
import type { GridFrame } from '../grid.ts';
import type { NetworkSite } from './network.ts';

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

export interface Box {
  west_m: number;
  east_m: number;
  south_m: number;
  north_m: number;
}

/** Whether a site's reach touches a rectangle; never for an empty one. */
export function reaches({ east_m, north_m, reach_m }: NetworkSite, box: Box): boolean {
  const dx = Math.max(box.west_m - east_m, 0, east_m - box.east_m);
  const dy = Math.max(box.south_m - north_m, 0, north_m - box.north_m);
  return box.west_m <= box.east_m && dx * dx + dy * dy <= reach_m * reach_m;
}

/** The smallest rectangle around the wanted squares of some rows, m. */
export function wantedBox(frame: GridFrame, wanted: Uint8Array, fromRow: number, toRow: number): Box {
  const { cols, grid_m, origin_e_m, origin_n_m } = frame;
  let [west, east, south, north] = [cols, -1, toRow, -1];
  for (let row = fromRow; row < toRow; row++) {
    for (let col = 0; col < cols; col++) {
      if (wanted[row * cols + col] === 0) continue;
      if (col < west) west = col;
      if (col > east) east = col;
      if (row < south) south = row;
      north = row;
    }
  }
  return {
    west_m: origin_e_m + west * grid_m,
    east_m: origin_e_m + (east + 1) * grid_m,
    south_m: origin_n_m + south * grid_m,
    north_m: origin_n_m + (north + 1) * grid_m,
  };
}
