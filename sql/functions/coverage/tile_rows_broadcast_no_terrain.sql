-- Rows of the tile layer "broadcast_no_terrain": ground of the communes whose height is not known, in the radio and television run that answers for a day;
-- one row, or none where all heights are known or no terrain was used. Area in km². Used by server/tiles. ids null: all of the run.
create or replace function tile_rows_broadcast_no_terrain(at date, ids bigint[])
returns table (id bigint, area_km2 double precision, geometry text)
language sql stable parallel safe as $$
  select a.run_id, round(a.area_km2::numeric, 2)::double precision, st_asgeojson(a.geom, 6)
    from broadcast_run_at(at) r
    join broadcast_no_terrain_area a on a.run_id = r.id
   where ids is null or a.run_id = any (ids)
$$;
comment on function tile_rows_broadcast_no_terrain(date, bigint[]) is 'Tile layer broadcast_no_terrain: ground without known height in the radio and television run that answers for the day.';
