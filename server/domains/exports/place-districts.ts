import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';

/**
 * Names of the districts that commune centres or sites lie in on a day: of the districts in force, else of those that were last
 * (inspectors still work by them). A place outside all of them has none.
 * @param ids communes (`admin_unit`) or sites
 */
export async function selectPlaceDistricts(
  db: Queryable,
  level: 'commune' | 'site',
  ids: readonly number[],
  at: string,
): Promise<Map<number, string>> {
  const places =
    level === 'commune'
      ? sql`select u.id, u.parent_id, u.centre as geom from admin_unit u where u.id = any(${ids}::bigint[])`
      : sql`select s.id, c.parent_id, s.geom from site s
              left join site_commune sc on sc.site_id = s.id
              left join admin_unit c on c.id = sc.commune_id
             where s.id = any(${ids}::bigint[])`;
  const rows = await db.query<{ id: number; name: string }>(sql`
    with district as materialized (select * from districts_at(${at}::date)), place as (${places})
    select distinct on (p.id) p.id, d.name
      from place p join district d on d.id = p.parent_id or st_covers(d.geom, p.geom)
     order by p.id, (d.id = p.parent_id) is true desc, d.code collate "C"`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
