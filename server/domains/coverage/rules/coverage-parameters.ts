/**
 * Every assumption of a coverage run in one plain object, recorded with the run, so that a figure can always be
 * traced to what it assumed. Values marked (a) are assumptions of the domain notes, meant to be changed.
 */
import { PHU_THO_SRID } from '../../../platform/geo/index.ts';
import type { CellFlag } from './link-budget.ts';
import type { CitySize, Environment, PathLossModel } from './path-loss.ts';
import { MACRO_PANEL_VERTICAL } from './propagation/sector-3d.ts';

export type Technology = '2G' | '3G' | '4G' | '5G';
export const TECHNOLOGIES: readonly Technology[] = ['2G', '3G', '4G', '5G'];

/** Longest range accepted without terrain for bands up to `up_to_mhz` (null = every higher band). */
export interface RangeCap {
  up_to_mhz: number | null;
  range_m: number;
}

/** Which model a cell is computed with. What is left out matches everything. */
export interface ModelRule {
  technology?: Technology;
  environment?: Environment;
  /** MHz, both ends included. */
  band_from_mhz?: number;
  band_to_mhz?: number;
  model: PathLossModel;
}

export interface CoverageParameters {
  /** EPSG code of the VN-2000 zone the grid is laid in. */
  grid_srid: number;
  /** Side of a grid square, m. */
  grid_m: number;
  /** Weakest outdoor level at the receiver that counts as covered, of the technology's reference signal, dBm. */
  threshold_dbm: Record<Technology, number>;
  /** Reference-signal EIRP where a cell reports neither EIRP nor power, dBm. See `link-budget.ts` for the convention. */
  eirp_default_dbm: Record<Technology, number>;
  /** Reference signal relative to the total power of the carrier, dB (used only to convert `power_w`). */
  reference_offset_db: Record<Technology, number>;
  /** Cable loss between the reported power and the antenna, dB (used only to convert `power_w`). */
  feeder_loss_db: Record<Technology, number>;
  gain_default_dbi: Record<Technology, number>;
  band_default_mhz: Record<Technology, number>;
  antenna_height_default_m: number;
  beamwidth_default_deg: number;
  /** Tilt of a cell that reports none: aimed at the horizon. */
  tilt_default_deg: number;
  /** θ3dB of the 3GPP pattern in the vertical plane. */
  vertical_beamwidth_deg: number;
  /** SLA_v of the 3GPP pattern: the most it attenuates in the vertical plane, dB. */
  side_lobe_db: number;
  /** A_m of the 3GPP pattern: the most a sector's antenna attenuates backwards, dB. */
  front_to_back_db: number;
  /** 90 % at the cell edge for σ = 8 dB: 1.2816 · 8. */
  shadowing_margin_db: number;
  receiver_height_m: number;
  city_size: CitySize;
  /** The first rule that matches a cell chooses its model; the last must match everything. */
  model_rules: readonly ModelRule[];
  /** How wrong a level may be because of a value that was not reported, dB, by flag; several add as squares. */
  uncertainty_db: Partial<Record<CellFlag, number>>;
  /** Okumura's effective antenna height over the terrain instead of the height above ground, where there is terrain. */
  effective_height: boolean;
  effective_height_max_m: number;
  /** Longest step between the points of a terrain profile, m. */
  profile_step_m: number;
  /** Metres between the posts that heights are resampled to; finer than the data, so that the nearest post is near. */
  terrain_step_m: number;
  /** In rising order of `up_to_mhz`, the last with null. With terrain they only limit the computation. */
  range_caps: readonly RangeCap[];
  /** How far a site with an untrusted position may be from where it is drawn, m, unless its own accuracy says more. */
  doubtful_position_m: number;
  /** Share of people (of area where nobody lives) that makes a commune covered, %. */
  covered_from_pct: number;
  /** Gap polygons smaller than this are left out of the list, km². */
  gap_min_area_km2: number;
}

export const DEFAULT_PARAMETERS: CoverageParameters = {
  grid_srid: PHU_THO_SRID,
  grid_m: 100,
  threshold_dbm: { '2G': -95, '3G': -105, '4G': -110, '5G': -110 },
  // The domain notes give no 5G figure: LTE's is taken, which is low for a massive-MIMO cell and so on the safe side.
  eirp_default_dbm: { '2G': 55, '3G': 47, '4G': 30.2, '5G': 30.2 },
  // BCCH at full power; pilot 10 % of the carrier; LTE 20 MHz: 1,200 subcarriers; NR 100 MHz at 30 kHz: 3,276.
  reference_offset_db: { '2G': 0, '3G': -10, '4G': -30.79, '5G': -35.15 },
  feeder_loss_db: { '2G': 3, '3G': 3, '4G': 0, '5G': 0 },
  gain_default_dbi: { '2G': 15, '3G': 17, '4G': 15, '5G': 15 },
  band_default_mhz: { '2G': 900, '3G': 2100, '4G': 1800, '5G': 3500 },
  antenna_height_default_m: 30,
  beamwidth_default_deg: 65,
  tilt_default_deg: 0,
  ...MACRO_PANEL_VERTICAL,
  front_to_back_db: 30,
  shadowing_margin_db: 10.3,
  receiver_height_m: 1.5,
  city_size: 'small',
  // Each model in the band it was published for; above 2 GHz the 3GPP models, without line of sight.
  model_rules: [
    { band_to_mhz: 1500, model: 'okumura-hata' },
    // Published to 2000 MHz; the field uses it for the 2100 MHz band too. What is above 2000 is flagged as extrapolated.
    { band_to_mhz: 2200, model: 'cost231-hata' },
    { environment: 'urban', model: 'tr38901-uma' },
    { environment: 'suburban', model: 'tr38901-uma' },
    { model: 'tr38901-rma' },
  ],
  // (a) 10 to 80 W instead of the usual 20 to 40 W; 20 to 60 m instead of 30 m at 5 km; the next band of a technology.
  uncertainty_db: {
    eirp_default: 6,
    antenna_height_default: 4,
    band_default: 4,
    environment_default: 5,
    gain_default: 2,
    beamwidth_default: 1,
    tilt_default: 2,
  },
  effective_height: true,
  effective_height_max_m: 200,
  profile_step_m: 50,
  terrain_step_m: 25,
  range_caps: [
    { up_to_mhz: 1000, range_m: 15_000 },
    { up_to_mhz: null, range_m: 8_000 },
  ],
  doubtful_position_m: 3_000,
  covered_from_pct: 95,
  gap_min_area_km2: 0.1,
};

/** The model for a cell: the environment and technology are part of the choice, the band usually decides. */
export function modelFor(
  { technology, environment, band_mhz }: { technology: Technology; environment: Environment; band_mhz: number },
  rules: readonly ModelRule[],
): PathLossModel {
  const rule = rules.find(
    (one) =>
      (one.technology ?? technology) === technology &&
      (one.environment ?? environment) === environment &&
      band_mhz >= (one.band_from_mhz ?? 0) &&
      band_mhz <= (one.band_to_mhz ?? Infinity),
  );
  if (!rule) throw new RangeError(`no model for ${technology} at ${band_mhz} MHz in ${environment} surroundings`);
  return rule.model;
}

/** The range cap for a band, m. */
export function rangeCap(band_mhz: number, caps: readonly RangeCap[]): number {
  const cap = caps.find(({ up_to_mhz }) => up_to_mhz === null || band_mhz <= up_to_mhz);
  if (!cap) throw new RangeError(`no range cap for ${band_mhz} MHz`);
  return cap.range_m;
}
