/**
 * Signal bands as smooth polygons: where the level is at least so many decibels above what counts as covered.
 *
 * The outline crosses between the centres of two neighbouring squares where the level interpolated between them meets
 * the edge (marching squares), so it is smooth where the level changes evenly; across a cliff it runs half way.
 * A square is inside exactly when its own value is. Around its centre a square keeps its level (`OWN_SHARE`), so that patches
 * and holes of a square or two of the covered area nearly keep their size.
 */
import { EDGE_WINDOW, extendLevels, type FineGround, fromEdge, OWN_SHARE, placeOf } from './fine-area.ts';
import type { GridFrame } from './grid.ts';
import { COVERED_FROM, LEVEL_STEP_DB } from './levels/level-types.ts';
import { traceContours } from './polygonise.ts';
import { doubledArea, type Polygon } from './projection.ts';
import { simplifyOutlines } from './simplify-outlines.ts';

/** Decibels above what counts as covered; 0 is the covered area itself. */
export const BANDS_DB = [0, 10, 20, 30] as const;
/**
 * How far a point left out may lie from the line between its neighbours, in squares: of the covered area 5 m on squares
 * of 100 m, as figures are compared with it, of the stronger bands, which are for looking at, 20 m.
 */
const TOLERANCE = { covered: 0.05, stronger: 0.2 } as const;
/** Smaller rings are left out, in squares: of the covered area only what cannot be seen, of the stronger bands specks. */
const SMALLEST = { covered: 0.2, stronger: 2 } as const;

/**
 * The polygons of one band, corners in columns and rows of the frame, exteriors counter-clockwise.
 * @param levels stored values of one operator × technology, or the best (second best) of several operators
 */
export function bandPolygons(levels: Uint8Array, fine: FineGround, levelDb: number): Polygon[] {
  const { frame } = fine;
  const edge = COVERED_FROM + levelDb / LEVEL_STEP_DB - 0.5;
  const extended = extendLevels(levels, fine);
  // Areas are compared with the covered area; the stronger bands, which are for looking at, are smooth everywhere.
  const isMeasured = levelDb === 0;
  const share = (inside: number, outside: number): number => {
    const above = fromEdge(extended[inside] ?? 0, edge);
    const below = outside < 0 ? -EDGE_WINDOW : fromEdge(extended[outside] ?? 0, edge);
    const way = above / (above - below);
    return isMeasured ? placeOf(way) : way;
  };
  const polygons = traceContours(extended, frame, edge, share, isMeasured ? OWN_SHARE : 0);
  const strength = levelDb === 0 ? 'covered' : 'stronger';
  const large = polygons
    .map((rings) => rings.filter((ring) => Math.abs(doubledArea(ring)) / 2 >= SMALLEST[strength]))
    .filter((rings) => rings[0] !== undefined && doubledArea(rings[0]) > 0);
  return simplifyOutlines(large, frame, TOLERANCE[strength]);
}

/** Area of polygons given in columns and rows, km². */
export function polygonsKm2(polygons: readonly Polygon[], { grid_m }: GridFrame): number {
  const doubled = polygons.reduce((sum, rings) => sum + rings.reduce((own, ring) => own + doubledArea(ring), 0), 0);
  return (doubled / 2) * ((grid_m * grid_m) / 1e6);
}
