-- Notes of a result were kept in the language of who had it computed, and what an added site was computed with stood in them alone.
-- Results of before keep their words in both languages and tell no such values, until they are computed again.
update scenario set result = result || jsonb_build_object('taken', '[]'::jsonb, 'warnings', (
         select coalesce(jsonb_agg(jsonb_build_object('vi', said.words, 'en', said.words) order by said.no), '[]'::jsonb)
           from jsonb_array_elements_text(result -> 'warnings') with ordinality as said (words, no)))
 where result is not null;
comment on column scenario.result is 'Answer of the last computation: before, after, delta, communes with their status before and after, what each added site was computed with, warnings in both languages; null: not computed yet.';
