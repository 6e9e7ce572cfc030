import { existsSync, readFileSync } from 'node:fs';
import { selectRunCells, selectRunCommunes } from '../../../server/domains/coverage/queries.ts';
import { assignSquares, UNASSIGNED } from '../../../server/domains/coverage/rules/commune-squares.ts';
import { DEFAULT_PARAMETERS } from '../../../server/domains/coverage/rules/coverage-parameters.ts';
import type { CoverageCell } from '../../../server/domains/coverage/rules/coverage-types.ts';
import { frameAround, type GridFrame } from '../../../server/domains/coverage/rules/grid.ts';
import type { LevelInput } from '../../../server/domains/coverage/rules/levels/level-types.ts';
import { settleCells } from '../../../server/domains/coverage/rules/levels/radio-cells.ts';
import type { TerrainRaster } from '../../../server/domains/coverage/rules/levels/terrain-raster.ts';
import { projectMultiPolygon, projectorFor } from '../../../server/domains/coverage/rules/projection.ts';
import { resampleTerrain } from '../../../server/domains/coverage/rules/propagation/resample-terrain.ts';
import { readHgt } from '../../../server/domains/coverage/rules/propagation/terrain-file.ts';
import type { Db } from '../../../server/platform/db/db.ts';
import { sharedData } from '../../support/shared-data.ts';

const TILE = 'N21E105.hgt';
const tilePath = sharedData('terrain', TILE);
const MARGIN_M = 500;
const STEP_M = DEFAULT_PARAMETERS.terrain_step_m;
const BRIDGE_M = 500;

export const projector = projectorFor(DEFAULT_PARAMETERS.grid_srid);
export const settle = (cells: readonly CoverageCell[]) => settleCells(cells, DEFAULT_PARAMETERS, projector);

/** The real tile over a frame, or made-up hills of 300 m where the tile is not there. */
export function benchTerrain(frame: GridFrame): { terrain: TerrainRaster; real: boolean } {
  const lattice = {
    origin_e_m: frame.origin_e_m - MARGIN_M,
    origin_n_m: frame.origin_n_m - MARGIN_M,
    step_m: STEP_M,
    cols: Math.ceil((frame.cols * frame.grid_m + 2 * MARGIN_M) / STEP_M) + 1,
    rows: Math.ceil((frame.rows * frame.grid_m + 2 * MARGIN_M) / STEP_M) + 1,
  };
  const heights_m = new Float32Array(new SharedArrayBuffer(4 * lattice.cols * lattice.rows));
  const terrain = { srid: DEFAULT_PARAMETERS.grid_srid, ...lattice, heights_m };
  if (existsSync(tilePath)) {
    const tile = readHgt(TILE, readFileSync(tilePath));
    if (!tile.ok) throw new Error(tile.message);
    resampleTerrain([tile.raster], lattice, projector, BRIDGE_M, heights_m);
    return { terrain, real: true };
  }
  for (let at = 0; at < heights_m.length; at++) {
    const x = at % lattice.cols;
    const y = (at - x) / lattice.cols;
    heights_m[at] = 150 + 90 * Math.sin(x / 18) * Math.cos(y / 26) + 50 * Math.sin((x + y) / 7);
  }
  return { terrain, real: false };
}

/** Cells of the demo province on a day with its grid, terrain on. */
export async function demoLevels(
  db: Db,
  at: string,
): Promise<{ input: LevelInput; cells: CoverageCell[]; real: boolean }> {
  const ground = await selectRunCommunes(db, at);
  if (!ground) throw new Error(`no communes in force on ${at}`);
  const shapes = ground.communes.map(({ code, polygons }) => ({
    code,
    polygons: projectMultiPolygon(polygons, projector),
  }));
  const frame = frameAround(
    shapes.flatMap(({ polygons }) => polygons),
    DEFAULT_PARAMETERS.grid_m,
  );
  const wanted = Uint8Array.from(assignSquares(shapes, frame).commune, (commune) => (commune === UNASSIGNED ? 0 : 1));
  const cells = await selectRunCells(db, at);
  const { terrain, real } = benchTerrain(frame);
  return { input: { frame, wanted, cells: settle(cells).cells, terrain, parameters: DEFAULT_PARAMETERS }, cells, real };
}
