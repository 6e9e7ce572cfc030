/**
 * Empirical path loss between a base antenna and a receiver, no terrain.
 *
 * f in MHz, d in km, heights in m, log = log10, losses in dB. Sources:
 * - free space: ITU-R P.525;
 * - Okumura–Hata: M. Hata, IEEE Trans. VT-29 (1980); as printed in ETSI GSM 03.30 annex B.1,
 *   which adds the quasi-open ("rural") variant;
 * - COST-231 Hata: COST 231 final report ch. 4 / GSM 03.30 annex B.2. COST prints urban only. Its suburban,
 *   rural and open variants here subtract the Hata corrections with the frequency held at 2000 MHz, which is
 *   how the extended Hata model of ERC Report 68 (SEAMCAT) carries those corrections beyond 1500 MHz.
 *
 * Outside a model's published range the loss is still given, flagged `extrapolated`.
 */

export type Environment = 'urban' | 'suburban' | 'rural' | 'open';
/** Hata's and COST's two city classes: `large` is a metropolitan centre, `small` a small or medium city. */
export type CitySize = 'small' | 'large';
/** Hata's models are lines over log-distance; those of TR 38.901 are the ones without line of sight. */
export type PathLossModel = 'okumura-hata' | 'cost231-hata' | 'tr38901-rma' | 'tr38901-uma';
export type HataModel = 'okumura-hata' | 'cost231-hata';

export interface PathLoss {
  loss_db: number;
  /** True when any argument lies outside the range the model was published for. */
  extrapolated: boolean;
}

export interface PathArguments {
  frequency_mhz: number;
  distance_km: number;
  base_height_m: number;
  receiver_height_m: number;
}

/** Highest frequency for which Okumura–Hata is published, MHz; COST-231 takes over above it. */
const HATA_MAX_MHZ = 1500;
const COST_MAX_MHZ = 2000;
/** Free-space loss at 1 km and 1 MHz, dB: 20 log10(4π · 10⁹ / c). */
const FREE_SPACE_DB = 32.448;
const MIN_DISTANCE_KM = 1;
const MAX_DISTANCE_KM = 20;

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/** Free-space loss, dB (ITU-R P.525). Never extrapolated. */
export function freeSpaceLoss(frequency_mhz: number, distance_km: number): PathLoss {
  return {
    loss_db: FREE_SPACE_DB + 20 * Math.log10(distance_km) + 20 * Math.log10(frequency_mhz),
    extrapolated: false,
  };
}

/** Hata's receiver height correction a(hm), dB. */
function receiverCorrection(frequency_mhz: number, receiver_height_m: number, city: CitySize): number {
  if (city === 'small') {
    const logF = Math.log10(frequency_mhz);
    return (1.1 * logF - 0.7) * receiver_height_m - (1.56 * logF - 0.8);
  }
  return frequency_mhz > 200
    ? 3.2 * Math.log10(11.75 * receiver_height_m) ** 2 - 4.97
    : 8.29 * Math.log10(1.54 * receiver_height_m) ** 2 - 1.1;
}

/** What an environment takes off the urban loss, dB (negative or zero). */
function environmentCorrection(frequency_mhz: number, environment: Environment): number {
  const logF = Math.log10(frequency_mhz);
  switch (environment) {
    case 'urban':
      return 0;
    case 'suburban':
      return -2 * Math.log10(frequency_mhz / 28) ** 2 - 5.4;
    case 'rural':
      return -4.78 * logF ** 2 + 18.33 * logF - 35.94;
    case 'open':
      return -4.78 * logF ** 2 + 18.33 * logF - 40.94;
  }
}

/** Hata's large-city a(hm) belongs to the urban formula; the other environments start from small/medium city. */
const cityFor = (environment: Environment, city: CitySize): CitySize => (environment === 'urban' ? city : 'small');

const heightsInRange = (base_height_m: number, receiver_height_m: number): boolean =>
  within(base_height_m, 30, 200) && within(receiver_height_m, 1, 10);

export type FixedArguments = Omit<PathArguments, 'distance_km'>;

/** What a Hata model needs beside distance and antenna height: loss = fixed − 13.82 log hb + (44.9 − 6.55 log hb) log d. */
export interface HataTerms {
  fixed_db: number;
  /** True when frequency or heights are out of range, whatever the distance. */
  extrapolated: boolean;
}

/**
 * The terms of a Hata model that depend on neither distance nor antenna height (the height decides only whether it is
 * extrapolated). Both models share the slope 44.9 − 6.55 log hb, positive for every possible height: loss rises with
 * distance.
 */
export function hataTerms(
  model: HataModel,
  { frequency_mhz, base_height_m, receiver_height_m }: FixedArguments,
  environment: Environment,
  city: CitySize,
): HataTerms {
  const logF = Math.log10(frequency_mhz);
  const cityClass = cityFor(environment, city);
  const hata = model === 'okumura-hata';
  const base = hata ? 69.55 + 26.16 * logF : 46.3 + 33.9 * logF + (cityClass === 'large' ? 3 : 0);
  const correctionMhz = hata ? frequency_mhz : Math.min(frequency_mhz, COST_MAX_MHZ);
  return {
    fixed_db:
      base -
      receiverCorrection(frequency_mhz, receiver_height_m, cityClass) +
      environmentCorrection(correctionMhz, environment),
    extrapolated:
      !heightsInRange(base_height_m, receiver_height_m) ||
      !(hata ? within(frequency_mhz, 150, HATA_MAX_MHZ) : within(frequency_mhz, HATA_MAX_MHZ, COST_MAX_MHZ)),
  };
}

function hataLoss(model: HataModel, path: PathArguments, environment: Environment, city: CitySize): PathLoss {
  const { fixed_db, extrapolated } = hataTerms(model, path, environment, city);
  const logHb = Math.log10(path.base_height_m);
  return {
    loss_db: fixed_db - 13.82 * logHb + (44.9 - 6.55 * logHb) * Math.log10(path.distance_km),
    extrapolated: extrapolated || !within(path.distance_km, MIN_DISTANCE_KM, MAX_DISTANCE_KM),
  };
}

/** Okumura–Hata, published for 150–1500 MHz, hb 30–200 m, hm 1–10 m, 1–20 km. */
export const okumuraHataLoss = (path: PathArguments, environment: Environment, city: CitySize = 'small'): PathLoss =>
  hataLoss('okumura-hata', path, environment, city);

/** COST-231 Hata, published for 1500–2000 MHz, hb 30–200 m, hm 1–10 m, 1–20 km; `large` adds Cm = 3 dB. */
export const cost231HataLoss = (path: PathArguments, environment: Environment, city: CitySize = 'small'): PathLoss =>
  hataLoss('cost231-hata', path, environment, city);
