import { foldText } from './fold-text.ts';

/** Combining tone marks in the order of the alphabet; ngang has none. */
const TONES = '\u0300\u0309\u0303\u0301\u0323';
const TONE_MARKS = new RegExp(`[${TONES}]`, 'g');
const NOT_TONE_OR_SPACE = new RegExp(`[^ ${TONES}]`, 'g');

/**
 * Key whose plain byte order (`<`, or `collate "C"`) is the Vietnamese alphabetical order: `letters tones`.
 *
 * Letters: words joined by `-`; ă `a~`, â `a~~`, đ `d~`, ê `e~`, ô `o~`, ơ `o~~`, ư `u~` (`~` is above every letter and
 * digit, so that a + anything < ă + anything < b); numbers padded to 8 digits, so that 2 < 10.
 * Tones: one group a word, joined by `-`; empty ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng.
 * Letters of other scripts are kept as they are and come last. Twin of sql/functions/text/sort_key.sql.
 */
export function sortKey(raw: string): string {
  const folded = foldText(raw);
  return `${letterKey(folded)} ${toneKey(folded)}`;
}

function letterKey(folded: string): string {
  return folded
    .replace(TONE_MARKS, '')
    .replaceAll('a\u0302', 'a~~')
    .replaceAll('o\u031b', 'o~~')
    .replaceAll('đ', 'd~')
    .replace(/[\u0302\u0306\u031b]/g, '~')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll(' ', '-')
    .replace(/[0-9]+/g, (digits) => `0000000${digits}`)
    .replace(/0*([0-9]{8,})/g, '$1');
}

function toneKey(folded: string): string {
  return folded
    .replace(NOT_TONE_OR_SPACE, '')
    .replace(TONE_MARKS, (mark) => String(TONES.indexOf(mark) + 1))
    .replaceAll(' ', '-');
}
