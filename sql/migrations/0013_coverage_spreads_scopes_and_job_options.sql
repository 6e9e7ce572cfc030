-- The error band of a run's levels, areas of two operators, and what a background run was asked to do.
create table coverage_spread (
  run_id bigint not null references coverage_run (id) on delete cascade,
  operator_id bigint not null references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  low bytea not null,
  low_servers bytea not null,
  high bytea not null,
  high_servers bytea not null,
  cell_ids bigint[] not null,
  primary key (run_id, operator_id, technology)
);
comment on table coverage_spread is 'Levels of one operator and technology over all bands if defaulted values were at their worst and at their best; no row: no value was defaulted.';
comment on column coverage_spread.run_id is 'Run.';
comment on column coverage_spread.operator_id is 'Operator.';
comment on column coverage_spread.technology is 'Technology.';
comment on column coverage_spread.low is 'Best of level less uncertainty: bytes as in coverage_level.levels, deflated (zlib).';
comment on column coverage_spread.low_servers is 'Best server by that: as in coverage_level.servers.';
comment on column coverage_spread.high is 'Best of level plus uncertainty: bytes as in coverage_level.levels, deflated (zlib).';
comment on column coverage_spread.high_servers is 'Best server by that: as in coverage_level.servers.';
comment on column coverage_spread.cell_ids is 'All cells of the operator and technology, rising.';

comment on column coverage_level.cell_ids is 'All cells of the layer, rising.';

alter table coverage_area add column scope text not null default 'any' check (scope in ('operator', 'any', 'at_least_two'));
update coverage_area set scope = 'operator' where operator_id is not null;
alter table coverage_area
  alter column scope drop default,
  drop constraint coverage_area_band,
  add constraint coverage_area_band unique nulls not distinct (run_id, scope, operator_id, technology, level_db),
  add constraint coverage_area_scope_operator check ((scope = 'operator') = (operator_id is not null));
comment on column coverage_area.scope is 'operator: one operator''s coverage; any: at least one operator; at_least_two: at least two operators.';
comment on column coverage_area.area_km2 is 'Area of the covered part of the communes (level_db 0), else of the polygons, km².';

alter table coverage_job add column options jsonb not null default '{}';
comment on column coverage_job.options is 'terrain false: computed without terrain; full true: nothing taken over from an earlier run.';
