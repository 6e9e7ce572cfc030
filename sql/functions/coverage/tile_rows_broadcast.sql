-- Rows of the tile layer "broadcast": area served by a transmitter on air on the day, or by any of a service (transmitter null), in
-- the run that answers for the day. Area in km², thresholds in dBµV/m at 10 m. Used by server/tiles. ids null: all of the run.
create or replace function tile_rows_broadcast(at date, ids bigint[])
returns table (id bigint, service text, transmitter text, name text, threshold_dbuv_m double precision,
               threshold_urban_dbuv_m double precision, area_km2 double precision, geometry text)
language sql stable parallel safe as $$
  select a.id, a.service, t.code, t.name, a.threshold_dbuv_m, a.threshold_urban_dbuv_m,
         round(a.area_covered_km2::numeric, 2)::double precision, st_asgeojson(a.geom, 6)
    from broadcast_run_at(at) r
    join broadcast_area a on a.run_id = r.id
    left join transmitter t on t.id = a.transmitter_id
   where a.geom is not null and (ids is null or a.id = any (ids))
     and (t.id is null or is_valid_at(t.valid_from, t.valid_to, tile_rows_broadcast.at))
$$;
comment on function tile_rows_broadcast(date, bigint[]) is 'Tile layer broadcast: areas served by radio and television in the run that answers for the day.';
