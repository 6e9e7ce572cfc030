-- A run over terrain tells how much of the communes has no ground heights. Where that is was forgotten, and a map could not show it.
create table no_terrain_area (
  run_id bigint primary key references coverage_run (id) on delete cascade,
  geom geometry(MultiPolygon, 4326) not null,
  area_km2 double precision not null check (area_km2 > 0)
);
comment on table no_terrain_area is 'Ground of the communes without known height in a run that used terrain: its levels are those without terrain. No row: none such, no terrain used, or a run from before this was kept.';
comment on column no_terrain_area.run_id is 'Run.';
comment on column no_terrain_area.geom is 'Where, WGS84 lon/lat: squares of the run''s grid whose centre has no height, their outline with its corners cut.';
comment on column no_terrain_area.area_km2 is 'Area of those squares, km².';
