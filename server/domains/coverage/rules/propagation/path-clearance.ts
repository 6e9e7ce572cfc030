/**
 * Line of sight and first Fresnel zone along a terrain profile (ITU-R P.526-15 §§ 2 and 4; P.530 § 2.2.2). For the path
 * panel: how much of the zone is free, and where it is tightest. Metres, MHz.
 */
import { EFFECTIVE_EARTH_RADIUS_M, wavelength } from './radio-units.ts';
import type { PathProfile } from './terrain-profile.ts';

/** Radius of the first Fresnel zone between two antennas, m (P.526 eq. 2). */
export const fresnelRadius = (frequency_mhz: number, d1_m: number, d2_m: number): number =>
  Math.sqrt((wavelength(frequency_mhz) * d1_m * d2_m) / (d1_m + d2_m));

/** How far the curved Earth rises above its own chord, m. */
export const earthBulge = (d1_m: number, d2_m: number, effective_radius_m: number): number =>
  (d1_m * d2_m) / (2 * effective_radius_m);

export interface ClearanceLink {
  /** Above ground, m. */
  tx_height_m: number;
  rx_height_m: number;
  frequency_mhz: number;
  effective_radius_m?: number;
}

export interface PathClearance {
  /** False when the ground is on the ray or above; null when a height is missing and none is above. */
  line_of_sight: boolean | null;
  /**
   * The tightest point: clearance below the ray in first Fresnel radii. 0.6 or more is as good as free space,
   * 0 grazes, negative is obstructed. null where there is no ground between the ends.
   */
  worst: { index: number; distance_m: number; clearance_m: number; ratio: number } | null;
  /** True when heights are missing: the answer then holds for the known points only. */
  incomplete: boolean;
}

/** Line of sight and the worst Fresnel clearance between antennas at the two ends of a profile. */
export function pathClearance({ distances_m, heights_m }: PathProfile, link: ClearanceLink): PathClearance {
  const last = distances_m.length - 1;
  const total = distances_m[last] ?? 0;
  const tx = (heights_m[0] ?? Number.NaN) + link.tx_height_m;
  const rx = (heights_m[last] ?? Number.NaN) + link.rx_height_m;
  const radius_m = link.effective_radius_m ?? EFFECTIVE_EARTH_RADIUS_M;
  let worst: PathClearance['worst'] = null;
  let incomplete = Number.isNaN(tx) || Number.isNaN(rx);
  for (let index = 1; index < last; index++) {
    const distance_m = distances_m[index] as number;
    const rest = total - distance_m;
    const ray = (tx * rest + rx * distance_m) / total;
    const clearance_m = ray - (heights_m[index] as number) - earthBulge(distance_m, rest, radius_m);
    if (Number.isNaN(clearance_m)) {
      incomplete = true;
      continue;
    }
    const ratio = clearance_m / fresnelRadius(link.frequency_mhz, distance_m, rest);
    if (worst === null || ratio < worst.ratio) worst = { index, distance_m, clearance_m, ratio };
  }
  const blocked = worst !== null && worst.clearance_m <= 0;
  return { line_of_sight: blocked ? false : incomplete ? null : true, worst, incomplete };
}
