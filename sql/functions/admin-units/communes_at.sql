-- Communes in force on a day with their district: the district of the same vintage, else (after districts were abolished) none.
-- Used by lists, counts, exports and coverage to name the place of a site.
create or replace function communes_at(at date)
returns table (commune_id bigint, commune_code text, commune_name text, district_id bigint, district_code text, district_name text)
language sql stable parallel safe as $$
  select c.id, c.code, c.name, d.id, d.code, d.name
    from admin_unit c
    left join admin_unit d on d.id = c.parent_id and d.level = 'district'
   where c.level = 'commune' and c.valid_from <= at and (c.valid_to is null or at < c.valid_to)
$$;
comment on function communes_at(date) is 'Communes in force on the day, each with its district if districts exist then.';
