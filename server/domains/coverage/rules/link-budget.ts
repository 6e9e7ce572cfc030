/**
 * From what the inventory says of a cell to the loss it can bear.
 *
 * Convention: an EIRP, reported or default, is that of the signal whose level the threshold is stated for:
 * GSM BCCH carrier (RxLev), 3G common pilot (RSCP), LTE one resource element of the reference signal (RSRP),
 * NR one resource element of the synchronisation signal (SS-RSRP). Comparing RSRP with the EIRP of the whole
 * carrier is a 31 dB error. `power_w` is the total power of the carrier and is converted:
 * EIRP = 10 log10(1000 P) + gain − feeder + reference offset.
 *
 * Impossible values are refused as values with a reason, never thrown; missing ones take a default with a flag.
 */
import { BANDS_MHZ } from '../../../contract/bands.ts';
import { type CoverageParameters, modelFor, rangeCap, type Technology } from './coverage-parameters.ts';
import type { Environment, PathLossModel } from './path-loss.ts';

/** The radio facts of a cell; null = not reported. Keys and units are those of the table `cell`. */
export interface CellRadio {
  technology: Technology;
  environment: Environment | null;
  band_mhz: number | null;
  /** Degrees clockwise from true north; null = omnidirectional. */
  azimuth_deg: number | null;
  antenna_height_m: number | null;
  gain_dbi: number | null;
  power_w: number | null;
  eirp_dbm: number | null;
  beamwidth_deg: number | null;
  /** Mechanical plus electrical, positive downwards. */
  tilt_deg: number | null;
}

export type CellFlag =
  | 'environment_default'
  | 'band_default'
  | 'antenna_height_default'
  | 'gain_default'
  | 'eirp_default'
  | 'eirp_from_power'
  | 'beamwidth_default'
  | 'tilt_default'
  | 'model_extrapolated'
  | 'range_capped'
  | 'no_range';

/** A cell with every value settled. */
export interface LinkBudget {
  model: PathLossModel;
  environment: Environment;
  band_mhz: number;
  azimuth_deg: number | null;
  beamwidth_deg: number;
  tilt_deg: number;
  antenna_height_m: number;
  /** Of the reference signal, in the direction of the main beam. */
  eirp_dbm: number;
  /** Path loss at which the level equals threshold + margin, in the direction of the main beam, dB. */
  allowed_loss_db: number;
  /** The level that counts as covered: threshold + shadowing margin, dBm. */
  required_dbm: number;
  /** Longest range accepted without terrain, m. */
  range_cap_m: number;
  /** Half width of the error band from values that were not reported, dB. */
  uncertainty_db: number;
  flags: CellFlag[];
}

export interface CellProblem {
  field: keyof CellRadio | 'position';
  value: unknown;
  reason: string;
}

export type LinkBudgetResult = { ok: true; budget: LinkBudget } | { ok: false; problems: CellProblem[] };

interface Limit {
  accepts: (value: number) => boolean;
  reason: string;
}

const between = (low: number, high: number, unit: string): Limit => ({
  accepts: (value) => value >= low && value <= high,
  reason: `must be from ${low} to ${high} ${unit}`,
});
const above0 = (high: number, unit: string): Limit => ({
  accepts: (value) => value > 0 && value <= high,
  reason: `must be above 0 and at most ${high} ${unit}`,
});

const bandLimit = (technology: Technology): Limit => {
  const limit = between(...BANDS_MHZ[technology], 'MHz');
  return { ...limit, reason: `of ${technology} ${limit.reason}` };
};

const LIMITS: Partial<Record<keyof CellRadio, Limit>> = {
  azimuth_deg: between(0, 360, '°'),
  // The tallest mast the inventory accepts.
  antenna_height_m: above0(350, 'm'),
  gain_dbi: between(-10, 40, 'dBi'),
  power_w: above0(2_000, 'W'),
  eirp_dbm: between(-20, 90, 'dBm'),
  beamwidth_deg: above0(360, '°'),
  tilt_deg: between(-90, 90, '°'),
};

type Check = [field: keyof CellRadio, limit: Limit];

