/**
 * Outlines with fewer points that still never cross or touch: a point goes only when it lies close to the line between
 * its neighbours and no other point lies in the triangle of the three. Whatever crossed the new line would have to end
 * in that triangle, or cross the old lines already (Visvalingam and Whyatt 1993, with the test of de Berg et al. 1995).
 */
import type { GridFrame } from './grid.ts';
import { clamped, type OutlinePoints, outlinePoints } from './outline-points.ts';
import type { Polygon } from './projection.ts';

/** Points, and which of them are gone. */
interface Outlines extends OutlinePoints {
  gone: Uint8Array;
}

/** Passes over all points: what is left out in one makes room for the next. */
const PASSES = 2;
const FEWEST = 4;

/** Twice the signed area of the triangle of three points. */
function turn({ x, y }: Outlines, a: number, b: number, c: number): number {
  const [ax, ay] = [x[a] as number, y[a] as number];
  return ((x[b] as number) - ax) * ((y[c] as number) - ay) - ((x[c] as number) - ax) * ((y[b] as number) - ay);
}

/** Whether any other point lies in the triangle of three points or on its sides. */
function isOccupied(outlines: Outlines, a: number, b: number, c: number): boolean {
  const { x, y, first, alike, gone, cols, rows } = outlines;
  const [ax, bx, cx] = [x[a] as number, x[b] as number, x[c] as number];
  const [ay, by, cy] = [y[a] as number, y[b] as number, y[c] as number];
  const [west, east] = [clamped(Math.min(ax, bx, cx), cols), clamped(Math.max(ax, bx, cx), cols)];
  const [south, north] = [clamped(Math.min(ay, by, cy), rows), clamped(Math.max(ay, by, cy), rows)];
  const side = turn(outlines, a, b, c) >= 0 ? 1 : -1;
  for (let row = south; row <= north; row++) {
    for (let col = west; col <= east; col++) {
      for (let p = first[row * cols + col] as number; p >= 0; p = alike[p] as number) {
        if (gone[p] === 1 || p === a || p === b || p === c) continue;
        if (
          side * turn(outlines, a, b, p) >= 0 &&
          side * turn(outlines, b, c, p) >= 0 &&
          side * turn(outlines, c, a, p) >= 0
        )
          return true;
      }
    }
  }
  return false;
}

/** Whether a point may go. */
function isNeedless(outlines: Outlines, point: number, tolerance: number): boolean {
  const { x, y, before, after } = outlines;
  const [a, c] = [before[point] as number, after[point] as number];
  const length = Math.hypot((x[c] as number) - (x[a] as number), (y[c] as number) - (y[a] as number));
  // The height of the triangle over the new line.
  if (Math.abs(turn(outlines, a, point, c)) > tolerance * length) return false;
  return !isOccupied(outlines, a, point, c);
}

function ringFrom({ x, y, after, gone }: Outlines, start: number, count: number): Float64Array {
  let first = start;
  while (gone[first] === 1 && first < start + count) first++;
  const kept: number[] = [];
  let at = first;
  do {
    kept.push(x[at] as number, y[at] as number);
    at = after[at] as number;
  } while (at !== first);
  return Float64Array.from(kept);
}

/**
 * The same polygons with fewer points. All of them are looked at together, so that they must be all there are.
 * @param tolerance how far from the line between its neighbours a point that goes may lie, in squares
 */
export function simplifyOutlines(polygons: readonly Polygon[], frame: GridFrame, tolerance: number): Polygon[] {
  const points = outlinePoints(polygons, frame);
  const outlines: Outlines = { ...points, gone: new Uint8Array(points.x.length) };
  const { before, after, gone } = outlines;
  const left = polygons.map((rings) => rings.map((ring) => ring.length / 2));
  for (let pass = 0; pass < PASSES; pass++) {
    let start = 0;
    polygons.forEach((rings, p) => {
      rings.forEach((ring, r) => {
        const end = start + ring.length / 2;
        const counts = left[p] as number[];
        for (let point = start; point < end && (counts[r] as number) > FEWEST; point++) {
          if (gone[point] === 1 || !isNeedless(outlines, point, tolerance)) continue;
          const [a, c] = [before[point] as number, after[point] as number];
          after[a] = c;
          before[c] = a;
          gone[point] = 1;
          counts[r] = (counts[r] as number) - 1;
        }
        start = end;
      });
    });
  }
  let start = 0;
  return polygons.map((rings) =>
    rings.map((ring) => {
      const count = ring.length / 2;
      start += count;
      return ringFrom(outlines, start - count, count);
    }),
  );
}
