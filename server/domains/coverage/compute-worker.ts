/** Worker thread of a coverage run: a long computation never holds up HTTP. One call a step; arrays are shared, not copied. */
import { version } from '../../platform/version.ts';
import { MODEL_VERSION } from './rules/compute-coverage.ts';
import type { CoverageInput, KeyRows, OperatorLevels, RunGround, StoredCell } from './rules/coverage-types.ts';
import { digestOf } from './rules/digest.ts';
import { type KeyTask, keyAreas, keyFigures } from './rules/key-coverage.ts';
import { layGround, settledRows } from './rules/lay-run.ts';
import { type EarlierLevels, type LevelUpdate, updateLevels } from './rules/levels/incremental.ts';
import type { LevelInput } from './rules/levels/level-types.ts';
import { type SettledCells, settleCells } from './rules/levels/radio-cells.ts';
import type { TerrainRaster } from './rules/levels/terrain-raster.ts';
import { type KnownTerrain, knownTerrain } from './rules/no-terrain.ts';
import type { PopulationSources } from './rules/population-weights.ts';
import { projectorFor } from './rules/projection.ts';
import { shareArrays } from './rules/share-arrays.ts';
import { KEY_ROWS } from './take-over.ts';

/** Ground and cells of a run. */
export interface LaidRun {
  ground: RunGround;
  settled: SettledCells;
  rows: StoredCell[];
}

/** What can be asked of the worker, and what it answers. */
export interface ComputeSteps {
  lay: [Pick<CoverageInput, 'communes' | 'cells' | 'parameters'> & { population: PopulationSources }, LaidRun];
  terrain: [{ ground: RunGround; terrain: TerrainRaster }, KnownTerrain];
  update: [{ earlier: EarlierLevels; input: LevelInput }, LevelUpdate];
  /** A digest a task: equal digests have equal rows. */
  digests: [{ tasks: KeyTask[]; ground: RunGround }, string[]];
  figures: [{ task: KeyTask; ground: RunGround }, Pick<KeyRows, 'communes' | 'total'>];
  areas: [{ task: KeyTask; ground: RunGround }, Pick<KeyRows, 'areas' | 'gaps' | 'unlisted_gaps'>];
}

type Steps = { [Step in keyof ComputeSteps]: (input: ComputeSteps[Step][0]) => ComputeSteps[Step][1] };

const steps: Steps = {
  lay: ({ communes, cells, parameters, population }) => {
    const projector = projectorFor(parameters.grid_srid);
    const settled = settleCells(cells, parameters, projector);
    const ground = shareArrays(layGround(communes, parameters, projector, population));
    return { ground, settled, rows: settledRows(cells, settled) };
  },
  terrain: ({ ground, terrain }) => knownTerrain(ground, terrain),
  update: ({ earlier, input }) => shareArrays(updateLevels(earlier, input)),
  digests: ({ tasks, ground }) => {
    const common = digestOf([version, MODEL_VERSION, KEY_ROWS, ground]);
    // An operator's levels are in three tasks: their bytes are read once.
    const known = new Map<OperatorLevels, string>();
    const digestOfOperator = (one: OperatorLevels): string => {
      const digest = known.get(one) ?? digestOf(one);
      known.set(one, digest);
      return digest;
    };
    return tasks.map(({ operators, ...task }) => digestOf([common, task, operators.map(digestOfOperator)]));
  },
  figures: ({ task, ground }) => keyFigures(task, ground),
  areas: ({ task, ground }) => keyAreas(task, ground),
};

export default ({ step, input }: { step: keyof ComputeSteps; input: never }): unknown => steps[step](input);
