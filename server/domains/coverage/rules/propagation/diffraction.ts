/**
 * Diffraction over terrain, ITU-R P.526-15: single knife edge (§ 4.1) and the general method for a whole profile (§ 4.5):
 * Bullington's construction, and delta-Bullington, which corrects it with the diffraction over a smooth Earth.
 * P.1812, P.452 and P.2001 use the same method.
 *
 * Distances and heights in metres, frequency in MHz, losses in dB beyond free space. Profiles must be complete:
 * a missing height is a RangeError here, so that "no terrain" can never pass for flat ground.
 */
import { AVERAGE_LAND, EFFECTIVE_EARTH_RADIUS_M, type Ground, type Polarisation, wavelength } from './radio-units.ts';
import { sphericalEarthLoss } from './spherical-earth.ts';
import { isComplete, type PathProfile } from './terrain-profile.ts';

/** Fresnel–Kirchhoff ν of an edge `height_m` above (negative: below) the line between two antennas (P.526 eq. 26). */
export const knifeEdgeParameter = (height_m: number, d1_m: number, d2_m: number, wavelength_m: number): number =>
  height_m * Math.sqrt((2 * (d1_m + d2_m)) / (wavelength_m * d1_m * d2_m));

/** J(ν), dB (P.526 eq. 31); 0 for ν ≤ −0.78, where the approximation ends. */
export function knifeEdgeLoss(nu: number): number {
  if (nu <= -0.78) return 0;
  return 6.9 + 20 * Math.log10(Math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1);
}

/** Bullington's loss for the ν of the equivalent edge of a path (P.526 § 4.5), dB. */
export function bullingtonEdgeLoss(nu: number, distance_m: number): number {
  const edge = knifeEdgeLoss(nu);
  return edge + (1 - Math.exp(-edge / 6)) * (10 + 0.02 * (distance_m / 1000));
}

/** Two antennas at the ends of a profile. */
export interface DiffractionLink {
  /** Above ground, m. */
  tx_height_m: number;
  rx_height_m: number;
  frequency_mhz: number;
  /** k times the Earth's radius, m; 8,500 km (k = 4/3) when left out. */
  effective_radius_m?: number;
  /** Matters over a smooth Earth only; vertical when left out. */
  polarisation?: Polarisation;
  ground?: Ground;
}

const at = (values: Float64Array, i: number): number => values[i] as number;

/** Throws a RangeError unless the profile has two ends, rising distances and every height. */
function requireUsable(profile: PathProfile): void {
  const { distances_m, heights_m } = profile;
  if (distances_m.length !== heights_m.length || heights_m.length < 2) throw new RangeError('a profile needs two ends');
  if (at(distances_m, 0) !== 0) throw new RangeError('a profile starts at distance 0');
  if (distances_m.some((d, i) => i > 0 && !(d > at(distances_m, i - 1)))) throw new RangeError('distances must rise');
  if (!isComplete(profile)) throw new RangeError('the profile has heights missing');
}

/** The heights of a profile, or null for an Earth without terrain, with antennas above sea level. */
interface Obstructed {
  distances_m: Float64Array;
  heights_m: Float64Array | null;
  tx_m: number;
  rx_m: number;
}

/** Bullington's loss (P.526 § 4.5) for antennas above sea level. */
function bullington({ distances_m, heights_m, tx_m, rx_m }: Obstructed, lambda_m: number, radius_m: number): number {
  const last = distances_m.length - 1;
  const total = at(distances_m, last);
  const ground = (i: number): number => (heights_m === null ? 0 : at(heights_m, i));
  let txSlope = Number.NEGATIVE_INFINITY;
  let rxSlope = Number.NEGATIVE_INFINITY;
  let nu = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < last; i++) {
    const d1 = at(distances_m, i);
    const d2 = total - d1;
    const height = ground(i) + (d1 * d2) / (2 * radius_m);
    txSlope = Math.max(txSlope, (height - tx_m) / d1);
    rxSlope = Math.max(rxSlope, (height - rx_m) / d2);
    nu = Math.max(nu, knifeEdgeParameter(height - (tx_m * d2 + rx_m * d1) / total, d1, d2, lambda_m));
  }
  if (txSlope >= (rx_m - tx_m) / total) {
    // No line of sight: one edge where the two horizon lines meet.
    const d1 = (rx_m - tx_m + rxSlope * total) / (txSlope + rxSlope);
    const d2 = total - d1;
    nu = knifeEdgeParameter(tx_m + txSlope * d1 - (tx_m * d2 + rx_m * d1) / total, d1, d2, lambda_m);
  }
  return bullingtonEdgeLoss(nu, total);
}

