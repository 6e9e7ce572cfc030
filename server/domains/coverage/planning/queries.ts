/** What planning reads. It writes nothing but scenarios, which have queries of their own. */
import sql from 'sql-template-tag';
import type { RadioPath, Technology } from '../../../contract/index.ts';
import type { Queryable } from '../../../platform/db/db.ts';
import { communeCondition } from '../queries.ts';
import type { PackedLayer, StoredLevels } from './planning-types.ts';
import type { PlanningSite } from './rules/planning-ground.ts';

/** Revision of the last change to anything that levels and figures are made from. */
export async function selectGroundRevision(db: Queryable): Promise<number> {
  const [row] = await db.query<{ revision: number }>(sql`
    select coalesce(max(revision), 0) as revision from change_log
     where table_name in ('site', 'mast', 'station', 'cell', 'operator', 'admin_unit', 'admin_stat', 'raster_tile', 'habitable_area')`);
  return row?.revision ?? 0;
}

/** Sites known on a day that are not removed: on air, planned, or suspended, with who is on air there. */
export function selectPlanningSites(db: Queryable, at: string): Promise<PlanningSite[]> {
  return db.query<PlanningSite>(sql`
    select s.id as site_id, s.code, st_x(s.geom) as lon, st_y(s.geom) as lat, s.environment,
           (select max(m.height_m + case when m.on_building then coalesce(m.building_height_m, 0) else 0 end)
              from mast m where m.site_id = s.id) as mast_height_m,
           s.position_flag is null as position_trusted,
           coalesce((select array_agg(distinct t.operator_id order by t.operator_id) from station t
              where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)), '{}') as operator_ids
      from site s
     where is_valid_at(s.valid_from, s.valid_to, ${at}::date)
       and site_status_at(s.status, s.valid_to, ${at}::date) in ('active', 'planned', 'suspended')
     order by s.id`);
}

/** Site and code of the cells on air on a day. */
export async function selectCellPlaces(
  db: Queryable,
  at: string,
): Promise<{ siteOf: Map<number, number>; codes: Map<number, string> }> {
  const rows = await db.query<{ id: number; site_id: number; cell_code: string }>(sql`
    select c.id, t.site_id, c.cell_code from station t
      join cell c on c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${at}::date)
     where is_valid_at(t.commissioned, t.decommissioned, ${at}::date)`);
  return {
    siteOf: new Map(rows.map(({ id, site_id }) => [id, site_id])),
    codes: new Map(rows.map(({ id, cell_code }) => [id, cell_code])),
  };
}

export function selectOperatorCodes(db: Queryable): Promise<{ operator_id: number; code: string }[]> {
  return db.query(sql`select id as operator_id, code from operator order by id`);
}

/** Names of the communes in force on a day, by id. */
export async function selectCommuneNames(db: Queryable, at: string): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; name: string }>(sql`
    select u.id, u.name from admin_unit u where ${communeCondition({ at, district: undefined })}`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Communes of a district, by its last boundary once it is abolished; null when there never was such a district. */
export async function selectOptionalDistrictCommunes(
  db: Queryable,
  at: string,
  district: string,
): Promise<number[] | null> {
  const [row] = await db.query<{ known: boolean; ids: number[] }>(sql`
    select exists (select 1 from district_of_code(${district}, ${at}::date)) as known,
           array(select u.id from admin_unit u where ${communeCondition({ at, district })} order by u.id) as ids`);
  return row?.known ? row.ids : null;
}

/** Levels of one technology of the latest run on a basis, packed; null when there is no such run. */
export async function selectOptionalStoredLevels(
  db: Queryable,
  basis: string,
  technology: Technology,
): Promise<StoredLevels | null> {
  const [run] = await db.query<{ id: number }>(sql`
    select r.id from coverage_run r where r.status = 'done' and r.grid ->> 'basis' = ${basis} order by r.id desc limit 1`);
  if (!run) return null;
  const layers = await db.query<PackedLayer>(sql`
    select operator_id, technology, band_mhz, base_dbm, step_db, cell_ids, levels, servers from coverage_level
     where run_id = ${run.id} and technology = ${technology} order by operator_id, band_mhz`);
  const [cells] = await db.query<{ ids: number[]; signatures: string[] }>(sql`
    select coalesce(array_agg(c.cell_id order by c.cell_id), '{}') as ids, coalesce(jsonb_agg(c.signature order by c.cell_id), '[]') as signatures
      from coverage_cell c where c.run_id = ${run.id} and c.technology = ${technology} and c.used`);
  return { layers, signatures: new Map(cells?.ids.map((id, i) => [id, cells.signatures[i] ?? ''])) };
}

/** What lies nearest to a point; metres, geodesic. */
export interface Nearest {
  mast_m: number | null;
  fibre_m: number | null;
  fibre_code: string | null;
}

/** The nearest mast in service, suspended or planned, and the nearest fibre node or span in service on the day, of each point in the order given. */
export function selectNearest(
  db: Queryable,
  at: string,
  points: readonly { lon: number; lat: number }[],
): Promise<Nearest[]> {
  return db.query<Nearest>(sql`
    select mast.distance_m as mast_m, fibre.distance_m as fibre_m, fibre.code as fibre_code
      from (select (p.value ->> 'lon')::float8 as lon, (p.value ->> 'lat')::float8 as lat, p.ordinality as no
              from jsonb_array_elements(${JSON.stringify(points)}::jsonb) with ordinality p) q
      cross join lateral (select st_setsrid(st_makepoint(q.lon, q.lat), 4326) as geom) p
      left join lateral nearest_site(p.geom, ${at}::date, array['planned', 'active', 'suspended']) mast on true
      left join lateral (
        select near.code, near.distance_m
          from (select code, distance_m from nearest_fibre_node(p.geom, ${at}::date)
                union all
                select code, distance_m from nearest_fibre_span(p.geom, ${at}::date)) near
         order by near.distance_m, near.code limit 1
      ) fibre on true
     order by q.no`);
}

/** Codes of sites by id. */
export async function selectSiteCodes(db: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; code: string }>(
    sql`select id, code from site where id = any(${[...ids]}::bigint[])`,
  );
  return new Map(rows.map(({ id, code }) => [id, code]));
}

/** The site at the other end of a path. */
export async function selectOptionalPathSite(db: Queryable, id: number): Promise<RadioPath['site'] | null> {
  const [row] = await db.query<RadioPath['site']>(
    sql`select id, code, name, st_x(geom) as lon, st_y(geom) as lat from site where id = ${id}`,
  );
  return row ?? null;
}
