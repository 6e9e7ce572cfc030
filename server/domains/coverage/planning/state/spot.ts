/** What reaches a spot: the best server of every operator × technology × band at the centre of its square. */
import type { SpotLevel } from '../../../../contract/index.ts';
import { TECHNOLOGIES } from '../../rules/coverage-parameters.ts';
import { COVERED_FROM, groundAt, pathLevel, type RadioCell } from '../../rules/levels/index.ts';
import type { SpotAnswer, SpotTask } from '../planning-types.ts';
import { scatterOver } from './level-window.ts';
import { certain, type PlanningState, type Point } from './planning-state.ts';

/** The centre of the square around a point, on the lines of the grid, also beyond its frame. */
export function squareCentre(state: PlanningState, lon: number, lat: number): Point {
  const { grid_m } = state.levelGround.frame;
  const { east_m, north_m } = state.pointOf(lon, lat);
  const centre = (metres: number): number => (Math.floor(metres / grid_m) + 0.5) * grid_m;
  return { east_m: centre(east_m), north_m: centre(north_m) };
}

/** Height of the ground, m above sea level; null = no terrain there. */
export function groundHeight(state: PlanningState, { east_m, north_m }: Point): number | null {
  const { terrain } = state.levelGround;
  const height = terrain ? groundAt(terrain, east_m, north_m) : Number.NaN;
  return Number.isNaN(height) ? null : height;
}

/** The best server of each layer on one square alone: that of a run, from the present inventory. */
function serversAt(state: PlanningState, centre: Point, cells: readonly RadioCell[]): RadioCell[] {
  const { grid_m } = state.levelGround.frame;
  const half = grid_m / 2;
  const square = { origin_e_m: centre.east_m - half, origin_n_m: centre.north_m - half, cols: 1, rows: 1, grid_m };
  const byId = new Map(cells.map((cell) => [cell.cell_id, cell]));
  const { layers } = scatterOver(cells.map(certain), square, Uint8Array.of(0), state.levelGround);
  return layers.flatMap(({ cell_ids, servers }) => {
    const cell = byId.get(cell_ids[(servers[0] as number) - 1] ?? -1);
    return cell ? [cell] : [];
  });
}

function spotLevel(state: PlanningState, centre: Point, cell: RadioCell): SpotLevel {
  const { parameters } = state.levelGround;
  const { operators, cellCodes } = state.inventory;
  const path = pathLevel(cell, centre.east_m, centre.north_m, state.levelGround.terrain, parameters);
  const site_id = state.cellById.get(cell.cell_id)?.site_id ?? -1;
  return {
    operator: operators.find(({ operator_id }) => operator_id === cell.operator_id)?.code ?? '',
    technology: cell.technology,
    band_mhz: cell.band_mhz,
    level_dbm: path.level_dbm,
    level_low_dbm: path.level_dbm - cell.uncertainty_db,
    level_high_dbm: path.level_dbm + cell.uncertainty_db,
    threshold_dbm: parameters.threshold_dbm[cell.technology],
    required_dbm: cell.required_dbm,
    covered: path.value >= COVERED_FROM,
    cell_id: cell.cell_id,
    cell_code: cellCodes.get(cell.cell_id) ?? '',
    site_id,
    site_code: state.planning.siteOf(site_id)?.code ?? '',
    distance_m: path.distance_m,
    model: cell.model,
    with_terrain: path.with_terrain,
    extrapolated: path.extrapolated,
  };
}

const byTechnologyThenLevel = (a: SpotLevel, b: SpotLevel): number =>
  TECHNOLOGIES.indexOf(a.technology) - TECHNOLOGIES.indexOf(b.technology) ||
  b.level_dbm - a.level_dbm ||
  a.cell_id - b.cell_id;

/** Answers GET /coverage/spot. Outside the communes there is nothing to say: no items. */
export function spot(state: PlanningState, { lon, lat, technology }: SpotTask): SpotAnswer {
  const centre = squareCentre(state, lon, lat);
  const [centreLon, centreLat] = state.projector.inverse(centre.east_m, centre.north_m);
  const commune = state.communeAt(centre);
  const about = { lon: centreLon, lat: centreLat, ground_m: groundHeight(state, centre), commune };
  if (commune < 0) return { ...about, items: [] };
  const near = state.settled.cells.filter(
    (cell) =>
      (technology === null || cell.technology === technology) &&
      Math.hypot(cell.east_m - centre.east_m, cell.north_m - centre.north_m) <= cell.range_cap_m,
  );
  const items = serversAt(state, centre, near).map((cell) => spotLevel(state, centre, cell));
  return { ...about, items: items.sort(byTechnologyThenLevel) };
}
