-- Coverage from levels over terrain: what a run used and stored, its background job, and what it is compared with.

-- Ground heights and other rasters as imported, in lon/lat, one row a file.
create table raster_tile (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('terrain', 'population')),
  name text not null check (name = normalize(name, NFC)),
  west double precision not null,
  north double precision not null,
  step_lon double precision not null check (step_lon > 0),
  step_lat double precision not null check (step_lat > 0),
  cols integer not null check (cols between 2 and 20000),
  rows integer not null check (rows between 2 and 20000),
  encoding text not null check (encoding in ('int16', 'float32')),
  content bytea not null,
  voids integer not null check (voids >= 0),
  impossible integer not null default 0 check (impossible >= 0),
  lowest double precision,
  highest double precision,
  sha256 text not null,
  source text not null default '',
  imported_at timestamptz not null default now(),
  unique (kind, name)
);
comment on table raster_tile is 'One imported raster: heights of the ground, or people. Posts or pixel centres on an even lon/lat grid.';
comment on column raster_tile.id is 'Identity.';
comment on column raster_tile.kind is 'terrain: metres above the geoid at posts; population: people per pixel.';
comment on column raster_tile.name is 'Name of the file, NFC: a later file of the same name and kind replaces it.';
comment on column raster_tile.west is 'Longitude of the first column''s posts or pixel centres, degrees.';
comment on column raster_tile.north is 'Latitude of the first row''s posts or pixel centres, degrees.';
comment on column raster_tile.step_lon is 'Degrees between columns.';
comment on column raster_tile.step_lat is 'Degrees between rows, going south.';
comment on column raster_tile.cols is 'Columns.';
comment on column raster_tile.rows is 'Rows.';
comment on column raster_tile.encoding is 'Values, row by row from the north-west, little-endian: int16 (-32768 = no value) or float32 (NaN = no value).';
comment on column raster_tile.content is 'The values, deflated (zlib).';
comment on column raster_tile.voids is 'Posts without a value in the file.';
comment on column raster_tile.impossible is 'Posts with a value that cannot be, stored as no value.';
comment on column raster_tile.lowest is 'Lowest value; null when there is none.';
comment on column raster_tile.highest is 'Highest value; null when there is none.';
comment on column raster_tile.sha256 is 'SHA-256 of the file as received, hexadecimal.';
comment on column raster_tile.source is 'Where it is from.';
comment on column raster_tile.imported_at is 'When it was imported.';

create table habitable_area (
  id bigint generated always as identity primary key,
  name text not null default '' check (name = normalize(name, NFC)),
  geom geometry(MultiPolygon, 4326) not null,
  source text not null default '',
  synthetic boolean not null default false
);
create index habitable_area_geom on habitable_area using gist (geom);
comment on table habitable_area is 'Ground where people live (residential land): people of a commune are spread over it.';
comment on column habitable_area.id is 'Identity.';
comment on column habitable_area.name is 'Name, NFC.';
comment on column habitable_area.geom is 'Area, WGS84 lon/lat.';
comment on column habitable_area.source is 'Where it is from.';
comment on column habitable_area.synthetic is 'True when made up for the demo.';

-- What a run used and made.
alter table coverage_run
  add column terrain jsonb,
  add column population_method text not null default 'uniform',
  add column grid jsonb,
  add column compared_with bigint,
  add column milliseconds jsonb;
comment on column coverage_run.terrain is 'Terrain used: files, share of the squares with heights, voids; null: none.';
comment on column coverage_run.population_method is 'How people were spread over the grid: raster, villages, habitable, uniform, or mixed where communes differ.';
comment on column coverage_run.grid is 'Frame of the grid: origin_e_m, origin_n_m, cols, rows, grid_m, srid; null for runs of before levels were stored.';
comment on column coverage_run.compared_with is 'Run whose levels were taken over where nothing changed; null: all computed.';
comment on column coverage_run.milliseconds is 'Wall-clock milliseconds by stage.';

alter table coverage_commune
  add column people_low integer,
  add column people_high integer,
  add column area_low_km2 double precision,
  add column area_high_km2 double precision,
  add column pct_terrain double precision check (pct_terrain between 0 and 100);
