-- The point-in-commune rule of real, dirty boundary sets: the containing commune with the smallest code when several contain
-- the point; if none does, the nearest within 2 km; else nothing ("outside the province").
-- Used by assign_site_communes. Vintage is the valid_from of the set of communes. Distance in metres, geodesic.
create or replace function commune_of_point(point geometry, vintage date)
returns table (commune_id bigint, method text, distance_m double precision)
language sql stable parallel safe as $$
  (select u.id, 'contains', 0::double precision
     from admin_unit u
    where u.level = 'commune' and u.valid_from = vintage and st_covers(u.geom, point)
    order by u.code collate "C"
    limit 1)
  union all
  (select near.id, 'nearest', near.distance_m
     from (select u.id, u.code, st_distance(u.geom::geography, point::geography) as distance_m
             from admin_unit u
            where u.level = 'commune' and u.valid_from = vintage
              -- 2 km is less than 0.03 degrees of longitude anywhere in Vietnam (south of 24° N).
              and u.geom && st_expand(point, 0.03)
          ) near
    where near.distance_m <= 2000
    order by near.distance_m, near.code collate "C"
    limit 1)
  limit 1
$$;
comment on function commune_of_point(geometry, date) is 'Commune of a point in one vintage: smallest code among those that contain it, else the nearest within 2 km, else no row.';
