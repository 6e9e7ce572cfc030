-- Recomputes site_commune for the given sites (null: all) under every vintage of communes, by the point-in-commune rule of
-- commune_of_point(). Containment is joined as one set, because PostGIS then tests all sites of a commune against one prepared
-- polygon (ten times as fast as point by point); what no commune contains goes through the function one by one.
-- Used after sites or boundaries change. Returns the number of changed assignments; unchanged ones are not touched, so an
-- import that changes nothing leaves the dataset revision alone.
create or replace function assign_site_communes(site_ids bigint[]) returns bigint
language plpgsql as $$
declare
  removed bigint;
  written bigint;
begin
  create temporary table wanted_site_commune on commit drop as
  with contained as materialized (
    select distinct on (s.id, u.valid_from) s.id as site_id, u.valid_from as vintage, u.id as commune_id
      from admin_unit u
      join site s on st_covers(u.geom, s.geom)
     where u.level = 'commune' and (site_ids is null or s.id = any (site_ids))
     order by s.id, u.valid_from, u.code collate "C"
  )
  select c.site_id, c.commune_id, 'contains' as method, 0::double precision as distance_m from contained c
  union all
  select s.id, found.commune_id, found.method, found.distance_m
    from (select distinct valid_from as vintage from admin_unit where level = 'commune' and geom is not null) v
    cross join (select id, geom from site where site_ids is null or id = any (site_ids)) s
    cross join lateral commune_of_point(s.geom, v.vintage) found
   where not exists (select 1 from contained c where c.site_id = s.id and c.vintage = v.vintage);
  delete from site_commune sc
   where (site_ids is null or sc.site_id = any (site_ids))
     and not exists (select 1 from wanted_site_commune w where w.site_id = sc.site_id and w.commune_id = sc.commune_id);
  get diagnostics removed = row_count;
  insert into site_commune (site_id, commune_id, method, distance_m)
  select w.site_id, w.commune_id, w.method, w.distance_m from wanted_site_commune w
  on conflict (site_id, commune_id) do update set method = excluded.method, distance_m = excluded.distance_m
   where (site_commune.method, site_commune.distance_m) is distinct from (excluded.method, excluded.distance_m);
  get diagnostics written = row_count;
  drop table wanted_site_commune;
  return removed + written;
end $$;
comment on function assign_site_communes(bigint[]) is 'Recomputes the commune of each given site (null: all) under every vintage; returns how many assignments changed.';
