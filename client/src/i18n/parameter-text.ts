import { number, t, term } from './index.ts';

/** Codes, not quantities: written without separators. */
const codes: ReadonlySet<string> = new Set(['grid_srid']);

/** The name of a parameter of a run, or of a part of one; technologies are their own names. */
export function parameterName(name: string): string {
  const known = term('parameter', name);
  return known === name ? term('cell_flag', name) : known;
}

/** The value of a parameter in words; those of nested ones with their names, `2G: 3 · 3G: 3`. */
export function parameterText(name: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
  if (typeof value === 'number') return codes.has(name) ? String(value) : number(value, 2);
  if (Array.isArray(value)) return value.map((item) => parameterText(name, item)).join('; ');
  // A word has a text under the name of its parameter, as `model.okumura-hata`; a limit without a number is none.
  if (typeof value !== 'object' || value === null) return term(name, String(value));
  return Object.entries(value)
    .map(([part, inner]) => `${parameterName(part)}: ${parameterText(part, inner)}`)
    .join(' · ');
}
