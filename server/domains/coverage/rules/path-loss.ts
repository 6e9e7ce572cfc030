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
export type PathLossModel = 'okumura-hata' | 'cost231-hata';

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

/** The distance-independent part of a model: loss = intercept + slope · log10(d / 1 km). */
export interface LossLine {
  intercept_db: number;
  slope_db: number;
  /** True when frequency or heights are out of range, whatever the distance. */
  extrapolated: boolean;
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

type FixedArguments = Omit<PathArguments, 'distance_km'>;

/**
 * The model as a straight line over log-distance, for callers that evaluate it thousands of times for one cell.
 * Both models share Hata's slope 44.9 − 6.55 log hb, positive for every possible height: loss rises with distance.
 */
export function lossLine(
  model: PathLossModel,
  { frequency_mhz, base_height_m, receiver_height_m }: FixedArguments,
  environment: Environment,
  city: CitySize,
): LossLine {
  const logF = Math.log10(frequency_mhz);
  const logHb = Math.log10(base_height_m);
  const cityClass = cityFor(environment, city);
  const hata = model === 'okumura-hata';
  const base = hata ? 69.55 + 26.16 * logF : 46.3 + 33.9 * logF + (cityClass === 'large' ? 3 : 0);
  const correctionMhz = hata ? frequency_mhz : Math.min(frequency_mhz, COST_MAX_MHZ);
  return {
    intercept_db:
      base -
      13.82 * logHb -
      receiverCorrection(frequency_mhz, receiver_height_m, cityClass) +
      environmentCorrection(correctionMhz, environment),
    slope_db: 44.9 - 6.55 * logHb,
    extrapolated:
      !heightsInRange(base_height_m, receiver_height_m) ||
      !(hata ? within(frequency_mhz, 150, HATA_MAX_MHZ) : within(frequency_mhz, HATA_MAX_MHZ, COST_MAX_MHZ)),
  };
}

const alongLine = (line: LossLine, distance_km: number): PathLoss => ({
  loss_db: line.intercept_db + line.slope_db * Math.log10(distance_km),
  extrapolated: line.extrapolated || !within(distance_km, MIN_DISTANCE_KM, MAX_DISTANCE_KM),
});

/** Okumura–Hata, published for 150–1500 MHz, hb 30–200 m, hm 1–10 m, 1–20 km. */
export const okumuraHataLoss = (path: PathArguments, environment: Environment, city: CitySize = 'small'): PathLoss =>
  alongLine(lossLine('okumura-hata', path, environment, city), path.distance_km);

/** COST-231 Hata, published for 1500–2000 MHz, hb 30–200 m, hm 1–10 m, 1–20 km; `large` adds Cm = 3 dB. */
export const cost231HataLoss = (path: PathArguments, environment: Environment, city: CitySize = 'small'): PathLoss =>
  alongLine(lossLine('cost231-hata', path, environment, city), path.distance_km);

/**
 * The model for a cell. Both models know every environment, so the band decides today; the environment is part of
 * the choice because the 3GPP models differ by it.
 */
export function chooseModel(band_mhz: number, _environment: Environment): PathLossModel {
  return band_mhz <= HATA_MAX_MHZ ? 'okumura-hata' : 'cost231-hata';
}

/**
 * The loss used for coverage, dB: the model, but never below free space. Hata's open-area formula falls below
 * free space near the mast at high bands, which no passive path can do; both terms rise with distance, so does
 * their maximum.
 */
export function flooredLoss(line: LossLine, frequency_mhz: number, distance_km: number): number {
  const logD = Math.log10(distance_km);
  return Math.max(line.intercept_db + line.slope_db * logD, FREE_SPACE_DB + 20 * Math.log10(frequency_mhz) + 20 * logD);
}

/** True when a path of this length is outside the 1–20 km both models are published for. */
export const distanceExtrapolated = (distance_km: number): boolean =>
  !within(distance_km, MIN_DISTANCE_KM, MAX_DISTANCE_KM);
