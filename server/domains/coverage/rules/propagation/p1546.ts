/**
 * Field strength of radio and television transmitters over land, ITU-R P.1546-6 (50 % of time and locations, receiver
 * at 10 m unless said), from the few tabulated values this project has (see `p1546-curves.ts`).
 *
 * What is justified, and what is flagged:
 * - 1–100 km, 100–600 MHz, effective height 150 m: interpolation, within 0.25 dB of the published 100 MHz table;
 *   30–100 MHz: extrapolation from the same two curves, as Annex 5 § 6 prescribes;
 * - 75–300 m: the curves of other heights are not at hand, so Annex 5 § 4.1 cannot be applied. The height term of the
 *   Okumura–Hata formula that the Recommendation prints for comparison (Annex 7) stands in for it, flagged
 *   `height_by_hata`; against the published 100 MHz curves it is off by at most 1.8 dB to 100 km;
 * - below 1 km: Annex 5 § 15, from the 1 km value to free space at 40 m;
 * - other heights, 600–3000 MHz (which needs the 2000 MHz curves), beyond 100 km: given, `extrapolated`;
 * - below 30 or above 3000 MHz (AM broadcasting among them) the method does not apply: refused.
 *
 * Not applied, and what it would change:
 * - Annex 5 § 14, the slope path, −20 log(d_slope / d), for ends of different heights: below 0.3 dB at a few kilometres for
 *   ordinary heights (300 m above the receiver: 0.37 dB at 1 km, 0.10 dB at 2 km; 1,300 m, a mountain: 0.75 dB at 3 km,
 *   0.28 dB at 5 km). The published curves themselves are read to about that. Below 1 km the slant distance is used;
 * - Annex 5 § 13, tropospheric scatter as a floor: to 100 km never above the curves for h1 of 150 m and more; for 50 m from
 *   some 58 km on, by less than 8 dB, where 1 kW gives less than 29 dBµV/m (the lowest threshold is 48). Behind hills the
 *   floor falls by 10 dB a degree, faster than § 11 lowers the field.
 *
 * The result never exceeds free space, 106.9 − 20 log d (Annex 5 § 2).
 */
import { CURVE_HEIGHT_M, CURVE_HIGH_MHZ, CURVE_MAX_KM, CURVE_MIN_KM, curveField } from './p1546-curves.ts';
import type { PathProfile } from './terrain-profile.ts';

export interface BroadcastPath {
  frequency_mhz: number;
  /** Effective radiated power relative to a half-wave dipole, W. */
  erp_w: number;
  distance_km: number;
  /** h1: height of the transmitting antenna as `effectiveHeight` or `heightWithoutTerrain` give it, m. */
  effective_height_m: number;
}

export type FieldFlag = 'height_by_hata' | 'height_out_of_range' | 'frequency_out_of_range' | 'distance_out_of_range';

export type FieldStrength =
  | { ok: true; field_dbuv_m: number; flags: FieldFlag[]; extrapolated: boolean }
  | { ok: false; field: keyof BroadcastPath; value: number; reason: string };

/** Lowest and highest frequency of the Recommendation's point-to-area method, MHz. */
export const MIN_MHZ = 30;
export const MAX_MHZ = 3000;
/** Effective heights over which the stand-in height term was compared with the published curves, m. */
const MIN_HEIGHT_M = 75;
const MAX_HEIGHT_M = 300;
/** h1 below which P.1546 needs another procedure (Annex 5 § 4.2); the height is held there, flagged. */
const LOWEST_HEIGHT_M = 10;
/** Slant distance at which Annex 5 § 15 arrives at free space, km. */
const NEAREST_KM = 0.04;
/** Reference height of the receiver over open land, m. */
export const RECEIVER_HEIGHT_M = 10;

/** Field in free space of 1 kW ERP, dBµV/m (Annex 5 § 2). */
export const freeSpaceField = (distance_km: number): number => 106.9 - 20 * Math.log10(distance_km);

