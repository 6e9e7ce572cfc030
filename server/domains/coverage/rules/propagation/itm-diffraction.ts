/**
 * ITM's diffraction attenuation: a weighted mean of two knife edges at the horizons and a smooth Earth of three radii
 * (Vogler, 1964), plus clutter ([A] §§ 4.2–4.3; ERL 79-ITS 67 § 3). dB beyond free space.
 */
import { type Derived, type PathGeometry, terrainRoughness, terrainSigma } from './itm-path.ts';

/** Radius of the real Earth, m, as the reference rounds it. */
const EARTH_RADIUS_M = 6_370_000;

/** Approximate knife-edge loss from ν², dB (TN101 eqs. III.24b–c): good for ν ≥ 0. */
const knifeEdge = (v2: number): number =>
  v2 < 5.76 ? 6.02 + 9.11 * Math.sqrt(v2) - 1.27 * v2 : 12.953 + 10 * Math.log10(v2);

/** Two knife edges at the two horizons (TN101 eq. I.1). */
function twoEdges(distance_m: number, { tx, rx }: PathGeometry, derived: Derived, beyond_rad: number): number {
  const beyond_m = distance_m - derived.sight_m;
  const edge = (horizon_m: number): number =>
    knifeEdge(
      (0.0795775 * (derived.frequency_mhz / 47.7) * beyond_rad ** 2 * horizon_m * beyond_m) / (beyond_m + horizon_m),
    );
  return edge(tx.horizon_m) + edge(rx.horizon_m);
}

/** Height gain F(x, K) over a smooth Earth, dB (Vogler 1964, fig. 7). */
function heightGain(x: number, k: number): number {
  const knee = 17.372 * Math.log(x) - 117;
  if (x >= 200) {
    const far = 0.05751 * x - 4.343 * Math.log(x);
    if (x >= 2000) return far;
    const weight = 0.0134 * x * Math.exp(-0.005 * x);
    return (1 - weight) * far + weight * knee;
  }
  const w = -Math.log(k);
  if (k < 1e-5 || x * w ** 3 > 5495) return x > 1 ? knee : -117;
  return (2.5e-5 * x ** 2) / k - 8.686 * w - 15;
}

/** Smooth Earth by the three-radii method: between the horizons, and from each antenna to its horizon. */
function smoothEarth(distance_m: number, { tx, rx }: PathGeometry, derived: Derived, beyond_rad: number): number {
  const { frequency_mhz: f, impedance } = derived;
  const z = Math.hypot(impedance.re, impedance.im);
  const part = (radius_m: number, length_m: number): { x: number; k: number } => {
    const c = Math.cbrt(((4 / 3) * EARTH_RADIUS_M) / radius_m);
    const k = (0.017778 * c) / Math.cbrt(f) / z;
    return { x: (1.607 - k) * c ** 2 * Math.cbrt(f) * (length_m / 1000), k };
  };
  const betweenRadius = (distance_m - derived.sight_m) / beyond_rad;
  const nearTx = part((0.5 * tx.horizon_m ** 2) / tx.effective_m, tx.horizon_m);
  const nearRx = part((0.5 * rx.horizon_m ** 2) / rx.effective_m, rx.horizon_m);
  const x = part(betweenRadius, betweenRadius * beyond_rad).x + nearTx.x + nearRx.x;
  const spreading = 0.05751 * x - 10 * Math.log10(x);
  return spreading - heightGain(nearTx.x, nearTx.k) - heightGain(nearRx.x, nearRx.k) - 20;
}

/** Diffraction attenuation at a distance beyond the horizons, dB. */
export function diffractionLoss(distance_m: number, geometry: PathGeometry, derived: Derived): number {
  const { tx, rx, irregularity_m } = geometry;
  const { effective_radius_m, frequency_mhz, sight_rad, sight_m } = derived;
  const beyond_rad = distance_m / effective_radius_m - sight_rad;
  const edges = twoEdges(distance_m, geometry, derived, beyond_rad);
  const smooth = smoothEarth(distance_m, geometry, derived, beyond_rad);

  const sigma = terrainSigma(terrainRoughness(derived.smooth_sight_m, irregularity_m));
  const clutter = Math.min(15, 5 * Math.log10(1 + 1e-5 * tx.height_m * rx.height_m * frequency_mhz * sigma));

  // ERL 79-ITS 67 eq. 3.23; 10 is added for low antennas on a known path.
  const structural = tx.height_m * rx.height_m;
  const ratio = (tx.effective_m * rx.effective_m - structural) / (structural + (derived.pointToPoint ? 10 : 0));
  const roughness = Math.min((terrainRoughness(distance_m, irregularity_m) * frequency_mhz) / 47.7, 6283.2);
  const q = (Math.sqrt(1 + ratio) + (sight_m - sight_rad * effective_radius_m) / distance_m) * roughness;
  const weight = 25.1 / (25.1 + Math.sqrt(q));
  return weight * smooth + (1 - weight) * edges + clutter;
}
