-- Which node serves a site or a centre goes by where it stands and what it is. A node made one with another by an accepted repair is gone,
-- and what it served would be gone with it.
create table fibre_former_node (
  id bigint generated always as identity primary key,
  node_id bigint not null references fibre_node (id) on delete cascade,
  code text not null,
  kind text not null check (kind in ('core', 'district', 'commune', 'site', 'joint')),
  serves_unit_code text,
  geom geometry(Point, 4326) not null,
  synthetic boolean not null default false
);
create index fibre_former_node_node on fibre_former_node (node_id);
create index fibre_former_node_geom on fibre_former_node using gist (geom);
create index fibre_former_node_serves on fibre_former_node (serves_unit_code) where serves_unit_code is not null;
comment on table fibre_former_node is 'What a fibre node was, and where it stood, before an accepted repair made it one with another: what it served there, the node that stayed serves.';
comment on column fibre_former_node.id is 'Identity.';
comment on column fibre_former_node.node_id is 'The node that stayed.';
comment on column fibre_former_node.code is 'Code of the node that was.';
comment on column fibre_former_node.kind is 'core, district, commune, site or joint.';
comment on column fibre_former_node.serves_unit_code is 'Code of the district or commune whose centre it served.';
comment on column fibre_former_node.geom is 'Where it stood, WGS84 lon/lat.';
comment on column fibre_former_node.synthetic is 'True when made up for the demo.';
select track_changes('fibre_former_node');
comment on column audit_log.action is 'insert, update, delete, import or repair.';
