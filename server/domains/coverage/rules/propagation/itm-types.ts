/** What goes into the ITS Irregular Terrain Model and what comes out. Metres, MHz, dB, radians. */
import type { Ground, Polarisation } from './radio-units.ts';

/** Radio climates; Phú Thọ is `continental_subtropical`. The order is that of the coefficient table. */
export const ITM_CLIMATES = [
  'equatorial',
  'continental_subtropical',
  'maritime_subtropical',
  'desert',
  'continental_temperate',
  'maritime_temperate_over_land',
  'maritime_temperate_over_sea',
] as const;
export type ItmClimate = (typeof ITM_CLIMATES)[number];

/** How the three kinds of variability are combined. */
export type ItmVariabilityMode = 'single_message' | 'accidental' | 'mobile' | 'broadcast';

export interface ItmVariability {
  mode: ItmVariabilityMode;
  /** Percentages above 0 and below 100. */
  time_pct: number;
  location_pct: number;
  situation_pct: number;
  /** True for a fixed path known by its profile: no location variability (NTIA: mode + 10). */
  without_location?: boolean;
  /** True for interference problems: no direct situation variability (NTIA: mode + 20). */
  without_situation?: boolean;
}

export interface ItmRadio extends Ground {
  frequency_mhz: number;
  polarisation: Polarisation;
  /** Surface refractivity reduced to sea level, N-units, 250–400 (NTIA: 301 temperate, 320 continental subtropical, 360 equatorial). */
  refractivity_n: number;
  climate: ItmClimate;
}

/** Structural heights of the two antennas above ground, m (0.5–3000). */
export interface ItmAntennas {
  tx_height_m: number;
  rx_height_m: number;
}

/** How an antenna was sited in area mode: at random, with care, with great care. */
export type ItmSiting = 'random' | 'careful' | 'very_careful';

export interface ItmArea {
  distance_m: number;
  /** Δh, the interdecile range of terrain elevations, m. */
  terrain_irregularity_m: number;
  tx_siting: ItmSiting;
  rx_siting: ItmSiting;
}

/** Something is near or past the limits of the model; the loss is still given. */
export type ItmWarning =
  | 'tx_height_near_limits'
  | 'rx_height_near_limits'
  | 'frequency_near_limits'
  | 'path_above_1000_km'
  | 'path_above_2000_km'
  | 'path_steeper_than_200_mrad'
  | 'path_below_1_km'
  | 'tx_horizon_angle_large'
  | 'rx_horizon_angle_large'
  | 'tx_horizon_below_tenth_of_smooth'
  | 'rx_horizon_below_tenth_of_smooth'
  | 'tx_horizon_above_3_times_smooth'
  | 'rx_horizon_above_3_times_smooth'
  | 'extreme_variability'
  | 'surface_refractivity_small';

export type ItmProblemCode =
  | 'tx_height'
  | 'rx_height'
  | 'refractivity'
  | 'frequency'
  | 'permittivity'
  | 'conductivity'
  | 'time'
  | 'location'
  | 'situation'
  | 'path_distance'
  | 'terrain_irregularity'
  | 'profile_too_short'
  | 'profile_has_gaps'
  | 'surface_refractivity'
  | 'effective_earth'
  | 'ground_impedance';

/** An argument, or a value derived from the arguments, that the model cannot work with. */
export interface ItmProblem {
  code: ItmProblemCode;
  value: number;
}

export type ItmMode = 'line_of_sight' | 'diffraction' | 'troposcatter';

export interface ItmLoss {
  ok: true;
  /** Basic transmission loss not exceeded for the asked time, locations and situations, dB. */
  loss_db: number;
  free_space_db: number;
  /** Median attenuation relative to free space, dB. */
  reference_attenuation_db: number;
  mode: ItmMode;
  terrain_irregularity_m: number;
  warnings: ItmWarning[];
  /** Any warning: the path is near or past what the model was made for. */
  extrapolated: boolean;
}

export type ItmResult = ItmLoss | { ok: false; problems: ItmProblem[] };
