/**
 * Signal bands as smooth polygons: where the level is at least so many decibels above what counts as covered.
 *
 * The outline crosses between the centres of two neighbouring squares where the level interpolated between them meets
 * the edge (marching squares), so it is smooth where the level changes evenly; across a cliff it runs half way.
 * A square is inside exactly when its own value is.
 */
import { EDGE_WINDOW, extendLevels, type FineGround, fromEdge } from './fine-area.ts';
import type { GridFrame } from './grid.ts';
import { COVERED_FROM, LEVEL_STEP_DB } from './levels/level-types.ts';
import { traceContours } from './polygonise.ts';
import { doubledArea, type Polygon, type Ring } from './projection.ts';

/** Decibels above what counts as covered; 0 is the covered area itself. */
export const BANDS_DB = [0, 10, 20, 30] as const;
/**
 * How far a point left out may lie from the line, in squares: of the covered area 12 m on squares of 100 m, of the
 * stronger bands, which are for looking at, 25 m.
 */
const TOLERANCE = { covered: 0.12, stronger: 0.25 } as const;
/** Smaller rings are left out, in squares: of the covered area only what cannot be seen, of the stronger bands specks. */
const SMALLEST = { covered: 0.2, stronger: 2 } as const;

/** The point between two others of a ring that lies farthest from the line between them, if beyond the tolerance; else −1. */
function farthest(ring: Ring, from: number, to: number, tolerance: number): number {
  const { length } = ring;
  const [x0, y0] = [ring[2 * from] as number, ring[2 * from + 1] as number];
  const end = (2 * to) % length;
  const dx = (ring[end] as number) - x0;
  const dy = (ring[end + 1] as number) - y0;
  const length2 = dx * dx + dy * dy;
  let index = -1;
  let most = tolerance * tolerance;
  for (let i = from + 1; i < to; i++) {
    const px = (ring[2 * i] as number) - x0;
    const py = (ring[2 * i + 1] as number) - y0;
    const along = length2 > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length2)) : 0;
    const d2 = (px - along * dx) ** 2 + (py - along * dy) ** 2;
    if (d2 > most) {
      index = i;
      most = d2;
    }
  }
  return index;
}

/** A ring with fewer points (Douglas and Peucker 1973), none farther than the tolerance from where it was. */
function simplify(ring: Ring, tolerance: number): Ring {
  const count = ring.length / 2;
  if (count <= 8) return ring;
  const keep = new Uint8Array(count);
  const half = Math.floor(count / 2);
  keep[0] = 1;
  keep[half] = 1;
  const stack = [0, half, half, count];
  for (let to = stack.pop(); to !== undefined; to = stack.pop()) {
    const from = stack.pop() ?? 0;
    const index = farthest(ring, from, to, tolerance);
    if (index < 0) continue;
    keep[index] = 1;
    stack.push(from, index, index, to);
  }
  const kept: number[] = [];
  for (let i = 0; i < count; i++) if (keep[i] === 1) kept.push(ring[2 * i] ?? 0, ring[2 * i + 1] ?? 0);
  return kept.length >= 8 ? Float64Array.from(kept) : ring;
}

/**
 * The polygons of one band, corners in columns and rows of the frame, exteriors counter-clockwise.
 * @param levels stored values of one operator × technology, or the best (second best) of several operators
 */
export function bandPolygons(levels: Uint8Array, fine: FineGround, levelDb: number): Polygon[] {
  const { frame } = fine;
  const edge = COVERED_FROM + levelDb / LEVEL_STEP_DB - 0.5;
  const extended = extendLevels(levels, fine);
  const polygons = traceContours(extended, frame, edge, (inside, outside) => {
    const above = fromEdge(extended[inside] ?? 0, edge);
    const below = outside < 0 ? -EDGE_WINDOW : fromEdge(extended[outside] ?? 0, edge);
    return above / (above - below);
  });
  const strength = levelDb === 0 ? 'covered' : 'stronger';
  return polygons
    .map((rings) => rings.filter((ring) => Math.abs(doubledArea(ring)) / 2 >= SMALLEST[strength]))
    .filter((rings) => rings[0] !== undefined && doubledArea(rings[0]) > 0)
    .map((rings) => rings.map((ring) => simplify(ring, TOLERANCE[strength])));
}

/** Area of polygons given in columns and rows, km². */
export function polygonsKm2(polygons: readonly Polygon[], { grid_m }: GridFrame): number {
  const doubled = polygons.reduce((sum, rings) => sum + rings.reduce((own, ring) => own + doubledArea(ring), 0), 0);
  return (doubled / 2) * ((grid_m * grid_m) / 1e6);
}