comment on column coverage_commune.people_low is 'people_covered if every defaulted height and power were at its unfavourable end.';
comment on column coverage_commune.people_high is 'people_covered if every defaulted height and power were at its favourable end.';
comment on column coverage_commune.area_low_km2 is 'area_covered_km2 at the unfavourable end.';
comment on column coverage_commune.area_high_km2 is 'area_covered_km2 at the favourable end.';
comment on column coverage_commune.pct_terrain is 'Share of the commune''s squares whose ground height is known, percent; the rest is computed without terrain.';

alter table coverage_area
  add column level_db double precision not null default 0 check (level_db >= 0),
  drop constraint coverage_area_run_id_operator_id_technology_key,
  add constraint coverage_area_band unique nulls not distinct (run_id, operator_id, technology, level_db);
comment on table coverage_area is 'Area where the level reaches the threshold plus level_db, by operator and technology.';
comment on column coverage_area.level_db is 'Signal band: decibels above what counts as covered; 0 is the covered area itself.';
comment on column coverage_area.area_km2 is 'Area in km², from the squares of the grid.';

create table coverage_level (
  run_id bigint not null references coverage_run (id) on delete cascade,
  operator_id bigint not null references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  band_mhz double precision not null check (band_mhz > 0),
  base_dbm double precision not null,
  step_db double precision not null check (step_db > 0),
  levels bytea not null,
  servers bytea not null,
  cell_ids bigint[] not null,
  primary key (run_id, operator_id, technology, band_mhz)
);
comment on table coverage_level is 'Level and best server of one operator, technology and band on every square of the run''s grid.';
comment on column coverage_level.run_id is 'Run.';
comment on column coverage_level.operator_id is 'Operator.';
comment on column coverage_level.technology is 'Technology.';
comment on column coverage_level.band_mhz is 'Band in MHz.';
comment on column coverage_level.base_dbm is 'Level of value 1, dBm.';
comment on column coverage_level.step_db is 'Decibels a step: level = base_dbm + (value - 1) * step_db, rounded down; value 0 is below base_dbm.';
comment on column coverage_level.levels is 'One byte a square, row by row from the south-west, deflated (zlib).';
comment on column coverage_level.servers is 'Two bytes a square (little-endian): 1 + index into cell_ids of the best server, 0 = none; deflated.';
comment on column coverage_level.cell_ids is 'Cells that serve a square somewhere.';

create table coverage_cell (
  run_id bigint not null references coverage_run (id) on delete cascade,
  cell_id bigint not null,
  operator_id bigint not null references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  model text,
  band_mhz double precision,
  antenna_height_m double precision,
  eirp_dbm double precision,
  uncertainty_db double precision,
  range_max_m double precision,
  used boolean not null,
  flags text[] not null default '{}',
  problems jsonb,
  signature text not null,
  primary key (run_id, cell_id)
);
comment on table coverage_cell is 'What each cell was computed with in a run, or why it was not.';
comment on column coverage_cell.run_id is 'Run.';
comment on column coverage_cell.cell_id is 'Cell; it may have been removed since.';
comment on column coverage_cell.operator_id is 'Operator.';
comment on column coverage_cell.technology is 'Technology.';
comment on column coverage_cell.model is 'Propagation model chosen; null when refused.';
comment on column coverage_cell.band_mhz is 'Band used, MHz.';
comment on column coverage_cell.antenna_height_m is 'Antenna height used, metres above ground.';
comment on column coverage_cell.eirp_dbm is 'EIRP of the reference signal used, dBm.';
comment on column coverage_cell.uncertainty_db is 'Half width of the error band from defaulted values, dB.';
comment on column coverage_cell.range_max_m is 'Longest reach, metres.';
comment on column coverage_cell.used is 'False: left out (untrusted position or impossible values).';
comment on column coverage_cell.flags is 'Defaults taken and limits met.';
comment on column coverage_cell.problems is 'Impossible values: field, value, reason; null when there is none.';
comment on column coverage_cell.signature is 'Digest of everything the cell''s levels depend on: equal signatures give equal levels.';

alter table gap
  add column village_count integer,
  add column villages text[];
comment on column gap.village_count is 'Villages inside; null when no village is in the inventory.';
comment on column gap.villages is 'Names of the villages inside, at most 50.';

