import type { Db } from '../../../platform/db/db.ts';
import { noCommunes } from '../no-communes.ts';
import { loadPopulation } from '../population/load-population.ts';
import { selectRunCells, selectRunCommunes } from '../queries.ts';
import { type CoverageParameters, DEFAULT_PARAMETERS } from '../rules/coverage-parameters.ts';
import type { CoverageCommune } from '../rules/coverage-types.ts';
import { frameAround, type GridFrame } from '../rules/grid.ts';
import { projectMultiPolygon, projectorFor } from '../rules/projection.ts';
import { loadTerrainRaster } from '../terrain/load-raster.ts';
import type { PlanningInventory } from './planning-types.ts';
import { selectCellPlaces, selectOperatorCodes, selectPlanningSites } from './queries.ts';

/** The frame that a run lays over the communes. */
function frameOf(communes: readonly CoverageCommune[], { grid_srid, grid_m }: CoverageParameters): GridFrame {
  const projector = projectorFor(grid_srid);
  return frameAround(
    communes.flatMap(({ polygons }) => projectMultiPolygon(polygons, projector)),
    grid_m,
  );
}

/** Everything the worker needs of a day, as a coverage run would read it. */
export async function readInventory(db: Db, at: string): Promise<PlanningInventory> {
  const parameters = DEFAULT_PARAMETERS;
  const [ground, cells, places, sites, operators, population] = await db.transaction(
    async (tx) =>
      [
        await selectRunCommunes(tx, at),
        await selectRunCells(tx, at),
        await selectCellPlaces(tx, at),
        await selectPlanningSites(tx, at),
        await selectOperatorCodes(tx),
        await loadPopulation(tx, at),
      ] as const,
  );
  if (!ground) throw noCommunes(at);
  const { communes } = ground;
  const frame = frameOf(communes, parameters);
  const margin_m = Math.max(...parameters.range_caps.map(({ range_m }) => range_m));
  const step_m = parameters.terrain_step_m;
  const terrain = await loadTerrainRaster(db, frame, parameters.grid_srid, margin_m, { step_m });
  return {
    parameters,
    communes,
    cells: cells.map((cell) => ({ ...cell, site_id: places.siteOf.get(cell.cell_id) ?? null })),
    sites,
    operators,
    population,
    cellCodes: places.codes,
    terrain: terrain?.raster ?? null,
  };
}
