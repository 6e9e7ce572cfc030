-- Fibre network as in the Open Fibre Data Standard: networks, nodes, spans.
create table fibre_network (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null,
  source text not null default '',
  synthetic boolean not null default false
);
comment on table fibre_network is 'A fibre network as published (an OFDS network).';
comment on column fibre_network.id is 'Identity.';
comment on column fibre_network.code is 'The network''s id in its source.';
comment on column fibre_network.name is 'Name.';
comment on column fibre_network.source is 'File or publisher.';
comment on column fibre_network.synthetic is 'True when made up for the demo.';

create table fibre_node (
  id bigint generated always as identity primary key,
  network_id bigint not null references fibre_network (id) on delete cascade,
  code text not null,
  name text not null default '',
  kind text not null default 'joint' check (kind in ('core', 'district', 'commune', 'site', 'joint')),
  serves_unit_code text,
  operator_id bigint references operator (id),
  geom geometry(Point, 4326) not null,
  status text not null default 'operational' check (status in ('planned', 'operational', 'decommissioned')),
  synthetic boolean not null default false,
  unique (network_id, code)
);
create index fibre_node_geom on fibre_node using gist (geom);
create index fibre_node_serves on fibre_node (serves_unit_code) where serves_unit_code is not null;
comment on table fibre_node is 'A node of a fibre network.';
comment on column fibre_node.id is 'Identity.';
comment on column fibre_node.network_id is 'Network.';
comment on column fibre_node.code is 'The node''s id in its network.';
comment on column fibre_node.name is 'Name.';
comment on column fibre_node.kind is 'core, district, commune, site or joint.';
comment on column fibre_node.serves_unit_code is 'Code of the district or commune whose centre it serves.';
comment on column fibre_node.operator_id is 'Operator; null when not known.';
comment on column fibre_node.geom is 'Position, WGS84 lon/lat.';
comment on column fibre_node.status is 'planned, operational or decommissioned.';
comment on column fibre_node.synthetic is 'True when made up for the demo.';

create table fibre_span (
  id bigint generated always as identity primary key,
  network_id bigint not null references fibre_network (id) on delete cascade,
  code text not null,
  name text not null default '',
  start_node_id bigint not null references fibre_node (id) on delete cascade,
  end_node_id bigint not null references fibre_node (id) on delete cascade,
  geom geometry(LineString, 4326) not null,
  operator_id bigint references operator (id),
  deployment text check (deployment in ('duct', 'buried', 'aerial')),
  length_m double precision not null check (length_m >= 0),
  fibre_count integer check (fibre_count > 0),
  status text not null default 'operational' check (status in ('planned', 'operational', 'decommissioned')),
  route_group text,
  valid_from date not null default '1900-01-01',
  valid_to date check (valid_to > valid_from),
  synthetic boolean not null default false,
  unique (network_id, code)
);
create index fibre_span_geom on fibre_span using gist (geom);
create index fibre_span_ends on fibre_span (start_node_id, end_node_id);
create index fibre_span_end on fibre_span (end_node_id);
comment on table fibre_span is 'A span of cable between two nodes.';
comment on column fibre_span.id is 'Identity.';
comment on column fibre_span.network_id is 'Network.';
comment on column fibre_span.code is 'The span''s id in its network.';
comment on column fibre_span.name is 'Name.';
comment on column fibre_span.start_node_id is 'Node at the start.';
comment on column fibre_span.end_node_id is 'Node at the end.';
comment on column fibre_span.geom is 'Route, WGS84 lon/lat.';
comment on column fibre_span.operator_id is 'Operator; null when not known.';
comment on column fibre_span.deployment is 'duct, buried or aerial.';
comment on column fibre_span.length_m is 'Declared length in metres, else the geodesic length of geom.';
comment on column fibre_span.fibre_count is 'Number of fibres.';
comment on column fibre_span.status is 'planned, operational or decommissioned.';
comment on column fibre_span.route_group is 'Spans of one route group share a duct or poles: one risk.';
comment on column fibre_span.valid_from is 'First day in service.';
comment on column fibre_span.valid_to is 'First day out of service; null while in service.';
comment on column fibre_span.synthetic is 'True when made up for the demo.';

select track_changes('fibre_network');
select track_changes('fibre_node');
select track_changes('fibre_span');
