/** From what the inventory says of cells to cells with every value settled and a place on the grid. */
import type { CoverageParameters, Technology } from '../coverage-parameters.ts';
import type { CoverageCell, RefusedCell } from '../coverage-types.ts';
import type { CellFlag } from '../link-budget.ts';
import type { Environment, PathLossModel } from '../path-loss.ts';
import type { Projector } from '../projection.ts';
import type { SectorPlace } from '../union-grid.ts';

/** A cell the level engine computes: plain data, everything its levels depend on but terrain and parameters. */
export interface RadioCell extends SectorPlace {
  cell_id: number;
  operator_id: number;
  technology: Technology;
  model: PathLossModel;
  environment: Environment;
  band_mhz: number;
  /** Clockwise from true north; null = omnidirectional. */
  azimuth_deg: number | null;
  beamwidth_deg: number;
  /** Positive below the horizon. */
  tilt_deg: number;
  antenna_height_m: number;
  eirp_dbm: number;
  /** Threshold plus shadowing margin: the level that counts as covered. */
  required_dbm: number;
  /** Half width of the error band from defaulted values; 0 = everything was reported. */
  uncertainty_db: number;
  /** Longest path computed. */
  range_cap_m: number;
  /** Longest reach without terrain, m; 0 = none. */
  range_max_m: number;
  flags: CellFlag[];
  /** Digest of all of the above but flags: equal signatures give equal levels under equal parameters and terrain. */
  signature: string;
}

/** A cell that covers nothing because its position or values cannot be trusted, and how far it might reach. */
export interface DoubtfulCell {
  cell_id: number;
  operator_id: number;
  technology: Technology;
  place: SectorPlace;
  reach_m: number;
  signature: string;
}

export interface SettledCells {
  /** Trusted cells: those that cover. */
  cells: RadioCell[];
  /** Cells with possible values at an untrusted position, settled as if they stood there; they cover nothing. */
  untrusted: RadioCell[];
  /** Their possible reach, and that of cells with impossible values. */
  doubtful: DoubtfulCell[];
  refused: RefusedCell[];
}

/** Settles and places every cell. Impossible values are reported in `refused`, never thrown. */
export function settleCells(
  _cells: readonly CoverageCell[],
  _parameters: CoverageParameters,
  _projector: Projector,
): SettledCells {
  throw new Error('not yet');
}
