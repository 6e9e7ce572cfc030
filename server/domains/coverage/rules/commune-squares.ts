/** Which commune each square of the grid belongs to. */
import { fillPolygon, type GridFrame, nearestSquare } from './grid.ts';
import { type Polygon, polygonArea } from './projection.ts';

/** A square in no commune. */
export const UNASSIGNED = 0xffff;

export interface CommuneShape {
  code: string;
  /** In metres; empty = the boundary is not known. */
  polygons: Polygon[];
}

export interface CommuneSquares {
  frame: GridFrame;
  /** Per square: index into the communes given, or UNASSIGNED. */
  commune: Uint16Array;
  /** Per commune: how many squares it has. */
  squares: Uint32Array;
  /**
   * Per commune without squares of its own (smaller than a square, or hidden under another boundary): the square
   * that stands for it; −1 for all others and for communes without a boundary.
   */
  stand_in: Int32Array;
  /** Per commune: area of the stand-in's polygon, km²; 0 where there is no stand-in. */
  stand_in_km2: Float64Array;
}

/** The first polygon's mean vertex: a point near enough to choose a square for a commune smaller than one. */
function middle(polygon: Polygon): [number, number] {
  const ring = polygon[0] ?? new Float64Array(0);
  let [e, n] = [0, 0];
  for (let i = 0; i < ring.length; i += 2) {
    e += ring[i] ?? 0;
    n += ring[i + 1] ?? 0;
  }
  return [(2 * e) / ring.length, (2 * n) / ring.length];
}

const byCode = (a: CommuneShape, b: CommuneShape): number => (a.code < b.code ? -1 : Number(a.code > b.code));

/**
 * Assigns every square to the commune that contains its centre. Where boundaries overlap the smallest code wins,
 * the rule sites follow; squares in a hole between boundaries stay unassigned. Throws RangeError above 65,535 communes.
 */
export function assignSquares(communes: readonly CommuneShape[], frame: GridFrame): CommuneSquares {
  if (communes.length >= UNASSIGNED) throw new RangeError(`${communes.length} communes are more than a grid can index`);
  const commune = new Uint16Array(frame.cols * frame.rows).fill(UNASSIGNED);
  const squares = new Uint32Array(communes.length);
  const stand_in = new Int32Array(communes.length).fill(-1);
  const stand_in_km2 = new Float64Array(communes.length);
  const order = communes.map((shape, index) => ({ ...shape, index })).sort(byCode);
  for (const { polygons, index } of order) {
    let taken = 0;
    for (const polygon of polygons) {
      // Each polygon on its own: parts of a dirty MultiPolygon that overlap must not cancel out.
      fillPolygon(polygon, frame, (row, start, end) => {
        for (let at = row * frame.cols + start; at < row * frame.cols + end; at++) {
          if (commune[at] !== UNASSIGNED) continue;
          commune[at] = index;
          taken++;
        }
      });
    }
    squares[index] = taken;
    const first = polygons[0];
    if (taken > 0 || !first) continue;
    stand_in[index] = nearestSquare(frame, ...middle(first));
    stand_in_km2[index] = polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0) / 1e6;
  }
  return { frame, commune, squares, stand_in, stand_in_km2 };
}
