/**
 * How far a cell reaches in each direction without terrain: the distance where the loss of its model equals the
 * allowed loss less what its antenna attenuates there, in both planes (`propagation/sector-3d.ts`), by bisection.
 */
import type { CoverageParameters } from './coverage-parameters.ts';
import type { LinkBudget } from './link-budget.ts';
import { isExtrapolated, lossAt, MIN_PATH_M, type ModelLoss, modelLossOf } from './model-loss.ts';
import { combinedGain, depressionAngle, horizontalPattern, verticalPattern } from './propagation/sector-3d.ts';

/** Directions of a jagged sector: one per degree, index = degrees clockwise from true north. */
export const DIRECTIONS = 360;
/** Bisection stops when the range is known this well, m: a thousandth of a grid square. */
const RANGE_TOLERANCE_M = 0.1;

/** The reach of a cell's main beam. */
export interface MainReach {
  range_max_m: number;
  /** The loss model was used outside its published range, in the main beam. */
  extrapolated: boolean;
  /** The range cap, not the signal, ends the main beam. */
  capped: boolean;
}

export interface Sector extends MainReach {
  /** Reach in metres for each whole degree clockwise from true north; 360 values. */
  ranges_m: Float64Array;
}

/** Finds reaches for one run, remembering those of equal radio set-ups. */
export interface SectorMaker {
  mainReach: (budget: LinkBudget) => MainReach;
  sector: (budget: LinkBudget) => Sector;
  /** Writes the 360 ranges of `sector` into an array of the caller's. */
  fill: (budget: LinkBudget, ranges_m: Float64Array) => void;
}

/**
 * Largest distance in metres with `lossOver` ≤ allowed loss, from `near_m` to `cap_m`; 0 when even `near_m` is too
 * much. `lossOver` takes metres, gives dB, and must not fall with distance in between.
 */
export function rangeForLoss(
  lossOver: (distance_m: number) => number,
  allowed_loss_db: number,
  cap_m: number,
  near_m: number = MIN_PATH_M,
): number {
  if (lossOver(cap_m) <= allowed_loss_db) return cap_m;
  let near = near_m;
  let far = cap_m;
  if (lossOver(near) > allowed_loss_db) return 0;
  while (far - near > RANGE_TOLERANCE_M) {
    const middle = (near + far) / 2;
    if (lossOver(middle) <= allowed_loss_db) near = middle;
    else far = middle;
  }
  return near;
}

/** The reach of one radio set-up in metres, by gain in dB of the horizontal pattern. */
interface Reach {
  /** Of the main beam. */
  main_m: number;
  byGain: (gain_db: number) => number;
  /** Reach by whole degrees off the azimuth, twice around (0 to 719), by beamwidth. */
  byOffset: Map<number, Float64Array>;
  loss: ModelLoss;
}

/**
 * From here outwards loss less gain rises with distance. Nearer the receiver leaves the flank of the vertical pattern
 * faster than the signal fades: below 8° off the beam the pattern changes by less than 35 dB a decade.
 */
const risingFrom = (budget: LinkBudget): number =>
  budget.antenna_height_m / Math.tan((Math.max(8, budget.tilt_deg + 8) * Math.PI) / 180);

