-- What the yearly report counts beside sites and fibre: agencies, transmitters, service points, indicators.
create table agency (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null check (name = normalize(name, NFC)),
  level text not null check (level in ('province', 'district', 'commune')),
  kind text not null check (kind in ('state', 'party')),
  unit_code text,
  geom geometry(Point, 4326),
  lan_from date,
  broadband_from date,
  document_management_from date,
  video_conference_from date,
  synthetic boolean not null default false
);
comment on table agency is 'A state or party agency and since when it has which service.';
comment on column agency.id is 'Identity.';
comment on column agency.code is 'Code.';
comment on column agency.name is 'Name, NFC.';
comment on column agency.level is 'province, district or commune.';
comment on column agency.kind is 'state or party.';
comment on column agency.unit_code is 'Code of the administrative unit it belongs to.';
comment on column agency.geom is 'Place, WGS84 lon/lat.';
comment on column agency.lan_from is 'Local network since; null: none.';
comment on column agency.broadband_from is 'Broadband since; null: none.';
comment on column agency.document_management_from is 'Document management system since; null: none.';
comment on column agency.video_conference_from is 'Video conference since; null: none.';
comment on column agency.synthetic is 'True when made up for the demo.';

create table transmitter (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null check (name = normalize(name, NFC)),
  service text not null check (service in ('fm', 'am', 'tv')),
  frequency_mhz double precision not null check (frequency_mhz > 0),
  erp_w double precision not null check (erp_w > 0),
  height_m double precision not null check (height_m > 0),
  geom geometry(Point, 4326) not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  synthetic boolean not null default false
);
create index transmitter_geom on transmitter using gist (geom);
comment on table transmitter is 'A radio or television transmitter.';
comment on column transmitter.id is 'Identity.';
comment on column transmitter.code is 'Code.';
comment on column transmitter.name is 'Name, NFC.';
comment on column transmitter.service is 'fm, am or tv.';
comment on column transmitter.frequency_mhz is 'Frequency in MHz.';
comment on column transmitter.erp_w is 'Effective radiated power in watts.';
comment on column transmitter.height_m is 'Antenna height above ground in metres.';
comment on column transmitter.geom is 'Position, WGS84 lon/lat.';
comment on column transmitter.valid_from is 'First day on air.';
comment on column transmitter.valid_to is 'First day off air; null while on air.';
comment on column transmitter.synthetic is 'True when made up for the demo.';

create table service_point (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null check (name = normalize(name, NFC)),
  kind text not null check (kind in ('post_office', 'culture_post', 'telecom')),
  commune_code text,
  geom geometry(Point, 4326) not null,
  services text[] not null default '{}',
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  synthetic boolean not null default false
);
create index service_point_geom on service_point using gist (geom);
comment on table service_point is 'A post or telecom point that serves the public.';
comment on column service_point.id is 'Identity.';
comment on column service_point.code is 'Code.';
comment on column service_point.name is 'Name, NFC.';
comment on column service_point.kind is 'post_office, culture_post (commune post and culture point) or telecom.';
comment on column service_point.commune_code is 'Code of the commune it serves at valid_from.';
comment on column service_point.geom is 'Position, WGS84 lon/lat.';
comment on column service_point.services is 'Services: post, telephone, internet.';
comment on column service_point.valid_from is 'First day open.';
comment on column service_point.valid_to is 'First day closed; null while open.';
comment on column service_point.synthetic is 'True when made up for the demo.';

create table indicator_value (
  unit_id bigint not null references admin_unit (id) on delete cascade,
  year integer not null check (year between 1900 and 2100),
  indicator text not null,
  value double precision,
  text_value text,
  unit_of_measure text not null default '',
  kind text not null check (kind in ('reported', 'computed')),
  source text not null,
  primary key (unit_id, year, indicator, kind)
);
comment on table indicator_value is 'A figure of a unit in a year, as reported or as computed.';
comment on column indicator_value.unit_id is 'Unit.';
comment on column indicator_value.year is 'Year.';
comment on column indicator_value.indicator is 'Key of the indicator.';
comment on column indicator_value.value is 'Number; null where the figure is a text.';
comment on column indicator_value.text_value is 'Text, where the report gives one.';
comment on column indicator_value.unit_of_measure is 'Unit of measure.';
comment on column indicator_value.kind is 'reported or computed.';
comment on column indicator_value.source is 'Publication or computation.';

select track_changes('agency');
select track_changes('transmitter');
select track_changes('service_point');
select track_changes('indicator_value', 'unit_id');
