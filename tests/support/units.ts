import sql from 'sql-template-tag';
import type { Queryable } from '../../server/platform/db/db.ts';

/** A made-up unit; its polygon is a box of west, south, east, north. */
export interface MadeUnit {
  level?: 'province' | 'district' | 'commune';
  code: string;
  name?: string;
  parentId?: number;
  box?: [west: number, south: number, east: number, north: number];
  validFrom?: string;
  validTo?: string | null;
}

/** Puts a unit into the inventory and returns its id. */
export async function insertUnit(db: Queryable, unit: MadeUnit): Promise<number> {
  const {
    level = 'commune',
    code,
    name = `Xã ${code}`,
    parentId = null,
    box,
    validFrom = '2007-04-09',
    validTo = null,
  } = unit;
  const [west, south, east, north] = box ?? [null, null, null, null];
  const [row] = await db.query<{ id: number }>(sql`
    insert into admin_unit (level, code, name, search_key, sort_key, parent_id, geom, centre, area_km2, valid_from, valid_to)
    select ${level}, ${code}, ${name}, search_key(${name}), sort_key(${name}), ${parentId}::bigint, shape, st_centroid(shape),
           st_area(shape::geography) / 1e6, ${validFrom}::date, ${validTo}::date
      from (select st_multi(st_forcepolygonccw(st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326))) as shape) s
    returning id`);
  if (!row) throw new Error('not inserted');
  return row.id;
}
