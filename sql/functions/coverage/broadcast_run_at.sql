-- The run of radio and television coverage that answers for a day: of the vintage in force that day, the latest not after it, else
-- the earliest after it. Used by the broadcast lists and tiles. No row: nothing was computed for that vintage.
create or replace function broadcast_run_at(at date) returns setof broadcast_run
language sql stable parallel safe as $$
  select r.*
    from broadcast_run r
   where r.vintage = (select max(u.valid_from) from admin_unit u
                       where u.level = 'commune' and u.valid_from <= broadcast_run_at.at and (u.valid_to is null or broadcast_run_at.at < u.valid_to))
   order by (r.at <= broadcast_run_at.at) desc, abs(r.at - broadcast_run_at.at), r.id desc
   limit 1
$$;
comment on function broadcast_run_at(date) is 'Run of radio and television coverage that answers for the day: same vintage, latest not after it, else the earliest after it.';
