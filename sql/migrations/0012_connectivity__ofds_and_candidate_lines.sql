-- What OFDS holds beyond our columns, lines along which new cable may be laid, and repairs that were decided on.
alter table fibre_network add column ofds jsonb not null default '{}';
alter table fibre_node add column ofds jsonb not null default '{}';
alter table fibre_span add column ofds jsonb not null default '{}';
comment on column fibre_network.ofds is 'Members of the OFDS network object that no column holds, as received: given back by the export.';
comment on column fibre_node.ofds is 'Members of the OFDS node object that no column holds, as received.';
comment on column fibre_span.ofds is 'Members of the OFDS span object that no column holds, as received.';

create table candidate_line (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('road', 'rail', 'power', 'other')),
  name text not null default '' check (name = normalize(name, NFC)),
  geom geometry(LineString, 4326) not null,
  source text not null default '',
  synthetic boolean not null default false
);
create index candidate_line_geom on candidate_line using gist (geom);
comment on table candidate_line is 'A road, railway or power line along which new cable may be planned.';
comment on column candidate_line.id is 'Identity.';
comment on column candidate_line.kind is 'road, rail, power or other.';
comment on column candidate_line.name is 'Name, NFC.';
comment on column candidate_line.geom is 'Course, WGS84 lon/lat.';
comment on column candidate_line.source is 'File it is from.';
comment on column candidate_line.synthetic is 'True when made up for the demo.';
select track_changes('candidate_line');
