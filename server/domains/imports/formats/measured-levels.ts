import type { Technology } from './records.ts';

/** RXLEV is counted from 0 to 63 (3GPP TS 45.008, 8.1.4). */
export const MAX_RXLEV = 63;

/** Level in dBm of a raw RXLEV, which stands for the decibel up to -110 dBm + RXLEV (3GPP TS 45.008, 8.1.4); null when not 2G. */
export function levelOfRxLev(raw: number, technology: Technology): number | null {
  return technology === '2G' ? raw - 110 : null;
}

/**
 * Level in dBm of a phone's "arbitrary strength unit": 2G 2·ASU - 113 (0 to 31; 3GPP TS 27.007, +CSQ), 4G and 5G ASU - 140
 * (0 to 97, as Android counts RSRP). Null for the values that mean "not known" and for 3G, where phones count in two ways
 * (RSSI from -113 dBm, RSCP from -120 dBm).
 */
export function levelOfAsu(asu: number, technology: Technology): number | null {
  if (technology === '3G' || asu > (technology === '2G' ? 31 : 97)) return null;
  return technology === '2G' ? 2 * asu - 113 : asu - 140;
}
