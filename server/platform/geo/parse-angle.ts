import type { Axis } from './format-dms.ts';
import type { NumberStyle } from './number-style.ts';
import { decideNumberStyle, parseStyledNumber } from './number-style.ts';

/**
 * Language of the hemisphere letters of a column or pair. In Vietnamese B = north, N = **south** (Nam), Đ = east, T = west;
 * in English N = north. `mixed`: an N beside Vietnamese letters, which only the user can settle.
 */
export type HemisphereLanguage = 'vi' | 'en' | 'mixed';

export type AngleProblem = 'not_an_angle' | 'ambiguous_hemisphere' | 'minutes_or_seconds_out_of_range' | 'out_of_range';

/** One angle in degrees; `axis` is null when no letter tells which it is. */
export type AngleReading = { ok: true; degrees: number; axis: Axis | null } | { ok: false; problem: AngleProblem };

interface Hemisphere {
  axis: Axis;
  sign: 1 | -1;
}

const NORTH: Hemisphere = { axis: 'lat', sign: 1 };
const SOUTH: Hemisphere = { axis: 'lat', sign: -1 };
const EAST: Hemisphere = { axis: 'lon', sign: 1 };
const WEST: Hemisphere = { axis: 'lon', sign: -1 };

const LETTERS: Record<string, Hemisphere> = {
  B: NORTH,
  BẮC: NORTH,
  NORTH,
  NAM: SOUTH,
  S: SOUTH,
  SOUTH,
  Đ: EAST,
  ĐÔNG: EAST,
  E: EAST,
  EAST,
  T: WEST,
  TÂY: WEST,
  W: WEST,
  WEST,
};

const WORD = '(BẮC|NAM|ĐÔNG|TÂY|NORTH|SOUTH|EAST|WEST|[BNĐTESW])';
const VIETNAMESE = /(?<!\p{L})(?:[BĐT]|BẮC|NAM|ĐÔNG|TÂY)(?!\p{L})/u;
const LONE_N = /(?<!\p{L})N(?!\p{L})/u;

const NUMBER = '[+-]?\\d+(?:[.,]\\d+)?';
const DEGREES_MINUTES_SECONDS = new RegExp(
  `^(${NUMBER})\\s*[°º˚*:Dd\\s]\\s*(?:(${NUMBER})\\s*(?:['’′:M\\s]|$)\\s*)?(?:(${NUMBER})\\s*(?:"|”|″|''|’’|′′|S|$)?\\s*)?$`,
);

/** `105E3844`, `21N2746.5`: degrees, hemisphere, minutes, seconds. */
const COMPACT = /^(\d{1,3})([BNĐTESW])(\d{2})(\d{2}(?:[.,]\d+)?)$/u;

const LETTER_AFTER = new RegExp(`^(.*[\\d°º˚'’′"”″\\s])${WORD}$`, 'u');
const LETTER_BEFORE = new RegExp(`^${WORD}[\\s:]*(\\d.*)$`, 'u');

/** Language of the letters in the texts of a column (or of both columns of a pair). Without an N it does not matter. */
export function hemisphereLanguage(texts: Iterable<string>): HemisphereLanguage {
  let vietnamese = false;
  let loneN = false;
  for (const text of texts) {
    const letters = prepare(text).replace(/\d/g, ' ');
    vietnamese ||= VIETNAMESE.test(letters);
    loneN ||= LONE_N.test(letters);
  }
  if (vietnamese) return loneN ? 'mixed' : 'vi';
  return 'en';
}

export interface AngleContext {
  language?: HemisphereLanguage;
  /** Number style of the column; decided from the text itself when it is not given. */
  style?: NumberStyle;
}

/**
 * Reads one angle: decimal degrees, degrees with minutes and seconds (any of ° ' ", their typographic forms, colons or
 * spaces), `105E3844`, with a hemisphere letter or word before or after it. Never throws.
 */
export function parseAngle(raw: string, context: AngleContext = {}): AngleReading {
  const text = prepare(raw);
  const language = context.language ?? hemisphereLanguage([text]);
  const { body, letter } = splitLetter(text);
  if (letter === 'N' && language === 'mixed') return { ok: false, problem: 'ambiguous_hemisphere' };
  const hemisphere = letter === null ? null : letter === 'N' ? (language === 'vi' ? SOUTH : NORTH) : LETTERS[letter];
  const parts = readParts(body, context.style);
  if (parts === null || (hemisphere && body.startsWith('-'))) return { ok: false, problem: 'not_an_angle' };
  const [degrees = 0, minutes = 0, seconds = 0] = parts;
  if (minutes < 0 || minutes >= 60 || seconds < 0 || seconds >= 60) {
    return { ok: false, problem: 'minutes_or_seconds_out_of_range' };
  }
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  if (size > (hemisphere?.axis === 'lat' ? 90 : 180)) return { ok: false, problem: 'out_of_range' };
  const sign = hemisphere ? hemisphere.sign : body.startsWith('-') ? -1 : 1;
  return { ok: true, degrees: sign * size, axis: hemisphere?.axis ?? null };
}

function prepare(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[−–]/g, '-')
    .replaceAll('Ð', 'Đ')
    .trim()
    .toUpperCase();
}

function splitLetter(text: string): { body: string; letter: string | null } {
  const compact = COMPACT.exec(text);
  if (compact) return { body: `${compact[1]}:${compact[3]}:${compact[4]}`, letter: compact[2] ?? null };
  // A seconds mark "S" never stands for south here: a digit and a quote sign come before a hemisphere letter, or a space.
  const after = LETTER_AFTER.exec(text);
  if (after) return { body: (after[1] ?? '').trim(), letter: after[2] ?? null };
  const before = LETTER_BEFORE.exec(text);
  if (before) return { body: before[2] ?? '', letter: before[1] ?? null };
  return { body: text, letter: null };
}

function readParts(body: string, style: NumberStyle | undefined): number[] | null {
  const bare = body.replace(/\s*[°º˚]$/, '');
  const plain = parseStyledNumber(bare, style ?? decideNumberStyle([bare]));
  if (plain !== null && !/\d\s+\d/.test(bare)) return [plain];
  const match = DEGREES_MINUTES_SECONDS.exec(body);
  if (!match) return null;
  return match
    .slice(1)
    .filter((part) => part !== undefined)
    .map((part) => Number(part.replace(',', '.')));
}
