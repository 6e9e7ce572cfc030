-- Rows of the tile layer "coverage": covered area by operator (null: any) and technology in the run that answers for a day.
-- Area in km². Used by server/tiles, which asks only for the ids its filter selected. ids null: all of the run.
create or replace function tile_rows_coverage(at date, ids bigint[])
returns table (id bigint, operator text, technology text, area_km2 double precision, model text, model_version text, geometry text)
language sql stable parallel safe as $$
  select a.id, o.code, a.technology, round(a.area_km2::numeric, 2)::double precision, r.model, r.model_version, st_asgeojson(a.geom, 6)
    from coverage_run_at(at) r
    join coverage_area a on a.run_id = r.id
    left join operator o on o.id = a.operator_id
   where ids is null or a.id = any (ids)
$$;
comment on function tile_rows_coverage(date, bigint[]) is 'Tile layer coverage: covered areas of the run that answers for the day.';
