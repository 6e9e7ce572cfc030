-- Status of a site on a day. A site that was removed later was active before; other statuses are as recorded.
-- Used by the shared filter, lists and tiles.
create or replace function site_status_at(status text, valid_to date, at date) returns text
language sql immutable parallel safe as $$
  select case when status = 'removed' and (valid_to is null or at < valid_to) then 'active' else status end
$$;
comment on function site_status_at(text, date, date) is 'Status of a site on a day: a site removed later was active before.';
