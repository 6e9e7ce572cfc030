/**
 * A number that someone typed, with a point or a comma before its decimals: null for nothing, 'wrong' for what is no number
 * or outside the limits.
 */
export function limitedNumber(text: string, [least, most]: readonly [number, number]): number | null | 'wrong' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,7}([.,]\d{1,6})?$/.test(trimmed)) return 'wrong';
  const value = Number(trimmed.replace(',', '.'));
  return value >= least && value <= most ? value : 'wrong';
}
