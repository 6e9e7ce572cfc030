-- Operators, sites, masts, stations, cells, certificates and inspections. Sites, stations and cells are three different counts.
create table operator (
  id bigint generated always as identity primary key,
  code text not null unique check (code ~ '^[A-Z0-9_-]{1,40}$'),
  name text not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  successor_id bigint references operator (id),
  colour text not null default '#666666' check (colour ~ '^#[0-9A-Fa-f]{6}$')
);
comment on table operator is 'Telecom operators with their dates and successors.';
comment on column operator.id is 'Identity.';
comment on column operator.code is 'Short code used in files, URLs and filters.';
comment on column operator.name is 'Trade name.';
comment on column operator.valid_from is 'First day in business.';
comment on column operator.valid_to is 'First day no longer in business; null while active.';
comment on column operator.successor_id is 'Operator that took over its licence or network.';
comment on column operator.colour is 'Map colour, #rrggbb, from a colour-blind safe palette.';

create table site (
  id bigint generated always as identity primary key,
  code text not null unique check (code <> ''),
  name text not null default '' check (name = normalize(name, NFC)),
  geom geometry(Point, 4326) not null,
  source_x double precision,
  source_y double precision,
  source_srid integer,
  source_text text,
  position_method text not null default 'declared' check (position_method in ('gps', 'map', 'declared')),
  accuracy_m double precision check (accuracy_m >= 0),
  position_flag text check (position_flag in ('rounded', 'commune_centroid', 'outside_province', 'far_from_declared_commune', 'estimated')),
  address text not null default '' check (address = normalize(address, NFC)),
  environment text not null default 'rural' check (environment in ('urban', 'suburban', 'rural', 'open')),
  status text not null default 'active' check (status in ('planned', 'active', 'suspended', 'removed')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  search_key text not null default '',
  version integer not null default 1,
  source text not null default '',
  synthetic boolean not null default false
);
create index site_geom on site using gist (geom);
create index site_valid on site (valid_from, valid_to) include (status);
create index site_maybe_hidden on site (valid_from) where status in ('planned', 'removed') or valid_to is not null;
create index site_code_order on site (code collate "C");
create index site_search on site using gin (search_key gin_trgm_ops);
comment on table site is 'A position: one piece of ground or roof. "400 BTS" counts sites.';
comment on column site.id is 'Identity.';
comment on column site.code is 'Site code of the inventory.';
comment on column site.name is 'Name, NFC; may be empty.';
comment on column site.geom is 'Position, WGS84 lon/lat.';
comment on column site.source_x is 'First coordinate as received (lon or easting).';
comment on column site.source_y is 'Second coordinate as received (lat or northing).';
comment on column site.source_srid is 'EPSG code of source_x, source_y.';
comment on column site.source_text is 'Position as written in the source.';
comment on column site.position_method is 'gps, map or declared.';
comment on column site.accuracy_m is 'Accuracy in metres; null when not known.';
comment on column site.position_flag is 'Why the position is not trusted (estimated: from measurements, not surveyed); null when it is. Flagged sites are left out of gap analysis unless included by the user.';
comment on column site.address is 'Address, NFC.';
comment on column site.environment is 'urban, suburban, rural or open: chooses the propagation model.';
comment on column site.status is 'planned, active, suspended or removed.';
comment on column site.valid_from is 'First day on the inventory.';
comment on column site.valid_to is 'First day off the inventory; null while on it.';
comment on column site.search_key is 'search_key of code, name and address.';
comment on column site.version is 'Counts edits of the row: If-Match compares it.';
comment on column site.source is 'File or person the row came from.';
comment on column site.synthetic is 'True when made up for the demo.';

create table site_commune (
  site_id bigint not null references site (id) on delete cascade,
  commune_id bigint not null references admin_unit (id) on delete cascade,
  method text not null check (method in ('contains', 'nearest')),
  distance_m double precision not null default 0,
  primary key (site_id, commune_id)
);
create index site_commune_commune on site_commune (commune_id, site_id);
comment on table site_commune is 'Derived: the one commune of each vintage that a site falls in, by the point-in-commune rule.';
comment on column site_commune.site_id is 'Site.';
comment on column site_commune.commune_id is 'Commune of one vintage.';
comment on column site_commune.method is 'contains, or nearest within 2 km when no commune contains the point.';
comment on column site_commune.distance_m is 'Metres to the commune; 0 when contained.';

create table mast (
  id bigint generated always as identity primary key,
  site_id bigint not null references site (id) on delete cascade,
  mast_no integer not null default 1 check (mast_no > 0),
  class text check (class in ('A1a', 'A1b', 'A2a', 'A2b', 'A2c')),
  height_m double precision check (height_m > 0 and height_m <= 350),
  on_building boolean not null default false,
  building_height_m double precision check (building_height_m > 0),
  owner text,
  permit_no text,
  permit_date date,
  synthetic boolean not null default false,
  unique (site_id, mast_no)
);
comment on table mast is 'The structure on a site that carries antennas.';
comment on column mast.id is 'Identity.';
comment on column mast.site_id is 'Site it stands on.';
comment on column mast.mast_no is 'Number of the mast on its site, from 1.';
comment on column mast.class is 'A1a, A1b, A2a, A2b or A2c.';
comment on column mast.height_m is 'Height in metres above its foot.';
comment on column mast.on_building is 'Stands on a building.';
comment on column mast.building_height_m is 'Height of that building in metres.';
comment on column mast.owner is 'Owner of the structure.';
comment on column mast.permit_no is 'Construction permit.';
comment on column mast.permit_date is 'Date of the permit.';
comment on column mast.synthetic is 'True when made up for the demo.';

create table station (
  id bigint generated always as identity primary key,
  site_id bigint not null references site (id) on delete cascade,
  mast_id bigint references mast (id) on delete set null,
  operator_id bigint not null references operator (id),
  operator_code text not null check (operator_code <> ''),
  bts_class smallint check (bts_class in (1, 2)),
  equipment text,
  commissioned date not null,
  decommissioned date check (decommissioned > commissioned),
  synthetic boolean not null default false,
  unique (operator_id, operator_code)
);
create index station_site on station (site_id, operator_id) include (commissioned, decommissioned);
create index station_mast on station (mast_id);
comment on table station is 'One operator''s service on a mast.';
comment on column station.id is 'Identity.';
comment on column station.site_id is 'Site.';
comment on column station.mast_id is 'Mast; null when not recorded.';
comment on column station.operator_id is 'Operator.';
comment on column station.operator_code is 'The operator''s own code, unique per operator.';
comment on column station.bts_class is '1: on its own ground structure; 2: on an existing building.';
comment on column station.equipment is 'Equipment as declared.';
comment on column station.commissioned is 'First day on air.';
comment on column station.decommissioned is 'First day off air; null while on air.';
comment on column station.synthetic is 'True when made up for the demo.';

create table cell (
  id bigint generated always as identity primary key,
  station_id bigint not null references station (id) on delete cascade,
  cell_code text not null,
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  band_mhz double precision check (band_mhz between 30 and 100000),
  azimuth_deg double precision check (azimuth_deg >= 0 and azimuth_deg < 360),
  antenna_height_m double precision check (antenna_height_m > 0 and antenna_height_m <= 350),
  tilt_deg double precision check (tilt_deg between -90 and 90),
  gain_dbi double precision check (gain_dbi between -20 and 60),
  power_w double precision check (power_w > 0),
  eirp_dbm double precision check (eirp_dbm between -50 and 120),
  beamwidth_deg double precision check (beamwidth_deg > 0 and beamwidth_deg <= 360),
  value_source text not null default 'reported' check (value_source in ('reported', 'default')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  synthetic boolean not null default false,
  unique (station_id, cell_code)
);
create index cell_station on cell (station_id, technology) include (valid_from, valid_to, band_mhz);
comment on table cell is 'One technology × band × azimuth of a station.';
comment on column cell.id is 'Identity.';
comment on column cell.station_id is 'Station.';
comment on column cell.cell_code is 'Code of the cell within its station.';
comment on column cell.technology is '2G, 3G, 4G or 5G.';
comment on column cell.band_mhz is 'Carrier band in MHz; null when not known.';
comment on column cell.azimuth_deg is 'Azimuth of the main lobe, degrees from north clockwise; null is omnidirectional.';
comment on column cell.antenna_height_m is 'Height of the antenna above ground in metres; null: a default is used and flagged.';
comment on column cell.tilt_deg is 'Downtilt in degrees.';
comment on column cell.gain_dbi is 'Antenna gain in dBi.';
comment on column cell.power_w is 'Transmitter power in watts.';
comment on column cell.eirp_dbm is 'EIRP of the reference signal in dBm; null: from power and gain, else the default of the technology.';
comment on column cell.beamwidth_deg is 'Horizontal half-power beamwidth in degrees.';
comment on column cell.value_source is 'reported, or default when height or power are defaults.';
comment on column cell.valid_from is 'First day on air.';
comment on column cell.valid_to is 'First day off air; null while on air.';
comment on column cell.synthetic is 'True when made up for the demo.';

create table certificate (
  id bigint generated always as identity primary key,
  no text not null unique,
  issuer text not null default '',
  issued date not null,
  expires date not null check (expires > issued),
  status text not null default 'valid' check (status in ('valid', 'revoked')),
  synthetic boolean not null default false
);
comment on table certificate is 'Certificate of a BTS; valid 5 years from issue, re-inspection due at least 60 days before expiry.';
comment on column certificate.id is 'Identity.';
comment on column certificate.no is 'Certificate number.';
comment on column certificate.issuer is 'Body that issued it.';
comment on column certificate.issued is 'Day of issue.';
comment on column certificate.expires is 'First day it is no longer valid.';
comment on column certificate.status is 'valid or revoked; expiry follows from the dates.';
comment on column certificate.synthetic is 'True when made up for the demo.';

create table station_certificate (
  station_id bigint not null references station (id) on delete cascade,
  certificate_id bigint not null references certificate (id) on delete cascade,
  primary key (station_id, certificate_id)
);
create index station_certificate_certificate on station_certificate (certificate_id);
comment on table station_certificate is 'Co-located stations may share a certificate.';
comment on column station_certificate.station_id is 'Station.';
comment on column station_certificate.certificate_id is 'Certificate.';

create table inspection (
  id bigint generated always as identity primary key,
  site_id bigint not null references site (id) on delete cascade,
  station_id bigint references station (id) on delete cascade,
  inspected_on date not null,
  officer text not null,
  finding text not null,
  measures text,
  photos jsonb not null default '[]',
  synthetic boolean not null default false
);
create index inspection_site on inspection (site_id, inspected_on desc);
comment on table inspection is 'What an inspector found on a site or station.';
comment on column inspection.id is 'Identity.';
comment on column inspection.site_id is 'Site inspected.';
comment on column inspection.station_id is 'Station inspected; null for the whole site.';
comment on column inspection.inspected_on is 'Day of the visit.';
comment on column inspection.officer is 'Inspector.';
comment on column inspection.finding is 'What was found.';
comment on column inspection.measures is 'What was ordered.';
comment on column inspection.photos is 'References of photographs.';
comment on column inspection.synthetic is 'True when made up for the demo.';

select track_changes('operator');
select track_changes('site');
select track_changes('site_commune', 'site_id');
select track_changes('mast', 'site_id');
select track_changes('station', 'site_id');
select track_changes('cell', 'station_id');
select track_changes('certificate');
select track_changes('station_certificate', 'station_id');
select track_changes('inspection');
