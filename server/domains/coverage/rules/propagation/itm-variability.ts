/**
 * How ITM's loss spreads over time, locations and situations ([A] § 5; TN101 fig. 10.13 and eqs. III.69–70).
 * Distances in metres, results in dB.
 */
import { type PathGeometry, terrainRoughness } from './itm-path.ts';
import type { ItmClimate, ItmVariability } from './itm-types.ts';

/** c1, c2 in dB and x1, x2, x3 in km of the curve of TN101 eq. III.69. */
type Curve = readonly [number, number, number, number, number];

interface ClimateCurves {
  median: Curve;
  below: Curve;
  above: Curve;
  /** Slope and knee of the distribution above the median: C_D, z_D ([A] table 5.1). */
  tail: readonly [number, number];
  /** Frequency factors below and above the median: a + b / ((c ln(0.133 k))² + 1). */
  belowFactor: readonly [number, number, number];
  aboveFactor: readonly [number, number, number];
}

const FLAT = [1, 0, 0] as const;

const CURVES: Record<ItmClimate, ClimateCurves> = {
  equatorial: {
    median: [-9.67, 12.7, 144.9, 190.3, 133.8],
    below: [2.13, 159.5, 762.2, 123.6, 94.5],
    above: [2.11, 102.3, 636.9, 134.8, 95.6],
    tail: [1.224, 1.282],
    belowFactor: FLAT,
    aboveFactor: FLAT,
  },
  continental_subtropical: {
    median: [-0.62, 9.19, 228.9, 205.2, 143.6],
    below: [2.66, 7.67, 100.4, 172.5, 136.4],
    above: [6.87, 15.53, 138.7, 143.7, 98.6],
    tail: [0.801, 2.161],
    belowFactor: FLAT,
    aboveFactor: [0.93, 0.31, 2],
  },
  maritime_subtropical: {
    median: [1.26, 15.5, 262.6, 185.2, 99.8],
    below: [6.11, 6.65, 138.2, 242.2, 178.6],
    above: [10.08, 9.6, 165.3, 225.7, 129.7],
    tail: [1.38, 1.282],
    belowFactor: FLAT,
    aboveFactor: FLAT,
  },
  desert: {
    median: [-9.21, 9.05, 84.1, 101.1, 98.6],
    below: [1.98, 13.11, 139.1, 132.7, 193.5],
    above: [3.68, 159.3, 464.4, 93.1, 94.2],
    tail: [1, 20],
    belowFactor: FLAT,
    aboveFactor: [0.93, 0.19, 1.79],
  },
  continental_temperate: {
    median: [-0.62, 9.19, 228.9, 205.2, 143.6],
    below: [2.68, 7.16, 93.7, 186.8, 133.5],
    above: [4.75, 8.12, 93.2, 135.9, 113.4],
    tail: [1.224, 1.282],
    belowFactor: [0.92, 0.25, 1.77],
    aboveFactor: [0.93, 0.31, 2],
  },
  maritime_temperate_over_land: {
    median: [-0.39, 2.86, 141.7, 315.9, 167.4],
    below: [6.86, 10.38, 187.8, 169.6, 108.9],
    above: [8.58, 13.97, 216, 152, 122.7],
    tail: [1.518, 1.282],
    belowFactor: FLAT,
    aboveFactor: FLAT,
  },
  maritime_temperate_over_sea: {
    median: [3.15, 857.9, 2222, 164.8, 116.3],
    below: [8.51, 169.8, 609.8, 119.9, 106.6],
    above: [8.43, 8.19, 136.2, 188.5, 122.9],
    tail: [1.518, 1.282],
    belowFactor: FLAT,
    aboveFactor: FLAT,
  },
};

function curve([c1, c2, x1, x2, x3]: Curve, distance_m: number): number {
  const d = distance_m / 1000;
  const ratio = (d / x1) ** 2;
  return ((c1 + c2 / (1 + ((d - x2) / x3) ** 2)) * ratio) / (1 + ratio);
}

/**
 * The standard normal deviate exceeded with probability `q`, 0 < q < 1: Abramowitz & Stegun 26.2.23, off by at most
 * 4.5 · 10⁻⁴. Kept for agreement with the reference; do not use it elsewhere.
 */
