-- A radio and television run over terrain did not keep where the communes have no ground heights: there it takes the ground for flat, and a map could not
-- show it.
create table broadcast_no_terrain_area (
  run_id bigint primary key references broadcast_run (id) on delete cascade,
  geom geometry(MultiPolygon, 4326) not null,
  area_km2 double precision not null check (area_km2 > 0)
);
comment on table broadcast_no_terrain_area is 'Ground of the communes without known height in a radio and television run that used terrain: it is taken for flat there. No row: none such, no terrain used, or a run from before this was kept.';
comment on column broadcast_no_terrain_area.run_id is 'Run.';
comment on column broadcast_no_terrain_area.geom is 'Where, WGS84 lon/lat: squares of the run''s grid whose centre has no height, their outline with its corners cut.';
comment on column broadcast_no_terrain_area.area_km2 is 'Area of those squares, km².';
