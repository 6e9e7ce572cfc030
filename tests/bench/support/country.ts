/**
 * A synthetic country of any number of sites for the figures on large inventories: 62 % of the sites around 24 cities
 * (normal spread of 2 to 12 km, weighted by size), 38 % along a curved band 1,650 km long, in a box like Vietnam's. Every
 * site has one mast and 1.25 stations on average, every station two cells, every second station a certificate.
 * Communes are squares of 0.06°, districts squares of 0.3°. The same in every run. Nothing in it is a real position.
 */
import sql, { raw } from 'sql-template-tag';
import type { Db } from '../../../server/platform/db/db.ts';

/** Longitude, latitude, weight, spread in degrees. */
const CITIES = [
  [105.84, 21.02, 95, 0.07],
  [106.68, 10.78, 110, 0.08],
  [106.68, 20.85, 22, 0.05],
  [108.21, 16.06, 16, 0.04],
  [105.77, 10.03, 15, 0.05],
  [106.85, 10.95, 24, 0.05],
  [106.65, 11.02, 24, 0.05],
  [109.19, 12.24, 9, 0.03],
  [107.59, 16.46, 8, 0.03],
  [105.68, 18.68, 9, 0.03],
  [105.78, 19.81, 10, 0.04],
  [106.34, 20.45, 9, 0.03],
  [106.18, 21.19, 12, 0.04],
  [105.85, 21.59, 9, 0.03],
  [107.08, 20.95, 8, 0.03],
  [105.4, 21.32, 7, 0.03],
  [109.23, 13.78, 7, 0.03],
  [108.05, 12.67, 8, 0.03],
  [108.44, 11.94, 7, 0.03],
  [107.08, 10.35, 9, 0.03],
  [105.44, 10.37, 7, 0.03],
  [105.08, 10.01, 6, 0.03],
  [105.15, 9.18, 5, 0.03],
  [103.02, 21.39, 3, 0.02],
] as const; // prettier-ignore

/** The middle of the rural band, north to south. */
const SPINE = [
  [104.6, 22.3],
  [105.6, 21.3],
  [105.9, 20.3],
  [105.6, 19.2],
  [106.2, 17.8],
  [107.4, 16.4],
  [108.3, 15.1],
  [108.4, 13.6],
  [108.3, 12.2],
  [107.0, 11.2],
  [105.9, 10.2],
  [105.3, 9.4],
] as const; // prettier-ignore

const OPERATORS = ['BENCH_A', 'BENCH_B', 'BENCH_C', 'BENCH_D', 'BENCH_E'];

const pointsSql = (sites: number): string => `
create unlogged table bench_point as
with city as (
  select c.*, sum(weight) over (order by n) as upper, sum(weight) over () as total
    from unnest(array[${CITIES.map((c) => c[0]).join()}]::float8[], array[${CITIES.map((c) => c[1]).join()}]::float8[],
                array[${CITIES.map((c) => c[2]).join()}]::float8[], array[${CITIES.map((c) => c[3]).join()}]::float8[]) with ordinality as c (lon, lat, weight, spread, n)
), spine as (
  select n, lon, lat, lead(lon) over (order by n) as lon2, lead(lat) over (order by n) as lat2
    from unnest(array[${SPINE.map((p) => p[0]).join()}]::float8[], array[${SPINE.map((p) => p[1]).join()}]::float8[]) with ordinality as p (lon, lat, n)
), draw as materialized (
  select i, random() as kind, random() as a, random() as b,
         sqrt(-2 * ln(1 - random())) as radius, 2 * pi() * random() as angle, random() as c, random() as d, random() as e
    from generate_series(1, ${sites}) i
), placed as (
  select d.i, d.a, d.b, d.c, d.d, d.e,
         case when d.kind < 0.62 then t.lon + t.spread * d.radius * cos(d.angle) else s.lon + (s.lon2 - s.lon) * d.b + 0.35 * d.radius * cos(d.angle) end as lon,
         case when d.kind < 0.62 then t.lat + t.spread * d.radius * sin(d.angle) else s.lat + (s.lat2 - s.lat) * d.b + 0.25 * d.radius * sin(d.angle) end as lat,
         d.kind < 0.62 as in_city
    from draw d
    left join city t on d.kind < 0.62 and d.a * t.total >= t.upper - t.weight and d.a * t.total < t.upper
    left join spine s on d.kind >= 0.62 and s.n = 1 + floor(d.a * ${SPINE.length - 1}) 
)
select i, a, b, c, d, e, in_city, round(lon::numeric, 6)::float8 as lon, round(lat::numeric, 6)::float8 as lat,
       floor(lon / 0.06)::int as commune_x, floor(lat / 0.06)::int as commune_y
  from placed`;

