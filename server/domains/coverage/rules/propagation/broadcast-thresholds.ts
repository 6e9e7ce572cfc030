/** Median field strengths that count as served at 10 m, dBµV/m, by broadcasting service. */

/** Services of the table `transmitter`. */
export type BroadcastService = 'fm' | 'am' | 'tv';
export type BroadcastSurroundings = 'rural' | 'urban';

export interface FieldThreshold {
  field_dbuv_m: number;
  source: string;
}

/** FM stereo (domain notes; ITU-R BS.412-9 table 1). */
const FM_STEREO: Record<BroadcastSurroundings, number> = { rural: 54, urban: 66 };
const FM_MHZ = [65, 108] as const;
/** Analogue television to be protected (ITU-R BT.417-5): bands I, III, IV and V, upper edge in MHz. */
const ANALOGUE_TV = [
  { from_mhz: 41, to_mhz: 72, field_dbuv_m: 48 },
  { from_mhz: 162, to_mhz: 230, field_dbuv_m: 55 },
  { from_mhz: 470, to_mhz: 582, field_dbuv_m: 65 },
  { from_mhz: 582, to_mhz: 960, field_dbuv_m: 70 },
] as const;

/**
 * The threshold of a service at a frequency, or null where none is published for it: AM is not planned by P.1546, and
 * digital television depends on its modulation, so its figure must be given with the transmitter.
 */
export function fieldThreshold(
  service: BroadcastService,
  frequency_mhz: number,
  surroundings: BroadcastSurroundings,
): FieldThreshold | null {
  if (service === 'fm' && frequency_mhz >= FM_MHZ[0] && frequency_mhz <= FM_MHZ[1]) {
    return { field_dbuv_m: FM_STEREO[surroundings], source: 'ITU-R BS.412-9, stereo' };
  }
  if (service !== 'tv') return null;
  const band = ANALOGUE_TV.find(({ from_mhz, to_mhz }) => frequency_mhz >= from_mhz && frequency_mhz < to_mhz);
  return band ? { field_dbuv_m: band.field_dbuv_m, source: 'ITU-R BT.417-5, analogue' } : null;
}
