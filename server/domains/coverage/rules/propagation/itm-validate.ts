/** What ITM accepts (NTIA ITM v1.4, error codes and warning flags), and the ground surface derived from the arguments. */
import type { GroundImpedance, ItmSurface } from './itm-path.ts';
import type { ItmAntennas, ItmProblem, ItmProblemCode, ItmRadio, ItmVariability, ItmWarning } from './itm-types.ts';

/** Curvature of the Earth itself, 1/m, as [A] rounds it. */
const EARTH_CURVATURE = 157e-9;

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;
const insidePercent = (value: number): boolean => value > 0 && value < 100;

/** Every refused argument and every warning common to both modes. NaN is refused everywhere. */
export function validate(
  { tx_height_m, rx_height_m }: ItmAntennas,
  radio: ItmRadio,
  spread: ItmVariability,
): { problems: ItmProblem[]; warnings: ItmWarning[] } {
  const { frequency_mhz, refractivity_n, relative_permittivity, conductivity_s_m } = radio;
  const checks: [ItmProblemCode, number, boolean][] = [
    ['tx_height', tx_height_m, within(tx_height_m, 0.5, 3000)],
    ['rx_height', rx_height_m, within(rx_height_m, 0.5, 3000)],
    ['refractivity', refractivity_n, within(refractivity_n, 250, 400)],
    ['frequency', frequency_mhz, within(frequency_mhz, 20, 20_000)],
    ['permittivity', relative_permittivity, relative_permittivity >= 1],
    ['conductivity', conductivity_s_m, conductivity_s_m > 0],
    ['time', spread.time_pct, insidePercent(spread.time_pct)],
    ['location', spread.location_pct, insidePercent(spread.location_pct)],
    ['situation', spread.situation_pct, insidePercent(spread.situation_pct)],
  ];
  const warnings: ItmWarning[] = [];
  if (!within(tx_height_m, 1, 1000)) warnings.push('tx_height_near_limits');
  if (!within(rx_height_m, 1, 1000)) warnings.push('rx_height_near_limits');
  if (!within(frequency_mhz, 40, 10_000)) warnings.push('frequency_near_limits');
  return {
    problems: checks.filter(([, , accepted]) => !accepted).map(([code, value]) => ({ code, value })),
    warnings,
  };
}

/** Square root of a complex number in the right half-plane. */
function complexSqrt(re: number, im: number): GroundImpedance {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + re) / 2);
  return { re: root, im: Math.sign(im) * Math.sqrt(Math.max(0, (size - re) / 2)) };
}

/** Ground impedance, effective Earth radius and surface refractivity of a path at a mean elevation in metres. */
export function surfaceOf(radio: ItmRadio, elevation_m: number): ItmSurface {
  // TN101 eqs. 4.3 and 4.4.
  const surface_refractivity_n = radio.refractivity_n * Math.exp(-elevation_m / 9460);
  const curvature = EARTH_CURVATURE * (1 - 0.04665 * Math.exp(surface_refractivity_n / 179.3));
  const permittivity = {
    re: radio.relative_permittivity,
    im: (18_000 * radio.conductivity_s_m) / radio.frequency_mhz,
  };
  const horizontal = complexSqrt(permittivity.re - 1, permittivity.im);
  const size = permittivity.re ** 2 + permittivity.im ** 2;
  const vertical = {
    re: (horizontal.re * permittivity.re + horizontal.im * permittivity.im) / size,
    im: (horizontal.im * permittivity.re - horizontal.re * permittivity.im) / size,
  };
  return {
    impedance: radio.polarisation === 'vertical' ? vertical : horizontal,
    effective_radius_m: 1 / curvature,
    surface_refractivity_n,
  };
}

/** What of a derived surface the model cannot work with, or null. */
export function surfaceProblem(surface: ItmSurface): ItmProblem | null {
  const { impedance, effective_radius_m, surface_refractivity_n } = surface;
  if (!within(surface_refractivity_n, 150, 400)) return { code: 'surface_refractivity', value: surface_refractivity_n };
  if (!within(effective_radius_m, 4_000_000, 13_333_333)) return { code: 'effective_earth', value: effective_radius_m };
  if (impedance.re <= Math.abs(impedance.im)) return { code: 'ground_impedance', value: impedance.im };
  return null;
}
