/** The level of one cell at one point: the reference definition that everything else repeats to the byte. */
import type { CoverageParameters } from '../coverage-parameters.ts';
import { isExtrapolated, lossAt, type ModelLoss } from '../model-loss.ts';
import { depressionAngle, type SectorAntenna, sectorGain } from '../propagation/sector-3d.ts';
import { effectiveHeight, groundMeansTowards, isLongPath, meanGroundOver } from './ground-means.ts';
import { gridBearing, lossOf, pathLength, valueOf } from './path-terms.ts';
import { excessLoss, nuPerG, ProfileWalk, smoothEdge } from './profile-walk.ts';
import type { RadioCell } from './radio-cells.ts';
import { groundAt, type TerrainRaster } from './terrain-raster.ts';

/** level_dbm = eirp_dbm + antenna_db − model_db − diffraction_db. */
export interface PathLevel {
  distance_m: number;
  /** Clockwise from true north, 0–360°. */
  bearing_deg: number;
  /** Angle below the horizon at which the antenna sees the receiver. */
  depression_deg: number;
  /** Gain towards the receiver relative to the main beam, ≤ 0. */
  antenna_db: number;
  /** Loss of the model without obstacles, never below free space. */
  model_db: number;
  effective_height_m: number;
  /** What obstacles add, ≥ 0. */
  diffraction_db: number;
  /** False when heights are missing along the path, or there is no terrain. */
  with_terrain: boolean;
  /** The model is used outside the range it was published for. */
  extrapolated: boolean;
  /** False beyond the range cap: the cell does not count there. */
  in_reach: boolean;
  level_dbm: number;
  /** The byte of the level grids: 0 out of reach or below the scale. */
  value: number;
}

interface End {
  east_m: number;
  north_m: number;
}

interface Ground {
  walk: ProfileWalk;
  terrain: TerrainRaster;
  site_m: number;
  point_m: number;
}

/** The ground along a path, or null when any height is missing. */
function groundOf(cell: End, point: End, distance_m: number, terrain: TerrainRaster, step_m: number): Ground | null {
  const site_m = groundAt(terrain, cell.east_m, cell.north_m);
  const point_m = groundAt(terrain, point.east_m, point.north_m);
  if (Number.isNaN(site_m + point_m)) return null;
  const walk = new ProfileWalk(terrain, step_m);
  const complete = walk.isComplete(cell.east_m, cell.north_m, point.east_m, point.north_m, distance_m);
  return complete ? { walk, terrain, site_m, point_m } : null;
}

function heightOver(
  cell: RadioCell,
  loss: ModelLoss,
  ground: Ground | null,
  path: { distance_m: number; bearing: number },
  parameters: CoverageParameters,
): number {
  const { antenna_height_m } = cell;
  if (!ground || !loss.hata || !parameters.effective_height || !isLongPath(path.distance_m)) return antenna_height_m;
  const means = groundMeansTowards(ground.terrain, cell, ground.site_m, path.bearing);
  const mean = meanGroundOver(means, path.bearing, path.distance_m);
  return effectiveHeight(antenna_height_m, mean, path.distance_m, parameters.effective_height_max_m);
}

function obstacles(cell: RadioCell, point: End, distance_m: number, ground: Ground, receiver_height_m: number): number {
  const { antenna_height_m, east_m, north_m } = cell;
  const edge = ground.walk.edge(
    east_m,
    north_m,
    ground.site_m + antenna_height_m,
    point.east_m,
    point.north_m,
    ground.point_m + receiver_height_m,
    distance_m,
    Number.POSITIVE_INFINITY,
  );
  const smooth = smoothEdge(distance_m, antenna_height_m, receiver_height_m);
  return excessLoss(edge, smooth, nuPerG(cell.band_mhz), distance_m);
}

const antennaOf = (
  { azimuth_deg, beamwidth_deg, tilt_deg }: RadioCell,
  { vertical_beamwidth_deg, side_lobe_db, front_to_back_db }: CoverageParameters,
): SectorAntenna => ({
  azimuth_deg,
  beamwidth_deg,
  tilt_deg,
  vertical_beamwidth_deg,
  side_lobe_db,
  front_to_back_db,
});

/** Level of a cell at a point given in metres of the grid's zone, with every term. `terrain` null = none anywhere. */
export function pathLevel(
  cell: RadioCell,
  east_m: number,
  north_m: number,
  terrain: TerrainRaster | null,
  parameters: CoverageParameters,
): PathLevel {
  const { receiver_height_m, profile_step_m } = parameters;
  const point = { east_m, north_m };
  const [dx, dy] = [east_m - cell.east_m, north_m - cell.north_m];
  const distance_m = pathLength(dx, dy);
  const bearing = gridBearing(dx, dy);
  const ground = terrain && groundOf(cell, point, distance_m, terrain, profile_step_m);
  const rise = ground ? ground.site_m - ground.point_m : 0;
  const depression_deg = depressionAngle(rise + cell.antenna_height_m, receiver_height_m, distance_m);
  const bearing_deg = bearing - cell.north_bearing_deg;
  const antenna_db = sectorGain(bearing_deg, depression_deg, antennaOf(cell, parameters));
  const loss = lossOf(cell, parameters);
  const effective_height_m = heightOver(cell, loss, ground, { distance_m, bearing }, parameters);
  const model_db = lossAt(loss, distance_m, Math.log10(distance_m / 1000), Math.log10(effective_height_m));
  const diffraction_db = ground ? obstacles(cell, point, distance_m, ground, receiver_height_m) : 0;
  const level_dbm = cell.eirp_dbm + antenna_db - model_db - diffraction_db;
  const in_reach = distance_m <= cell.range_cap_m;
  return {
    distance_m,
    bearing_deg: (bearing_deg + 720) % 360,
    depression_deg,
    antenna_db,
    model_db,
    effective_height_m,
    diffraction_db,
    with_terrain: ground !== null,
    extrapolated: isExtrapolated(loss, distance_m),
    in_reach,
    level_dbm,
    value: in_reach ? valueOf(level_dbm - cell.required_dbm) : 0,
  };
}
