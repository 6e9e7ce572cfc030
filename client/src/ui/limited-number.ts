/** `1,000` and `1.000`: a thousand to one reader, one to another. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/** A number as it is typed; never one that could be read in two ways. */
export function typedNumber(value: number): string {
  const text = String(value);
  return AMBIGUOUS.test(text) ? `${text}0` : text;
}

/**
 * A number that someone typed, with a point or a comma before its decimals: null for nothing, 'wrong' for what is no
 * number, could be read in two ways, is outside the limits, or has a fraction where only whole numbers can be meant.
 */
export function limitedNumber(
  text: string,
  [least, most]: readonly [least: number, most: number],
  isWhole = false,
): number | null | 'wrong' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,7}([.,]\d{1,6})?$/.test(trimmed) || AMBIGUOUS.test(trimmed)) return 'wrong';
  const value = Number(trimmed.replace(',', '.'));
  if (isWhole && !Number.isInteger(value)) return 'wrong';
  return value >= least && value <= most ? value : 'wrong';
}
