-- Rows of the tile layer "districts": districts in force on a day, else the last set in force. Population is the sum of the
-- communes' where every commune has one. Used by server/tiles. ids null: all.
create or replace function tile_rows_districts(at date, ids bigint[])
returns table (id bigint, code text, name text, type text, parent_code text, area_km2 double precision, population integer,
               synthetic boolean, geometry text)
language sql stable parallel safe as $$
  select u.id, u.code, u.name, u.type, p.code, round(u.area_km2::numeric, 3)::double precision, s.population, u.synthetic,
         st_asgeojson(u.geom, 6)
    from districts_at(at) u
    left join admin_unit p on p.id = u.parent_id
    left join lateral population_at(u.id, at) s on true
   where u.geom is not null and (ids is null or u.id = any (ids))
$$;
comment on function tile_rows_districts(date, bigint[]) is 'Tile layer districts: districts in force on the day, else the last set in force.';