-- Runs in the background: one at a time, and a restart takes them up again.
create table coverage_job (
  id bigint generated always as identity primary key,
  at date not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  stage text,
  done_share double precision not null default 0 check (done_share between 0 and 1),
  cancel_requested boolean not null default false,
  attempts integer not null default 0,
  run_id bigint references coverage_run (id) on delete set null,
  error text,
  requested_by text not null default '',
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create unique index coverage_job_one_running on coverage_job (state) where state = 'running';
create index coverage_job_waiting on coverage_job (id) where state in ('queued', 'running');
comment on table coverage_job is 'A coverage run asked for: waiting, running or ended.';
comment on column coverage_job.id is 'Identity; the order they are run in.';
comment on column coverage_job.at is 'Day of the inventory to compute.';
comment on column coverage_job.state is 'queued, running, done, failed or cancelled; at most one is running.';
comment on column coverage_job.stage is 'What is being done: read, levels, figures, areas, store.';
comment on column coverage_job.done_share is 'Share of the work done, 0 to 1.';
comment on column coverage_job.cancel_requested is 'Somebody asked to stop it.';
comment on column coverage_job.attempts is 'How often it was started: more than once after a restart.';
comment on column coverage_job.run_id is 'The run it made.';
comment on column coverage_job.error is 'Why it failed, one sentence.';
comment on column coverage_job.requested_by is 'Who asked.';
comment on column coverage_job.requested_at is 'When it was asked for.';
comment on column coverage_job.started_at is 'When it was last started.';
comment on column coverage_job.finished_at is 'When it ended.';

-- Planning: what a scenario changes is only ever here, never in the inventory.
create table scenario (
  id bigint generated always as identity primary key,
  name text not null check (name = normalize(name, NFC) and length(name) between 1 and 200),
  note text not null default '' check (note = normalize(note, NFC) and length(note) <= 4000),
  at date not null,
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  changes jsonb not null,
  result jsonb,
  result_revision bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
create index scenario_operator on scenario (operator_id);
comment on table scenario is 'A set of planned changes and what they would do; it never touches the inventory.';
comment on column scenario.id is 'Identity.';
comment on column scenario.name is 'Name, NFC.';
comment on column scenario.note is 'What it is for.';
comment on column scenario.at is 'Day of the inventory it starts from.';
comment on column scenario.operator_id is 'Operator whose coverage is asked for; null: any operator.';
comment on column scenario.technology is 'Technology.';
comment on column scenario.changes is 'Changes: kind add, move, raise, remove or off, with site_id, lon, lat, antenna_height_m.';
comment on column scenario.result is 'Answer of the last computation: before, after, delta, communes.';
comment on column scenario.result_revision is 'Dataset revision the result was computed at.';
comment on column scenario.created_at is 'When it was saved first.';
comment on column scenario.updated_at is 'When it was saved last.';
comment on column scenario.version is 'Raised by every change; If-Match wants it.';

-- Radio and television.
alter table transmitter
  add column operator text not null default '',
  add column polarisation text check (polarisation in ('horizontal', 'vertical', 'mixed')),
  add column threshold_dbuv_m double precision,
  add column declared_pct_area double precision check (declared_pct_area between 0 and 100),
  add column declared_pct_pop double precision check (declared_pct_pop between 0 and 100),
  add column declared_source text not null default '';
comment on column transmitter.operator is 'Who runs it.';
comment on column transmitter.polarisation is 'horizontal, vertical or mixed; null: not known.';
comment on column transmitter.threshold_dbuv_m is 'Field strength that counts as served, dBµV/m at 10 m, where the service has no published one (digital television).';
comment on column transmitter.declared_pct_area is 'Share of the province''s area its operator declares to serve, percent.';
comment on column transmitter.declared_pct_pop is 'Share of the province''s people its operator declares to serve, percent.';
comment on column transmitter.declared_source is 'Document of the declaration.';

create table broadcast_run (
  id bigint generated always as identity primary key,
  at date not null,
  vintage date not null,
  model text not null,
  model_version text not null,
  parameters jsonb not null,
  terrain jsonb,
  inventory_revision bigint not null,
  created_at timestamptz not null default now()
);
comment on table broadcast_run is 'One computation of radio and television coverage.';
comment on column broadcast_run.id is 'Identity.';
comment on column broadcast_run.at is 'Day of the inventory that was computed.';
comment on column broadcast_run.vintage is 'valid_from of the communes the figures are for.';
comment on column broadcast_run.model is 'Propagation model used.';
comment on column broadcast_run.model_version is 'Version of the code of the model.';
comment on column broadcast_run.parameters is 'All parameters of the computation.';
comment on column broadcast_run.terrain is 'Terrain used for effective heights; null: none.';
comment on column broadcast_run.inventory_revision is 'Dataset revision the inventory was read at.';
comment on column broadcast_run.created_at is 'When it was computed.';

create table broadcast_area (
  id bigint generated always as identity primary key,
  run_id bigint not null references broadcast_run (id) on delete cascade,
  service text not null check (service in ('fm', 'am', 'tv')),
  transmitter_id bigint references transmitter (id) on delete cascade,
  geom geometry(MultiPolygon, 4326),
  threshold_dbuv_m double precision,
  population integer not null,
  people_covered integer,
  pct_pop double precision check (pct_pop between 0 and 100),
  area_km2 double precision not null,
  area_covered_km2 double precision,
  pct_area double precision check (pct_area between 0 and 100),
  flags text[] not null default '{}',
  reason text,
  unique nulls not distinct (run_id, service, transmitter_id)
);
create index broadcast_area_transmitter on broadcast_area (transmitter_id);
comment on table broadcast_area is 'Where a transmitter, or any transmitter of a service, serves; of the whole province.';
comment on column broadcast_area.id is 'Identity.';
comment on column broadcast_area.run_id is 'Run.';
comment on column broadcast_area.service is 'fm, am or tv.';
comment on column broadcast_area.transmitter_id is 'Transmitter; null: the union of the service.';
comment on column broadcast_area.geom is 'Area served, WGS84 lon/lat; null when none or not computed.';
comment on column broadcast_area.threshold_dbuv_m is 'Field strength that counts as served, dBµV/m at 10 m; null for the union and where there is none.';
comment on column broadcast_area.population is 'Denominator: persons of communes with a known population.';
comment on column broadcast_area.people_covered is 'Numerator in persons; null when not computed.';
comment on column broadcast_area.pct_pop is 'people_covered / population in percent.';
comment on column broadcast_area.area_km2 is 'Denominator in km².';
comment on column broadcast_area.area_covered_km2 is 'Numerator in km²; null when not computed.';
comment on column broadcast_area.pct_area is 'area_covered_km2 / area_km2 in percent.';
comment on column broadcast_area.flags is 'Where the model was stretched.';
comment on column broadcast_area.reason is 'Why it was not computed; null otherwise.';

create table broadcast_commune (
  run_id bigint not null references broadcast_run (id) on delete cascade,
  service text not null check (service in ('fm', 'am', 'tv')),
  commune_id bigint not null references admin_unit (id) on delete cascade,
  population integer,
  people_covered integer,
  pct_pop double precision check (pct_pop between 0 and 100),
  area_km2 double precision,
  area_covered_km2 double precision,
  pct_area double precision check (pct_area between 0 and 100),
  primary key (run_id, service, commune_id)
);
create index broadcast_commune_commune on broadcast_commune (commune_id);
comment on table broadcast_commune is 'Radio and television coverage of a commune by any transmitter of a service.';
comment on column broadcast_commune.run_id is 'Run.';
comment on column broadcast_commune.service is 'fm, am or tv.';
comment on column broadcast_commune.commune_id is 'Commune of the run''s vintage.';
comment on column broadcast_commune.population is 'Denominator in persons; null when unknown.';
comment on column broadcast_commune.people_covered is 'Numerator in persons.';
comment on column broadcast_commune.pct_pop is 'people_covered / population in percent.';
comment on column broadcast_commune.area_km2 is 'Denominator in km².';
comment on column broadcast_commune.area_covered_km2 is 'Numerator in km².';
comment on column broadcast_commune.pct_area is 'area_covered_km2 / area_km2 in percent.';

create index measurement_subject on measurement (operator_id, technology, measured_at);
create unique index measurement_point on measurement (operator_id, technology, measured_at, geom, source);

select track_changes('raster_tile');
select track_changes('habitable_area');
select track_changes('scenario');
select track_changes('broadcast_run');
select track_changes('broadcast_area');
