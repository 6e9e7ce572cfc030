/**
 * Diffraction over a smooth spherical Earth, ITU-R P.526-15 § 3: the first term of the residue series (§ 3.1.1) beyond
 * the horizon and an interpolation from it within (§ 3.2). Metres, MHz, dB beyond free space.
 */
import { type Ground, type Polarisation, wavelength } from './radio-units.ts';

export interface SmoothPath {
  distance_m: number;
  /** Above the smooth surface, m; positive. */
  tx_height_m: number;
  rx_height_m: number;
  frequency_mhz: number;
  effective_radius_m: number;
  polarisation: Polarisation;
  ground: Ground;
}

/** Normalised surface admittance K (§ 3.1.1.1): below 0.001 the ground's properties do not matter. */
export function surfaceAdmittance(path: Omit<SmoothPath, 'distance_m' | 'tx_height_m' | 'rx_height_m'>): number {
  const { relative_permittivity: epsilon, conductivity_s_m } = path.ground;
  const loss = (18_000 * conductivity_s_m) / path.frequency_mhz;
  const horizontal =
    (0.36 * ((epsilon - 1) ** 2 + loss ** 2) ** -0.25) /
    Math.cbrt((path.effective_radius_m / 1000) * path.frequency_mhz);
  return path.polarisation === 'horizontal' ? horizontal : horizontal * Math.hypot(epsilon, loss);
}

/** Distance term F(X) (§ 3.1.1.2). */
const distanceTerm = (x: number): number =>
  x >= 1.6 ? 11 + 10 * Math.log10(x) - 17.6 * x : -20 * Math.log10(x) - 5.6488 * x ** 1.425;

/** Height gain G(Y) (§ 3.1.1.2), never below 2 + 20 log K. */
function heightGain(y: number, beta: number, admittance: number): number {
  const b = beta * y;
  const gain = b > 2 ? 17.6 * Math.sqrt(b - 1.1) - 5 * Math.log10(b - 1.1) - 8 : 20 * Math.log10(b + 0.1 * b ** 3);
  return Math.max(gain, 2 + 20 * Math.log10(admittance));
}

/** The three terms of the residue series, dB: the loss is −(distance + tx + rx). */
export function residueTerms(path: SmoothPath): { distance_db: number; tx_db: number; rx_db: number } {
  const { frequency_mhz } = path;
  const radius_km = path.effective_radius_m / 1000;
  const k = surfaceAdmittance(path);
  const beta = (1 + 1.6 * k ** 2 + 0.67 * k ** 4) / (1 + 4.5 * k ** 2 + 1.53 * k ** 4);
  const x = 2.188 * beta * Math.cbrt(frequency_mhz / radius_km ** 2) * (path.distance_m / 1000);
  const perMetre = 9.575e-3 * beta * Math.cbrt(frequency_mhz ** 2 / radius_km);
  return {
    distance_db: distanceTerm(x),
    tx_db: heightGain(perMetre * path.tx_height_m, beta, k),
    rx_db: heightGain(perMetre * path.rx_height_m, beta, k),
  };
}

/** First term of the residue series, dB; accurate beyond the horizon. */
function residueLoss(path: SmoothPath): number {
  const { distance_db, tx_db, rx_db } = residueTerms(path);
  return -(distance_db + tx_db + rx_db);
}

/** Smallest clearance between the ray and the curved ground, m, and the one that means no loss (§ 3.2). */
function clearances(path: SmoothPath): { actual_m: number; needed_m: number } {
  const { distance_m: d, tx_height_m: h1, rx_height_m: h2, effective_radius_m: a } = path;
  const c = (h1 - h2) / (h1 + h2);
  const m = d ** 2 / (4 * a * (h1 + h2));
  // Rounding may take the cosine a hair beyond 1.
  const cosine = Math.min(1, Math.max(-1, ((3 * c) / 2) * Math.sqrt((3 * m) / (m + 1) ** 3)));
  const b = 2 * Math.sqrt((m + 1) / (3 * m)) * Math.cos(Math.PI / 3 + Math.acos(cosine) / 3);
  const d1 = (d / 2) * (1 + b);
  const d2 = d - d1;
  return {
    actual_m: ((h1 - d1 ** 2 / (2 * a)) * d2 + (h2 - d2 ** 2 / (2 * a)) * d1) / d,
    needed_m: 0.552 * Math.sqrt((d1 * d2 * wavelength(path.frequency_mhz)) / d),
  };
}

/** Loss over a smooth spherical Earth at any distance, dB beyond free space, never negative. */
export function sphericalEarthLoss(path: SmoothPath): number {
  const { distance_m, tx_height_m, rx_height_m, effective_radius_m } = path;
  const roots = Math.sqrt(tx_height_m) + Math.sqrt(rx_height_m);
  const horizon = Math.sqrt(2 * effective_radius_m) * roots;
  if (distance_m >= horizon) return Math.max(0, residueLoss(path));
  const { actual_m, needed_m } = clearances(path);
  if (actual_m >= needed_m) return 0;
  // The Earth on which this distance would be the horizon.
  const grazing = residueLoss({ ...path, effective_radius_m: 0.5 * (distance_m / roots) ** 2 });
  return grazing < 0 ? 0 : (1 - actual_m / needed_m) * grazing;
}
