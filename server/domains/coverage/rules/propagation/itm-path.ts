/** A path as the parts of the ITS Irregular Terrain Model see it. Metres, radians, N-units. */

/** Complex impedance of the ground relative to that of free space. */
export interface GroundImpedance {
  re: number;
  im: number;
}

/** One end of a path. */
export interface PathEnd {
  /** Structural height of the antenna, m. */
  height_m: number;
  effective_m: number;
  horizon_m: number;
  /** Elevation of the horizon, radians. */
  horizon_rad: number;
}

export interface PathGeometry {
  tx: PathEnd;
  rx: PathEnd;
  distance_m: number;
  /** Δh, m. */
  irregularity_m: number;
}

/** Everything about a path but its geometry. */
export interface Surroundings extends ItmSurface {
  frequency_mhz: number;
  /** Point-to-point mode: the antennas' surroundings are known, which changes one weight. */
  pointToPoint: boolean;
}

/** The ground and air of a path. */
export interface ItmSurface {
  impedance: GroundImpedance;
  effective_radius_m: number;
  /** At the elevation of the path, N-units. */
  surface_refractivity_n: number;
}

/** Quantities that several parts of the model share. */
export interface Derived extends Surroundings {
  /** Greatest distance in line of sight, over the real and over a smooth Earth, m. */
  sight_m: number;
  smooth_sight_m: number;
  /** Angular length of the line-of-sight region, radians. */
  sight_rad: number;
}

/** Δh of a path of finite length, m (ERL 79-ITS 67 eq. 3). */
export const terrainRoughness = (distance_m: number, irregularity_m: number): number =>
  irregularity_m * (1 - 0.8 * Math.exp(-distance_m / 50e3));

/** Rms departure of the terrain within the first Fresnel zone, m (ERL 79-ITS 67 eq. 3.6a). */
export const terrainSigma = (roughness_m: number): number => 0.78 * roughness_m * Math.exp(-0.5 * roughness_m ** 0.25);
