import type { Technology } from './site-filter.ts';

/** Lowest and highest band that a technology is standardised for, MHz (3GPP TS 45.005, 25.101, 36.101, 38.101). */
export const BANDS_MHZ: Readonly<Record<Technology, readonly [from: number, to: number]>> = {
  '2G': [380, 2_000],
  '3G': [700, 3_600],
  '4G': [410, 6_000],
  '5G': [410, 71_000],
};
