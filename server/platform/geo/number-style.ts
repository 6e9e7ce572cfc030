/** How numbers of one column are written. Decided per column: `2.358` alone may be 2358 or 2.358. */
export interface NumberStyle {
  decimal: '.' | ',';
  /** The thousands sign that occurs in the column, if any. Spaces between groups are always accepted. */
  thousands: '.' | ',' | null;
  /** False when no value of the column tells the two styles apart (`2.358`, `105,348` only). */
  certain: boolean;
}

export const POINT_STYLE: NumberStyle = { decimal: '.', thousands: null, certain: true };

const INTEGER_GROUPS = { '.': /^[+-]?\d{1,3}(\.\d{3})+$/, ',': /^[+-]?\d{1,3}(,\d{3})+$/ };
const GROUPED = /^[+-]?\d{1,3}([.,])\d{3}$/;

/**
 * The number style of a column, from the values that can only be read in one way: two signs (`2.358.740,5`), a sign that
 * repeats (`2.358.740`), a group that is not of three digits (`105,34808`). Without such a value the sign is taken as
 * decimal and `certain` is false. Values that contradict each other (both styles in one column) also give `certain: false`.
 */
export function decideNumberStyle(values: Iterable<string>): NumberStyle {
  const votes = { '.': 0, ',': 0 };
  const grouped = { '.': 0, ',': 0 };
  let lone: '.' | ',' | null = null;
  for (const value of values) {
    const text = value.replace(/[\s\u00a0\u202f]/g, '');
    const vote = decimalOf(text);
    if (vote) votes[vote] += 1;
    const thousands = thousandsOf(text);
    if (thousands) grouped[thousands] += 1;
    if (!vote && !thousands) lone ??= (GROUPED.exec(text)?.[1] as '.' | ',' | undefined) ?? null;
  }
  const points = votes['.'] + grouped[','];
  const commas = votes[','] + grouped['.'];
  if (points === 0 && commas === 0) return { decimal: lone ?? '.', thousands: null, certain: lone === null };
  const decimal = points >= commas ? '.' : ',';
  const other = decimal === '.' ? ',' : '.';
  const usesThousands = grouped[other] > 0 || lone === other;
  return { decimal, thousands: usesThousands ? other : null, certain: points === 0 || commas === 0 };
}

/** A number written in the style, or null when it is not one (letters, wrong grouping, empty). */
export function parseStyledNumber(raw: string, style: NumberStyle): number | null {
  let text = raw.trim().replace(/(\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))/g, '$1');
  const thousands = style.thousands ?? (style.decimal === '.' ? ',' : '.');
  if (text.includes(thousands)) {
    const integer = text.split(style.decimal)[0] ?? '';
    if (!INTEGER_GROUPS[thousands].test(integer)) return null;
    text = text.replaceAll(thousands, '');
  }
  text = text.replace(style.decimal, '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}

function decimalOf(text: string): '.' | ',' | null {
  const both = /^[+-]?[\d.,]*([.,])\d+$/.exec(text);
  if (!both || GROUPED.test(text)) return null;
  const last = both[1] as '.' | ',';
  return text.indexOf(last) === text.lastIndexOf(last) ? last : null;
}

function thousandsOf(text: string): '.' | ',' | null {
  const repeated = /^[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+(?:[.,]\d+)?$/.exec(text);
  return (repeated?.[1] as '.' | ',' | undefined) ?? null;
}
