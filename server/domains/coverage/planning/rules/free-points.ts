/**
 * Where new masts might stand: squares with many people not covered around them, apart from each other and from the
 * masts that stand. Pure and deterministic.
 */
import type { GridFrame } from '../../rules/grid.ts';

export interface FreePointQuestion {
  frame: GridFrame;
  /** Per square: people not covered. */
  people: ArrayLike<number>;
  /** 1 = a mast may stand there. */
  allowed: Uint8Array;
  /** Half side of the largest box around a square whose people count, m; the nearer, the more they count. */
  reach_m: number;
  /** Least distance between two points, m. */
  apart_m: number;
  most: number;
  /** Whether a square's centre is far enough from the masts that stand. */
  isClear: (square: number) => boolean;
}

/** Sums over boxes of squares in constant time: per corner the sum of everything south-west of it. */
export function boxSums(values: ArrayLike<number>, { cols, rows }: GridFrame): Float64Array {
  const sums = new Float64Array((cols + 1) * (rows + 1));
  for (let row = 0; row < rows; row++) {
    let line = 0;
    for (let col = 0; col < cols; col++) {
      line += values[row * cols + col] as number;
      sums[(row + 1) * (cols + 1) + col + 1] = (sums[row * (cols + 1) + col + 1] as number) + line;
    }
  }
  return sums;
}

/** Sum over the squares at most `reach` rows and columns from one, by `boxSums`. */
export function sumAround(sums: Float64Array, { cols, rows }: GridFrame, square: number, reach: number): number {
  const [col, row] = [square % cols, Math.floor(square / cols)];
  const [west, east] = [Math.max(0, col - reach), Math.min(cols, col + reach + 1)];
  const [south, north] = [Math.max(0, row - reach), Math.min(rows, row + reach + 1)];
  const at = (c: number, r: number): number => sums[r * (cols + 1) + c] as number;
  return at(east, north) - at(west, north) - at(east, south) + at(west, south);
}

/**
 * Squares for new masts, those with most people around first. A square is taken when it is clear of standing masts and
 * no square taken before is nearer than `apart_m`. Its people need not be its own: a field between two villages counts.
 */
export function freePoints(question: FreePointQuestion): number[] {
  const { frame, people, allowed, reach_m, apart_m, most, isClear } = question;
  const { cols, rows, grid_m } = frame;
  const sums = boxSums(people, frame);
  const reaches = [0, 1, 2, 3].map((third) => Math.round((third * reach_m) / (3 * grid_m)));
  // People around and square in one number, so that a million are sorted as numbers: most people first, then the lower square.
  const size = cols * rows;
  const scored = new Float64Array(size);
  for (let square = 0; square < size; square++) {
    if (allowed[square] !== 1) continue;
    let around = 0;
    for (const reach of reaches) around += sumAround(sums, frame, square, reach);
    if (around > 0) scored[square] = -(around * size + (size - 1 - square));
  }
  scored.sort();
  const apart = apart_m / grid_m;
  const far = Math.ceil(apart);
  const blocked = new Uint8Array(size);
  const taken: number[] = [];
  for (const score of scored) {
    if (taken.length >= most || score === 0) break;
    const square = size - 1 - (-score % size);
    if (blocked[square] === 1 || !isClear(square)) continue;
    taken.push(square);
    const [col, row] = [square % cols, Math.floor(square / cols)];
    for (let r = Math.max(0, row - far); r <= Math.min(rows - 1, row + far); r++) {
      for (let c = Math.max(0, col - far); c <= Math.min(cols - 1, col + far); c++) {
        if (Math.hypot(c - col, r - row) < apart) blocked[r * cols + c] = 1;
      }
    }
  }
  return taken;
}