export function normalDeviate(q: number): number {
  const tail = q > 0.5 ? 1 - q : q;
  const t = Math.sqrt(-2 * Math.log(tail));
  const deviate = t - ((0.010328 * t + 0.802853) * t + 2.515516) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1);
  return q > 0.5 ? -deviate : deviate;
}

/** Path length turned into the one the climate curves are drawn for ([A] eq. 5.3). */
function effectiveDistance({ tx, rx, distance_m }: PathGeometry, wavenumber: number): number {
  const radius = 9_000_000;
  const horizon =
    Math.sqrt(2 * radius * tx.effective_m) + Math.sqrt(2 * radius * rx.effective_m) + Math.cbrt(575.7e12 / wavenumber);
  return distance_m < horizon ? (130e3 * distance_m) / horizon : 130e3 + distance_m - horizon;
}

/** Standard deviation over time towards the side of the median a deviate lies on, dB. */
function timeDeviation(curves: ClimateCurves, z: number, effective_m: number, wavenumber: number): number {
  const q = Math.log(0.133 * wavenumber);
  const factor = ([a, b, c]: readonly [number, number, number]): number => a + b / ((c * q) ** 2 + 1);
  if (z < 0) return curve(curves.below, effective_m) * factor(curves.belowFactor);
  const above = curve(curves.above, effective_m) * factor(curves.aboveFactor);
  const [slope, knee] = curves.tail;
  return z <= knee ? above : slope * above + ((above - slope * above) * knee) / z;
}

/** Below free space ITM lets little of the gain through ([A] eq. 52). */
const damp = (attenuation_db: number): number =>
  attenuation_db < 0 ? (attenuation_db * (29 - attenuation_db)) / (29 - 10 * attenuation_db) : attenuation_db;

/** Deviates of time, location and situation as the mode combines them. */
function deviates(spread: ItmVariability): { time: number; location: number; situation: number } {
  const time = normalDeviate(spread.time_pct / 100);
  const location = normalDeviate(spread.location_pct / 100);
  const situation = normalDeviate(spread.situation_pct / 100);
  switch (spread.mode) {
    case 'single_message':
      return { time: situation, location: situation, situation };
    case 'accidental':
      return { time, location: situation, situation };
    case 'mobile':
      return { time, location: time, situation };
    case 'broadcast':
      return { time, location, situation };
  }
}

/**
 * The attenuation beyond free space not exceeded for the asked percentages, dB, from the reference attenuation.
 * `extreme`: a percentage is so far in the tail (beyond 99.9 %) that the figure means little.
 */
export function variability(
  reference_db: number,
  geometry: PathGeometry,
  frequency_mhz: number,
  climate: ItmClimate,
  spread: ItmVariability,
): { attenuation_db: number; extreme: boolean } {
  const curves = CURVES[climate];
  const wavenumber = frequency_mhz / 47.7;
  const effective_m = effectiveDistance(geometry, wavenumber);
  const z = deviates(spread);
  const sigmaS = spread.without_situation ? 0 : 5 + 3 * Math.exp(-effective_m / 100e3);
  const rough = wavenumber * terrainRoughness(geometry.distance_m, geometry.irregularity_m);
  const sigmaL = spread.without_location ? 0 : (10 * rough) / (rough + 13);
  const sigmaT = timeDeviation(curves, z.time, effective_m, wavenumber);
  const yT = sigmaT * z.time;
  const yL = sigmaL * z.location;
  const z2 = z.situation ** 2;
  const rest = sigmaS ** 2 + yT ** 2 / (7.8 + z2) + yL ** 2 / (24 + z2);

  let known: number;
  let unknown: number;
  switch (spread.mode) {
    case 'single_message':
      known = 0;
      unknown = Math.sqrt(sigmaT ** 2 + sigmaL ** 2 + rest) * z.situation;
      break;
    case 'accidental':
      known = yT;
      unknown = Math.sqrt(sigmaL ** 2 + rest) * z.situation;
      break;
    case 'mobile':
      known = Math.hypot(sigmaT, sigmaL) * z.time;
      unknown = Math.sqrt(rest) * z.situation;
      break;
    case 'broadcast':
      known = yT + yL;
      unknown = Math.sqrt(rest) * z.situation;
      break;
  }
  return {
    attenuation_db: damp(reference_db - curve(curves.median, effective_m) - known - unknown),
    extreme: [z.time, z.location, z.situation].some((value) => Math.abs(value) > 3.1),
  };
}
