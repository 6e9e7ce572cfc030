import type { PointSnapshot } from './point-snapshot.ts';
import type { RowSelection } from './selection.ts';

/** Every point by itself, even where several stand on the same spot. */
export const INDIVIDUAL = 0;
/** Rows are ordered by 26 bits per axis, so finer cells than that are not contiguous. */
const FINEST_LEVEL = 26;

/**
 * The rows of one tile and how they are merged: `level` is a zoom level whose tiles are the cells points are merged in
 * (zoom 10 in cells of level 14: 16 × 16 cells), or {@link INDIVIDUAL}.
 */
export interface PointPlan {
  start: number;
  end: number;
  level: number;
}

/**
 * For each number of leading bits, how many neighbouring rows agree in exactly so many on both axes.
 * Rows are in Morton order, so cells of any level are runs, and this one pass counts the cells of all levels.
 */
function commonBits(snapshot: PointSnapshot, selection: RowSelection | null, start: number, end: number): Uint32Array {
  const { xs, ys } = snapshot.arrays;
  const histogram = new Uint32Array(33);
  let previousX = -1;
  let previousY = -1;
  for (let row = start; row < end; row++) {
    if (selection !== null && !selection.has(row)) continue;
    const x = xs[row] ?? 0;
    const y = ys[row] ?? 0;
    if (previousX >= 0) {
      const bits = Math.clz32((x ^ previousX) | (y ^ previousY));
      histogram[bits] = (histogram[bits] ?? 0) + 1;
    }
    previousX = x;
    previousY = y;
  }
  return histogram;
}

function countSelected(selection: RowSelection | null, start: number, end: number): number {
  if (selection === null) return end - start;
  let count = 0;
  for (let row = start; row < end; row++) if (selection.has(row)) count++;
  return count;
}

/** The finest level at or below `finest` with at most `maxFeatures` cells; never coarser than one cell. */
function finestLevel(histogram: Uint32Array, z: number, finest: number, maxFeatures: number): number {
  const coarsest = Math.max(1, z);
  let cells = 1;
  let level = 0;
  while (level < finest && cells + (histogram[level] ?? 0) <= maxFeatures) cells += histogram[level++] ?? 0;
  return Math.max(coarsest, level);
}

/**
 * Decides how a tile's points are merged; null when the tile has none.
 * @param maxFeatures what the tile may hold: a tile that is too large is planned again with less
 */
export function planPoints(
  snapshot: PointSnapshot,
  selection: RowSelection | null,
  tile: { z: number; x: number; y: number },
  maxFeatures: number,
): PointPlan | null {
  const { start, end } = snapshot.tileRows(tile.z, tile.x, tile.y);
  const count = countSelected(selection, start, end);
  if (count === 0) return null;
  const { cluster } = snapshot.layer;
  const merges = cluster !== undefined && tile.z < cluster.belowZoom;
  if (!merges && count <= maxFeatures) return { start, end, level: INDIVIDUAL };
  const finest = merges ? Math.min(FINEST_LEVEL, tile.z + cluster.gridBits) : FINEST_LEVEL;
  return { start, end, level: finestLevel(commonBits(snapshot, selection, start, end), tile.z, finest, maxFeatures) };
}
