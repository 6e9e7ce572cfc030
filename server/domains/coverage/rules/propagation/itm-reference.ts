/**
 * ITM's reference attenuation: the median loss beyond free space along a path described by two horizons, two
 * effective heights and the irregularity of the terrain ([A] § 4; ERL 79-ITS 67 § 3). Line of sight, diffraction and
 * troposcatter are joined so that the attenuation is continuous over distance.
 */
import { diffractionLoss } from './itm-diffraction.ts';
import type { Derived, PathEnd, PathGeometry, Surroundings } from './itm-path.ts';
import { terrainRoughness, terrainSigma } from './itm-path.ts';
import { troposcatterLoss } from './itm-troposcatter.ts';
import type { ItmMode, ItmWarning } from './itm-types.ts';

export interface Reference {
  attenuation_db: number;
  mode: ItmMode;
  warnings: ItmWarning[];
}

/** A line of attenuation over distance: intercept + slope · d. */
interface Line {
  intercept_db: number;
  /** dB/m. */
  slope: number;
}

const smoothHorizon = (end: PathEnd, radius_m: number): number => Math.sqrt(2 * end.effective_m * radius_m);

function warningsOf({ tx, rx, distance_m }: PathGeometry, { effective_radius_m, ...air }: Surroundings): ItmWarning[] {
  const ends = [
    { name: 'tx', end: tx },
    { name: 'rx', end: rx },
  ] as const;
  const warnings: ItmWarning[] = [];
  for (const { name, end } of ends) {
    const smooth = smoothHorizon(end, effective_radius_m);
    if (Math.abs(end.horizon_rad) > 0.2) warnings.push(`${name}_horizon_angle_large`);
    if (end.horizon_m < 0.1 * smooth) warnings.push(`${name}_horizon_below_tenth_of_smooth`);
    if (end.horizon_m > 3 * smooth) warnings.push(`${name}_horizon_above_3_times_smooth`);
  }
  if (air.surface_refractivity_n < 250) warnings.push('surface_refractivity_small');
  if (distance_m < Math.abs(tx.effective_m - rx.effective_m) / 0.2) warnings.push('path_steeper_than_200_mrad');
  if (distance_m < 1e3) warnings.push('path_below_1_km');
  if (distance_m > 1000e3) warnings.push('path_above_1000_km');
  if (distance_m > 2000e3) warnings.push('path_above_2000_km');
  return warnings;
}

/** Two-ray attenuation over irregular ground, blended with diffraction, at a distance within sight ([A] 4.46–4.50). */
function lineOfSightLoss(distance_m: number, geometry: PathGeometry, derived: Derived, diffraction: Line): number {
  const { tx, rx, irregularity_m } = geometry;
  const { impedance, frequency_mhz } = derived;
  const wavenumber = frequency_mhz / 47.7;
  const sigma = terrainSigma(terrainRoughness(distance_m, irregularity_m));
  const rise = tx.effective_m + rx.effective_m;
  const sine = rise / Math.hypot(distance_m, rise);

  // Reflection coefficient (sin ψ − Z)/(sin ψ + Z), weakened by roughness, with a floor on its size.
  const above = sine + impedance.re;
  const size2 = above ** 2 + impedance.im ** 2;
  let damping = Math.exp(-Math.min(10, wavenumber * sigma * sine));
  const re = ((sine - impedance.re) * above - impedance.im ** 2) / size2;
  const im = (-impedance.im * above - (sine - impedance.re) * impedance.im) / size2;
  const power = (re ** 2 + im ** 2) * damping ** 2;
  if (power < 0.25 || power < sine) damping *= Math.sqrt(sine / power);

  let phase = (wavenumber * 2 * tx.effective_m * rx.effective_m) / distance_m;
  if (phase > Math.PI / 2) phase = Math.PI - (Math.PI / 2) ** 2 / phase;
  const twoRay = -10 * Math.log10((Math.cos(phase) + re * damping) ** 2 + (im * damping - Math.sin(phase)) ** 2);
  const diffracted = diffraction.intercept_db + diffraction.slope * distance_m;
  const weight = 1 / (1 + (frequency_mhz * irregularity_m) / Math.max(10e3, derived.smooth_sight_m));
  return weight * twoRay + (1 - weight) * diffracted;
}

