/** The level of one cell at one point: the reference definition that everything else repeats to the byte. */
import type { CoverageParameters } from '../coverage-parameters.ts';
import { isExtrapolated, lossAt, type ModelLoss } from '../model-loss.ts';
import { depressionAngle, type SectorAntenna, sectorGain } from '../propagation/sector-3d.ts';
import { effectiveHeight, isLongPath, SiteMeans } from './ground-means.ts';
import { gridBearing, lossOf, pathLength, valueOf } from './path-terms.ts';
import { excessLoss, nuPerG, ProfileWalk, siteGroundTowards, smoothEdge } from './profile-walk.ts';
import type { RadioCell } from './radio-cells.ts';
import { groundAt, isOnRaster, type TerrainRaster } from './terrain-raster.ts';

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
  /** False when the height of the ground at the point is not known: then obstacles are not counted. */
  with_terrain: boolean;
  /** False when any height is missing, at the ends or between: what is there has been passed over. */
  terrain_complete: boolean;
  /** Ground at the site, m: where it is not known that of the nearest point of the path that is; null without terrain. */
  site_ground_m: number | null;
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
  /** Whether the ground at the site is known; else `site_m` is that of the nearest known point of the path. */
  site_known: boolean;
  point_m: number;
  complete: boolean;
}

/** The ground along a path, or null when that of the point is not known. */
function groundOf(cell: End, point: End, distance_m: number, terrain: TerrainRaster, step_m: number): Ground | null {
  const point_m = groundAt(terrain, point.east_m, point.north_m);
  if (Number.isNaN(point_m) || !isOnRaster(terrain, cell.east_m, cell.north_m)) return null;
  const walk = new ProfileWalk(terrain, step_m);
  const path = [cell.east_m, cell.north_m, point.east_m, point.north_m, distance_m] as const;
  const own_m = groundAt(terrain, cell.east_m, cell.north_m);
  const site_known = !Number.isNaN(own_m);
  const site_m = site_known ? own_m : siteGroundTowards(walk, ...path, point_m);
  return { walk, terrain, site_m, site_known, point_m, complete: site_known && walk.isComplete(...path) };
}

function heightOver(
  cell: RadioCell,
  loss: ModelLoss,
  ground: Ground | null,
  path: { distance_m: number; bearing: number },
  parameters: CoverageParameters,
): number {
  const { antenna_height_m } = cell;
  if (!ground?.site_known || !loss.hata || !parameters.effective_height || !isLongPath(path.distance_m))
    return antenna_height_m;
  const mean = new SiteMeans(ground.terrain, cell, ground.site_m).over(path.bearing, path.distance_m);
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
    terrain_complete: ground?.complete ?? false,
    site_ground_m: ground?.site_m ?? null,
    extrapolated: isExtrapolated(loss, distance_m),
    in_reach,
    level_dbm,
    value: in_reach ? valueOf(level_dbm - cell.required_dbm) : 0,
  };
}
