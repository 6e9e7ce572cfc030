-- Rows of the tile layer "nodes": core nodes, nodes of spans in force on a day, and unused nodes. Used by server/tiles. ids null: all.
create or replace function tile_rows_nodes(at date, ids bigint[])
returns table (id bigint, lon double precision, lat double precision, code text, name text, network_code text, operator text,
               kind text, serves_unit_code text, status text, synthetic boolean)
language sql stable parallel safe as $$
  select n.id, st_x(n.geom), st_y(n.geom), n.code, n.name, w.code, o.code, n.kind, n.serves_unit_code, node_status_at(n.id, n.status, at), n.synthetic
    from fibre_node n
    join fibre_network w on w.id = n.network_id
    left join operator o on o.id = n.operator_id
   where (ids is null or n.id = any (ids))
     and (n.kind = 'core' or not exists (select 1 from fibre_span s where s.start_node_id = n.id or s.end_node_id = n.id)
          or exists (select 1 from fibre_span s where s.start_node_id = n.id and is_valid_at(s.valid_from, s.valid_to, at))
          or exists (select 1 from fibre_span s where s.end_node_id = n.id and is_valid_at(s.valid_from, s.valid_to, at)))
$$;
comment on function tile_rows_nodes(date, bigint[]) is 'Tile layer nodes: core nodes, nodes of spans in force on the day, and nodes without any span.';
