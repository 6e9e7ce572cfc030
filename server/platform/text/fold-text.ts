/** Signs that are dropped, so that H'Mông and HMông are one word: apostrophes, soft hyphen, zero-width signs. */
const DROPPED = /['`\u00ad\u02bc\u2018\u2019\u200b-\u200d\u2060\ufeff]/g;

/** Control signs, white space and punctuation, ASCII and general. */
const SEPARATORS =
  /[\p{Cc}\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+/gu;

/** Only ASCII and đ have case here: the twin in SQL must not depend on the collation of the engine. */
const UPPER_CASE = /[A-ZĐÐƉð]/g;

/**
 * Text decomposed (NFKD), lower-cased, with every run of punctuation or white space made one space; accents stay as
 * combining marks. First step of `searchKey` and `sortKey`; twin of sql/functions/text/fold_text.sql.
 */
export function foldText(raw: string): string {
  return raw
    .normalize('NFKD')
    .replace(UPPER_CASE, (letter) => (letter <= 'Z' ? letter.toLowerCase() : 'đ'))
    .replace(DROPPED, '')
    .replace(SEPARATORS, ' ')
    .replace(/^ +| +$/g, '');
}