const checksOf = (technology: Technology): Check[] =>
  Object.entries({ band_mhz: bandLimit(technology), ...LIMITS }) as Check[];
/** What the values of a technology's cells are checked for, in order: made once, since cells are many. */
const CHECKS: Readonly<Record<Technology, readonly Check[]>> = {
  '2G': checksOf('2G'),
  '3G': checksOf('3G'),
  '4G': checksOf('4G'),
  '5G': checksOf('5G'),
};

/** Every impossible value of a cell, with field, value and reason; empty when all are possible or missing. */
export function cellProblems(cell: CellRadio): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const [field, limit] of CHECKS[cell.technology]) {
    const value = cell[field];
    if (value === null) continue;
    // NaN fails every comparison, so `accepts` refuses it too.
    if (typeof value !== 'number' || !limit.accepts(value)) problems.push({ field, value, reason: limit.reason });
  }
  return problems;
}

/** Reference-signal EIRP, dBm: reported, else from power and gain, else the technology's default. */
export function referenceEirp(
  cell: CellRadio,
  parameters: CoverageParameters,
): { eirp_dbm: number; flags: CellFlag[] } {
  const { technology } = cell;
  if (cell.eirp_dbm !== null) return { eirp_dbm: cell.eirp_dbm, flags: [] };
  if (cell.power_w === null) return { eirp_dbm: parameters.eirp_default_dbm[technology], flags: ['eirp_default'] };
  const eirp_dbm =
    10 * Math.log10(1000 * cell.power_w) +
    (cell.gain_dbi ?? parameters.gain_default_dbi[technology]) -
    parameters.feeder_loss_db[technology] +
    parameters.reference_offset_db[technology];
  return { eirp_dbm, flags: cell.gain_dbi === null ? ['eirp_from_power', 'gain_default'] : ['eirp_from_power'] };
}

/** What the defaulted values of a cell may be wrong by together, dB: independent of each other, so as a root of squares. */
const uncertaintyOf = (flags: readonly CellFlag[], { uncertainty_db }: CoverageParameters): number =>
  Math.sqrt(flags.reduce((sum, flag) => sum + (uncertainty_db[flag] ?? 0) ** 2, 0));

/**
 * Settles a cell for the computation, or says why it cannot be. `problems` names every impossible value at once.
 * A missing environment is taken as rural, the commonest in the province.
 */
export function linkBudget(cell: CellRadio, parameters: CoverageParameters): LinkBudgetResult {
  const problems = cellProblems(cell);
  if (problems.length > 0) return { ok: false, problems };
  const { eirp_dbm, flags } = referenceEirp(cell, parameters);
  const settle = <T>(value: T | null, fallback: T, flag: CellFlag): T => {
    if (value !== null) return value;
    flags.push(flag);
    return fallback;
  };
  const environment = settle(cell.environment, 'rural', 'environment_default');
  const band_mhz = settle(cell.band_mhz, parameters.band_default_mhz[cell.technology], 'band_default');
  const antenna_height_m = settle(cell.antenna_height_m, parameters.antenna_height_default_m, 'antenna_height_default');
  const beamwidth_deg =
    cell.azimuth_deg === null ? 360 : settle(cell.beamwidth_deg, parameters.beamwidth_default_deg, 'beamwidth_default');
  const tilt_deg = settle(cell.tilt_deg, parameters.tilt_default_deg, 'tilt_default');
  const required_dbm = parameters.threshold_dbm[cell.technology] + parameters.shadowing_margin_db;
  return {
    ok: true,
    budget: {
      model: modelFor({ technology: cell.technology, environment, band_mhz }, parameters.model_rules),
      environment,
      band_mhz,
      azimuth_deg: cell.azimuth_deg,
      beamwidth_deg,
      antenna_height_m,
      eirp_dbm,
      tilt_deg,
      allowed_loss_db: eirp_dbm - required_dbm,
      required_dbm,
      range_cap_m: rangeCap(band_mhz, parameters.range_caps),
      uncertainty_db: uncertaintyOf(flags, parameters),
      flags,
    },
  };
}
