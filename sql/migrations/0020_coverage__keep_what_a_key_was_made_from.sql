-- A run computed figures, areas and gaps of every operator and technology anew, whatever had changed. Beside each key now stands a digest of all
-- its rows are made from, so that a later run with the same digest takes them over.
create table coverage_key (
  run_id bigint not null references coverage_run (id) on delete cascade,
  scope text not null check (scope in ('operator', 'any', 'at_least_two')),
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  digest text not null,
  computed_in bigint not null,
  constraint coverage_key_of_operator check ((scope = 'operator') = (operator_id is not null)),
  constraint coverage_key_key unique nulls not distinct (run_id, scope, operator_id, technology)
);
create index coverage_key_digest on coverage_key (digest);
create index coverage_key_operator on coverage_key (operator_id);
comment on table coverage_key is 'What the figures, areas and gaps of an operator and technology, or of a union of operators, were made from. No rows: a run from before this was kept.';
comment on column coverage_key.run_id is 'Run.';
comment on column coverage_key.scope is 'operator: one operator''s coverage; any: at least one operator; at_least_two: at least two operators.';
comment on column coverage_key.operator_id is 'Operator; null unless scope is operator.';
comment on column coverage_key.technology is 'Technology.';
comment on column coverage_key.digest is 'Digest of the levels, the ground and its people, the parameters and the version of the program: equal digests have equal rows.';
comment on column coverage_key.computed_in is 'Run that computed the rows: this one, or an earlier one they were taken over from.';
