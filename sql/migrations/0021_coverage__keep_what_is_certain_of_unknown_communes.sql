-- A commune that a doubtful site makes unknown had no figure at all, though part of it may be covered for certain. So "any operator" could show fewer
-- people than one operator, with nothing to compare them by.
alter table coverage_commune
  add column people_at_least integer,
  add column area_at_least_km2 double precision,
  add constraint coverage_commune_at_least check (people_at_least <= population);
comment on column coverage_commune.people_at_least is 'Persons covered for certain, also where a doubtful site makes the status unknown; null where people or boundary are not known, or in a run from before this was kept.';
comment on column coverage_commune.area_at_least_km2 is 'Area covered for certain in km², also where the status is unknown; null as people_at_least.';
