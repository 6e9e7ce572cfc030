-- The fibre node in service on a day nearest to a shape; metres, geodesic, 0 inside an area. Measured like nearest_site.
-- Used when gaps are stored and by planning. No row where there is no node.
drop function if exists nearest_fibre_node(geometry);
create or replace function nearest_fibre_node(shape geometry, at date)
returns table (node_id bigint, code text, distance_m double precision)
language sql stable parallel safe as $$
  select f.id, f.code, case when near.degrees = 0 then 0 else st_distance(f.geom::geography, shape::geography) end
    from (select n.geom <-> shape as degrees from fibre_nodes_in_service(at) n order by n.geom <-> shape limit 1) near
    join fibre_nodes_in_service(at) f on st_dwithin(f.geom, shape, 1.2 * near.degrees)
   order by 3, f.code collate "C"
   limit 1
$$;
comment on function nearest_fibre_node(geometry, date) is 'Fibre node in service on a day nearest to a shape: id, code and metres (0 inside an area), no row where there is none.';
