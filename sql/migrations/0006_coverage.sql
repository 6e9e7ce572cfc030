-- Coverage runs and their results, and the two other kinds of evidence: declared and measured.
create table coverage_run (
  id bigint generated always as identity primary key,
  at date not null,
  vintage date not null,
  model text not null,
  model_version text not null,
  parameters jsonb not null,
  thresholds jsonb not null,
  terrain_source text,
  inventory_revision bigint not null,
  created_at timestamptz not null default now(),
  status text not null default 'done' check (status in ('running', 'done', 'failed'))
);
create index coverage_run_at on coverage_run (at desc, id desc) where status = 'done';
comment on table coverage_run is 'One computation of coverage: what was assumed and of which inventory.';
comment on column coverage_run.id is 'Identity.';
comment on column coverage_run.at is 'Date of the inventory that was computed.';
comment on column coverage_run.vintage is 'valid_from of the communes the figures are for.';
comment on column coverage_run.model is 'Propagation models used.';
comment on column coverage_run.model_version is 'Version of the code of the models.';
comment on column coverage_run.parameters is 'All parameters of the computation.';
comment on column coverage_run.thresholds is 'Threshold in dBm by technology.';
comment on column coverage_run.terrain_source is 'Terrain used; null: none, range capped.';
comment on column coverage_run.inventory_revision is 'Dataset revision the inventory was read at.';
comment on column coverage_run.created_at is 'When it was computed.';
comment on column coverage_run.status is 'running, done or failed.';

create table coverage_commune (
  run_id bigint not null references coverage_run (id) on delete cascade,
  scope text not null check (scope in ('operator', 'any', 'at_least_two')),
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  commune_id bigint not null references admin_unit (id) on delete cascade,
  population integer,
  people_covered integer,
  pct_pop double precision check (pct_pop between 0 and 100),
  area_km2 double precision,
  area_covered_km2 double precision,
  pct_area double precision check (pct_area between 0 and 100),
  centre_covered boolean,
  status text not null check (status in ('covered', 'partial', 'uncovered', 'unknown')),
  unknown_reason text check ((unknown_reason is not null) = (status = 'unknown')),
  unique nulls not distinct (run_id, scope, operator_id, technology, commune_id),
  check ((scope = 'operator') = (operator_id is not null)),
  check (people_covered <= population)
);
create index coverage_commune_commune on coverage_commune (commune_id);
comment on table coverage_commune is 'Modelled coverage of a commune by operator and technology.';
comment on column coverage_commune.run_id is 'Run.';
comment on column coverage_commune.scope is 'operator: one operator''s coverage; any: at least one operator; at_least_two: at least two operators.';
comment on column coverage_commune.operator_id is 'Operator; null unless scope is operator.';
comment on column coverage_commune.technology is 'Technology.';
comment on column coverage_commune.commune_id is 'Commune of the run''s vintage.';
comment on column coverage_commune.population is 'Denominator in persons; null when unknown.';
comment on column coverage_commune.people_covered is 'Numerator in persons.';
comment on column coverage_commune.pct_pop is 'people_covered / population in percent.';
comment on column coverage_commune.area_km2 is 'Denominator in km².';
comment on column coverage_commune.area_covered_km2 is 'Numerator in km².';
comment on column coverage_commune.pct_area is 'area_covered_km2 / area_km2 in percent.';
comment on column coverage_commune.centre_covered is 'The centre of the commune is covered.';
comment on column coverage_commune.status is 'covered (pct_pop at least the rule''s threshold), partial, uncovered or unknown (no data: in no sum).';
comment on column coverage_commune.unknown_reason is 'Why it is unknown; null otherwise.';

create table coverage_area (
  id bigint generated always as identity primary key,
  run_id bigint not null references coverage_run (id) on delete cascade,
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  geom geometry(MultiPolygon, 4326) not null,
  area_km2 double precision not null,
  unique nulls not distinct (run_id, operator_id, technology)
);
comment on table coverage_area is 'Area where the threshold is reached, by operator and technology.';
comment on column coverage_area.id is 'Identity.';
comment on column coverage_area.run_id is 'Run.';
comment on column coverage_area.operator_id is 'Operator; null for any operator.';
comment on column coverage_area.technology is 'Technology.';
comment on column coverage_area.geom is 'Covered area, WGS84 lon/lat.';
comment on column coverage_area.area_km2 is 'Covered area in km², from the grid.';

