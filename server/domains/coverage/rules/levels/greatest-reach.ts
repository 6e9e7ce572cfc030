/** How far a cell may be received at most, whatever the ground does for it. */
import type { CoverageParameters } from '../coverage-parameters.ts';
import { lossAt, MIN_PATH_M } from '../model-loss.ts';
import { greatestHeight, lowestMean } from './ground-means.ts';
import { lossOf } from './path-terms.ts';
import type { RadioCell } from './radio-cells.ts';
import { BOUND_SLACK_DB, RING_ENDS_M } from './rings.ts';
import { groundAt, type TerrainRaster } from './terrain-raster.ts';

/**
 * A distance beyond which a cell covers nothing, m: by rings as the scatter bounds them, in the main beam, without
 * obstacles, over the lowest ground around. At most its range cap; 0 when it covers nothing at all.
 */
export function greatestReach(cell: RadioCell, terrain: TerrainRaster | null, parameters: CoverageParameters): number {
  const loss = lossOf(cell, parameters);
  const ground_m = terrain && parameters.effective_height ? groundAt(terrain, cell.east_m, cell.north_m) : Number.NaN;
  let reach_m = 0;
  let inner = MIN_PATH_M;
  for (const end of RING_ENDS_M) {
    if (inner >= cell.range_cap_m) break;
    const lowest_m = terrain && !Number.isNaN(ground_m) ? lowestMean(terrain, cell, ground_m, end) : 0;
    const height_m = greatestHeight(cell.antenna_height_m, lowest_m, parameters.effective_height_max_m);
    const least_db = lossAt(loss, inner, Math.log10(inner / 1000), Math.log10(height_m));
    if (cell.eirp_dbm - least_db - cell.required_dbm + BOUND_SLACK_DB >= 0) reach_m = end;
    inner = end;
  }
  return Math.min(reach_m, cell.range_cap_m);
}
