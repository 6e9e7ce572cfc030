-- Results of before held communes for known, or unknown, whatever the changes did to them, and do not say the status of a
-- commune. They are made from the changes, which stay: each is computed again when asked for.
update scenario set result = null, result_revision = null where result is not null;
comment on column scenario.result is 'Answer of the last computation: before, after, delta, communes with their status before and after; null: not computed yet.';
