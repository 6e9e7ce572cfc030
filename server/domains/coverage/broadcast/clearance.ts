/** How far hills rise before a receiver, in the direction of the transmitter. */

import { groundAt, type TerrainRaster } from '../rules/levels/terrain-raster.ts';
import { CLEARANCE_REACH_M, RECEIVER_HEIGHT_M } from '../rules/propagation/p1546.ts';

const STEP_M = 100;

/**
 * Terrain clearance angle at a receiver 10 m above the ground, degrees above its horizon (P.1546 Annex 5 § 11; like the
 * Recommendation, without the curve of the Earth): the steepest line to the ground over 16 km towards the transmitter
 * or as far as it. NaN when any of that ground, or the receiver's own, is not known. Coordinates in metres.
 */
export function clearanceAngle(
  ground: TerrainRaster,
  receiver: readonly [east: number, north: number],
  transmitter: readonly [east: number, north: number],
): number {
  const [east, north] = receiver;
  const [de, dn] = [transmitter[0] - east, transmitter[1] - north];
  const way = Math.hypot(de, dn);
  const antenna = groundAt(ground, east, north) + RECEIVER_HEIGHT_M;
  const steps = Math.floor(Math.min(way, CLEARANCE_REACH_M) / STEP_M);
  let slope = Number.isNaN(antenna) ? Number.NaN : -Infinity;
  for (let step = 1; step <= steps; step++) {
    const share = (step * STEP_M) / way;
    const rise = (groundAt(ground, east + de * share, north + dn * share) - antenna) / (step * STEP_M);
    if (Number.isNaN(rise)) return Number.NaN;
    if (rise > slope) slope = rise;
  }
  return (Math.atan(slope) * 180) / Math.PI;
}
