/**
 * What ITM reads out of a terrain profile: mean elevation, radio horizons, terrain irregularity Δh and effective
 * antenna heights ([A] §§ 5–6 and Hufford, Longley, Kissick, NTIA 82-100). All in metres and radians.
 */
import type { PathEnd, PathGeometry } from './itm-path.ts';
import type { ItmAntennas } from './itm-types.ts';
import type { EvenProfile } from './terrain-profile.ts';

const at = (heights: Float64Array, i: number): number => heights[i] as number;
/** How far a is above b, never negative. */
const excess = (a: number, b: number): number => Math.max(a - b, 0);

/** Mean ground elevation of the middle 80 % of a profile, m. */
export function pathElevation(heights: Float64Array): number {
  const steps = heights.length - 1;
  const skipped = Math.trunc(0.1 * steps);
  let sum = 0;
  for (let i = skipped; i <= steps - skipped; i++) sum += at(heights, i);
  return sum / (steps - 2 * skipped + 1);
}

interface Horizon {
  angle: number;
  distance_m: number;
}

/** The radio horizons of both antennas: the highest elevation angle along the path, or the other antenna (TN101 6.15). */
function findHorizons(profile: EvenProfile, antennas: ItmAntennas, radius_m: number): { tx: Horizon; rx: Horizon } {
  const { heights_m, step_m } = profile;
  const steps = heights_m.length - 1;
  const length = steps * step_m;
  const zt = at(heights_m, 0) + antennas.tx_height_m;
  const zr = at(heights_m, steps) + antennas.rx_height_m;
  const tx = { angle: (zr - zt) / length - length / (2 * radius_m), distance_m: length };
  const rx = { angle: (zt - zr) / length - length / (2 * radius_m), distance_m: length };
  for (let i = 1; i < steps; i++) {
    const near = i * step_m;
    const far = length - near;
    const txAngle = (at(heights_m, i) - zt) / near - near / (2 * radius_m);
    const rxAngle = (at(heights_m, i) - zr) / far - far / (2 * radius_m);
    if (txAngle > tx.angle) {
      tx.angle = txAngle;
      tx.distance_m = near;
    }
    if (rxAngle > rx.angle) {
      rx.angle = rxAngle;
      rx.distance_m = far;
    }
  }
  return { tx, rx };
}

/** The least-squares line through part of a profile, as its heights at the first and last point of the whole. */
function fittedEnds(
  { heights_m, step_m }: EvenProfile,
  from_m: number,
  to_m: number,
): { first_m: number; last_m: number } {
  const steps = heights_m.length - 1;
  let start = Math.trunc(excess(from_m / step_m, 0));
  let end = steps - Math.trunc(excess(steps, to_m / step_m));
  if (end <= start) {
    start = Math.trunc(excess(start, 1));
    end = steps - Math.trunc(excess(steps, end + 1));
  }
  const length = end - start;
  const middle = start + length / 2;
  // The end points count half, as in the trapezium rule; 12/(L(L² + 2)) is the matching normalisation.
  let sum = (at(heights_m, start) + at(heights_m, end)) / 2;
  let moment = ((at(heights_m, end) - at(heights_m, start)) / 2) * (length / 2);
  for (let i = start + 1; i < end; i++) {
    sum += at(heights_m, i);
    moment += at(heights_m, i) * (i - middle);
  }
  const mean = sum / length;
  const slope = (moment * 12) / ((length * length + 2) * length);
  return { first_m: mean - slope * middle, last_m: mean + slope * (steps - middle) };
}

/**
 * Δh, m: the range between the 10 % highest and 10 % lowest departures from the straight line fitted to the part of
 * the profile between two distances, scaled from the length of the path to a very long one (ERL 79-ITS 67 eq. 3).
 */
