-- True when a row with validity dates is in force on a day. valid_to is exclusive; null bounds are open.
-- Used by every query that asks for the inventory "as at". Inlined by the planner.
create or replace function is_valid_at(valid_from date, valid_to date, at date) returns boolean
language sql immutable parallel safe as $$
  select (valid_from is null or valid_from <= at) and (valid_to is null or at < valid_to)
$$;
comment on function is_valid_at(date, date, date) is 'True when a row with validity dates (valid_to exclusive, null = open) is in force on the day.';
