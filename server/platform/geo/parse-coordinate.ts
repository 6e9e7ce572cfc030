import type { NumberStyle } from './number-style.ts';
import { decideNumberStyle, parseStyledNumber } from './number-style.ts';
import type { AngleProblem, HemisphereLanguage } from './parse-angle.ts';
import { hemisphereLanguage, parseAngle } from './parse-angle.ts';

/** How the two numbers were told apart: by letters, by their size (only a longitude exceeds 90), or as written. */
export type PairOrder = 'letters' | 'range' | 'written';

export type PairReading =
  | { ok: true; unit: 'degree'; lon: number; lat: number; order: PairOrder }
  | { ok: true; unit: 'metre'; first_m: number; second_m: number }
  | { ok: false; problem: AngleProblem | 'not_a_pair' | 'ambiguous_order' };

export interface PairContext {
  language: HemisphereLanguage;
  style: NumberStyle;
}

/** Separators of a pair in order of preference; a comma or a space only when it cannot be part of a number. */
const SPLITTERS: readonly RegExp[] = [/\s*[/;|\t]\s*/, /,\s+/, /(?<=[BNĐTESW])\s*,?\s*(?=[\dBNĐTESW+-])/iu, /\s+/, /,/];

/**
 * Language and number style of a column of coordinate pairs (or of the two columns of a pair, given together).
 * Decided once per column and handed to `parsePair`.
 */
export function decidePairContext(texts: readonly string[]): PairContext {
  return {
    language: hemisphereLanguage(texts),
    style: decideNumberStyle(texts.flatMap((text) => splitPair(text) ?? [text])),
  };
}

/**
 * Reads a pair: `105,34808/22,62924`, `21°12′33″B 105°11′17″Đ`, `21.322, 105.402`, `105E3844/21N2746`, metres.
 * Values over 1,000 are metres and are handed back in the order written (see `vn2000Candidates`). Never throws.
 */
export function parsePair(text: string, context: PairContext = decidePairContext([text])): PairReading {
  const halves = splitPair(text);
  if (halves === null) return { ok: false, problem: 'not_a_pair' };
  return readPair(halves[0], halves[1], context);
}

/** Reads the two columns of a pair; `declared` is what their headers say the first one is, if they say it. */
export function readPair(first: string, second: string, context: PairContext, declared?: 'lon' | 'lat'): PairReading {
  const metres = [first, second].map((text) => parseStyledNumber(text, context.style));
  if (metres.every((value) => value !== null && Math.abs(value) > 1_000)) {
    return { ok: true, unit: 'metre', first_m: metres[0] ?? 0, second_m: metres[1] ?? 0 };
  }
  const a = parseAngle(first, context);
  const b = parseAngle(second, context);
  if (!a.ok) return a;
  if (!b.ok) return b;
  const inOrder = (firstIsLon: boolean, order: PairOrder): PairReading => {
    const [lon, lat] = firstIsLon ? [a.degrees, b.degrees] : [b.degrees, a.degrees];
    return Math.abs(lat) > 90 ? { ok: false, problem: 'out_of_range' } : { ok: true, unit: 'degree', lon, lat, order };
  };
  if (a.axis !== null && a.axis === b.axis) return { ok: false, problem: 'ambiguous_order' };
  if (a.axis !== null || b.axis !== null) return inOrder(a.axis === 'lon' || b.axis === 'lat', 'letters');
  if (declared !== undefined) return inOrder(declared === 'lon', 'written');
  if (Math.abs(a.degrees) > 90 !== Math.abs(b.degrees) > 90) return inOrder(Math.abs(a.degrees) > 90, 'range');
  return { ok: false, problem: 'ambiguous_order' };
}

function splitPair(raw: string): [string, string] | null {
  const text = raw.trim().replace(/^[([]|[)\]]$/g, '');
  for (const splitter of SPLITTERS) {
    const parts = text.split(splitter).filter((part) => part !== '');
    if (parts.length === 2 && parts.every((part) => /\d/.test(part))) return [parts[0] ?? '', parts[1] ?? ''];
  }
  return null;
}
