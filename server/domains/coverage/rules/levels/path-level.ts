/** The level of one cell at one point: the reference definition that everything else repeats to the byte. */
import type { CoverageParameters } from '../coverage-parameters.ts';
import type { RadioCell } from './radio-cells.ts';
import type { TerrainRaster } from './terrain-raster.ts';

/** level_dbm = eirp_dbm + antenna_db − model_db − diffraction_db. */
export interface PathLevel {
  distance_m: number;
  /** Clockwise from true north, degrees. */
  bearing_deg: number;
  /** Angle below the horizon at which the antenna sees the receiver. */
  depression_deg: number;
  /** Gain towards the receiver relative to the main beam, ≤ 0. */
  antenna_db: number;
  /** Loss of the model without obstacles, never below free space. */
  model_db: number;
  effective_height_m: number;
  /** What obstacles add. */
  diffraction_db: number;
  /** False when heights are missing along the path, or there is no terrain. */
  with_terrain: boolean;
  /** The model is used outside the range it was published for. */
  extrapolated: boolean;
  /** False beyond the range cap: the cell does not count there. */
  in_reach: boolean;
  level_dbm: number;
  /** The byte of the level grids: 0 beyond the cap or below base. */
  value: number;
}

export function pathLevel(
  _cell: RadioCell,
  _east_m: number,
  _north_m: number,
  _terrain: TerrainRaster | null,
  _parameters: CoverageParameters,
): PathLevel {
  throw new Error('not yet');
}
