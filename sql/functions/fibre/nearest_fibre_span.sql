-- The fibre span in operation on a day that comes nearest to a shape; metres, geodesic. Measured like nearest_site.
-- Used by planning. No row where there is no span.
create or replace function nearest_fibre_span(shape geometry, at date)
returns table (span_id bigint, code text, distance_m double precision)
language sql stable parallel safe as $$
  select f.id, f.code, case when near.degrees = 0 then 0 else st_distance(f.geom::geography, shape::geography) end
    from (select n.geom <-> shape as degrees
            from fibre_span n
           where span_status_at(n.status, n.valid_to, at) = 'operational' and is_valid_at(n.valid_from, n.valid_to, at)
           order by n.geom <-> shape
           limit 1) near
    join fibre_span f on st_dwithin(f.geom, shape, 1.2 * near.degrees)
   where span_status_at(f.status, f.valid_to, at) = 'operational' and is_valid_at(f.valid_from, f.valid_to, at)
   order by 3, f.code collate "C"
   limit 1
$$;
comment on function nearest_fibre_span(geometry, date) is 'Fibre span in operation on a day nearest to a shape: id, code and metres, no row where there is none.';
