/** The ground of a run and its cells, before any level is computed. */
import { assignSquares, UNASSIGNED } from './commune-squares.ts';
import type { CoverageParameters } from './coverage-parameters.ts';
import type { CoverageCell, CoverageCommune, OperatorLevels, RunGround, StoredCell } from './coverage-types.ts';
import { layFineGround } from './fine-area.ts';
import { frameAround, type GridFrame, squareAt } from './grid.ts';
import type { LevelGrids } from './levels/level-types.ts';
import { type DoubtfulCell, type RadioCell, type SettledCells } from './levels/radio-cells.ts';
import { spreadPopulation } from './population.ts';
import { type PopulationSources, weighSquares } from './population-weights.ts';
import { type Projector, projectMultiPolygon } from './projection.ts';
import { addSector, coveredMask, createUnionGrid } from './union-grid.ts';

/**
 * Lays the grid over the communes and spreads their people over it, evenly without `sources`. Throws RangeError without
 * any boundary.
 */
export function layGround(
  communes: readonly CoverageCommune[],
  { grid_m }: Pick<CoverageParameters, 'grid_m'>,
  projector: Projector,
  sources: PopulationSources | null = null,
): RunGround {
  const shapes = communes.map(({ code, polygons }) => ({ code, polygons: projectMultiPolygon(polygons, projector) }));
  const frame = frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    grid_m,
  );
  const squares = assignSquares(shapes, frame);
  return {
    communes: communes.map(({ commune_id, code }) => ({ commune_id, code })),
    squares,
    fine: layFineGround(squares, shapes),
    population: spreadPopulation(
      squares,
      communes.map((commune) => commune.population),
      sources ? weighSquares(squares, communes, sources, projector) : null,
    ),
    centre: Int32Array.from(communes, (commune) =>
      commune.centre ? squareAt(frame, ...projector.forward(...commune.centre)) : -1,
    ),
    wanted: Uint8Array.from(squares.commune, (commune) => (commune === UNASSIGNED ? 0 : 1)),
    pct_terrain: new Float64Array(communes.length),
  };
}

const settledOf = (cell: RadioCell, used: boolean): StoredCell => {
  const { cell_id, operator_id, technology, model, band_mhz, antenna_height_m, eirp_dbm } = cell;
  const { uncertainty_db, range_max_m, flags, signature } = cell;
  const values = { model, band_mhz, antenna_height_m, eirp_dbm, uncertainty_db, range_max_m };
  return { cell_id, operator_id, technology, ...values, used, flags, problems: null, signature };
};

/** A row for every cell of the inventory: what it was computed with, or why it was not. */
export function settledRows(cells: readonly CoverageCell[], settled: SettledCells): StoredCell[] {
  const rows = new Map<number, StoredCell>();
  for (const cell of settled.cells) rows.set(cell.cell_id, settledOf(cell, true));
  for (const cell of settled.untrusted) rows.set(cell.cell_id, settledOf(cell, false));
  const signatures = new Map(settled.doubtful.map(({ cell_id, signature }) => [cell_id, signature]));
  const asked = new Map(cells.map((cell) => [cell.cell_id, cell]));
  for (const { cell_id, ...problem } of settled.refused) {
    const cell = asked.get(cell_id);
    if (!cell) continue;
    const row = rows.get(cell_id) ?? {
      cell_id,
      operator_id: cell.operator_id,
      technology: cell.technology,
      model: null,
      band_mhz: null,
      antenna_height_m: null,
      eirp_dbm: null,
      uncertainty_db: null,
      range_max_m: null,
      used: false,
      flags: [],
      problems: null,
      signature: signatures.get(cell_id) ?? '',
    };
    rows.set(cell_id, { ...row, used: false, problems: [...(row.problems ?? []), problem] });
  }
  return [...rows.values()].sort((a, b) => a.cell_id - b.cell_id);
}

/** Squares that doubtful cells might reach; null when there is none. */
export function doubtfulMask(doubtful: readonly DoubtfulCell[], frame: GridFrame): Uint8Array | null {
  if (doubtful.length === 0) return null;
  const grid = createUnionGrid(frame);
  for (const { place, reach_m } of doubtful) addSector(grid, place, new Float64Array(360).fill(reach_m));
  return coveredMask(grid);
}

/** Levels of every operator of a technology: the best of its bands. An operator without a cell has level 0 everywhere. */
export function operatorLevels(
  technology: string,
  operators: readonly number[],
  grids: LevelGrids,
  doubtful: readonly DoubtfulCell[],
): OperatorLevels[] {
  const { frame } = grids;
  return operators.map((operator_id) => {
    const isOwn = (one: { operator_id: number; technology: string }): boolean =>
      one.operator_id === operator_id && one.technology === technology;
    const [first, ...more] = grids.layers.filter(isOwn);
    const levels =
      first && more.length === 0 ? first.levels : new Uint8Array(new SharedArrayBuffer(frame.cols * frame.rows));
    for (const layer of more.length > 0 && first ? [first, ...more] : []) {
      for (let square = 0; square < levels.length; square++) {
        const value = layer.levels[square] as number;
        if (value > (levels[square] as number)) levels[square] = value;
      }
    }
    const spread = grids.spreads.find(isOwn);
    return {
      operator_id,
      levels,
      low: spread?.low ?? null,
      high: spread?.high ?? null,
      doubtful: doubtfulMask(doubtful.filter(isOwn), frame),
    };
  });
}
