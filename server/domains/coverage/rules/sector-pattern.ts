/**
 * How far a cell reaches in each direction.
 *
 * Horizontal pattern of 3GPP TR 36.942 / TR 38.901 table 7.3-1: A(φ) = −min(12 (φ/φ3dB)², A_m), dB relative to the
 * main beam. Without terrain the reach in a direction is the distance where the loss equals the allowed loss less
 * that attenuation; loss rises with distance, so there is exactly one, found by bisection.
 */
import type { CoverageParameters } from './coverage-parameters.ts';
import type { LinkBudget } from './link-budget.ts';
import { distanceExtrapolated, flooredLoss, lossLine } from './path-loss.ts';

/** Directions of a jagged sector: one per degree, index = degrees clockwise from true north. */
export const DIRECTIONS = 360;
/** Bisection stops when the range is known this well, m: a thousandth of a grid square. */
const RANGE_TOLERANCE_M = 0.1;

export interface Sector {
  /** Reach in metres for each whole degree clockwise from true north; 360 values. Shared: do not write to it. */
  ranges_m: Float64Array;
  range_max_m: number;
  /** The loss model was used outside its published range, in the main beam. */
  extrapolated: boolean;
  /** The range cap, not the signal, ends the main beam. */
  capped: boolean;
}

/** Gain relative to the main beam, dB (≤ 0), for an angle off the azimuth in degrees of any sign or turn. */
export function horizontalPattern(offset_deg: number, beamwidth_deg: number, front_to_back_db: number): number {
  const turned = Math.abs(offset_deg) % 360;
  const phi = turned > 180 ? 360 - turned : turned;
  return -Math.min(12 * (phi / beamwidth_deg) ** 2, front_to_back_db);
}

/**
 * Largest distance in metres with `lossAt` ≤ allowed loss, at most `cap_m`; 0 when even the first metre is too much.
 * `lossAt` takes metres, gives dB, and must not fall with distance.
 */
export function rangeForLoss(lossAt: (distance_m: number) => number, allowed_loss_db: number, cap_m: number): number {
  if (lossAt(cap_m) <= allowed_loss_db) return cap_m;
  let near = 1;
  let far = cap_m;
  if (lossAt(near) > allowed_loss_db) return 0;
  while (far - near > RANGE_TOLERANCE_M) {
    const middle = (near + far) / 2;
    if (lossAt(middle) <= allowed_loss_db) near = middle;
    else far = middle;
  }
  return near;
}

/** The reach of one radio set-up in metres, by antenna gain in dB relative to the main beam. */
interface Reach {
  byGain: (gain_db: number) => number;
  /** The model is used outside the frequencies and heights it was published for. */
  extrapolated: boolean;
}

function reachOf(budget: LinkBudget, { receiver_height_m, city_size }: CoverageParameters): Reach {
  const { band_mhz, antenna_height_m, allowed_loss_db, range_cap_m } = budget;
  const fixed = { frequency_mhz: band_mhz, base_height_m: antenna_height_m, receiver_height_m };
  const line = lossLine(budget.model, fixed, budget.environment, city_size);
  const lossAt = (distance_m: number): number => flooredLoss(line, band_mhz, distance_m / 1000);
  // The pattern is symmetric and flat at the back, and networks repeat themselves: each gain is bisected once.
  const known = new Map<number, number>();
  const byGain = (gain_db: number): number => {
    const range = known.get(gain_db) ?? rangeForLoss(lossAt, allowed_loss_db + gain_db, range_cap_m);
    known.set(gain_db, range);
    return range;
  };
  return { byGain, extrapolated: line.extrapolated };
}

function computeSector(budget: LinkBudget, reach: Reach, front_to_back_db: number): Sector {
  const { azimuth_deg, beamwidth_deg, range_cap_m } = budget;
  const range_max_m = reach.byGain(0);
  const ranges_m = new Float64Array(DIRECTIONS).fill(range_max_m);
  if (azimuth_deg !== null) {
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      ranges_m[direction] = reach.byGain(horizontalPattern(direction - azimuth_deg, beamwidth_deg, front_to_back_db));
    }
  }
  return {
    ranges_m,
    range_max_m,
    extrapolated: reach.extrapolated || distanceExtrapolated(range_max_m / 1000),
    capped: range_max_m === range_cap_m,
  };
}

/**
 * A sector maker for one run. Cells that agree in model, environment, band, height and allowed loss share their
 * reaches; those that agree in azimuth and beamwidth too share one shape. That is most of a real network.
 */
export function sectorMaker(parameters: CoverageParameters): (budget: LinkBudget) => Sector {
  const reaches = new Map<string, Reach>();
  const sectors = new Map<string, Sector>();
  return (budget) => {
    const { model, environment, band_mhz, antenna_height_m, allowed_loss_db, range_cap_m } = budget;
    const radio = [model, environment, band_mhz, antenna_height_m, allowed_loss_db, range_cap_m].join('|');
    const shape = `${radio}|${budget.azimuth_deg}|${budget.beamwidth_deg}`;
    const made = sectors.get(shape);
    if (made) return made;
    const reach = reaches.get(radio) ?? reachOf(budget, parameters);
    reaches.set(radio, reach);
    const sector = computeSector(budget, reach, parameters.front_to_back_db);
    sectors.set(shape, sector);
    return sector;
  };
}