const unitsSql = `
insert into operator (code, name, valid_from) select code, code, '1995-01-01' from unnest(array['${OPERATORS.join("','")}']) code;
insert into admin_unit (code, level, type, name, search_key, sort_key, geom, centre, area_km2, valid_from, synthetic)
select 'BENCH', 'province', 'Tỉnh', 'Tỉnh thử tải', 'tinh thu tai', 'tinh thu tai', null, null, null, '2000-01-01', true;
insert into admin_unit (code, level, type, name, search_key, sort_key, parent_id, geom, centre, area_km2, valid_from, synthetic)
select 'D' || x || '.' || y, 'district', 'Huyện', 'Huyện ' || x || '.' || y, 'huyen ' || x || ' ' || y, 'huyen ' || x || ' ' || y,
       (select id from admin_unit where code = 'BENCH'), st_forcepolygonccw(st_multi(box)), st_centroid(box), st_area(box::geography) / 1e6, '2000-01-01', true
  from (select x, y, st_makeenvelope(x * 0.3, y * 0.3, (x + 1) * 0.3, (y + 1) * 0.3, 4326) as box
          from (select distinct floor(commune_x / 5.0)::int as x, floor(commune_y / 5.0)::int as y from bench_point) d) b;
insert into admin_unit (code, level, type, name, search_key, sort_key, parent_id, geom, centre, area_km2, valid_from, synthetic)
select 'C' || x || '.' || y, 'commune', 'Xã', 'Xã ' || x || '.' || y, 'xa ' || x || ' ' || y, 'xa ' || x || ' ' || y, d.id,
       st_forcepolygonccw(st_multi(box)), st_centroid(box), st_area(box::geography) / 1e6, '2000-01-01', true
  from (select x, y, 'D' || floor(x / 5.0)::int || '.' || floor(y / 5.0)::int as district, st_makeenvelope(x * 0.06, y * 0.06, (x + 1) * 0.06, (y + 1) * 0.06, 4326) as box
          from (select distinct commune_x as x, commune_y as y from bench_point) c) b
  join admin_unit d on d.level = 'district' and d.code = b.district`;

const sitesSql = `
insert into site (code, name, geom, position_method, address, environment, status, valid_from, valid_to, search_key, source, synthetic)
select 'B' || lpad(i::text, 7, '0'), (array['Trạm Bình Minh','Trạm Đông Hải','Trạm Tân Lập','Trạm Phú Lộc','Trạm Hùng Sơn'])[1 + floor(c * 5)::int] || ' ' || i,
       st_setsrid(st_makepoint(lon, lat), 4326), 'declared', '', case when in_city then 'urban' else 'rural' end,
       case when d < 0.01 then 'planned' when d < 0.02 then 'removed' when d < 0.03 then 'suspended' else 'active' end,
       date '2004-01-01' + (floor(a * 1000)::int * 7 % 7000), case when d >= 0.01 and d < 0.02 then date '2024-06-01' end,
       'b' || lpad(i::text, 7, '0') || ' ' || (array['tram binh minh','tram dong hai','tram tan lap','tram phu loc','tram hung son'])[1 + floor(c * 5)::int] || ' ' || i,
       'benchmark', true
  from bench_point order by i;
create unlogged table bench_site as select s.id, p.* from bench_point p join site s on s.code = 'B' || lpad(p.i::text, 7, '0');
insert into site_commune (site_id, commune_id, method)
select p.id, u.id, 'contains' from bench_site p join admin_unit u on u.level = 'commune' and u.code = 'C' || p.commune_x || '.' || p.commune_y;
insert into mast (site_id, class, height_m, synthetic)
select id, (array['A1a','A1b','A2a','A2b','A2c'])[1 + floor(b * 5)::int], 15 + floor(c * 55), true from bench_site`;

const stationsSql = `
insert into station (site_id, mast_id, operator_id, operator_code, bts_class, commissioned, synthetic)
select p.id, m.id, o.id, 'B' || p.i || '-' || nth, 1, date '2005-01-01' + (floor(e * 1000)::int * 7 % 7000), true
  from bench_site p
  join mast m on m.site_id = p.id
  cross join generate_series(1, 2) nth
  join operator o on o.code = (array['${OPERATORS.join("','")}'])[1 + (floor(d * 5000)::int + nth) % 5]
 where nth = 1 or p.e < 0.25;
insert into cell (station_id, cell_code, technology, band_mhz, antenna_height_m, value_source, valid_from, synthetic)
select t.id, x.technology, x.technology, x.band, 30, 'reported', t.commissioned, true
  from station t
  cross join lateral (values ((array['2G','3G','4G'])[1 + t.id::int % 3], (array[900,2100,1800])[1 + t.id::int % 3]),
                             ((array['3G','4G','5G'])[1 + t.id::int % 3], (array[2100,1800,3500])[1 + t.id::int % 3])) x (technology, band);
insert into certificate (no, issuer, issued, expires, status)
select 'B-' || t.id, 'benchmark', date '2019-01-01' + (t.id::int % 2500), date '2024-01-01' + (t.id::int % 2500), 'valid' from station t where t.id % 2 = 0;
insert into station_certificate (station_id, certificate_id) select t.id, c.id from station t join certificate c on c.no = 'B-' || t.id`;

const FILLED = ['site', 'site_commune', 'mast', 'station', 'cell', 'certificate', 'station_certificate'];

/** Fills an empty, migrated database on PostgreSQL. Triggers are off meanwhile and indexes made afterwards, for speed. */
export async function fillCountry(db: Db, sites: number): Promise<void> {
  const indexes = await db.query<{ name: string; definition: string }>(sql`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any (${FILLED}::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = indexrelid)`);
  await db.transaction(
    async (tx) => {
      await tx.script('set local session_replication_role = replica; select setseed(0.42)');
      await tx.script('set local max_parallel_workers_per_gather = 0');
      for (const { name } of indexes) await tx.query(sql`drop index ${raw(name)}`);
      await tx.script(pointsSql(sites));
      await tx.script(unitsSql);
      await tx.script(sitesSql);
      await tx.script(stationsSql);
      for (const { definition } of indexes) await tx.query(raw(definition));
      await tx.script('drop table bench_site; drop table bench_point; select bump_revision()');
    },
    { statementTimeout: 0 },
  );
  await db.transaction((tx) => tx.script('analyze'), { statementTimeout: 0 });
}
