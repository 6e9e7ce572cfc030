/** What planning knows of sites and cells, and the cells of a site that is planned. */
import type { CoverageParameters, Technology } from '../../rules/coverage-parameters.ts';
import type { CoverageCell } from '../../rules/coverage-types.ts';
import type { Environment } from '../../rules/path-loss.ts';

/** A site as planning knows it. */
export interface PlanningSite {
  site_id: number;
  code: string;
  lon: number;
  lat: number;
  environment: Environment;
  /** Of the tallest mast; null = not known. */
  mast_height_m: number | null;
  /** False: the position is flagged, what stands there covers nothing. */
  position_trusted: boolean;
  /** Operators with a station on air there, in any technology. */
  operator_ids: readonly number[];
}

/** A cell on air and the site it is on; null = a planned site. */
export interface PlanningCell extends CoverageCell {
  site_id: number | null;
}

/** What changes are resolved against. */
export interface PlanningGround {
  parameters: CoverageParameters;
  siteOf: (site_id: number) => PlanningSite | undefined;
  /** Cells on air at a site, of every operator and technology. */
  cellsAt: (site_id: number) => readonly PlanningCell[];
  /** Inside a commune, or within 2 km of one. */
  isInProvince: (lon: number, lat: number) => boolean;
  /** The site that tells the surroundings of a point; null = none near. */
  nearestSite: (lon: number, lat: number) => PlanningSite | null;
  /** Metres. */
  distance: (from: Position, to: Position) => number;
  operatorName: (operator_id: number | null) => string;
}

export interface Position {
  lon: number;
  lat: number;
}

/** Three sectors, as most sites have. */
export const DEFAULT_AZIMUTHS: readonly number[] = [0, 120, 240];
/** Whose cells are added when any operator is asked for. */
const NOBODY = 0;

/** A planned site: what is known of it. */
export interface PlannedSite extends Position {
  site: PlanningSite | null;
  operator_id: number | null;
  technology: Technology;
  environment: Environment;
  antenna_height_m: number;
  band_mhz: number;
  eirp_dbm: number;
  /** Empty: omnidirectional. */
  azimuths_deg: readonly number[];
  newId: () => number;
}

/** The cells of a planned site, one an azimuth; beamwidth and tilt are the engine's defaults. */
export function plannedCells(planned: PlannedSite): PlanningCell[] {
  const { site, lon, lat, azimuths_deg } = planned;
  return (azimuths_deg.length === 0 ? [null] : azimuths_deg).map((azimuth_deg) => ({
    cell_id: planned.newId(),
    operator_id: planned.operator_id ?? NOBODY,
    site_id: site?.site_id ?? null,
    lon,
    lat,
    position_trusted: site?.position_trusted ?? true,
    accuracy_m: null,
    environment: planned.environment,
    technology: planned.technology,
    band_mhz: planned.band_mhz,
    azimuth_deg,
    antenna_height_m: planned.antenna_height_m,
    tilt_deg: null,
    gain_dbi: null,
    power_w: null,
    eirp_dbm: planned.eirp_dbm,
    beamwidth_deg: null,
  }));
}
