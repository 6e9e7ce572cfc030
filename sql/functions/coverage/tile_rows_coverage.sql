-- Rows of the tile layer "coverage": signal bands by operator (null: any) and technology in the run that answers for a day, weakest
-- first, so that stronger ones are drawn over them. level_db: decibels above what counts as covered, 0 is the covered area itself.
-- Area in km². Used by server/tiles, which asks only for the ids its filter selected. ids null: all of the run.
drop function if exists tile_rows_coverage(date, bigint[]);
create or replace function tile_rows_coverage(at date, ids bigint[])
returns table (id bigint, operator text, technology text, scope text, level_db double precision, area_km2 double precision, model text,
               model_version text, geometry text)
language sql stable parallel safe as $$
  select a.id, o.code, a.technology, a.scope, a.level_db, round(a.area_km2::numeric, 2)::double precision, r.model, r.model_version,
         st_asgeojson(a.geom, 6)
    from coverage_run_at(at) r
    join coverage_area a on a.run_id = r.id
    left join operator o on o.id = a.operator_id
   where ids is null or a.id = any (ids)
   order by a.level_db, a.id
$$;
comment on function tile_rows_coverage(date, bigint[]) is 'Tile layer coverage: signal bands of the run that answers for the day.';