/** Bullington's construction: the whole profile as one equivalent knife edge, dB (P.526 § 4.5). */
export function bullingtonLoss(profile: PathProfile, link: DiffractionLink): number {
  requireUsable(profile);
  const { heights_m } = profile;
  const tx_m = at(heights_m, 0) + link.tx_height_m;
  const rx_m = at(heights_m, heights_m.length - 1) + link.rx_height_m;
  const radius_m = link.effective_radius_m ?? EFFECTIVE_EARTH_RADIUS_M;
  return bullington({ ...profile, tx_m, rx_m }, wavelength(link.frequency_mhz), radius_m);
}

/** Heights of the ends of the straight surface that best fits the terrain, before obstacles are considered, m. */
function fittedSurface({ distances_m, heights_m }: PathProfile): { tx_m: number; rx_m: number } {
  const last = distances_m.length - 1;
  const total = at(distances_m, last);
  let v1 = 0;
  let v2 = 0;
  for (let i = 1; i <= last; i++) {
    const [a, b] = [at(distances_m, i - 1), at(distances_m, i)];
    const [ha, hb] = [at(heights_m, i - 1), at(heights_m, i)];
    v1 += (b - a) * (hb + ha);
    v2 += (b - a) * (hb * (2 * b + a) + ha * (b + 2 * a));
  }
  return { tx_m: (2 * v1 * total - v2) / total ** 2, rx_m: (v2 - v1 * total) / total ** 2 };
}

/**
 * Antenna heights above the smooth surface that stands for the terrain, m (P.526-15 § 4.5; P.452 Annex 1 Att. 2 § 5.1.6.3):
 * the best straight fit, lowered under obstacles above the line of sight, and never above the ground at the ends.
 */
export function smoothEarthHeights(profile: PathProfile, link: Pick<DiffractionLink, 'tx_height_m' | 'rx_height_m'>) {
  const { distances_m, heights_m } = profile;
  const last = distances_m.length - 1;
  const total = at(distances_m, last);
  const tx_m = at(heights_m, 0) + link.tx_height_m;
  const rx_m = at(heights_m, last) + link.rx_height_m;
  let obstacle = 0;
  let txAngle = Number.NEGATIVE_INFINITY;
  let rxAngle = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < last; i++) {
    const d1 = at(distances_m, i);
    const d2 = total - d1;
    const above = at(heights_m, i) - (tx_m * d2 + rx_m * d1) / total;
    obstacle = Math.max(obstacle, above);
    txAngle = Math.max(txAngle, above / d1);
    rxAngle = Math.max(rxAngle, above / d2);
  }
  const surface = fittedSurface(profile);
  if (obstacle > 0) {
    surface.tx_m -= (obstacle * txAngle) / (txAngle + rxAngle);
    surface.rx_m -= (obstacle * rxAngle) / (txAngle + rxAngle);
  }
  return {
    tx_height_m: tx_m - Math.min(surface.tx_m, at(heights_m, 0)),
    rx_height_m: rx_m - Math.min(surface.rx_m, at(heights_m, last)),
  };
}

/** The delta-Bullington loss and what it was made of, dB beyond free space. */
export interface Diffraction {
  loss_db: number;
  /** Bullington over the real profile, and over the smooth surface that stands for it. */
  bullington_db: number;
  smooth_bullington_db: number;
  spherical_db: number;
}

/**
 * Diffraction over terrain by the delta-Bullington method, dB beyond free space (P.526-15 § 4.5):
 * Bullington + max(spherical Earth − Bullington over the smooth surface, 0).
 */
export function deltaBullingtonLoss(profile: PathProfile, link: DiffractionLink): Diffraction {
  const { distances_m } = profile;
  const bullington_db = bullingtonLoss(profile, link);
  const effective_radius_m = link.effective_radius_m ?? EFFECTIVE_EARTH_RADIUS_M;
  const heights = smoothEarthHeights(profile, link);
  const smooth = { distances_m, heights_m: null, tx_m: heights.tx_height_m, rx_m: heights.rx_height_m };
  const smooth_bullington_db = bullington(smooth, wavelength(link.frequency_mhz), effective_radius_m);
  const spherical_db = sphericalEarthLoss({
    ...heights,
    distance_m: at(distances_m, distances_m.length - 1),
    frequency_mhz: link.frequency_mhz,
    effective_radius_m,
    polarisation: link.polarisation ?? 'vertical',
    ground: link.ground ?? AVERAGE_LAND,
  });
  return {
    loss_db: bullington_db + Math.max(spherical_db - smooth_bullington_db, 0),
    bullington_db,
    smooth_bullington_db,
    spherical_db,
  };
}
