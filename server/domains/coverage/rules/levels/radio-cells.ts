/** From what the inventory says of cells to cells with every value settled and a place on the grid. */
import { createHash } from 'node:crypto';
import { type CoverageParameters, rangeCap, type Technology } from '../coverage-parameters.ts';
import type { CoverageCell, RefusedCell } from '../coverage-types.ts';
import { type LinkBudget, linkBudget } from '../link-budget.ts';
import { gridBearingOfNorth, type Projector } from '../projection.ts';
import { type SectorMaker, sectorMaker } from '../sector-pattern.ts';
import type { SectorPlace } from '../union-grid.ts';

/** A cell the level engine computes: plain data, everything its levels depend on but terrain and parameters. */
export interface RadioCell extends SectorPlace, LinkBudget {
  cell_id: number;
  operator_id: number;
  technology: Technology;
  /** Longest reach without terrain, m; 0 = none. */
  range_max_m: number;
  /** Digest of all its levels depend on: equal signatures give equal levels under equal parameters and terrain. */
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

export const isPosition = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) < 90;

/** Places on the grid, computed once per site. */
export function placer(projector: Projector): (lon: number, lat: number) => SectorPlace {
  const known = new Map<string, SectorPlace>();
  return (lon, lat) => {
    const key = `${lon},${lat}`;
    let place = known.get(key);
    if (!place) {
      const [east_m, north_m] = projector.forward(lon, lat);
      place = { east_m, north_m, north_bearing_deg: gridBearingOfNorth(lon, lat, projector) };
      known.set(key, place);
    }
    return place;
  };
}

/** Enough of SHA-256 that two of a million cells will not meet by chance. */
const SIGNATURE_LENGTH = 20;
const digest = (facts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, SIGNATURE_LENGTH);

function signatureOf(cell: Omit<RadioCell, 'signature' | 'range_max_m' | 'flags' | 'allowed_loss_db'>): string {
  return digest([
    cell.operator_id,
    cell.technology,
    cell.east_m,
    cell.north_m,
    cell.north_bearing_deg,
    cell.model,
    cell.environment,
    cell.band_mhz,
    cell.azimuth_deg,
    cell.beamwidth_deg,
    cell.tilt_deg,
    cell.antenna_height_m,
    cell.eirp_dbm,
    cell.required_dbm,
    cell.uncertainty_db,
    cell.range_cap_m,
  ]);
}

function radioCell(cell: CoverageCell, budget: LinkBudget, place: SectorPlace, maker: SectorMaker): RadioCell {
  const { cell_id, operator_id, technology } = cell;
  const reach = maker.mainReach(budget);
  const flags = [...budget.flags];
  if (reach.extrapolated) flags.push('model_extrapolated');
  if (reach.capped) flags.push('range_capped');
  if (reach.range_max_m === 0) flags.push('no_range');
  const facts = { cell_id, operator_id, technology, ...place, ...budget };
  return { ...facts, flags, range_max_m: reach.range_max_m, signature: signatureOf(facts) };
}

/** How far a cell with impossible values might reach: the cap of its band, if that at least is possible. */
function refusedReach({ band_mhz, technology }: CoverageCell, parameters: CoverageParameters): number {
  const band = band_mhz !== null && band_mhz > 0 ? band_mhz : parameters.band_default_mhz[technology];
  return rangeCap(band, parameters.range_caps);
}

/**
 * Settles and places every cell. A cell with an untrusted position covers nothing and might reach its range plus the
 * uncertainty of its position; one with impossible values might reach the range cap; one without a usable position
 * cannot be placed and is only refused. Impossible values are reported in `refused`, never thrown.
 */
export function settleCells(
  cells: readonly CoverageCell[],
  parameters: CoverageParameters,
  projector: Projector,
  maker: SectorMaker = sectorMaker(parameters),
): SettledCells {
  const placeOf = placer(projector);
  const settled: SettledCells = { cells: [], untrusted: [], doubtful: [], refused: [] };
  for (const cell of cells) {
    const { cell_id, operator_id, technology, lon, lat } = cell;
    const result = linkBudget(cell, parameters);
    if (!result.ok) settled.refused.push(...result.problems.map((problem) => ({ cell_id, ...problem })));
    if (!isPosition(lon, lat)) {
      const reason = 'must be a lon and lat in degrees';
      settled.refused.push({ cell_id, field: 'position', value: [lon, lat], reason });
      continue;
    }
    const place = placeOf(lon, lat);
    const radio = result.ok ? radioCell(cell, result.budget, place, maker) : null;
    if (radio && cell.position_trusted) {
      settled.cells.push(radio);
      continue;
    }
    if (radio) settled.untrusted.push(radio);
    const error_m = cell.position_trusted ? 0 : Math.max(0, cell.accuracy_m ?? parameters.doubtful_position_m);
    const reach_m = (radio ? radio.range_max_m : refusedReach(cell, parameters)) + error_m;
    const signature = digest(['doubtful', operator_id, technology, place.east_m, place.north_m, reach_m]);
    settled.doubtful.push({ cell_id, operator_id, technology, place, reach_m, signature });
  }
  return settled;
}
