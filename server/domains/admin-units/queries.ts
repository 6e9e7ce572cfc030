import sql, { empty, join } from 'sql-template-tag';
import type { AdminUnit, Vintage } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';

/** Sets of communes in force together, oldest first. */
export function selectVintages(db: Queryable): Promise<Vintage[]> {
  return db.query<Vintage>(sql`
    select c.valid_from, max(c.valid_to) as valid_to, count(*) as communes,
           (select count(*) from admin_unit d where d.level = 'district' and is_valid_at(d.valid_from, d.valid_to, c.valid_from)) as districts
      from admin_unit c where c.level = 'commune'
     group by c.valid_from order by c.valid_from`);
}

/** The vintage in force on a day, or null. */
export async function selectOptionalVintage(db: Queryable, at: string): Promise<Vintage | null> {
  const vintages = await selectVintages(db);
  return (
    vintages.findLast((vintage) => vintage.valid_from <= at && (vintage.valid_to === null || at < vintage.valid_to)) ??
    null
  );
}

export interface UnitQuestion {
  at: string;
  level: AdminUnit['level'] | undefined;
  parent: string | undefined;
  q: string | undefined;
}

const unitColumns = sql`u.id, u.code, u.level, u.type, u.name, p.code as parent_code, p.name as parent_name,
  st_x(u.centre) as lon, st_y(u.centre) as lat,
  case when u.geom is not null then array[st_xmin(u.geom), st_ymin(u.geom), st_xmax(u.geom), st_ymax(u.geom)] end as bbox,
  round(u.area_km2::numeric, 3) as area_km2, stat.population, stat.year as population_year, u.valid_from, u.valid_to, u.synthetic`;

/** Units in force on a day, by accent-free text, level or parent, in Vietnamese alphabetical order. */
export async function selectUnitPage(
  db: Queryable,
  question: UnitQuestion,
  limit: number,
  after: [sortKey: string, id: number] | undefined,
): Promise<{ items: (AdminUnit & { sort_key: string })[]; matched: number }> {
  const conditions = [sql`is_valid_at(u.valid_from, u.valid_to, ${question.at}::date)`];
  if (question.level) conditions.push(sql`u.level = ${question.level}`);
  if (question.parent) conditions.push(sql`p.code = ${question.parent}`);
  if (question.q)
    conditions.push(
      sql`search_key(${question.q}::text) <> '' and u.search_key like '%' || search_key(${question.q}::text) || '%'`,
    );
  const where = join(conditions, ' and ');
  const [count] = await db.query<{ matched: number }>(sql`
    select count(*) as matched from admin_unit u left join admin_unit p on p.id = u.parent_id where ${where}`);
  const items = await db.query<AdminUnit & { sort_key: string }>(sql`
    select ${unitColumns}, u.sort_key
      from admin_unit u
      left join admin_unit p on p.id = u.parent_id
      left join lateral population_at(u.id, ${question.at}::date) stat on true
     where ${where} ${after ? sql`and (u.sort_key collate "C", u.id) > (${after[0]}::text, ${after[1]}::bigint)` : empty}
     order by u.sort_key collate "C", u.id limit ${limit}::int`);
  return { items, matched: count?.matched ?? 0 };
}

/** West, south, east, north of the boundaries in force on a day, in degrees; null when there are none. */
export async function selectOptionalBounds(
  db: Queryable,
  at: string,
): Promise<[number, number, number, number] | null> {
  const [row] = await db.query<{ bounds: [number, number, number, number] | null }>(sql`
    select case when count(*) > 0 then array[min(st_xmin(geom)), min(st_ymin(geom)), max(st_xmax(geom)), max(st_ymax(geom))] end as bounds
      from admin_unit where level = 'commune' and geom is not null and is_valid_at(valid_from, valid_to, ${at}::date)`);
  return row?.bounds ?? null;
}

/** Boundaries of units as GeoJSON text by id; units without one are left out. */
export async function selectUnitGeometries(
  db: Queryable,
  units: readonly { id: number }[],
): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; geometry: string }>(sql`
    select id, st_asgeojson(geom, 6) as geometry from admin_unit where geom is not null and id = any(${units.map(({ id }) => id)}::bigint[])`);
  return new Map(rows.map(({ id, geometry }) => [id, geometry]));
}
