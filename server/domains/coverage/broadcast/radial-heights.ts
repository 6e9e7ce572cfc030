/** Effective heights of a transmitter over known ground, once per direction instead of once per square. */
import { groundAt, type TerrainRaster } from '../rules/levels/terrain-raster.ts';

/** Directions: at 60 km two of them are 500 m apart, little for a mean over 12 km of ground. */
const DIRECTIONS = 720;
const STEP_M = 100;
/** The ground from 3 to 15 km counts; on shorter ways their last four fifths (P.1546 Annex 5 §§ 3.1.2 and 3.2). */
const FROM_M = 3_000;
const TO_M = 15_000;
const STEPS = TO_M / STEP_M;

export interface RadialHeights {
  /** Per direction and 100 m up to 15 km: effective height, m; NaN where part of the ground is not known. */
  heights_m: Float32Array;
  /** The highest of them; NaN when none is known. */
  highest_m: number;
}

/** Mean of the ground over [from, to] by its running integral (m², every 100 m). */
function meanBetween(integral: Float64Array, from_m: number, to_m: number): number {
  const upTo = (metres: number): number => {
    const step = Math.min(Math.floor(metres / STEP_M), STEPS - 1);
    const [a, b] = [integral[step] ?? Number.NaN, integral[step + 1] ?? Number.NaN];
    return a + (b - a) * (metres / STEP_M - step);
  };
  return (upTo(to_m) - upTo(from_m)) / (to_m - from_m);
}

/**
 * Effective height h1 of P.1546 in every direction of a transmitter at `east`, `north` (metres of the raster's zone):
 * the antenna above the mean ground on the way to a receiver. Unlike `effectiveHeight` of one profile, missing ground
 * anywhere before a receiver, not only where the mean is taken, makes it unknown.
 */
export function radialHeights(ground: TerrainRaster, east: number, north: number, height_m: number): RadialHeights {
  const heights_m = new Float32Array(DIRECTIONS * (STEPS + 1)).fill(Number.NaN);
  const antenna = groundAt(ground, east, north) + height_m;
  let highest_m = Number.NaN;
  const integral = new Float64Array(STEPS + 1);
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const angle = (2 * Math.PI * direction) / DIRECTIONS;
    const [de, dn] = [STEP_M * Math.sin(angle), STEP_M * Math.cos(angle)];
    let before = groundAt(ground, east, north);
    for (let step = 1; step <= STEPS; step++) {
      const here = groundAt(ground, east + step * de, north + step * dn);
      integral[step] = (integral[step - 1] ?? 0) + ((before + here) / 2) * STEP_M;
      before = here;
      const way = step * STEP_M;
      const height = antenna - meanBetween(integral, Math.min(way / 5, FROM_M), way);
      heights_m[direction * (STEPS + 1) + step] = height;
      if (!(height <= highest_m)) highest_m = Number.isNaN(height) ? highest_m : height;
    }
    heights_m[direction * (STEPS + 1)] = heights_m[direction * (STEPS + 1) + 1] ?? Number.NaN;
  }
  return { heights_m, highest_m };
}

/** The effective height towards a point `de` east and `dn` north of the transmitter, m; NaN when not known. */
export function heightTowards({ heights_m }: RadialHeights, de: number, dn: number): number {
  const turn = Math.atan2(de, dn) / (2 * Math.PI);
  const direction = Math.round((turn < 0 ? turn + 1 : turn) * DIRECTIONS) % DIRECTIONS;
  const step = Math.min(Math.round(Math.hypot(de, dn) / STEP_M), STEPS);
  return heights_m[direction * (STEPS + 1) + step] ?? Number.NaN;
}
