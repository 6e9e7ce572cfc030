/** Constants and small conversions shared by the propagation models. SI inside, named units at the edges. */

/** Speed of light, m/s. */
export const SPEED_OF_LIGHT_M_S = 299_792_458;
/** Median effective Earth radius for k = 4/3, m (ITU-R P.526 §2; P.310). */
export const EFFECTIVE_EARTH_RADIUS_M = 8_500_000;

export type Polarisation = 'horizontal' | 'vertical';

/** Electrical properties of the ground: relative permittivity and conductivity in S/m. */
export interface Ground {
  relative_permittivity: number;
  conductivity_s_m: number;
}

/** Average land, as ITU-R P.1812 and P.452 take it from P.527: εr 22, σ 0.003 S/m. */
export const AVERAGE_LAND: Ground = { relative_permittivity: 22, conductivity_s_m: 0.003 };

export const wavelength = (frequency_mhz: number): number => SPEED_OF_LIGHT_M_S / (frequency_mhz * 1e6);
