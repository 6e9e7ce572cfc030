import { CP1252_HIGH, CP1258, TCVN3, VNI_LETTERS, VNI_MARKS } from './legacy-tables.ts';
import { isVietnameseSyllable } from './syllable.ts';

/**
 * How a column of text was written. `unicode` is composed Unicode; `nfd` is decomposed or half-composed Unicode;
 * the others are legacy bytes that were read as Windows-1252 (`utf8_as_cp1252`: UTF-8 bytes read so).
 */
export type LegacyEncoding = 'unicode' | 'nfd' | 'tcvn3' | 'vni' | 'cp1258' | 'utf8_as_cp1252';

export interface DetectedEncoding {
  encoding: LegacyEncoding;
  /** Share (0–1) of the words with non-ASCII signs that are Vietnamese syllables once converted; 1 for plain ASCII. */
  confidence: number;
}

/** Words are split on ASCII punctuation and space only: in legacy text any other sign may be a letter. */
const WORD_BREAK = /[ \t\r\n!-/:-@[-`{-~]+/;
const SAMPLE_WORDS = 2_000;

/** Least gain in confidence over "Unicode as it stands" before a conversion is proposed. */
const LEAST_GAIN = 0.1;

/**
 * Which encoding a column of values has, judged over the whole column: a single cell is too short (`Phó` is a word in
 * Unicode and means Phú in TCVN3). Converts the words with every candidate and counts Vietnamese syllables.
 */
export function detectEncoding(values: Iterable<string>): DetectedEncoding {
  const words = sampleWords(values);
  if (words.length === 0) return { encoding: 'unicode', confidence: 1 };
  const asItIs = share(words, 'unicode');
  let best: DetectedEncoding = { encoding: 'unicode', confidence: asItIs };
  for (const encoding of ['utf8_as_cp1252', 'cp1258', 'tcvn3', 'vni'] as const) {
    const confidence = share(words, encoding);
    if (confidence > best.confidence && confidence >= asItIs + LEAST_GAIN) best = { encoding, confidence };
  }
  const decomposed = best.encoding === 'unicode' && words.some((word) => word.normalize('NFC') !== word);
  return decomposed ? { ...best, encoding: 'nfd' } : best;
}

/**
 * Text of the given encoding as NFC Unicode. Signs the encoding does not know stay as they are. The caller keeps the raw
 * text beside the answer. UTF-8 read as Windows-1252 that does not decode is returned unchanged.
 */
export function toUnicode(text: string, encoding: LegacyEncoding): string {
  return CONVERTERS[encoding](text).normalize('NFC');
}

const CONVERTERS: Record<LegacyEncoding, (text: string) => string> = {
  unicode: (text) => text,
  nfd: (text) => text,
  tcvn3: (text) => replaceEach(text, TCVN3),
  cp1258: (text) => replaceEach(text, CP1258),
  vni: fromVni,
  utf8_as_cp1252: fromMisreadUtf8,
};

function replaceEach(text: string, table: ReadonlyMap<string, string>): string {
  return Array.from(text, (sign) => table.get(sign) ?? sign).join('');
}

/** A mark counts only after a vowel (`aù`); elsewhere `ô`, `ö`, `ñ` and the like are whole letters. */
function fromVni(text: string): string {
  let result = '';
  let previous = '';
  for (const sign of text.normalize('NFC')) {
    const mark = /[aeouyôö]/i.test(previous) ? VNI_MARKS.get(sign) : undefined;
    result += mark ?? VNI_LETTERS.get(sign) ?? sign;
    previous = mark === undefined ? sign : '';
  }
  return result;
}

function fromMisreadUtf8(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const high = CP1252_HIGH.indexOf(text.charAt(index));
    if (code > 0xff && high < 0) return text;
    bytes[index] = high >= 0 ? 0x80 + high : code;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

function sampleWords(values: Iterable<string>): string[] {
  const words: string[] = [];
  for (const value of values) {
    for (const word of value.split(WORD_BREAK)) {
      if (/[^\p{ASCII}]/u.test(word)) words.push(word);
    }
    if (words.length >= SAMPLE_WORDS) break;
  }
  return words;
}

function share(words: readonly string[], encoding: LegacyEncoding): number {
  const good = words.filter((word) => isVietnameseSyllable(toUnicode(word, encoding)));
  return good.length / words.length;
}
