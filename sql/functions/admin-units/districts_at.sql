-- Districts in force on a day; when there are none, the last set that was in force before it.
-- Used by the districts tile layer and by district connectivity, which inspectors read by the old districts.
create or replace function districts_at(at date) returns setof admin_unit
language sql stable parallel safe as $$
  select u.*
    from admin_unit u
   where u.level = 'district' and is_valid_at(u.valid_from, u.valid_to, at)
  union all
  select u.*
    from admin_unit u
   where u.level = 'district'
     and u.valid_to = (select max(e.valid_to) from admin_unit e where e.level = 'district' and e.valid_to <= at)
     and not exists (select 1 from admin_unit e where e.level = 'district' and is_valid_at(e.valid_from, e.valid_to, at))
$$;
comment on function districts_at(date) is 'Districts in force on the day, else the last set in force before it.';
