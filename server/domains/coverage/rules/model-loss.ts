/**
 * The loss of the model a cell is computed with, prepared once per cell so that one evaluation costs a few
 * multiplications: loss without obstacles and without shadowing, never below free space.
 *
 * Hata's models are those of `path-loss.ts`, the ones of TR 38.901 those of `propagation/tr38901.ts` without line of
 * sight; the tests hold them to these. MHz, metres, dB; log = log10.
 */
import { type CitySize, type Environment, type FixedArguments, hataTerms, type PathLossModel } from './path-loss.ts';
import { RURAL_CLUTTER, urbanBreakpoint } from './propagation/tr38901.ts';

/** Nearer than this no model means anything: paths are taken as at least this long, m. */
export const MIN_PATH_M = 1;
const FREE_SPACE_DB = 32.448;
const LIGHT_M_S = 3e8;
const log10 = Math.log10;

/** One shape for all models, so that the engine's inner loop meets one kind of object. */
export interface ModelLoss {
  readonly hata: boolean;
  /** Hata: loss = fixed − 13.82 log hb + (44.9 − 6.55 log hb) log d_km. */
  readonly fixed_db: number;
  readonly log_height: number;
  /** TR 38.901: loss = max(line of sight, nlos_db + nlos_slope · log slant), slant in metres. */
  readonly nlos_db: number;
  readonly nlos_slope: number;
  readonly near_db: number;
  readonly near_slope: number;
  readonly near_per_m: number;
  readonly breakpoint_m: number;
  readonly far_db: number;
  /** Height of the antenna over the receiver, m. */
  readonly drop_m: number;
  /** Free space at 1 km, dB. */
  readonly free_db: number;
  /** Frequency or heights are outside the range the model was published for. */
  readonly extrapolated: boolean;
  /** Distances it was published for, m. */
  readonly from_m: number;
  readonly to_m: number;
}

const HATA_RANGE = { from_m: 1_000, to_m: 20_000 };
const MACRO_RANGE = { from_m: 10, to_m: 5_000 };
const NO_TERMS = { nlos_db: 0, nlos_slope: 0, near_db: 0, near_slope: 0, near_per_m: 0, breakpoint_m: 0, far_db: 0 };

/** Line-of-sight and other terms of RMa (TR 38.901 table 7.4.1-1) with the surroundings it takes as usual. */
function ruralTerms({ frequency_mhz, base_height_m: hb, receiver_height_m: hr }: FixedArguments) {
  const ghz = frequency_mhz / 1000;
  const { building_height_m: h, street_width_m: w } = RURAL_CLUTTER;
  const power = h ** 1.72;
  const near_db = 20 * log10((40 * Math.PI * ghz) / 3) - Math.min(0.044 * power, 14.77);
  const near_slope = 20 + Math.min(0.03 * power, 10);
  const near_per_m = 0.002 * log10(h);
  const breakpoint_m = (2 * Math.PI * hb * hr * ghz * 1e9) / LIGHT_M_S;
  const nlos_slope = 43.42 - 3.1 * log10(hb);
  return {
    near_db,
    near_slope,
    near_per_m,
    breakpoint_m,
    far_db: near_db + (near_slope - 40) * log10(breakpoint_m) + near_per_m * breakpoint_m,
    nlos_slope,
    nlos_db:
      161.04 -
      7.1 * log10(w) +
      7.5 * log10(h) -
      (24.37 - 3.7 * (h / hb) ** 2) * log10(hb) -
      3 * nlos_slope +
      20 * log10(ghz) -
      (3.2 * log10(11.75 * hr) ** 2 - 4.97),
    extrapolated: !(hb >= 10 && hb <= 150 && hr >= 1 && hr <= 10),
  };
}

/** The same of UMa. */
function urbanTerms({ frequency_mhz, base_height_m: hb, receiver_height_m: hr }: FixedArguments) {
  const frequency_db = 20 * log10(frequency_mhz / 1000);
  const breakpoint_m = urbanBreakpoint({ frequency_mhz, base_height_m: hb, receiver_height_m: hr });
  return {
    near_db: 28 + frequency_db,
    near_slope: 22,
    near_per_m: 0,
    breakpoint_m,
    far_db: 28 + frequency_db - 9 * log10(breakpoint_m ** 2 + (hb - hr) ** 2),
    nlos_slope: 39.08,
    nlos_db: 13.54 + frequency_db - 0.6 * (hr - 1.5),
    extrapolated: !(hb === 25 && hr >= 1.5 && hr < 13),
  };
}

/** Prepares a model for one antenna height and frequency. */
export function modelLossOf(
  model: PathLossModel,
  fixed: FixedArguments,
  environment: Environment,
  city: CitySize,
): ModelLoss {
  const { frequency_mhz, base_height_m, receiver_height_m } = fixed;
  const common = {
    log_height: log10(base_height_m),
    drop_m: base_height_m - receiver_height_m,
    free_db: FREE_SPACE_DB + 20 * log10(frequency_mhz),
  };
  if (model === 'okumura-hata' || model === 'cost231-hata') {
    const { fixed_db, extrapolated } = hataTerms(model, fixed, environment, city);
    return { hata: true, fixed_db, ...NO_TERMS, ...common, ...HATA_RANGE, extrapolated };
  }
  const terms = model === 'tr38901-rma' ? ruralTerms(fixed) : urbanTerms(fixed);
  const inBand = frequency_mhz >= 500 && frequency_mhz <= 30_000;
  const extrapolated = terms.extrapolated || !inBand;
  return { hata: false, fixed_db: 0, ...terms, ...common, ...MACRO_RANGE, extrapolated };
}

/**
 * Loss at a distance, dB.
 * @param distance_m at least MIN_PATH_M
 * @param logKm log10(distance_m / 1000): given by the caller, who needs it for many cells
 * @param logHeight log10 of the effective antenna height; only Hata's models use it
 */
export function lossAt(loss: ModelLoss, distance_m: number, logKm: number, logHeight: number): number {
  const free = loss.free_db + 20 * logKm;
  if (loss.hata) return Math.max(free, loss.fixed_db - 13.82 * logHeight + (44.9 - 6.55 * logHeight) * logKm);
  const slant = Math.sqrt(distance_m * distance_m + loss.drop_m * loss.drop_m);
  const logSlant = Math.log10(slant);
  const sight =
    distance_m <= loss.breakpoint_m
      ? loss.near_db + loss.near_slope * logSlant + loss.near_per_m * slant
      : loss.far_db + 40 * logSlant;
  return Math.max(free, sight, loss.nlos_db + loss.nlos_slope * logSlant);
}

/** True when the model is used outside what it was published for on a path of this length. */
export const isExtrapolated = (loss: ModelLoss, distance_m: number): boolean =>
  loss.extrapolated || distance_m < loss.from_m || distance_m > loss.to_m;
