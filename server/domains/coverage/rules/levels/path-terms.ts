/**
 * The terms of a level, each in one place: the reference (`path-level.ts`) and the scatter over the grid
 * (`scatter.ts`) both call these, which is why they agree to the last bit.
 */
import type { CoverageParameters } from '../coverage-parameters.ts';
import type { LinkBudget } from '../link-budget.ts';
import { MIN_PATH_M, type ModelLoss, modelLossOf } from '../model-loss.ts';
import { LEVEL_CAP, LEVEL_DEPTH_DB, LEVEL_STEP_DB } from './level-types.ts';

const DEGREES = 180 / Math.PI;
const STEPS_PER_DB = 1 / LEVEL_STEP_DB;
const ZERO_MARGIN = LEVEL_DEPTH_DB * STEPS_PER_DB + 1;

/** Length of a path by its components, m; never shorter than MIN_PATH_M. */
export const pathLength = (dx: number, dy: number): number => Math.max(MIN_PATH_M, Math.sqrt(dx * dx + dy * dy));

/** Bearing on the grid, −180…180° clockwise from grid north. */
export const gridBearing = (dx: number, dy: number): number => Math.atan2(dx, dy) * DEGREES;

/** The model of a cell, prepared. */
export const lossOf = (
  { model, band_mhz, antenna_height_m, environment }: LinkBudget,
  { receiver_height_m, city_size }: CoverageParameters,
): ModelLoss =>
  modelLossOf(
    model,
    { frequency_mhz: band_mhz, base_height_m: antenna_height_m, receiver_height_m },
    environment,
    city_size,
  );

/** The level as a byte from how far it is above the required level, dB: 129 from 0 on, 0 below −64 dB. */
export function valueOf(margin_db: number): number {
  const value = Math.floor(margin_db * STEPS_PER_DB) + ZERO_MARGIN;
  return value < 0 ? 0 : value > LEVEL_CAP ? LEVEL_CAP : value;
}

/** The smallest margin that gives a byte of at least 1, dB. */
export const leastMargin = (value: number): number => (Math.max(1, value) - ZERO_MARGIN) * LEVEL_STEP_DB;
