-- Rows of the tile layer "gaps": gap polygons by operator (null: white and grey spots) and technology in the run that answers for
-- a day. Area in km², people in persons, distances in metres. Used by server/tiles. ids null: all of the run.
create or replace function tile_rows_gaps(at date, ids bigint[])
returns table (id bigint, operator text, technology text, kind text, area_km2 double precision, people integer, rank integer,
               nearest_site_m double precision, nearest_node_m double precision, geometry text)
language sql stable parallel safe as $$
  select g.id, o.code, g.technology, g.kind, round(g.area_km2::numeric, 2)::double precision, g.people, g.rank,
         round(g.nearest_site_m::numeric)::double precision, round(g.nearest_node_m::numeric)::double precision, st_asgeojson(g.geom, 6)
    from coverage_run_at(at) r
    join gap g on g.run_id = r.id
    left join operator o on o.id = g.operator_id
   where ids is null or g.id = any (ids)
$$;
comment on function tile_rows_gaps(date, bigint[]) is 'Tile layer gaps: gaps of the run that answers for the day.';
