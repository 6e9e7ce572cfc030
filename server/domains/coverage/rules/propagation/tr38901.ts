/**
 * 3GPP TR 38.901 v17 path loss for rural and urban macro cells, 0.5–30 GHz: tables 7.4.1-1 (loss) and 7.4.2-1
 * (line-of-sight probability). Losses in dB, medians without shadowing. Distances are horizontal metres (d2D); the
 * slant distance d3D is derived from the heights.
 *
 * Outside the published range the loss is still given, flagged `extrapolated`. The report's own speed of light,
 * 3.0 · 10⁸ m/s, is used for the breakpoints.
 */
import type { PathLoss } from '../path-loss.ts';

export type Sight = 'los' | 'nlos';

export interface MacroPath {
  frequency_mhz: number;
  /** Horizontal distance, m. */
  distance_m: number;
  base_height_m: number;
  receiver_height_m: number;
}

/** What surrounds a rural path: mean building height (5–50 m) and street width (5–50 m). */
export interface RuralClutter {
  building_height_m: number;
  street_width_m: number;
}

export const RURAL_CLUTTER: RuralClutter = { building_height_m: 5, street_width_m: 20 };

const LIGHT_M_S = 3e8;
/** UMa: height of the effective environment for terminals below 13 m; above, the report draws it at random. */
const UMA_ENVIRONMENT_HEIGHT_M = 1;
const UMA_FIXED_ENVIRONMENT_BELOW_M = 13;

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
const log10 = Math.log10;
const slantDistance = (path: MacroPath): number =>
  Math.hypot(path.distance_m, path.base_height_m - path.receiver_height_m);
const frequencyInRange = (frequency_mhz: number): boolean => within(frequency_mhz, 500, 30_000);

/** PL1 of RMa at a slant distance in metres. */
function ruralNearLoss(slant_m: number, frequency_ghz: number, building_height_m: number): number {
  const h = building_height_m ** 1.72;
  return (
    20 * log10((40 * Math.PI * slant_m * frequency_ghz) / 3) +
    Math.min(0.03 * h, 10) * log10(slant_m) -
    Math.min(0.044 * h, 14.77) +
    0.002 * log10(building_height_m) * slant_m
  );
}

function ruralLosLoss(path: MacroPath, clutter: RuralClutter): number {
  const ghz = path.frequency_mhz / 1000;
  const slant = slantDistance(path);
  const breakpoint = (2 * Math.PI * path.base_height_m * path.receiver_height_m * ghz * 1e9) / LIGHT_M_S;
  if (path.distance_m <= breakpoint) return ruralNearLoss(slant, ghz, clutter.building_height_m);
  return ruralNearLoss(breakpoint, ghz, clutter.building_height_m) + 40 * log10(slant / breakpoint);
}

function ruralNlosLoss(path: MacroPath, { building_height_m: h, street_width_m: w }: RuralClutter): number {
  const { base_height_m: hb, receiver_height_m: hr } = path;
  return (
    161.04 -
    7.1 * log10(w) +
    7.5 * log10(h) -
    (24.37 - 3.7 * (h / hb) ** 2) * log10(hb) +
    (43.42 - 3.1 * log10(hb)) * (log10(slantDistance(path)) - 3) +
    20 * log10(path.frequency_mhz / 1000) -
    (3.2 * log10(11.75 * hr) ** 2 - 4.97)
  );
}

/**
 * Rural macro, dB. Published for 0.5–30 GHz, base 10–150 m, receiver 1–10 m, buildings and streets 5–50 m, and
 * 10 m to 10 km (LOS) or 5 km (NLOS). NLOS is never less than LOS.
 */
export function ruralMacroLoss(path: MacroPath, sight: Sight, clutter: RuralClutter = RURAL_CLUTTER): PathLoss {
  const los = ruralLosLoss(path, clutter);
  return {
    loss_db: sight === 'los' ? los : Math.max(los, ruralNlosLoss(path, clutter)),
    extrapolated: !(
      frequencyInRange(path.frequency_mhz) &&
      within(path.distance_m, 10, sight === 'los' ? 10_000 : 5000) &&
      within(path.base_height_m, 10, 150) &&
      within(path.receiver_height_m, 1, 10) &&
      within(clutter.building_height_m, 5, 50) &&
      within(clutter.street_width_m, 5, 50)
    ),
  };
}

/** Distance beyond which the two-ray slope applies in UMa, m. */
export function urbanBreakpoint({ frequency_mhz, base_height_m, receiver_height_m }: Omit<MacroPath, 'distance_m'>) {
  const base = Math.max(base_height_m - UMA_ENVIRONMENT_HEIGHT_M, 0);
  const receiver = Math.max(receiver_height_m - UMA_ENVIRONMENT_HEIGHT_M, 0);
  return (4 * base * receiver * frequency_mhz * 1e6) / LIGHT_M_S;
}

function urbanLosLoss(path: MacroPath): number {
  const { base_height_m: hb, receiver_height_m: hr, frequency_mhz } = path;
  const slant = slantDistance(path);
  const frequencyTerm = 20 * log10(frequency_mhz / 1000);
  const breakpoint = urbanBreakpoint(path);
  if (path.distance_m <= breakpoint) return 28 + 22 * log10(slant) + frequencyTerm;
  return 28 + 40 * log10(slant) + frequencyTerm - 9 * log10(breakpoint ** 2 + (hb - hr) ** 2);
}

/**
 * Urban macro, dB. Published for 0.5–30 GHz, base 25 m, receiver 1.5–22.5 m and 10 m to 5 km. NLOS is never less
 * than LOS. The effective environment is taken as 1 m high, which the report does for receivers below 13 m only;
 * higher ones are flagged.
 */
export function urbanMacroLoss(path: MacroPath, sight: Sight): PathLoss {
  const los = urbanLosLoss(path);
  const nlos =
    13.54 +
    39.08 * log10(slantDistance(path)) +
    20 * log10(path.frequency_mhz / 1000) -
    0.6 * (path.receiver_height_m - 1.5);
  return {
    loss_db: sight === 'los' ? los : Math.max(los, nlos),
    extrapolated: !(
      frequencyInRange(path.frequency_mhz) &&
      within(path.distance_m, 10, 5000) &&
      path.base_height_m === 25 &&
      path.receiver_height_m >= 1.5 &&
      path.receiver_height_m < UMA_FIXED_ENVIRONMENT_BELOW_M
    ),
  };
}

/** Probability of line of sight over a rural macro path of `distance_m` horizontal metres, 0–1. */
export const ruralMacroLosProbability = (distance_m: number): number =>
  distance_m <= 10 ? 1 : Math.exp(-(distance_m - 10) / 1000);

/** Probability of line of sight over an urban macro path, 0–1; published for receivers up to 23 m. */
export function urbanMacroLosProbability(distance_m: number, receiver_height_m: number): number {
  if (distance_m <= 18) return 1;
  const near = 18 / distance_m;
  const high = receiver_height_m <= 13 ? 0 : ((Math.min(receiver_height_m, 23) - 13) / 10) ** 1.5;
  return (
    (near + Math.exp(-distance_m / 63) * (1 - near)) *
    (1 + high * (5 / 4) * (distance_m / 100) ** 3 * Math.exp(-distance_m / 150))
  );
}