function reachOf(budget: LinkBudget, parameters: CoverageParameters): Reach {
  const { band_mhz, antenna_height_m, allowed_loss_db, range_cap_m } = budget;
  const { receiver_height_m, city_size, vertical_beamwidth_deg, side_lobe_db, front_to_back_db } = parameters;
  const fixed = { frequency_mhz: band_mhz, base_height_m: antenna_height_m, receiver_height_m };
  const loss = modelLossOf(budget.model, fixed, budget.environment, city_size);
  const outer_m = Math.min(range_cap_m, Math.max(MIN_PATH_M, risingFrom(budget)));
  // The pattern is flat at the back: what was bisected last is often asked for again.
  const last = { horizontal_db: Number.NaN, range_m: 0 };
  const byGain = (horizontal_db: number): number => {
    if (horizontal_db === last.horizontal_db) return last.range_m;
    const lossOver = (distance_m: number): number => {
      const depression = depressionAngle(antenna_height_m, receiver_height_m, distance_m);
      const vertical_db = verticalPattern(depression, budget.tilt_deg, vertical_beamwidth_deg, side_lobe_db);
      const gain_db = combinedGain(horizontal_db, vertical_db, front_to_back_db);
      return lossAt(loss, distance_m, Math.log10(distance_m / 1000), loss.log_height) - gain_db;
    };
    const within = lossOver(outer_m) <= allowed_loss_db;
    last.horizontal_db = horizontal_db;
    last.range_m = rangeForLoss(
      lossOver,
      allowed_loss_db,
      within ? range_cap_m : outer_m,
      within ? outer_m : MIN_PATH_M,
    );
    return last.range_m;
  };
  return { main_m: byGain(0), byGain, byOffset: new Map(), loss };
}

function mainReachOf(budget: LinkBudget, reach: Reach): MainReach {
  const range_max_m = reach.main_m;
  return {
    range_max_m,
    extrapolated: isExtrapolated(reach.loss, range_max_m),
    capped: range_max_m === budget.range_cap_m,
  };
}

/** Reach by whole degrees off the azimuth, twice around, so that every azimuth's circle is a part of it. */
function offsetsOf(reach: Reach, beamwidth_deg: number, front_to_back_db: number): Float64Array {
  const known = reach.byOffset.get(beamwidth_deg);
  if (known) return known;
  const half = Float64Array.from({ length: DIRECTIONS / 2 + 1 }, (_, degree) =>
    reach.byGain(horizontalPattern(degree, beamwidth_deg, front_to_back_db)),
  );
  const offsets = Float64Array.from({ length: 2 * DIRECTIONS }, (_, degree) => {
    const off = degree % DIRECTIONS;
    return half[Math.min(off, DIRECTIONS - off)] as number;
  });
  reach.byOffset.set(beamwidth_deg, offsets);
  return offsets;
}

/** Writes the reach in every direction. Azimuths are nearly always whole degrees, and the pattern is symmetric. */
function fillRanges(budget: LinkBudget, reach: Reach, front_to_back_db: number, ranges_m: Float64Array): void {
  const { azimuth_deg, beamwidth_deg } = budget;
  if (azimuth_deg === null) {
    ranges_m.fill(reach.main_m);
  } else if (Number.isInteger(azimuth_deg)) {
    const north = (DIRECTIONS - azimuth_deg) % DIRECTIONS;
    ranges_m.set(offsetsOf(reach, beamwidth_deg, front_to_back_db).subarray(north, north + DIRECTIONS));
  } else {
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      ranges_m[direction] = reach.byGain(horizontalPattern(direction - azimuth_deg, beamwidth_deg, front_to_back_db));
    }
  }
}

/**
 * A sector maker for one run. Cells that agree in model, environment, band, height, tilt and allowed loss share their
 * reaches. That is most of a real network.
 */
export function sectorMaker(parameters: CoverageParameters): SectorMaker {
  const reaches = new Map<string, Reach>();
  const reachFor = (budget: LinkBudget): Reach => {
    const { model, environment, band_mhz, antenna_height_m, allowed_loss_db, range_cap_m, tilt_deg } = budget;
    const radio = `${model}|${environment}|${band_mhz}|${antenna_height_m}|${allowed_loss_db}|${range_cap_m}|${tilt_deg}`;
    const known = reaches.get(radio);
    if (known) return known;
    const reach = reachOf(budget, parameters);
    reaches.set(radio, reach);
    return reach;
  };
  const fill: SectorMaker['fill'] = (budget, ranges_m) =>
    fillRanges(budget, reachFor(budget), parameters.front_to_back_db, ranges_m);
  return {
    mainReach: (budget) => mainReachOf(budget, reachFor(budget)),
    fill,
    sector(budget) {
      const ranges_m = new Float64Array(DIRECTIONS);
      fill(budget, ranges_m);
      return { ranges_m, ...mainReachOf(budget, reachFor(budget)) };
    },
  };
}
