/** Ground of the communes without known height: levels there are those without terrain. */
import type { NoTerrainArea, RunGround } from './coverage-types.ts';
import { squareKm2 } from './grid.ts';
import { squaresWithoutHeight } from './levels/square-ground.ts';
import type { TerrainRaster } from './levels/terrain-raster.ts';
import { traceContours } from './polygonise.ts';
import { projectorFor } from './projection.ts';
import { simplifyOutlines } from './simplify-outlines.ts';
import { multiPolygonWkb } from './write-wkb.ts';

/** How far a point left out may lie from the line between its neighbours, in squares: this is for looking at. */
const TOLERANCE = 0.2;
/** Decimals of a degree that outlines are given with: a decimetre. */
const DECIMALS = 6;

/** What a run says of ground heights: how much of each commune has them, and where there are none. */
export interface KnownTerrain {
  /** Per commune: share of its squares whose centre's height is known, %. */
  pct_terrain: Float64Array;
  /** null = every height is known. */
  no_terrain: NoTerrainArea | null;
}

/** Per commune: share of its squares that a mask leaves out, %. */
function sharesOutside(mask: Uint8Array, { commune, squares }: RunGround['squares']): Float64Array {
  const inMask = new Float64Array(squares.length);
  for (let square = 0; square < mask.length; square++) {
    if (mask[square] === 0) continue;
    const index = commune[square] as number;
    inMask[index] = (inMask[index] as number) + 1;
  }
  return inMask.map((count, index) => {
    const all = squares[index] ?? 0;
    return Math.round((1e4 * (all - count)) / Math.max(1, all)) / 100;
  });
}

/** Looks up the heights under all squares of the communes. The outline cuts the corners of squares and is simplified. */
export function knownTerrain({ squares, wanted }: RunGround, terrain: TerrainRaster): KnownTerrain {
  const { frame } = squares;
  const mask = squaresWithoutHeight(frame, wanted, terrain);
  const count = mask.reduce((sum, set) => sum + set, 0);
  const pct_terrain = sharesOutside(mask, squares);
  if (count === 0) return { pct_terrain, no_terrain: null };
  const outlines = simplifyOutlines(
    traceContours(mask, frame, 0.5, () => 0.5),
    frame,
    TOLERANCE,
  );
  const wkb = multiPolygonWkb(outlines, frame, projectorFor(terrain.srid), DECIMALS);
  return { pct_terrain, no_terrain: { wkb, area_km2: Math.round(count * squareKm2(frame) * 1e4) / 1e4 } };
}
