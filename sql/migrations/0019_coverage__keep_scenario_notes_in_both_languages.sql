-- Notes of a result were kept in the language of who had it computed. Those of before keep their words in both, until computed again.
update scenario set result = jsonb_set(result, '{warnings}', (
         select coalesce(jsonb_agg(jsonb_build_object('vi', said.words, 'en', said.words) order by said.no), '[]'::jsonb)
           from jsonb_array_elements_text(result -> 'warnings') with ordinality as said (words, no)))
 where result is not null;
comment on column scenario.result is 'Answer of the last computation: before, after, delta, communes with their status before and after, warnings in both languages; null: not computed yet.';
