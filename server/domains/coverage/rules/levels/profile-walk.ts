/**
 * What the ground along a path does to a signal: Bullington's equivalent edge over the real profile, less that over a
 * smooth curved Earth with the same antenna heights above ground, which the empirical models already contain
 * (ITU-R P.526-15 § 4.5; effective Earth radius for k = 4/3).
 *
 * The geometry is found once per path for all frequencies: ν = G / √λ. With u the height of the ground above the line
 * between the antennas at distances d₁, d₂ from them and D = d₁ + d₂:
 * - line of sight: G = max u √(2 D / (d₁ d₂));
 * - none: the horizon lines with slopes a = max u / d₁ and b = max u / d₂ above that line meet at an edge whose
 *   G = √(2 D a b).
 */
import { bullingtonEdgeLoss } from '../propagation/diffraction.ts';
import { EFFECTIVE_EARTH_RADIUS_M as RADIUS_M, wavelength } from '../propagation/radio-units.ts';
import type { TerrainRaster } from './terrain-raster.ts';

/** Less than this is rounding, dB. */
const NOTHING_DB = 1e-6;
const LEAST_INVERSES = 512;

/** 1 / √λ: ν of a frequency = G · this. */
export const nuPerG = (frequency_mhz: number): number => 1 / Math.sqrt(wavelength(frequency_mhz));

/** 1 / i for 1 … n. */
function inversesTo(n: number): Float64Array {
  const inverses = new Float64Array(n + 1);
  for (let i = 1; i <= n; i++) inverses[i] = 1 / i;
  return inverses;
}

/**
 * Points this near an end, in steps, are drawn straight between the four posts around them; further in the nearest post
 * will do. A receiver 1.5 m above a slope sees an error of half a step's rise as an obstacle; from afar it is nothing.
 */
const NEAR_END = 6;

/** Height drawn between the four posts around a point in posts from the first; NaN when any has none. */
function between(heights_m: Float32Array, cols: number, rows: number, x: number, y: number): number {
  const col = Math.min(x | 0, cols - 2);
  const row = Math.min(y | 0, rows - 2);
  const first = row * cols + col;
  const right = x - col;
  const sw = heights_m[first] as number;
  const nw = heights_m[first + cols] as number;
  const south = sw + ((heights_m[first + 1] as number) - sw) * right;
  return south + (nw + ((heights_m[first + cols + 1] as number) - nw) * right - south) * (y - row);
}

/** Reads profiles of one raster at even steps along the path. */
export class ProfileWalk {
  readonly #terrain: TerrainRaster;
  readonly #step_m: number;
  #inverse: Float64Array = inversesTo(LEAST_INVERSES);

  constructor(terrain: TerrainRaster, step_m: number) {
    this.#terrain = terrain;
    this.#step_m = step_m;
  }

