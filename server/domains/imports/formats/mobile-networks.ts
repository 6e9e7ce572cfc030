/** Mobile country code of Vietnam (ITU-T E.212). */
export const VIETNAM_MCC = 452;

/** Operators by their mobile network code (ITU-T E.212), those of 2008 included. */
const VIETNAMESE_OPERATORS: Readonly<Record<number, string>> = {
  1: 'MOBIFONE',
  2: 'VINAPHONE',
  3: 'SFONE',
  4: 'VIETTEL',
  5: 'VIETNAMOBILE',
  6: 'EVN_TELECOM',
  7: 'GMOBILE',
};

/** Operator code of a network, or null when it is not Vietnamese or not known. */
export function operatorOfNetwork(mcc: number, mnc: number): string | null {
  return mcc === VIETNAM_MCC ? (VIETNAMESE_OPERATORS[mnc] ?? null) : null;
}

/** `452-04`, `452 04`, `45204` → the network; null for anything else, such as an operator's code. */
export function readNetwork(text: string): { mcc: number; mnc: number } | null {
  const match = /^(\d{3})[-\s/.]?(\d{2})$/.exec(text.trim());
  return match ? { mcc: Number(match[1]), mnc: Number(match[2]) } : null;
}
