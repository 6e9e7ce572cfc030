/**
 * A commune looked at on a finer grid: where its share is near the threshold of "covered", whole squares of 100 m
 * decide too much. Levels are those of the engine at the centres of the finer squares, none is drawn in between.
 */
import type { CoverageParameters } from '../coverage-parameters.ts';
import { fillPolygon, frameAround, type GridFrame, squareAt } from '../grid.ts';
import type { Polygon } from '../projection.ts';
import { computeLevels } from './level-grid.ts';
import { COVERED_FROM } from './level-types.ts';
import type { RadioCell } from './radio-cells.ts';
import type { TerrainRaster } from './terrain-raster.ts';

export interface RefineInput {
  /** The commune's boundary in metres of the grid's zone. */
  polygons: readonly Polygon[];
  /** Cells of the operator × technology asked for; those out of reach are left out. */
  cells: readonly RadioCell[];
  terrain: TerrainRaster | null;
  parameters: CoverageParameters;
  /** People of the commune on the squares of the run's grid, evenly spread within each; null = not asked for. */
  people: { frame: GridFrame; of: (square: number) => number } | null;
}

export interface RefinedShare {
  /** Squares of the finer grid in the commune, and how many of them are covered. */
  squares: number;
  squares_covered: number;
  pct_area: number;
  /** People on covered parts of their squares; null when not asked for. */
  people_covered: number | null;
}

/** Side of the finer squares, m. */
export const REFINED_M = 25;

/** Whether a share is near enough to the threshold that whole squares might put it on the wrong side, in points. */
export const isNearThreshold = (pct: number, covered_from_pct: number, points = 1.5): boolean =>
  Math.abs(pct - covered_from_pct) <= points;

/** Cells whose computed reach touches a frame. */
function inReach(cells: readonly RadioCell[], { origin_e_m, origin_n_m, cols, rows, grid_m }: GridFrame): RadioCell[] {
  const [east, north] = [origin_e_m + cols * grid_m, origin_n_m + rows * grid_m];
  return cells.filter((cell) => {
    const dx = Math.max(origin_e_m - cell.east_m, 0, cell.east_m - east);
    const dy = Math.max(origin_n_m - cell.north_m, 0, cell.north_m - north);
    return dx * dx + dy * dy <= cell.range_cap_m * cell.range_cap_m;
  });
}

/** People of the covered parts of squares: each square's people are spread over its parts in the commune. */
function peopleOn(
  covered: Uint8Array,
  wanted: Uint8Array,
  fine: GridFrame,
  people: NonNullable<RefineInput['people']>,
) {
  const parts = new Map<number, [all: number, covered: number]>();
  for (let square = 0; square < wanted.length; square++) {
    if (wanted[square] === 0) continue;
    const col = square % fine.cols;
    const east = fine.origin_e_m + (col + 0.5) * fine.grid_m;
    const north = fine.origin_n_m + ((square - col) / fine.cols + 0.5) * fine.grid_m;
    const coarse = squareAt(people.frame, east, north);
    const [all, inside] = parts.get(coarse) ?? [0, 0];
    parts.set(coarse, [all + 1, inside + (covered[square] as number)]);
  }
  let sum = 0;
  for (const [coarse, [all, inside]] of parts) if (coarse >= 0) sum += (people.of(coarse) * inside) / all;
  return sum;
}

/** The covered share of one commune on squares of REFINED_M. Throws RangeError without a boundary. */
export function refineCommune({ polygons, cells, terrain, parameters, people }: RefineInput): RefinedShare {
  const frame = frameAround(polygons, REFINED_M);
  const wanted = new Uint8Array(frame.cols * frame.rows);
  for (const polygon of polygons) {
    fillPolygon(polygon, frame, (row, start, end) => wanted.fill(1, row * frame.cols + start, row * frame.cols + end));
  }
  const { layers } = computeLevels({ frame, wanted, cells: inReach(cells, frame), terrain, parameters });
  const covered = wanted.map((_, square) =>
    layers.some(({ levels }) => (levels[square] as number) >= COVERED_FROM) ? 1 : 0,
  );
  const squares = wanted.reduce((sum, one) => sum + one, 0);
  const squares_covered = covered.reduce((sum, one) => sum + one, 0);
  return {
    squares,
    squares_covered,
    pct_area: squares > 0 ? (100 * squares_covered) / squares : 0,
    people_covered: people && peopleOn(covered, wanted, frame, people),
  };
}
