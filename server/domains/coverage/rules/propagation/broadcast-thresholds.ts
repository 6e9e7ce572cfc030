/** Median field strengths that count as served at 10 m, dBµV/m, by broadcasting service. */

/** Services of the table `transmitter`. */
export type BroadcastService = 'fm' | 'am' | 'tv';

/** How a threshold came about, in one word; the words for people are with the user interface. */
export type ThresholdSource = 'bs412_stereo' | 'bt417_analogue' | 'given';

export interface FieldThreshold {
  /** In the country; everywhere where towns have no other. dBµV/m at 10 m. */
  rural_dbuv_m: number;
  /** In towns, dBµV/m at 10 m. */
  urban_dbuv_m: number;
  source: ThresholdSource;
}

/** What of a transmitter its threshold depends on. */
export interface ThresholdQuestion {
  service: BroadcastService;
  frequency_mhz: number;
  /** Digital television: what it needs depends on its modulation and must be given. */
  digital: boolean;
  /** Given with the transmitter, dBµV/m at 10 m; it goes before every published one. */
  threshold_dbuv_m: number | null;
}

/** FM stereo (domain notes; ITU-R BS.412-9 table 1; large cities, 74, are not told apart). */
const FM_STEREO = { rural_dbuv_m: 54, urban_dbuv_m: 66 };
const FM_MHZ = [65, 108] as const;
/**
 * Analogue television to be protected (ITU-R BT.417-5): bands I, III, IV and V, upper edge in MHz. Quoted second hand:
 * the text of the Recommendation was not at hand, so results by it are flagged `threshold_unconfirmed`.
 */
const ANALOGUE_TV = [
  { from_mhz: 41, to_mhz: 72, field_dbuv_m: 48 },
  { from_mhz: 162, to_mhz: 230, field_dbuv_m: 55 },
  { from_mhz: 470, to_mhz: 582, field_dbuv_m: 65 },
  { from_mhz: 582, to_mhz: 960, field_dbuv_m: 70 },
] as const;

const same = (field_dbuv_m: number, source: ThresholdSource): FieldThreshold => ({
  rural_dbuv_m: field_dbuv_m,
  urban_dbuv_m: field_dbuv_m,
  source,
});

/**
 * The threshold of a transmitter: the one given with it, else the published one of its service and band; null where
 * there is none (AM, which is not planned by P.1546; digital television; frequencies out of the bands).
 */
export function fieldThreshold(question: ThresholdQuestion): FieldThreshold | null {
  const { service, frequency_mhz, digital, threshold_dbuv_m } = question;
  if (service === 'am') return null;
  if (threshold_dbuv_m !== null) return same(threshold_dbuv_m, 'given');
  if (service === 'fm') {
    const inBand = frequency_mhz >= FM_MHZ[0] && frequency_mhz <= FM_MHZ[1];
    return inBand ? { ...FM_STEREO, source: 'bs412_stereo' } : null;
  }
  if (digital) return null;
  const band = ANALOGUE_TV.find(({ from_mhz, to_mhz }) => frequency_mhz >= from_mhz && frequency_mhz < to_mhz);
  return band ? same(band.field_dbuv_m, 'bt417_analogue') : null;
}
