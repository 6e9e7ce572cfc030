-- The district a code means on a day: the one in force, else the one last in force (inspectors still work by the old districts).
-- Used by the shared filter and by connectivity. No row for an unknown code.
create or replace function district_of_code(district_code text, at date)
returns table (id bigint, code text, name text, valid_from date, valid_to date, in_force boolean)
language sql stable parallel safe as $$
  select u.id, u.code, u.name, u.valid_from, u.valid_to, is_valid_at(u.valid_from, u.valid_to, at)
    from admin_unit u
   where u.level = 'district' and u.code = district_code
   order by is_valid_at(u.valid_from, u.valid_to, at) desc, (u.valid_from <= at) desc, u.valid_from desc
   limit 1
$$;
comment on function district_of_code(text, date) is 'District of a code on a day: the one in force, else the one last in force; in_force tells which.';
