/** Ground heights along a path, as the propagation models take them. The first point is the transmitter's. */

/** Heights above sea level at equal steps; distance i is i · step_m. NaN = no terrain there. */
export interface EvenProfile {
  step_m: number;
  heights_m: Float64Array;
}

/** Heights above sea level at rising distances from the transmitter, the first 0, the last the receiver. */
export interface PathProfile {
  distances_m: Float64Array;
  heights_m: Float64Array;
}

/** True when no height is missing. */
export const isComplete = ({ heights_m }: { heights_m: Float64Array }): boolean => !heights_m.some(Number.isNaN);
