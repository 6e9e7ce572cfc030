-- The site nearest to a shape among those of the given statuses on a day; metres, geodesic, 0 inside an area (there the oldest of them).
-- The index orders by degrees, and a degree of longitude is down to 0.91 of one of latitude in Vietnam (south of 24° N): everything
-- within 1.2 times the nearest in degrees is measured, so that the nearest in metres is among it.
-- Used when gaps are stored and by planning. No row where there is no such site.
create or replace function nearest_site(shape geometry, at date, statuses text[])
returns table (site_id bigint, distance_m double precision)
language sql stable parallel safe as $$
  select s.id, case when near.degrees = 0 then 0 else st_distance(s.geom::geography, shape::geography) end
    from (select n.geom <-> shape as degrees
            from site n
           where is_valid_at(n.valid_from, n.valid_to, at) and site_status_at(n.status, n.valid_to, at) = any (statuses)
           order by n.geom <-> shape
           limit 1) near
    join site s on st_dwithin(s.geom, shape, 1.2 * near.degrees)
   where is_valid_at(s.valid_from, s.valid_to, at) and site_status_at(s.status, s.valid_to, at) = any (statuses)
   order by 2, s.id
   limit 1
$$;
comment on function nearest_site(geometry, date, text[]) is 'Site nearest to a shape among those of the given statuses on a day: id and metres (0 inside an area), no row where there is none.';