export function terrainIrregularity({ heights_m, step_m }: EvenProfile, from_m: number, to_m: number): number {
  const steps = heights_m.length - 1;
  const start = from_m / step_m;
  const span = to_m / step_m - start;
  if (span < 2) return 0;
  const tenth = Math.min(Math.max(4, Math.trunc(0.1 * (span + 8))), 25);
  const count = 10 * tenth - 5;
  const samples = new Float64Array(count);
  let left = Math.trunc(start);
  let beyond = start - (left + 1);
  for (let j = 0; j < count; j++) {
    while (beyond > 0 && left + 1 < steps) {
      beyond--;
      left++;
    }
    const right = at(heights_m, left + 1);
    samples[j] = right + (right - at(heights_m, left)) * beyond;
    beyond += span / (count - 1);
  }
  const { first_m, last_m } = fittedEnds({ heights_m: samples, step_m: 1 }, 0, count - 1);
  const slope = (last_m - first_m) / (count - 1);
  for (let j = 0; j < count; j++) samples[j] = at(samples, j) - (first_m + slope * j);
  samples.sort();
  // Counted from the highest: the tenth-th, and the one with `tenth` below it.
  const range = at(samples, count - tenth) - at(samples, tenth - 1);
  return range / (1 - 0.8 * Math.exp(-(to_m - from_m) / 50e3));
}

/** Horizon over irregular ground for an effective height ([A] eq. 3.3). */
const roughHorizon = (effective_m: number, irregularity_m: number, radius_m: number): number =>
  Math.sqrt(2 * effective_m * radius_m) * Math.exp(-0.07 * Math.sqrt(irregularity_m / Math.max(effective_m, 5)));

/** Well inside line of sight: one line through the ground, and statistical horizons. */
function lineOfSightEnds(tx: PathEnd, rx: PathEnd, length_m: number, irregularity_m: number, radius_m: number): void {
  const setHorizons = (): void => {
    for (const end of [tx, rx]) end.horizon_m = roughHorizon(end.effective_m, irregularity_m, radius_m);
  };
  setHorizons();
  const together = tx.horizon_m + rx.horizon_m;
  if (together <= length_m) {
    const scale = (length_m / together) ** 2;
    tx.effective_m *= scale;
    rx.effective_m *= scale;
    setHorizons();
  }
  for (const end of [tx, rx]) {
    const smooth = Math.sqrt(2 * end.effective_m * radius_m);
    end.horizon_rad = (0.65 * irregularity_m * (smooth / end.horizon_m - 1) - 2 * end.effective_m) / smooth;
  }
}

/** An antenna whose effective height is how far it stands above the fitted ground, if that lies below the real one. */
const pathEnd = (height_m: number, ground_m: number, fit_m: number, horizon: Horizon): PathEnd => ({
  height_m,
  effective_m: height_m + excess(ground_m, fit_m),
  horizon_m: horizon.distance_m,
  horizon_rad: horizon.angle,
});

/** Horizons, effective heights and irregularity of a profile on an Earth of the given effective radius. */
export function effectiveTerrain(profile: EvenProfile, antennas: ItmAntennas, radius_m: number): PathGeometry {
  const { heights_m, step_m } = profile;
  const steps = heights_m.length - 1;
  const distance_m = steps * step_m;
  const horizon = findHorizons(profile, antennas, radius_m);
  const { tx_height_m, rx_height_m } = antennas;
  // Terrain under the antennas themselves is left out: 15 antenna heights or a tenth of the horizon.
  const from = Math.min(15 * tx_height_m, 0.1 * horizon.tx.distance_m);
  const to = distance_m - Math.min(15 * rx_height_m, 0.1 * horizon.rx.distance_m);
  const irregularity_m = terrainIrregularity(profile, from, to);

  const inSight = horizon.tx.distance_m + horizon.rx.distance_m > 1.5 * distance_m;
  const txFit = fittedEnds(profile, from, inSight ? to : 0.9 * horizon.tx.distance_m).first_m;
  const rxFit = fittedEnds(profile, inSight ? from : distance_m - 0.9 * horizon.rx.distance_m, to).last_m;
  const tx = pathEnd(tx_height_m, at(heights_m, 0), txFit, horizon.tx);
  const rx = pathEnd(rx_height_m, at(heights_m, steps), rxFit, horizon.rx);
  if (inSight) lineOfSightEnds(tx, rx, distance_m, irregularity_m, radius_m);
  return { tx, rx, distance_m, irregularity_m };
}