  /** Height of the point nearest to the start that has one, the ends left out; NaN when none has. The ends must be inside the raster. */
  firstHeight(east0: number, north0: number, east1: number, north1: number, distance_m: number): number {
    const n = Math.ceil(distance_m / this.#step_m);
    for (let i = 1; i < n; i++) {
      const height = this.#heightAt(east0, north0, east1, north1, n, i);
      if (height === height) return height;
    }
    return Number.NaN;
  }

  /** Whether every point between the ends has a height. The ends must be inside the raster. */
  isComplete(east0: number, north0: number, east1: number, north1: number, distance_m: number): boolean {
    const n = Math.ceil(distance_m / this.#step_m);
    for (let i = 1; i < n; i++) {
      if (Number.isNaN(this.#heightAt(east0, north0, east1, north1, n, i))) return false;
    }
    return true;
  }

  /** Height at step `i` of `n`, as `edge` reads it. */
  #heightAt(east0: number, north0: number, east1: number, north1: number, n: number, i: number): number {
    const { heights_m, cols, rows, step_m, origin_e_m, origin_n_m } = this.#terrain;
    const x = (east0 + ((east1 - east0) * i) / n - origin_e_m) / step_m;
    const y = (north0 + ((north1 - north0) * i) / n - origin_n_m) / step_m;
    if (i <= NEAR_END || i >= n - NEAR_END) return between(heights_m, cols, rows, x, y);
    return heights_m[((y + 0.5) | 0) * cols + ((x + 0.5) | 0)] as number;
  }

  /**
   * G of the path between two antennas, given by position and height above sea level; −Infinity without any ground in
   * between. Points without a height are passed over. Ends early with Infinity when G is certain to be above `limit`.
   */
  edge(
    east0: number,
    north0: number,
    top0: number,
    east1: number,
    north1: number,
    top1: number,
    distance_m: number,
    limit: number,
  ): number {
    const { heights_m, cols, rows, step_m, origin_e_m, origin_n_m } = this.#terrain;
    const n = Math.ceil(distance_m / this.#step_m);
    if (n >= this.#inverse.length) this.#inverse = inversesTo(2 * n);
    const inverse = this.#inverse;
    const x0 = (east0 - origin_e_m) / step_m + 0.5;
    const y0 = (north0 - origin_n_m) / step_m + 0.5;
    const dx = (east1 - east0) / step_m / n;
    const dy = (north1 - north0) / step_m / n;
    const dz = (top1 - top0) / n;
    const part = distance_m / n;
    const bulge = (part * part) / (2 * RADIUS_M);
    const factor = Math.sqrt(2 * distance_m) / part;
    // a · b above which G is above the limit; a limit below 0 is passed by any obstacle.
    const tooMuch = limit <= 0 ? 0 : (limit / factor) ** 2;
    let a = 0;
    let b = 0;
    let clearest = Number.POSITIVE_INFINITY;
    // Every fourth point first: an obstacle that is too much is mostly seen there. Maxima do not depend on order.
    for (let pass = 0; pass < 3; pass++) {
      const stride = pass === 2 ? 2 : 4;
      for (let i = pass === 0 ? 4 : pass === 1 ? 2 : 1; i < n; i += stride) {
        const height =
          i <= NEAR_END || i >= n - NEAR_END
            ? between(heights_m, cols, rows, x0 + i * dx - 0.5, y0 + i * dy - 0.5)
            : (heights_m[((y0 + i * dy) | 0) * cols + ((x0 + i * dx) | 0)] as number);
        const u = height + bulge * i * (n - i) - (top0 + i * dz);
        if (u > 0) {
          const near = u * (inverse[i] as number);
          const far = u * (inverse[n - i] as number);
          if (near > a) a = near;
          if (far > b) b = far;
          if (a * b > tooMuch) return Number.POSITIVE_INFINITY;
        } else {
          const clearance = u * u * (inverse[i] as number) * (inverse[n - i] as number);
          if (clearance < clearest) clearest = clearance;
        }
      }
    }
    return a > 0 ? factor * Math.sqrt(a * b) : -factor * Math.sqrt(clearest);
  }
}

/**
 * The ground a site without a known height is taken to stand on: that of the nearest known point of the path. A guess of tens of
 * metres, but the hills beyond then count; without it the path would be clear of all of them.
 * @param end_m the ground at the other end, which is known
 */
export function siteGroundTowards(
  walk: ProfileWalk,
  east0: number,
  north0: number,
  east1: number,
  north1: number,
  distance_m: number,
  end_m: number,
): number {
  const first = walk.firstHeight(east0, north0, east1, north1, distance_m);
  return Number.isNaN(first) ? end_m : first;
}

/** Whether antennas see each other over a smooth curved Earth. */
const isInSight = (distance_m: number, h1: number, h2: number): boolean =>
  distance_m <= Math.sqrt(2 * RADIUS_M) * (Math.sqrt(h1) + Math.sqrt(h2));

/** Newton's method is as near as levels need after these rounds, and has settled whatever the heights after those. */
const ROUNDS = 5;
const ALL_ROUNDS = 60;

/**
 * G over a smooth curved Earth between antennas `h1`, `h2` above it. Within sight: with q² = d₁ / d₂ and
 * K = D² / 2R the maximum over q of √(2/D) (K q / (1 + q²) − h1 / q − h2 q), by Newton's method.
 */
export function smoothEdge(distance_m: number, h1: number, h2: number, rounds = ROUNDS): number {
  const sag = distance_m / (2 * RADIUS_M);
  if (!isInSight(distance_m, h1, h2)) {
    const a = sag - Math.sqrt((2 * h1) / RADIUS_M) + (h1 - h2) / distance_m;
    const b = sag - Math.sqrt((2 * h2) / RADIUS_M) + (h2 - h1) / distance_m;
    return Math.sqrt(2 * distance_m * a * b);
  }
  const k = sag * distance_m;
  let q = Math.sqrt(h1 / h2);
  for (let round = 0; round < rounds; round++) {
    const square = 1 + q * q;
    const slope = (k * (2 - square)) / (square * square) + h1 / (q * q) - h2;
    const bend = (2 * k * q * (square - 4)) / (square * square * square) - (2 * h1) / (q * q * q);
    const next = q - slope / bend;
    // Away from the summit the curve may bend the other way: then only halve towards it.
    q = bend < 0 && next > q / 2 && next < 2 * q ? next : slope > 0 ? q * 1.5 : q / 1.5;
  }
  return Math.sqrt(2 / distance_m) * ((k * q) / (1 + q * q) - h1 / q - h2 * q);
}

/** What obstacles add at a frequency, dB ≥ 0, from G of the real profile and of the smooth Earth. */
export function excessLoss(edge: number, smooth: number, nuFactor: number, distance_m: number): number {
  const real = bullingtonEdgeLoss(edge * nuFactor, distance_m);
  if (real === 0) return 0;
  const excess = real - bullingtonEdgeLoss(smooth * nuFactor, distance_m);
  return excess > NOTHING_DB ? excess : 0;
}

/** Room for rounding in what a smooth Earth costs, dB. */
const SMOOTH_SLACK_DB = 0.01;

/**
 * The most that a smooth Earth costs at a frequency on a path of at most some length, dB: for each q the term that
 * `smoothEdge` takes the greatest of rises with the distance, and so does Bullington's loss with G.
 */
export const smoothLossMost = (distance_m: number, h1: number, h2: number, nuFactor: number): number =>
  bullingtonEdgeLoss(smoothEdge(distance_m, h1, h2, ALL_ROUNDS) * nuFactor, distance_m) + SMOOTH_SLACK_DB;

const TABLE_STEP_DB = 0.5;
const TABLE_TO_DB = 160;

/** ν above which Bullington's loss is certainly above i · TABLE_STEP_DB. */
const NU_OF_LOSS = Float64Array.from({ length: TABLE_TO_DB / TABLE_STEP_DB + 1 }, (_, i) => {
  let low = -0.78;
  let high = 1e9;
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (bullingtonEdgeLoss(middle, 0) > i * TABLE_STEP_DB) high = middle;
    else low = middle;
  }
  return high;
});

/** G above which Bullington's loss is certainly above `loss_db` ≥ 0 at a frequency. Only for leaving out work: up to half a dB generous. */
export function edgeLimit(loss_db: number, nuFactor: number): number {
  const index = Math.ceil(loss_db / TABLE_STEP_DB);
  return index < NU_OF_LOSS.length ? (NU_OF_LOSS[index] as number) / nuFactor : Number.POSITIVE_INFINITY;
}