/** Height- and distance-dependent part of the Okumura–Hata field, dB (P.1546 Annex 7). */
function hataHeightTerm(height_m: number, distance_km: number, frequency_mhz: number): number {
  const damped = height_m / Math.sqrt(1 + 0.000007 * height_m ** 2);
  const bend =
    distance_km <= 20
      ? 1
      : 1 + (0.14 + 0.000187 * frequency_mhz + 0.00107 * damped) * Math.log10(0.05 * distance_km) ** 0.8;
  const log = Math.log10(height_m);
  return 13.82 * log - (44.9 - 6.55 * log) * Math.log10(distance_km) ** bend;
}

/** Field of 1 kW at 1 km or more, dBµV/m. */
function fieldBeyond1Km(frequency_mhz: number, distance_km: number, height_m: number): number {
  const correction =
    hataHeightTerm(height_m, distance_km, frequency_mhz) - hataHeightTerm(CURVE_HEIGHT_M, distance_km, frequency_mhz);
  return Math.min(curveField(frequency_mhz, distance_km) + correction, freeSpaceField(distance_km));
}

/** Field of 1 kW below 1 km: linear in log of the slant distance from free space at 40 m to the 1 km value. */
function fieldWithin1Km(frequency_mhz: number, distance_km: number, height_m: number): number {
  const slant = (km: number): number => Math.hypot(km, (height_m - RECEIVER_HEIGHT_M) / 1000);
  const distance = slant(distance_km);
  if (distance_km <= NEAREST_KM) return freeSpaceField(distance);
  const near = slant(NEAREST_KM);
  const nearField = freeSpaceField(near);
  const farField = fieldBeyond1Km(frequency_mhz, CURVE_MIN_KM, height_m);
  return nearField + ((farField - nearField) * Math.log(distance / near)) / Math.log(slant(CURVE_MIN_KM) / near);
}

/** What is stretched for a path. */
export function flagsOf({ frequency_mhz, distance_km, effective_height_m }: Omit<BroadcastPath, 'erp_w'>): FieldFlag[] {
  const flags: FieldFlag[] = [];
  if (effective_height_m !== CURVE_HEIGHT_M) flags.push('height_by_hata');
  if (effective_height_m < MIN_HEIGHT_M || effective_height_m > MAX_HEIGHT_M) flags.push('height_out_of_range');
  if (frequency_mhz > CURVE_HIGH_MHZ) flags.push('frequency_out_of_range');
  if (distance_km > CURVE_MAX_KM) flags.push('distance_out_of_range');
  return flags;
}

/**
 * Median field strength of a transmitter over land, dBµV/m, of values known to be possible (see `fieldStrength`): what
 * runs once for every square of a grid.
 */
export function medianField({ frequency_mhz, erp_w, distance_km, effective_height_m }: BroadcastPath): number {
  const height = Math.max(effective_height_m, LOWEST_HEIGHT_M);
  const field = distance_km < CURVE_MIN_KM ? fieldWithin1Km : fieldBeyond1Km;
  return field(frequency_mhz, distance_km, height) + 10 * Math.log10(erp_w / 1000);
}

/**
 * Median field strength of a transmitter over land, dBµV/m, with what was stretched to get it. Impossible values are
 * refused as values with the argument and the reason.
 */
export function fieldStrength(path: BroadcastPath): FieldStrength {
  const { frequency_mhz, erp_w, distance_km, effective_height_m } = path;
  if (!(frequency_mhz >= MIN_MHZ && frequency_mhz <= MAX_MHZ)) {
    const reason = `P.1546 applies from ${MIN_MHZ} to ${MAX_MHZ} MHz`;
    return { ok: false, field: 'frequency_mhz', value: frequency_mhz, reason };
  }
  if (!(erp_w > 0)) return { ok: false, field: 'erp_w', value: erp_w, reason: 'must be above 0 W' };
  if (!(distance_km > 0)) return { ok: false, field: 'distance_km', value: distance_km, reason: 'must be above 0 km' };
  if (!Number.isFinite(effective_height_m)) {
    return { ok: false, field: 'effective_height_m', value: effective_height_m, reason: 'must be a height in metres' };
  }
  const flags = flagsOf(path);
  return {
    ok: true,
    field_dbuv_m: medianField(path),
    flags,
    extrapolated: flags.some((flag) => flag !== 'height_by_hata'),
  };
}

