-- Administrative units of every vintage. Commune codes are reused, so a unit is (level, code, valid_from), never the code alone.
create table admin_unit (
  id bigint generated always as identity primary key,
  code text not null check (code ~ '^[0-9A-Z._-]{1,20}$'),
  level text not null check (level in ('province', 'district', 'commune', 'village')),
  type text not null default '',
  name text not null check (name = normalize(name, NFC) and name <> ''),
  search_key text not null,
  sort_key text not null,
  parent_id bigint references admin_unit (id) deferrable initially deferred,
  geom geometry(MultiPolygon, 4326) check (geom is null or (st_isvalid(geom) and st_ispolygonccw(geom))),
  centre geometry(Point, 4326),
  area_km2 double precision check (area_km2 >= 0),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  source text not null default '',
  synthetic boolean not null default false,
  unique (level, code, valid_from)
);
create index admin_unit_geom on admin_unit using gist (geom);
create index admin_unit_parent on admin_unit (parent_id);
create index admin_unit_level_code on admin_unit (level, code, valid_from, valid_to);
create index admin_unit_search on admin_unit using gin (search_key gin_trgm_ops);
comment on table admin_unit is 'Province, district, commune or village as it was between two dates.';
comment on column admin_unit.id is 'Identity of the unit in one vintage.';
comment on column admin_unit.code is 'Code of the General Statistics Office; reused across vintages.';
comment on column admin_unit.level is 'province, district, commune or village.';
comment on column admin_unit.type is 'Kind in Vietnamese: Tỉnh, Huyện, Thị xã, Thành phố, Xã, Phường, Thị trấn.';
comment on column admin_unit.name is 'Full name, NFC, tone placement as the source has it.';
comment on column admin_unit.search_key is 'search_key(name).';
comment on column admin_unit.sort_key is 'sort_key(name): Vietnamese alphabetical order under the C collation.';
comment on column admin_unit.parent_id is 'Unit one level up in the same vintage.';
comment on column admin_unit.geom is 'Boundary, WGS84 lon/lat, valid, exterior rings counter-clockwise (RFC 7946); null for villages and for units known by name only.';
comment on column admin_unit.centre is 'Seat of the unit where known, else a point inside.';
comment on column admin_unit.area_km2 is 'Geodesic area of geom in km².';
comment on column admin_unit.valid_from is 'First day of validity, Asia/Ho_Chi_Minh.';
comment on column admin_unit.valid_to is 'First day no longer valid; null while in force.';
comment on column admin_unit.source is 'Where the boundary came from.';
comment on column admin_unit.synthetic is 'True when the boundary is made up for the demo.';

create table admin_change (
  id bigint generated always as identity primary key,
  from_unit_id bigint not null references admin_unit (id) on delete cascade,
  to_unit_id bigint not null references admin_unit (id) on delete cascade,
  kind text not null check (kind in ('split', 'merge', 'rename', 'transfer')),
  share double precision check (share > 0 and share <= 1),
  legal_ref text,
  changed_on date not null,
  unique (from_unit_id, to_unit_id)
);
comment on table admin_change is 'Which unit became which: the thread from one vintage to the next.';
comment on column admin_change.id is 'Identity.';
comment on column admin_change.from_unit_id is 'Unit that ended.';
comment on column admin_change.to_unit_id is 'Unit that took it over.';
comment on column admin_change.kind is 'split, merge, rename or transfer.';
comment on column admin_change.share is 'Share of the old unit''s area that went to the new one, 0 to 1.';
comment on column admin_change.legal_ref is 'Resolution or decree.';
comment on column admin_change.changed_on is 'Day the change took effect.';

create table admin_stat (
  unit_id bigint not null references admin_unit (id) on delete cascade,
  year integer not null check (year between 1900 and 2100),
  population integer check (population >= 0),
  households integer check (households >= 0),
  source text not null,
  method text not null default 'census',
  primary key (unit_id, year)
);
comment on table admin_stat is 'Population and households of a unit in a year.';
comment on column admin_stat.unit_id is 'Unit.';
comment on column admin_stat.year is 'Year of the figure.';
comment on column admin_stat.population is 'Persons; null when not known (unknown is not zero).';
comment on column admin_stat.households is 'Households; null when not known.';
comment on column admin_stat.source is 'Publication.';
comment on column admin_stat.method is 'census, estimate, or summed from predecessors.';

select track_changes('admin_unit');
select track_changes('admin_change');
select track_changes('admin_stat', 'unit_id');
