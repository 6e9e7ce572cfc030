/** All points of some outlines in one list, found by the square they lie in. */
import type { GridFrame } from './grid.ts';
import type { Polygon } from './projection.ts';

/** Points of all rings; neighbours along their ring, and the next point in the same square. */
export interface OutlinePoints {
  x: Float64Array;
  y: Float64Array;
  before: Int32Array;
  after: Int32Array;
  /** First point in a square of the frame, −1 = none; the others by `alike`. */
  first: Int32Array;
  alike: Int32Array;
  cols: number;
  rows: number;
}

/** The column or row of a coordinate; of one outside the frame the nearest. */
export const clamped = (value: number, end: number): number => Math.max(0, Math.min(end - 1, Math.floor(value)));

/** Points of polygons with corners in columns and rows of the frame. */
export function outlinePoints(polygons: readonly Polygon[], { cols, rows }: GridFrame): OutlinePoints {
  const count = polygons.reduce((sum, rings) => sum + rings.reduce((own, ring) => own + ring.length / 2, 0), 0);
  const points: OutlinePoints = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    before: new Int32Array(count),
    after: new Int32Array(count),
    first: new Int32Array(cols * rows).fill(-1),
    alike: new Int32Array(count),
    cols,
    rows,
  };
  let at = 0;
  for (const rings of polygons) {
    for (const ring of rings) {
      const [start, own] = [at, ring.length / 2];
      for (let i = 0; i < own; i++, at++) {
        const x = ring[2 * i] as number;
        const y = ring[2 * i + 1] as number;
        points.x[at] = x;
        points.y[at] = y;
        points.before[at] = i === 0 ? start + own - 1 : at - 1;
        points.after[at] = i === own - 1 ? start : at + 1;
        const square = clamped(y, rows) * cols + clamped(x, cols);
        points.alike[at] = points.first[square] as number;
        points.first[square] = at;
      }
    }
  }
  return points;
}