/**
 * h1 where the terrain is not known, m (Annex 5 § 3.1.1): the antenna's height above ground to 3 km, the effective
 * height (above the mean ground from 3 to 15 km) from 15 km, linear in distance between.
 */
export function heightWithoutTerrain(
  antenna_height_m: number,
  effective_height_m: number,
  distance_km: number,
): number {
  const share = Math.min(Math.max((distance_km - 3) / 12, 0), 1);
  return antenna_height_m + (effective_height_m - antenna_height_m) * share;
}

/**
 * h1 over known terrain, m (Annex 5 §§ 3.1.2 and 3.2): the antenna above the mean ground from 3 to 15 km on the way to
 * the receiver or, on paths shorter than 15 km, from a fifth of the path to its end. The profile starts at the antenna.
 * null where part of that ground is missing.
 */
export function effectiveHeight({ distances_m, heights_m }: PathProfile, antenna_height_m: number): number | null {
  const total = distances_m.at(-1) ?? 0;
  const [from, to] = total < 15_000 ? [0.2 * total, total] : [3000, 15_000];
  let sum = 0;
  let length = 0;
  for (let i = 1; i < distances_m.length; i++) {
    const a = distances_m[i - 1] as number;
    const b = distances_m[i] as number;
    const [start, end] = [Math.max(a, from), Math.min(b, to)];
    if (end <= start) continue;
    const [ha, hb] = [heights_m[i - 1] as number, heights_m[i] as number];
    const middle = ha + ((hb - ha) * ((start + end) / 2 - a)) / (b - a);
    sum += middle * (end - start);
    length += end - start;
  }
  const height = (heights_m[0] ?? Number.NaN) + antenna_height_m - sum / length;
  return Number.isNaN(height) ? null : height;
}

/**
 * What another receiver height over open land adds to the field, dB (Annex 5 § 9): K log(h2/10), K = 3.2 + 6.2 log f.
 * Rural and open surroundings only; towns need the height of the buildings.
 */
export const receiverHeightCorrection = (receiver_height_m: number, frequency_mhz: number): number =>
  (3.2 + 6.2 * Math.log10(frequency_mhz)) * Math.log10(receiver_height_m / RECEIVER_HEIGHT_M);

/** Figure-independent diffraction term J(ν) as the Recommendation uses it (equation 12a), dB. */
const diffraction = (v: number): number => 6.9 + 20 * Math.log10(Math.hypot(v - 0.1, 1) + v - 0.1);

/** The clearance angle below which gently rolling ground is already in the curves, and the largest one, degrees. */
const LEAST_CLEARANCE_DEG = 0.55;
const MOST_CLEARANCE_DEG = 40;
/** Ground that counts before the receiver, m (Annex 5 § 11). */
export const CLEARANCE_REACH_M = 16_000;

/**
 * What hills before the receiver add to the field, dB, never above 0 (Annex 5 § 11, equations 32a–c): of the angle
 * above the horizon at which the receiving antenna sees the ground in the direction of the transmitter, over 16 km or
 * as far as the transmitter.
 */
export function clearanceCorrection(clearance_deg: number, frequency_mhz: number): number {
  const angle = Math.min(Math.max(clearance_deg, LEAST_CLEARANCE_DEG), MOST_CLEARANCE_DEG);
  const root = Math.sqrt(frequency_mhz);
  return Math.min(0, diffraction(0.036 * root) - diffraction(0.065 * angle * root));
}
