/** ITM's troposcatter attenuation ([A] §§ 4.4 and 6; TN101 chapter 9). dB beyond free space. */
import type { Derived, PathGeometry } from './itm-path.ts';

/** F0(θd) in three ranges of θd, m ([A] eq. 6.9): a + b·θd + c·log θd. */
function attenuationFunction(td: number): number {
  if (td <= 10e3) return 133.4 + 0.332e-3 * td - 10 * Math.log10(td);
  if (td <= 70e3) return 104.6 + 0.212e-3 * td - 2.5 * Math.log10(td);
  return 71.8 + 0.157e-3 * td + 5 * Math.log10(td);
}

/** Coefficients of H01(r) for whole scattering efficiencies 1 to 5 ([A] eq. 6.13). */
const GAIN_CURVES: readonly (readonly [number, number])[] = [
  [25, 24],
  [80, 45],
  [177, 68],
  [395, 80],
  [705, 105],
];

/** Frequency gain function H0(r), interpolated between the curves of whole efficiencies, dB. */
function frequencyGain(r: number, efficiency: number): number {
  const eta = Math.min(Math.max(efficiency, 1), 5);
  const curveAt = (i: number): number => {
    const [a, b] = GAIN_CURVES[Math.min(i, GAIN_CURVES.length) - 1] as readonly [number, number];
    return 10 * Math.log10(1 + a / r ** 4 + b / r ** 2);
  };
  const whole = Math.trunc(eta);
  const part = eta - whole;
  return (1 - part) * curveAt(whole) + part * curveAt(whole + 1);
}

/** H0 of a path at a distance, dB, or null where both antennas are so low that it is not defined (TN101 § 9.2). */
function pathGain(distance_m: number, { tx, rx }: PathGeometry, derived: Derived): number | null {
  const { surface_refractivity_n: n, effective_radius_m, frequency_mhz } = derived;
  const swapped = tx.horizon_m < rx.horizon_m;
  const asymmetry = Math.abs(tx.horizon_m - rx.horizon_m);
  const heights = swapped ? tx.effective_m / rx.effective_m : rx.effective_m / tx.effective_m;
  const theta = tx.horizon_rad + rx.horizon_rad + distance_m / effective_radius_m;
  const perMetre = (2 * frequency_mhz * theta) / 47.7;
  const r1 = perMetre * tx.effective_m;
  const r2 = perMetre * rx.effective_m;
  if (r1 < 0.2 && r2 < 0.2) return null;

  const s = (distance_m - asymmetry) / (distance_m + asymmetry);
  const q = Math.min(Math.max(0.1, heights / s), 10);
  const crossing = ((distance_m - asymmetry) * (distance_m + asymmetry) * theta * 0.25) / distance_m;
  const efficiency =
    (crossing / 1.7556e3) *
    (1 + (0.031 - n * 2.32e-3 + n ** 2 * 5.67e-6) * Math.exp(-(Math.min(1.7, crossing / 8e3) ** 6)));
  const mean = (frequencyGain(r1, efficiency) + frequencyGain(r2, efficiency)) / 2;
  const shape = 6 * (0.6 - Math.log10(Math.max(efficiency, 1))) * Math.log10(Math.max(0.1, s)) * Math.log10(q);
  const gain = Math.max(mean + Math.min(mean, shape), 0);
  if (efficiency >= 1) return gain;
  // Towards no scattering efficiency at all: TN101's special case for η = 0.
  const two = 2 * Math.SQRT2;
  const none = 10 * Math.log10((((1 + Math.SQRT2 / r1) * (1 + Math.SQRT2 / r2)) ** 2 * (r1 + r2)) / (r1 + r2 + two));
  return efficiency * gain + (1 - efficiency) * none;
}

/**
 * Attenuation at two distances deep in the troposcatter region, near and far, dB; null when it is not defined.
 * The frequency gain of the near one is replaced by that of the far one where it exceeds 15 dB ([A] p. 12).
 */
export function troposcatterLoss(
  [near_m, far_m]: readonly [number, number],
  geometry: PathGeometry,
  derived: Derived,
): readonly [number, number] | null {
  const farGain = pathGain(far_m, geometry, derived);
  if (farGain === null) return null;
  const computed = farGain > 15 ? farGain : pathGain(near_m, geometry, derived);
  if (computed === null) return null;
  const nearGain = computed > 15 ? farGain : computed;
  const { frequency_mhz, effective_radius_m, surface_refractivity_n, sight_rad } = derived;
  const lossAt = (distance_m: number, gain: number): number => {
    const theta = distance_m / effective_radius_m - sight_rad;
    return (
      attenuationFunction(theta * distance_m) +
      10 * Math.log10(frequency_mhz * theta ** 4) -
      0.1 * (surface_refractivity_n - 301) * Math.exp((-theta * distance_m) / 40e3) +
      gain
    );
  };
  return [lossAt(near_m, nearGain), lossAt(far_m, farGain)];
}
