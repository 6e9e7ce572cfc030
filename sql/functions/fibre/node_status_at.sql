-- Status of a fibre node on a day. A node has no days of its own: one out of service now was in operation while a span that has ended
-- since was, and ended at it; other statuses are as recorded. Used by the list, search, tiles, exports and all analysis of the network.
create or replace function node_status_at(node_id bigint, status text, at date) returns text
language sql stable parallel safe as $$
  select case
    when status = 'decommissioned' and exists (
      select 1 from fibre_span s
       where node_id in (s.start_node_id, s.end_node_id) and s.valid_to is not null and is_valid_at(s.valid_from, s.valid_to, at)
         and span_status_at(s.status, s.valid_to, at) = 'operational')
    then 'operational' else status end
$$;
comment on function node_status_at(bigint, text, date) is 'Status of a fibre node on a day: one out of service now was in operation while a span that ended since did.';
