/**
 * The field-strength curves this project has of ITU-R P.1546: land, 50 % of time and locations, receiver at 10 m,
 * 1 kW ERP, effective transmitter height 150 m, dBµV/m (the domain notes' six distances at 100 and 600 MHz).
 *
 * Between the six distances the curve is a monotone cubic (Fritsch–Carlson) over log d. The Recommendation itself
 * (Annex 5 § 5) joins its tabulated points by straight lines over log d, but has twenty of them between 1 and 20 km:
 * over our wider steps straight lines fall up to 0.6 dB below its 100 MHz table, the cubic stays within 0.25 dB.
 * Between the two frequencies E is linear in log f (Annex 5 § 6).
 */

const DISTANCES_KM = [1, 5, 10, 20, 50, 100] as const;
const LOG_DISTANCES = DISTANCES_KM.map(Math.log10);

export const CURVE_MIN_KM = 1;
export const CURVE_MAX_KM = 100;
/** Effective transmitter height the curves are drawn for, m. */
export const CURVE_HEIGHT_M = 150;
/** Frequencies of the two curves. */
const CURVE_LOW_MHZ = 100;
export const CURVE_HIGH_MHZ = 600;

interface Curve {
  fields: readonly number[];
  /** Slope of the field over log d at each distance. */
  slopes: readonly number[];
}

const at = (values: readonly number[], i: number): number => values[i] as number;

/** Slopes that keep a falling cubic falling: weighted harmonic means inside, one-sided at the ends. */
function monotoneSlopes(x: readonly number[], y: readonly number[]): number[] {
  const last = x.length - 1;
  const step = (i: number): number => at(x, i + 1) - at(x, i);
  const secant = (i: number): number => (at(y, i + 1) - at(y, i)) / step(i);
  const edge = (near: number, next: number): number =>
    ((2 * step(near) + step(next)) * secant(near) - step(near) * secant(next)) / (step(near) + step(next));
  return x.map((_, i) => {
    if (i === 0) return edge(0, 1);
    if (i === last) return edge(last - 1, last - 2);
    const [before, after] = [step(i - 1), step(i)];
    return (3 * (before + after)) / ((2 * after + before) / secant(i - 1) + (after + 2 * before) / secant(i));
  });
}

const curveOf = (fields: readonly number[]): Curve => ({ fields, slopes: monotoneSlopes(LOG_DISTANCES, fields) });

const CURVES = {
  low: curveOf([100.32, 82.31, 73.64, 62.29, 42.69, 23.2]),
  high: curveOf([102.35, 81.92, 72.17, 60.25, 37.83, 17.06]),
};

/** A curve at a distance of 1–100 km; beyond, along the straight line over log d that continues it. */
function alongCurve({ fields, slopes }: Curve, distance_km: number): number {
  const x = Math.log10(distance_km);
  const last = LOG_DISTANCES.length - 1;
  if (x > at(LOG_DISTANCES, last)) return at(fields, last) + at(slopes, last) * (x - at(LOG_DISTANCES, last));
  let i = 0;
  while (i < last - 1 && x > at(LOG_DISTANCES, i + 1)) i++;
  const step = at(LOG_DISTANCES, i + 1) - at(LOG_DISTANCES, i);
  const t = (x - at(LOG_DISTANCES, i)) / step;
  const u = 1 - t;
  return (
    at(fields, i) * (1 + 2 * t) * u ** 2 +
    at(slopes, i) * step * t * u ** 2 +
    at(fields, i + 1) * t ** 2 * (3 - 2 * t) -
    at(slopes, i + 1) * step * t ** 2 * u
  );
}

/** Field of 1 kW from 150 m at `distance_km` ≥ 1, dBµV/m, by the curves alone. */
export function curveField(frequency_mhz: number, distance_km: number): number {
  const low = alongCurve(CURVES.low, distance_km);
  const high = alongCurve(CURVES.high, distance_km);
  const share = Math.log(frequency_mhz / CURVE_LOW_MHZ) / Math.log(CURVE_HIGH_MHZ / CURVE_LOW_MHZ);
  return low + (high - low) * share;
}
