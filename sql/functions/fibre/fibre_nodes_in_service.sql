-- Fibre nodes in service on a day: in operation that day, and a span in operation that day ends there. A node has no days of its own, so
-- one that no span ever ended at is there on every day. Used by nearest_fibre_node and by connectivity.
create or replace function fibre_nodes_in_service(at date)
returns table (id bigint, code text, geom geometry)
language sql stable parallel safe as $$
  select n.id, n.code, n.geom
    from fibre_node n
   where node_status_at(n.id, n.status, at) = 'operational'
     and (exists (select 1 from fibre_span s
                   where n.id in (s.start_node_id, s.end_node_id) and is_valid_at(s.valid_from, s.valid_to, at)
                     and span_status_at(s.status, s.valid_to, at) = 'operational')
          or not exists (select 1 from fibre_span s where n.id in (s.start_node_id, s.end_node_id)))
$$;
comment on function fibre_nodes_in_service(date) is 'Fibre nodes in operation on a day that a span in operation that day ends at, or no span ever did: id, code and place.';
