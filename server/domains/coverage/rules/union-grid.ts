/**
 * Union of many sectors as an overlap count. Each sector's outline adds +1 where a row enters it and −1 where the
 * row leaves it; the running sum along a row is then the number of sectors over each square. Only whole numbers are
 * added, so order does not matter and removing a sector undoes adding it exactly.
 */
import { type CommuneSquares, UNASSIGNED } from './commune-squares.ts';
import type { GridFrame } from './grid.ts';
import type { PopulationGrid } from './population.ts';
import { DIRECTIONS } from './sector-pattern.ts';

export interface UnionGrid {
  frame: GridFrame;
  /** Per row `cols + 1` steps: change of the overlap count on entering a square; the last is the eastern edge. */
  steps: Int32Array;
}

export interface SectorPlace {
  east_m: number;
  north_m: number;
  /** Bearing of true north on the grid, degrees (`gridBearingOfNorth`). */
  north_bearing_deg: number;
}

const SIN = Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.sin((i * Math.PI) / 180));
const COS = Float64Array.from({ length: DIRECTIONS }, (_, i) => Math.cos((i * Math.PI) / 180));

export const createUnionGrid = (frame: GridFrame): UnionGrid => ({
  frame,
  steps: new Int32Array(frame.rows * (frame.cols + 1)),
});

/** One edge of an outline walked clockwise, in squares from the frame's corner: up enters (+weight), down leaves. */
function stepEdge(grid: UnionGrid, x0: number, y0: number, x1: number, y1: number, weight: number): void {
  const up = y0 < y1;
  const { steps, frame } = grid;
  const { cols, rows } = frame;
  const first = Math.max(0, Math.ceil((up ? y0 : y1) - 0.5));
  const end = Math.min(rows, Math.ceil((up ? y1 : y0) - 0.5));
  if (first >= end) return;
  const change = up ? weight : -weight;
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = first; row < end; row++) {
    let col = Math.ceil(x0 + (row + 0.5 - y0) * slope - 0.5);
    if (col < 0) col = 0;
    else if (col > cols) col = cols;
    const at = row * (cols + 1) + col;
    steps[at] = (steps[at] as number) + change;
  }
}

/**
 * Adds (`weight` 1) or removes (−1) a sector: the polygon through its 360 ranges. A square counts when its centre is
 * inside. Removing with the same place and ranges restores the grid bit for bit. Parts outside the frame are clipped.
 */
export function addSector(grid: UnionGrid, place: SectorPlace, ranges_m: Float64Array, weight: 1 | -1 = 1): void {
  const { origin_e_m, origin_n_m, grid_m } = grid.frame;
  const cx = (place.east_m - origin_e_m) / grid_m;
  const cy = (place.north_m - origin_n_m) / grid_m;
  const turn = (place.north_bearing_deg * Math.PI) / 180;
  const sinTurn = Math.sin(turn) / grid_m;
  const cosTurn = Math.cos(turn) / grid_m;
  const last = ranges_m[DIRECTIONS - 1] as number;
  const [sinLast, cosLast] = [SIN[DIRECTIONS - 1] as number, COS[DIRECTIONS - 1] as number];
  let x0 = cx + last * (sinLast * cosTurn + cosLast * sinTurn);
  let y0 = cy + last * (cosLast * cosTurn - sinLast * sinTurn);
  for (let i = 0; i < DIRECTIONS; i++) {
    const range = ranges_m[i] as number;
    const sin = SIN[i] as number;
    const cos = COS[i] as number;
    const x1 = cx + range * (sin * cosTurn + cos * sinTurn);
    const y1 = cy + range * (cos * cosTurn - sin * sinTurn);
    stepEdge(grid, x0, y0, x1, y1, weight);
    x0 = x1;
    y0 = y1;
  }
}

/** How many sectors lie over each square. */
export function overlapCounts({ frame, steps }: UnionGrid): Int32Array {
  const { cols, rows } = frame;
  const counts = new Int32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let col = 0; col < cols; col++) {
      count += steps[row * (cols + 1) + col] ?? 0;
      counts[row * cols + col] = count;
    }
  }
  return counts;
}

/** 1 for every square under at least one sector, else 0. */
export function coveredMask({ frame, steps }: UnionGrid): Uint8Array {
  const { cols, rows } = frame;
  const mask = new Uint8Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let col = 0; col < cols; col++) {
      count += steps[row * (cols + 1) + col] ?? 0;
      mask[row * cols + col] = count > 0 ? 1 : 0;
    }
  }
  return mask;
}

/** Per square, in how many of the masks it is set. All masks have `length` squares; up to 255 masks. */
export function countMasks(masks: readonly Uint8Array[], length: number): Uint8Array {
  const counts = new Uint8Array(length);
  for (const mask of masks) {
    for (let square = 0; square < length; square++) counts[square] = (counts[square] ?? 0) + (mask[square] ?? 0);
  }
  return counts;
}

/** 1 where `counts` is at least `least` (and, if given, at most `most`). */
export const maskBetween = (counts: Uint8Array, least: number, most = 255): Uint8Array =>
  counts.map((count) => (count >= least && count <= most ? 1 : 0));

export interface CommuneTally {
  /** Per commune: squares of it that are set in the mask. */
  squares: Uint32Array;
  /** Per commune: people on those squares; the whole commune for a stand-in square that is set. */
  people: Int32Array;
}

/** Counts the squares and people of a mask by commune. */
export function tallyMask(mask: Uint8Array, grid: CommuneSquares, population: PopulationGrid): CommuneTally {
  const communes = grid.squares.length;
  const squares = new Uint32Array(communes);
  const people = new Int32Array(communes);
  for (let square = 0; square < mask.length; square++) {
    const commune = grid.commune[square] ?? UNASSIGNED;
    if (mask[square] === 0 || commune === UNASSIGNED) continue;
    squares[commune] = (squares[commune] ?? 0) + 1;
    people[commune] = (people[commune] ?? 0) + (population.people[square] ?? 0);
  }
  for (let commune = 0; commune < communes; commune++) {
    const standIn = grid.stand_in[commune] ?? -1;
    if (standIn >= 0 && mask[standIn] === 1) people[commune] = Math.max(0, population.totals[commune] ?? 0);
  }
  return { squares, people };
}
