-- Fibre nodes by what they serve as: each where it stands and as what it is, and once more for every node that was made one with it,
-- where and as what that was. Used by connectivity to tell which nodes serve a district centre, a commune centre, a site; which of them
-- are in service on a day is told by the network of that day.
create or replace function serving_nodes()
returns table (id bigint, kind text, serves_unit_code text, geom geometry)
language sql stable parallel safe as $$
  select n.id, n.kind, n.serves_unit_code, n.geom from fibre_node n
  union all
  select f.node_id, f.kind, f.serves_unit_code, f.geom from fibre_former_node f
$$;
comment on function serving_nodes() is 'Fibre nodes with place and kind, and again with those of every node made one with them.';
