-- Rows of the tile layer "sites": every site known on a day, whatever its status (the shared filter then picks among them),
-- with what is on air that day. Heights in metres. Used by server/tiles. ids null: all.
create or replace function tile_rows_sites(at date, ids bigint[])
returns table (id bigint, lon double precision, lat double precision, code text, name text, status text, environment text,
               mast_class text, height_m double precision, operators text, technologies text, station_count bigint,
               cell_count bigint, certificate text, synthetic boolean)
language sql stable parallel safe as $$
  with chosen as (
    select s.* from site s where ids is null
    union all
    select s.* from unnest(ids) wanted (id) join site s using (id)
  )
  select s.id, st_x(s.geom), st_y(s.geom), s.code, s.name, site_status_at(s.status, s.valid_to, at), s.environment,
         m.class, m.height_m, a.operators, c.technologies, a.station_count, coalesce(c.cell_count, 0), a.certificate, s.synthetic
    from chosen s
    left join lateral (
      select t.class, t.height_m from mast t where t.site_id = s.id order by t.height_m desc nulls last, t.mast_no limit 1
    ) m on true
    left join lateral (
      select string_agg(distinct o.code, ',' order by o.code) as operators,
             count(*) as station_count,
             case min(case certificate_state(t.id, at) when 'expired' then 1 when 'due' then 2 when 'none' then 3 else 4 end)
               when 1 then 'expired' when 2 then 'due' when 3 then 'none' when 4 then 'valid' end as certificate
        from station t
        join operator o on o.id = t.operator_id
       where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, at)
    ) a on true
    left join lateral (
      select string_agg(distinct x.technology, ',' order by x.technology) as technologies, count(*) as cell_count
        from station t
        join cell x on x.station_id = t.id
       where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, at) and is_valid_at(x.valid_from, x.valid_to, at)
    ) c on true
   where s.valid_from <= at
$$;
comment on function tile_rows_sites(date, bigint[]) is 'Tile layer sites: every site known on the day with operators, technologies, counts and the worst certificate state.';
