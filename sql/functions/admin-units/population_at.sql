-- Population of a unit to use on a day: the latest figure not after it, else the earliest figure there is.
-- Used by coverage, tiles and lists. Persons; no row when nothing is known (unknown is not zero).
create or replace function population_at(admin_unit_id bigint, at date)
returns table (population integer, households integer, year integer, source text)
language sql stable parallel safe as $$
  select s.population, s.households, s.year, s.source
    from admin_stat s
   where s.unit_id = admin_unit_id and s.population is not null
   order by (s.year <= extract(year from at)) desc,
            case when s.year <= extract(year from at) then -s.year else s.year end
   limit 1
$$;
comment on function population_at(bigint, date) is 'Population of a unit to use on a day: the latest figure not after it, else the earliest there is; no row when unknown.';
