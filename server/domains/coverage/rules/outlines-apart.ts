/**
 * Whether outlines are far enough apart to stay valid when their points are moved a little.
 *
 * While points move, two sides can only begin to cross where a point meets a side it is no end of. So outlines that do
 * not cross stay so when every point is further from every such side than both move together.
 */
import type { GridFrame } from './grid.ts';
import { clamped, type OutlinePoints, outlinePoints } from './outline-points.ts';
import type { Polygon } from './projection.ts';

/** Square of the distance of a point from a side, both by index. */
function distance2({ x, y }: OutlinePoints, point: number, a: number, b: number): number {
  const [ax, ay] = [x[a] as number, y[a] as number];
  const [dx, dy] = [(x[b] as number) - ax, (y[b] as number) - ay];
  const [px, py] = [(x[point] as number) - ax, (y[point] as number) - ay];
  const length2 = dx * dx + dy * dy;
  const along = length2 > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length2)) : 0;
  return (px - along * dx) ** 2 + (py - along * dy) ** 2;
}

/** Whether a point that is no end of the side from `a` to `b` lies nearer to it than `apart`. */
function isClose(points: OutlinePoints, a: number, b: number, apart: number): boolean {
  const { x, y, first, alike, cols, rows } = points;
  const [ax, bx, ay, by] = [x[a] as number, x[b] as number, y[a] as number, y[b] as number];
  const [west, east] = [clamped(Math.min(ax, bx) - apart, cols), clamped(Math.max(ax, bx) + apart, cols)];
  const [south, north] = [clamped(Math.min(ay, by) - apart, rows), clamped(Math.max(ay, by) + apart, rows)];
  for (let row = south; row <= north; row++) {
    for (let col = west; col <= east; col++) {
      for (let p = first[row * cols + col] as number; p >= 0; p = alike[p] as number) {
        if (p !== a && p !== b && distance2(points, p, a, b) < apart * apart) return true;
      }
    }
  }
  return false;
}

/**
 * @param polygons corners in columns and rows of the frame, which do not cross or touch
 * @param moved_m how far a point on a side of a length in metres may be moved
 */
export function areOutlinesApart(
  polygons: readonly Polygon[],
  frame: GridFrame,
  moved_m: (side_m: number) => number,
): boolean {
  const points = outlinePoints(polygons, frame);
  const { x, y, after } = points;
  for (let a = 0; a < after.length; a++) {
    const b = after[a] as number;
    const side_m = Math.hypot((x[b] as number) - (x[a] as number), (y[b] as number) - (y[a] as number)) * frame.grid_m;
    if (isClose(points, a, b, (2 * moved_m(side_m)) / frame.grid_m)) return false;
  }
  return true;
}
