-- Not all that is not covered is kept as gaps: patches below a run's least size are not, nor is what a doubtful site might reach. Without their
-- sums a list of gaps looks like everything.
create table unlisted_gaps (
  run_id bigint not null references coverage_run (id) on delete cascade,
  operator_id bigint references operator (id),
  technology text not null check (technology in ('2G', '3G', '4G', '5G')),
  kind text not null check (kind in ('gap', 'white', 'grey')),
  small_patches integer not null check (small_patches >= 0),
  small_area_km2 double precision not null check (small_area_km2 >= 0),
  small_people integer not null check (small_people >= 0),
  doubtful_area_km2 double precision not null check (doubtful_area_km2 >= 0),
  doubtful_people integer not null check (doubtful_people >= 0),
  people_incomplete boolean not null default false,
  constraint unlisted_gaps_of_operator check ((kind = 'gap') = (operator_id is not null)),
  constraint unlisted_gaps_key unique nulls not distinct (run_id, operator_id, technology, kind)
);
create index unlisted_gaps_operator on unlisted_gaps (operator_id);
comment on table unlisted_gaps is 'What of an operator or of all a run does not keep as gaps, in sums: with the gaps of the same key all that is not covered for certain. No row: a run from before these were summed.';
comment on column unlisted_gaps.run_id is 'Run; its parameter gap_min_area_km2 is the least area of a gap.';
comment on column unlisted_gaps.operator_id is 'Operator; null for white and grey spots.';
comment on column unlisted_gaps.technology is 'Technology.';
comment on column unlisted_gaps.kind is 'gap: one operator; white: no operator; grey: some but not all.';
comment on column unlisted_gaps.small_patches is 'How many connected areas are too small.';
comment on column unlisted_gaps.small_area_km2 is 'Their area in km², from the grid.';
comment on column unlisted_gaps.small_people is 'Persons inside them.';
comment on column unlisted_gaps.doubtful_area_km2 is 'Area that would be of the kind but for a doubtful site that might reach it, km² from the grid.';
comment on column unlisted_gaps.doubtful_people is 'Persons inside it.';
comment on column unlisted_gaps.people_incomplete is 'Persons are a lower bound: part of it lies in a commune without a known population.';