create table gap (
  id bigint generated always as identity primary key,
  run_id bigint not null references coverage_run (id) on delete cascade,
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  kind text not null check (kind in ('gap', 'white', 'grey')),
  geom geometry(MultiPolygon, 4326) not null,
  area_km2 double precision not null,
  people integer not null,
  people_incomplete boolean not null default false,
  commune_codes text[] not null,
  nearest_site_id bigint references site (id) on delete set null,
  nearest_site_m double precision,
  nearest_node_id bigint references fibre_node (id) on delete set null,
  nearest_node_m double precision,
  rank integer not null
);
create index gap_run on gap (run_id, operator_id, technology, rank);
create index gap_nearest_site on gap (nearest_site_id);
create index gap_nearest_node on gap (nearest_node_id);
comment on table gap is 'A connected area that an operator (or every operator) does not reach.';
comment on column gap.id is 'Identity.';
comment on column gap.run_id is 'Run.';
comment on column gap.operator_id is 'Operator; null for white and grey spots.';
comment on column gap.technology is 'Technology.';
comment on column gap.kind is 'gap: one operator; white: no operator; grey: some but not all.';
comment on column gap.geom is 'Area, WGS84 lon/lat.';
comment on column gap.area_km2 is 'Area in km², from the grid.';
comment on column gap.people is 'Persons inside.';
comment on column gap.people_incomplete is 'People is a lower bound: part of it lies in a commune without a known population.';
comment on column gap.commune_codes is 'Communes it touches.';
comment on column gap.nearest_site_id is 'Nearest site of any operator.';
comment on column gap.nearest_site_m is 'Metres to it.';
comment on column gap.nearest_node_id is 'Nearest fibre node.';
comment on column gap.nearest_node_m is 'Metres to it.';
comment on column gap.rank is 'Rank by persons, then area, from 1.';

create table coverage_claim (
  id bigint generated always as identity primary key,
  operator_id bigint not null references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  commune_id bigint not null references admin_unit (id) on delete cascade,
  as_of date not null,
  covered boolean not null,
  pct_pop double precision check (pct_pop between 0 and 100),
  source text not null default '',
  synthetic boolean not null default false,
  unique (operator_id, technology, commune_id, as_of)
);
create index coverage_claim_commune on coverage_claim (commune_id);
comment on table coverage_claim is 'What an operator declares to cover.';
comment on column coverage_claim.id is 'Identity.';
comment on column coverage_claim.operator_id is 'Operator.';
comment on column coverage_claim.technology is 'Technology.';
comment on column coverage_claim.commune_id is 'Commune.';
comment on column coverage_claim.as_of is 'Date of the declaration.';
comment on column coverage_claim.covered is 'Declared covered.';
comment on column coverage_claim.pct_pop is 'Declared share of population in percent.';
comment on column coverage_claim.source is 'Document.';
comment on column coverage_claim.synthetic is 'True when made up for the demo.';

create table measurement (
  id bigint generated always as identity primary key,
  operator_id bigint not null references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  geom geometry(Point, 4326) not null,
  measured_at timestamptz not null,
  level_dbm double precision not null check (level_dbm between -200 and 50),
  source text not null default '',
  synthetic boolean not null default false
);
create index measurement_geom on measurement using gist (geom);
comment on table measurement is 'A drive-test point.';
comment on column measurement.id is 'Identity.';
comment on column measurement.operator_id is 'Operator measured.';
comment on column measurement.technology is 'Technology.';
comment on column measurement.geom is 'Position, WGS84 lon/lat.';
comment on column measurement.measured_at is 'Time.';
comment on column measurement.level_dbm is 'Level of the reference signal in dBm.';
comment on column measurement.source is 'Campaign or file.';
comment on column measurement.synthetic is 'True when made up for the demo.';

select track_changes('coverage_run');
select track_changes('coverage_commune', 'run_id');
select track_changes('coverage_area');
select track_changes('gap');
select track_changes('coverage_claim');
select track_changes('measurement');
