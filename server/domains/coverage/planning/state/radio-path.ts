/** The way from a cell to a spot: terrain, ray, Fresnel zone, and what the level is made of. */
import { COVERED_FROM, groundAt, pathLevel, type RadioCell, type TerrainRaster } from '../../rules/levels/index.ts';
import { freeSpaceLoss } from '../../rules/path-loss.ts';
import { itmPointToPoint } from '../../rules/propagation/itm.ts';
import { earthBulge, fresnelRadius, pathClearance } from '../../rules/propagation/path-clearance.ts';
import { AVERAGE_LAND, EFFECTIVE_EARTH_RADIUS_M } from '../../rules/propagation/radio-units.ts';
import type { EvenProfile, PathProfile } from '../../rules/propagation/terrain-profile.ts';
import type { PathAnswer, PathTask } from '../planning-types.ts';
import type { PlanningState, Point } from './planning-state.ts';
import { squareCentre } from './spot.ts';

/** Points of a profile that is drawn: more than a panel has pixels for are not sent. */
const MAX_POINTS = 200;
const MIN_POINTS = 3;

type SampledProfile = EvenProfile & PathProfile;

/** Heights at equal steps of about a post of the terrain. */
function sampleProfile(from: Point, to: Point, distance_m: number, terrain: TerrainRaster): SampledProfile {
  const steps = Math.min(MAX_POINTS - 1, Math.max(MIN_POINTS - 1, Math.ceil(distance_m / terrain.step_m)));
  const share = (i: number): number => i / steps;
  const distances_m = Float64Array.from({ length: steps + 1 }, (_, i) => distance_m * share(i));
  const heights_m = Float64Array.from({ length: steps + 1 }, (_, i) =>
    groundAt(
      terrain,
      from.east_m + (to.east_m - from.east_m) * share(i),
      from.north_m + (to.north_m - from.north_m) * share(i),
    ),
  );
  return { step_m: distance_m / steps, distances_m, heights_m };
}

/** The profile as it is drawn, or null when the ground at the spot is not known. `start` is the ground at the site as the level takes it. */
function drawnProfile(
  { distances_m, heights_m }: SampledProfile,
  start: number | null,
  cell: RadioCell,
  receiver_height_m: number,
) {
  const last = distances_m.length - 1;
  const total = distances_m[last] as number;
  const end = heights_m[last] as number;
  if (start === null || Number.isNaN(end)) return null;
  const [tx, rx] = [start + cell.antenna_height_m, end + receiver_height_m];
  const along = Array.from(distances_m);
  return {
    distances_m: along,
    ground_m: Array.from(heights_m, (height) => (Number.isNaN(height) ? null : height)),
    // Drawn over level ground: the straight line hangs below its ends by the bulge of the Earth.
    ray_m: along.map((d) => (tx * (total - d) + rx * d) / total - earthBulge(d, total - d, EFFECTIVE_EARTH_RADIUS_M)),
    fresnel_m: along.map((d) => fresnelRadius(cell.band_mhz, d, total - d)),
  };
}

/** Longley–Rice along the same heights: median of time, place and situation, vertical, average ground. */
function itmLoss(profile: SampledProfile, cell: RadioCell, receiver_height_m: number): number | null {
  const result = itmPointToPoint(
    profile,
    { tx_height_m: cell.antenna_height_m, rx_height_m: receiver_height_m },
    {
      ...AVERAGE_LAND,
      frequency_mhz: cell.band_mhz,
      polarisation: 'vertical',
      climate: 'continental_subtropical',
      refractivity_n: 320,
    },
    { mode: 'broadcast', time_pct: 50, location_pct: 50, situation_pct: 50 },
  );
  return result.ok ? result.loss_db : null;
}

function sightOf(sampled: SampledProfile, start: number, cell: RadioCell, receiver_height_m: number) {
  const heights_m = sampled.heights_m.slice();
  heights_m[0] = start;
  const { line_of_sight, worst } = pathClearance(
    { ...sampled, heights_m },
    {
      tx_height_m: cell.antenna_height_m,
      rx_height_m: receiver_height_m,
      frequency_mhz: cell.band_mhz,
    },
  );
  const { distance_m, clearance_m, ratio } = worst ?? { distance_m: 0, clearance_m: 0, ratio: 0 };
  return { line_of_sight, worst_clearance: worst ? { distance_m, clearance_m, ratio } : null };
}

const NO_SIGHT = { line_of_sight: null, worst_clearance: null };

/** The cell settled, whether or not its position is trusted. */
function settledCell({ settled, cellById }: PlanningState, cell_id: number): RadioCell | PathAnswer {
  const isAsked = (cell: RadioCell): boolean => cell.cell_id === cell_id;
  const cell = settled.cells.find(isAsked) ?? settled.untrusted.find(isAsked);
  if (cell) return cell;
  if (!cellById.has(cell_id)) return { refused: 'unknown_cell', reason: '' };
  const problem = settled.refused.find((refused) => refused.cell_id === cell_id);
  return {
    refused: 'impossible_cell',
    reason: `${problem?.field ?? 'a value'} ${problem?.reason ?? 'is not possible'}`,
  };
}

/** Answers GET /coverage/path. */
export function radioPath(state: PlanningState, { lon, lat, cell_id }: PathTask): PathAnswer {
  const { terrain, parameters } = state.levelGround;
  const { receiver_height_m } = parameters;
  const centre = squareCentre(state, lon, lat);
  if (state.communeAt(centre) < 0) return { refused: 'outside', reason: '' };
  const cell = settledCell(state, cell_id);
  if ('refused' in cell) return cell;
  const level = pathLevel(cell, centre.east_m, centre.north_m, terrain, parameters);
  const [centreLon, centreLat] = state.projector.inverse(centre.east_m, centre.north_m);
  const sampled = terrain && sampleProfile(cell, centre, level.distance_m, terrain);
  const start = level.site_ground_m;
  const profile = sampled && drawnProfile(sampled, start, cell, receiver_height_m);
  const isTrusted = state.cellById.get(cell_id)?.position_trusted ?? true;
  return {
    refused: null,
    site_id: state.cellById.get(cell_id)?.site_id ?? -1,
    path: {
      cell: {
        id: cell_id,
        code: state.inventory.cellCodes.get(cell_id) ?? '',
        operator: state.inventory.operators.find((one) => one.operator_id === cell.operator_id)?.code ?? '',
        technology: cell.technology,
        band_mhz: cell.band_mhz,
      },
      lon: centreLon,
      lat: centreLat,
      distance_m: level.distance_m,
      bearing_deg: level.bearing_deg,
      antenna_height_m: cell.antenna_height_m,
      receiver_height_m,
      profile,
      ...(sampled && profile && start !== null ? sightOf(sampled, start, cell, receiver_height_m) : NO_SIGHT),
      incomplete: !level.terrain_complete,
      eirp_dbm: cell.eirp_dbm,
      antenna_db: -level.antenna_db,
      free_space_db: freeSpaceLoss(cell.band_mhz, level.distance_m / 1000).loss_db,
      model: cell.model,
      model_db: level.model_db,
      effective_height_m: level.effective_height_m,
      diffraction_db: level.diffraction_db,
      itm_db: sampled && level.terrain_complete ? itmLoss(sampled, cell, receiver_height_m) : null,
      level_dbm: level.level_dbm,
      required_dbm: cell.required_dbm,
      covered: isTrusted && level.value >= COVERED_FROM,
      extrapolated: level.extrapolated,
      flags: [...cell.flags, ...(isTrusted ? [] : ['position_untrusted']), ...(level.in_reach ? [] : ['out_of_reach'])],
    },
  };
}
