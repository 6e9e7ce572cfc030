-- The finished run that answers for a day: of the vintage in force that day, the latest not after it, else the earliest after it.
-- Used by coverage and gap lists, tiles and the summary. No row: nothing was computed for that vintage.
create or replace function coverage_run_at(at date) returns setof coverage_run
language sql stable parallel safe as $$
  select r.*
    from coverage_run r
   where r.status = 'done'
     and r.vintage = (select max(u.valid_from) from admin_unit u
                       where u.level = 'commune' and u.valid_from <= coverage_run_at.at and (u.valid_to is null or coverage_run_at.at < u.valid_to))
   order by (r.at <= coverage_run_at.at) desc, abs(r.at - coverage_run_at.at), r.id desc
   limit 1
$$;
comment on function coverage_run_at(date) is 'Run of coverage that answers for the day: same vintage, latest not after it, else the earliest after it.';
