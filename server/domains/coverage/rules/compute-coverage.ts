/**
 * A whole coverage run as one pure function: inventory and boundaries in, levels, figures, areas and gaps out. A run of
 * the server does the same steps over worker threads (`run-coverage.ts`). Results are estimates of published models and
 * are labelled so by `model`, `model_version` and `parameters`.
 */
import { TECHNOLOGIES } from './coverage-parameters.ts';
import type { CoverageInput, CoverageKey, CoverageResult, RunGround } from './coverage-types.ts';
import { type KeyTask, keyAreas, keyFigures } from './key-coverage.ts';
import { layGround, operatorLevels, settledRows } from './lay-run.ts';
import { computeLevels } from './levels/level-grid.ts';
import type { LevelGrids } from './levels/level-types.ts';
import { type DoubtfulCell, settleCells } from './levels/radio-cells.ts';
import type { TerrainRaster } from './levels/terrain-raster.ts';
import { knownTerrain } from './no-terrain.ts';
import { projectorFor } from './projection.ts';

export { layGround } from './lay-run.ts';

export const MODEL = 'okumura-hata+cost231-hata+tr38901';
/** Raised whenever the same inventory, terrain and parameters would give other levels, figures, areas or gaps. */
export const MODEL_VERSION = '3';

/** One task a key: per technology every operator, "any operator" and "at least two" of those on air. */
export function keyTasks(
  { operators, parameters }: Pick<CoverageInput, 'operators' | 'parameters'>,
  grids: LevelGrids,
  doubtful: readonly DoubtfulCell[],
): KeyTask[] {
  const ids = operators.map(({ operator_id }) => operator_id);
  const onAir = new Set(operators.filter(({ on_air }) => on_air).map(({ operator_id }) => operator_id));
  return TECHNOLOGIES.flatMap((technology) => {
    const levels = operatorLevels(technology, ids, grids, doubtful);
    const any: CoverageKey = { scope: 'any', operator_id: null, technology };
    const hasTechnology = new Set(
      [...grids.layers, ...doubtful]
        .filter((one) => one.technology === technology)
        .map(({ operator_id }) => operator_id),
    );
    const union = levels.filter(({ operator_id }) => onAir.has(operator_id) && hasTechnology.has(operator_id));
    return [
      ...levels.map((one): KeyTask => {
        return { key: { scope: 'operator', operator_id: one.operator_id, technology }, operators: [one], parameters };
      }),
      { key: any, operators: union, parameters },
      { key: { ...any, scope: 'at_least_two' }, operators: union, parameters },
    ];
  });
}

/** What was computed for a run, its figures and areas a key each. */
export interface RunParts extends Pick<CoverageResult, 'parameters' | 'grids' | 'no_terrain' | 'cells' | 'refused'> {
  ground: RunGround;
  figures: readonly ReturnType<typeof keyFigures>[];
  areas: readonly ReturnType<typeof keyAreas>[];
}

/** The parts of a run as one result. */
export function resultOf({ ground, figures, areas, ...parts }: RunParts): CoverageResult {
  return {
    ...parts,
    model: MODEL,
    model_version: MODEL_VERSION,
    grid: { ...ground.squares.frame, srid: parts.parameters.grid_srid },
    population_method: ground.population.method,
    communes: figures.flatMap(({ communes }) => communes),
    totals: figures.map(({ total }) => total),
    areas: areas.flatMap((rows) => rows.areas),
    gaps: areas.flatMap(({ gaps }) => gaps),
    unlisted_gaps: areas.flatMap(({ unlisted_gaps }) => unlisted_gaps),
  };
}

/**
 * Computes coverage per technology for every operator asked for, "any operator" and "at least two", on this thread. Impossible cell values are reported in `refused`, never thrown. Throws RangeError when no commune has a
 * boundary or the grid would be absurdly large.
 */
export function computeCoverage(input: CoverageInput, terrain: TerrainRaster | null = null): CoverageResult {
  const { parameters } = input;
  const projector = projectorFor(parameters.grid_srid);
  const laid = layGround(input.communes, parameters, projector);
  const { pct_terrain, no_terrain } = terrain ? knownTerrain(laid, terrain) : { ...laid, no_terrain: null };
  const ground = { ...laid, pct_terrain };
  const { frame } = ground.squares;
  const settled = settleCells(input.cells, parameters, projector);
  const grids = computeLevels({ frame, wanted: ground.wanted, cells: settled.cells, terrain, parameters });
  const tasks = keyTasks(input, grids, settled.doubtful);
  return resultOf({
    parameters,
    ground,
    grids,
    no_terrain,
    figures: tasks.map((task) => keyFigures(task, ground)),
    areas: tasks.map((task) => keyAreas(task, ground)),
    cells: settledRows(input.cells, settled),
    refused: settled.refused,
  });
}
