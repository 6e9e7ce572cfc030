-- Accent-free key for search: "Thị xã Phú-Thọ" and "thi xa phu tho" are equal, so are Hoà and Hòa (tones are gone).
-- Used by: search_key columns of admin_unit and site, the `q` filter. Twin: searchKey in server/platform/text/search-key.ts.
create or replace function search_key(raw text) returns text
  language sql immutable strict parallel safe
-- A mark that stood alone leaves its space behind.
return translate(btrim(regexp_replace(regexp_replace(fold_text(raw), '[\u0300-\u036f]', '', 'g'), ' +', ' ', 'g'), ' '), 'đ', 'd');

comment on function search_key(text) is
  'Lower-case, accent-free (đ = d), punctuation-free key for search; tone placement does not matter.';
