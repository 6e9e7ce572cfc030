-- Status of a fibre span on a day. A span decommissioned later was in operation before; one decommissioned without a last day stays
-- so on every day, since nobody knows until when it carried anything; other statuses are as recorded.
-- Used by the list, tiles, exports and all analysis of the network.
create or replace function span_status_at(status text, valid_to date, at date) returns text
language sql immutable parallel safe as $$
  select case when status = 'decommissioned' and at < valid_to then 'operational' else status end
$$;
comment on function span_status_at(text, date, date) is 'Status of a fibre span on a day: a span decommissioned later was in operation before.';
