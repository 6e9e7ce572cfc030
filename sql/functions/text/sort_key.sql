-- Vietnamese alphabetical order as plain text: order by sort_key(name) collate "C".
-- Used by: sort_key columns, lists and exports. Twin: sortKey in server/platform/text/sort-key.ts.
-- Form: `letters tones`. Letters: words joined by "-", ă a~, â a~~, đ d~, ê e~, ô o~, ơ o~~, ư u~ ("~" is above every letter and digit),
-- numbers padded to 8 digits. Tones, one group a word, joined by "-": none ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng.
-- Neither engine can be relied on for a Vietnamese collation (the embedded one has none).
create or replace function sort_key(raw text) returns text
  language sql immutable strict parallel safe
return
  regexp_replace(
    regexp_replace(
      translate(
        regexp_replace(
          translate(
            replace(replace(replace(
              translate(fold_text(raw), U&'\0300\0309\0303\0301\0323', ''),
              U&'a\0302', 'a~~'), U&'o\031b', 'o~~'), 'đ', 'd~'),
            U&'\0302\0306\031b', '~~~'),
          '[\u0300-\u036f]', '', 'g'),
        ' ', '-'),
      '([0-9]+)', '0000000\1', 'g'),
    '0*([0-9]{8,})', '\1', 'g')
  || ' ' ||
  translate(
    regexp_replace(fold_text(raw), '[^ \u0300\u0309\u0303\u0301\u0323]', '', 'g'),
    U&' \0300\0309\0303\0301\0323', '-12345');

comment on function sort_key(text) is
  'Key whose C-collation order is the Vietnamese alphabetical order: base letters first, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), numbers by value; tone placement does not matter.';
