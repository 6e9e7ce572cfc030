-- Common first step of search_key and sort_key: compatibility-decomposed, lower case, punctuation and spaces folded to single spaces.
-- Used by: search_key, sort_key. Twin: foldText in server/platform/text/fold-text.ts (fixtures/text/keys.json compares them).
-- Lower case is done by translate, not lower(), so that the answer does not depend on the collation of the engine.
create or replace function fold_text(raw text) returns text
  language sql immutable strict parallel safe
return btrim(
  regexp_replace(
    regexp_replace(
      translate(
        normalize(raw, NFKD),
        'ABCDEFGHIJKLMNOPQRSTUVWXYZĐÐƉð',
        'abcdefghijklmnopqrstuvwxyzđđđđ'),
      '[''`\u00ad\u02bc\u2018\u2019\u200b-\u200d\u2060\ufeff]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+', ' ', 'g'),
  ' ');

comment on function fold_text(text) is
  'Text decomposed (NFKD), lower-cased, apostrophes and zero-width signs dropped, every run of punctuation or white space made one space. Accents stay as combining marks.';