/** Within sight: A + k1 d + k2 ln d through up to three points (ERL 79-ITS 67 eqs. 3.16–3.21). */
function withinSight(geometry: PathGeometry, derived: Derived, diffraction: Line): number {
  const { tx, rx, distance_m } = geometry;
  const { sight_m, smooth_sight_m: end } = derived;
  const { intercept_db, slope } = diffraction;
  const lossAt = (d: number): number => lineOfSightLoss(d, geometry, derived, diffraction);
  const endLoss = intercept_db + slope * end;
  let d0 = 0.04 * derived.frequency_mhz * tx.effective_m * rx.effective_m;
  let d1: number;
  if (intercept_db >= 0) {
    d0 = Math.min(d0, 0.5 * sight_m);
    d1 = d0 + 0.25 * (sight_m - d0);
  } else {
    d1 = Math.max(-intercept_db / slope, 0.25 * sight_m);
  }
  const a1 = lossAt(d1);
  let k1 = 0;
  let k2 = 0;
  let fitted = false;
  if (d0 < d1) {
    const a0 = lossAt(d0);
    const q = Math.log(end / d0);
    const whole = end - d0;
    const part = d1 - d0;
    k2 = Math.max(0, (whole * (a1 - a0) - part * (endLoss - a0)) / (whole * Math.log(d1 / d0) - part * q));
    fitted = intercept_db > 0 || k2 > 0;
    if (fitted) {
      k1 = (endLoss - a0 - k2 * q) / whole;
      if (k1 < 0) {
        k2 = Math.max(endLoss - a0, 0) / q;
        k1 = k2 === 0 ? slope : 0;
      }
    }
  }
  if (!fitted) {
    k2 = 0;
    k1 = Math.max(endLoss - a1, 0) / (end - d1);
    if (k1 === 0) k1 = slope;
  }
  return endLoss - k1 * (end - distance_m) - k2 * Math.log(end / distance_m);
}

/** Beyond the horizon: the diffraction line until the troposcatter line, far out, falls below it. */
function beyondHorizon(geometry: PathGeometry, derived: Derived, diffraction: Line): { loss: number; mode: ItmMode } {
  const { distance_m } = geometry;
  const { sight_m, smooth_sight_m, effective_radius_m, frequency_mhz } = derived;
  const near = sight_m + 200e3;
  const scatter = troposcatterLoss([near, sight_m + 400e3], geometry, derived);
  if (scatter !== null) {
    const slope = (scatter[1] - scatter[0]) / 200e3;
    const steeper = diffraction.slope - slope;
    const crossing = Math.max(
      smooth_sight_m,
      sight_m + 1.088 * Math.cbrt(effective_radius_m ** 2 / frequency_mhz) * Math.log(frequency_mhz),
      (scatter[0] - diffraction.intercept_db - slope * near) / steeper,
    );
    if (distance_m > crossing) {
      return { loss: steeper * crossing + diffraction.intercept_db + slope * distance_m, mode: 'troposcatter' };
    }
  }
  return { loss: diffraction.intercept_db + diffraction.slope * distance_m, mode: 'diffraction' };
}

/** Reference attenuation of a path, dB (never negative), with the mode that dominates and the warnings. */
export function referenceAttenuation(geometry: PathGeometry, surroundings: Surroundings): Reference {
  const { tx, rx, distance_m } = geometry;
  const { effective_radius_m, frequency_mhz } = surroundings;
  const sight_m = tx.horizon_m + rx.horizon_m;
  const derived: Derived = {
    ...surroundings,
    sight_m,
    smooth_sight_m: smoothHorizon(tx, effective_radius_m) + smoothHorizon(rx, effective_radius_m),
    sight_rad: -Math.max(tx.horizon_rad + rx.horizon_rad, -sight_m / effective_radius_m),
  };
  // Two distances well inside the diffraction region give its line.
  const unit = Math.cbrt(effective_radius_m ** 2 / frequency_mhz);
  const d3 = Math.max(derived.smooth_sight_m, sight_m + 5 * unit);
  const d4 = d3 + 10 * unit;
  const a3 = diffractionLoss(d3, geometry, derived);
  const slope = (diffractionLoss(d4, geometry, derived) - a3) / (d4 - d3);
  const diffraction = { intercept_db: a3 - slope * d3, slope };

  const { loss, mode } =
    distance_m < derived.smooth_sight_m
      ? { loss: withinSight(geometry, derived, diffraction), mode: 'line_of_sight' as const }
      : beyondHorizon(geometry, derived, diffraction);
  return { attenuation_db: Math.max(loss, 0), mode, warnings: warningsOf(geometry, surroundings) };
}
