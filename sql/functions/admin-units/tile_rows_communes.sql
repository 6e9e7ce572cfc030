-- Rows of the tile layer "communes": communes in force on a day. Population in persons, area in km², geometry as GeoJSON lon/lat.
-- Used by server/tiles. ids null: all.
create or replace function tile_rows_communes(at date, ids bigint[])
returns table (id bigint, code text, name text, type text, parent_code text, area_km2 double precision, population integer,
               synthetic boolean, geometry text)
language sql stable parallel safe as $$
  select u.id, u.code, u.name, u.type, p.code, round(u.area_km2::numeric, 3)::double precision, s.population, u.synthetic,
         st_asgeojson(u.geom, 6)
    from admin_unit u
    left join admin_unit p on p.id = u.parent_id
    left join lateral population_at(u.id, at) s on true
   where u.level = 'commune' and u.geom is not null and is_valid_at(u.valid_from, u.valid_to, at)
     and (ids is null or u.id = any (ids))
$$;
comment on function tile_rows_communes(date, bigint[]) is 'Tile layer communes: communes in force on the day, with population and area.';
