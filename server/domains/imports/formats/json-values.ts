/** A JSON object, seen without trust. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A trimmed, composed text, or null for anything else; whole numbers are taken as codes. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFC').trim();
  return text === '' ? null : text;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Members that look like figures by year (`{ "2009": 13500 }`), whole and not negative; anything else is left out. */
export function yearFigures(value: unknown): Record<string, number> {
  if (!isObject(value)) return {};
  const figures = Object.entries(value).filter(
    (entry): entry is [string, number] => /^(19|20)\d\d$/.test(entry[0]) && isCount(entry[1]),
  );
  return Object.fromEntries(figures);
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
