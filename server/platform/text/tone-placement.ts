/*
 * Where the tone mark stands in the vowels oa, oe, uy: Hoà / Hòa, Thuỷ / Thủy. NFC does not unify them.
 * Canonical here: on the first vowel when the syllable is open (Hòa, Thủy), on the second when it is closed (Hoàn, Huỳnh)
 * or when the u belongs to qu (quý). The patterns work on decomposed text.
 */
const TONE = '[\u0300\u0309\u0303\u0301\u0323]';
const OPEN_OA = new RegExp(`(o)([ae])(${TONE})(?![\\p{L}\\p{M}])`, 'giu');
const OPEN_UY = new RegExp(`(?<!q)(u)(y)(${TONE})(?![\\p{L}\\p{M}])`, 'giu');
const CLOSED_OA = new RegExp(`(o)(${TONE})([ae])(?=\\p{L})`, 'giu');
const CLOSED_UY = new RegExp(`(u)(${TONE})(y)(?=[nctp])`, 'giu');
const AFTER_Q = new RegExp(`(qu)(${TONE})(y)`, 'giu');

/**
 * Tone marks moved to their canonical place; the answer is NFC. For comparing names, not for storing them:
 * a unit's official spelling is kept as its decree prints it.
 */
export function foldTonePlacement(raw: string): string {
  return raw
    .normalize('NFD')
    .replace(OPEN_OA, '$1$3$2')
    .replace(OPEN_UY, '$1$3$2')
    .replace(CLOSED_OA, '$1$3$2')
    .replace(CLOSED_UY, '$1$3$2')
    .replace(AFTER_Q, '$1$3$2')
    .normalize('NFC');
}
