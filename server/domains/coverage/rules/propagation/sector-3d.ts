/**
 * Sector antenna in both planes, dB relative to the main beam: 3GPP TR 36.814 table A.2.1.1-2 and TR 38.901
 * table 7.3-1 (the horizontal plane alone is that of TR 36.942 §4.2.1).
 *   A_h = −min(12 (φ/φ3dB)², A_m), A_v = −min(12 ((θ − θtilt)/θ3dB)², SLA_v), A = −min(−(A_h + A_v), A_m)
 * Angles in degrees. Depression is positive below the horizon, and so is tilt.
 */
import { EFFECTIVE_EARTH_RADIUS_M } from './radio-units.ts';

export interface SectorAntenna {
  /** Clockwise from true north; null = the same in every direction. */
  azimuth_deg: number | null;
  beamwidth_deg: number;
  /** Mechanical plus electrical, positive downwards. */
  tilt_deg: number;
  vertical_beamwidth_deg: number;
  /** A_m: the most the antenna attenuates in any direction, dB. */
  front_to_back_db: number;
  /** SLA_v: the most the vertical pattern attenuates, dB. */
  side_lobe_db: number;
}

/** TR 36.814's macro panel in the vertical plane. TR 38.901's single element is 65° and 30 dB instead. */
export const MACRO_PANEL_VERTICAL = { vertical_beamwidth_deg: 10, side_lobe_db: 20 } as const;

/** Gain of the horizontal pattern relative to the main beam, dB (≤ 0), for an angle off the azimuth of any sign or turn. */
export function horizontalPattern(offset_deg: number, beamwidth_deg: number, front_to_back_db: number): number {
  const turned = Math.abs(offset_deg) % 360;
  const phi = turned > 180 ? 360 - turned : turned;
  return -Math.min(12 * (phi / beamwidth_deg) ** 2, front_to_back_db);
}

/** Gain of the vertical pattern relative to its main beam, dB (≤ 0). */
export function verticalPattern(
  depression_deg: number,
  tilt_deg: number,
  vertical_beamwidth_deg: number,
  side_lobe_db: number,
): number {
  const offset = (depression_deg - tilt_deg) / vertical_beamwidth_deg;
  return -Math.min(12 * offset ** 2, side_lobe_db);
}

/** Both patterns together: the antenna attenuates by at most A_m in any direction. */
export const combinedGain = (horizontal_db: number, vertical_db: number, front_to_back_db: number): number =>
  -Math.min(-(horizontal_db + vertical_db), front_to_back_db);

/** Gain towards a bearing and a depression relative to the main beam, dB (≤ 0). */
export function sectorGain(bearing_deg: number, depression_deg: number, antenna: SectorAntenna): number {
  const { azimuth_deg, beamwidth_deg, front_to_back_db } = antenna;
  const horizontal =
    azimuth_deg === null ? 0 : horizontalPattern(bearing_deg - azimuth_deg, beamwidth_deg, front_to_back_db);
  const { tilt_deg, vertical_beamwidth_deg, side_lobe_db } = antenna;
  const vertical = verticalPattern(depression_deg, tilt_deg, vertical_beamwidth_deg, side_lobe_db);
  return combinedGain(horizontal, vertical, front_to_back_db);
}

/**
 * Angle below the horizon at which the base antenna sees the receiver, degrees; negative when the receiver is higher.
 * Heights are above sea level, m; the fall of the curved Earth is included.
 */
export function depressionAngle(
  base_height_m: number,
  receiver_height_m: number,
  distance_m: number,
  effective_radius_m: number = EFFECTIVE_EARTH_RADIUS_M,
): number {
  const fall = base_height_m - receiver_height_m + distance_m ** 2 / (2 * effective_radius_m);
  return (Math.atan2(fall, distance_m) * 180) / Math.PI;
}
