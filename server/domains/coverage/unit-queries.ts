/** SQL of coverage summed over the communes of districts and provinces. */
import sql from 'sql-template-tag';
import type { UnitCoverage } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { type CoverageQuestion, scopeCondition } from './queries.ts';

/** Since when the districts shown on a day are no more; null while they are in force. */
export async function selectDistrictsEnded(db: Queryable, at: string): Promise<string | null> {
  const [row] = await db.query<{ ended: string | null }>(sql`
    select max(d.valid_to) filter (where not is_valid_at(d.valid_from, d.valid_to, ${at}::date)) as ended from districts_at(${at}::date) d`);
  return row?.ended ?? null;
}

/**
 * Districts or provinces of a day with the sums over their communes whose status is known. Where there are no districts any
 * more the last ones are given, and a commune belongs to the one that contains its centre.
 */
export function selectUnitCoverage(
  db: Queryable,
  { at, operator, technology, scope }: Omit<CoverageQuestion, 'district'>,
  level: UnitCoverage['level'],
  runId: number | null,
): Promise<UnitCoverage[]> {
  return db.query<UnitCoverage>(sql`
    with unit as (
      select d.id, d.code, d.name, d.level, d.sort_key, d.geom, is_valid_at(d.valid_from, d.valid_to, ${at}::date) as in_force
        from districts_at(${at}::date) d where ${level} = 'district'
      union all
      select p.id, p.code, p.name, p.level, p.sort_key, p.geom, true
        from admin_unit p where ${level} = 'province' and p.level = 'province' and is_valid_at(p.valid_from, p.valid_to, ${at}::date)
    ),
    commune as (
      select u.id, u.parent_id, d.parent_id as grandparent_id, u.centre, coalesce(c.status, 'unknown') as status, c.population, c.people_covered,
             coalesce(c.people_at_least, c.people_covered) as people_at_least, coalesce(c.area_at_least_km2, c.area_covered_km2) as area_at_least_km2,
             c.people_low, c.people_high, c.area_km2, c.area_covered_km2, c.area_low_km2, c.area_high_km2, c.centre_covered
        from admin_unit u
        left join admin_unit d on d.id = u.parent_id
        left join coverage_commune c on c.commune_id = u.id and c.run_id = ${runId}::bigint and c.technology = ${technology}
             and c.scope = ${scope} and c.${scopeCondition(operator)}
       where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
    ),
    summed as (
      select unit.id, count(c.id) as communes, count(c.id) filter (where c.status = 'unknown') as communes_unknown,
             count(*) filter (where c.status = 'covered') as communes_covered,
             count(*) filter (where c.status <> 'unknown' and c.centre_covered) as communes_centre_covered,
             coalesce(sum(c.population) filter (where c.status <> 'unknown'), 0) as population,
             coalesce(sum(c.people_covered) filter (where c.status <> 'unknown'), 0) as people_covered,
             coalesce(sum(c.people_low) filter (where c.status <> 'unknown'), 0) as people_low,
             coalesce(sum(c.people_high) filter (where c.status <> 'unknown'), 0) as people_high,
             coalesce(sum(c.area_km2) filter (where c.status <> 'unknown'), 0) as area_km2,
             coalesce(sum(c.area_covered_km2) filter (where c.status <> 'unknown'), 0) as area_covered_km2,
             coalesce(sum(c.area_low_km2) filter (where c.status <> 'unknown'), 0) as area_low_km2,
             coalesce(sum(c.area_high_km2) filter (where c.status <> 'unknown'), 0) as area_high_km2,
             coalesce(sum(c.people_at_least), 0) as people_at_least, coalesce(sum(c.area_at_least_km2), 0) as area_at_least_km2
        from unit left join commune c
          on unit.id in (c.parent_id, c.grandparent_id)
          or (not unit.in_force and st_covers(unit.geom, c.centre))
       group by unit.id
    )
    select unit.id, unit.code, unit.name, unit.level, s.population, s.people_covered, s.people_low, s.people_high,
           case when s.population > 0 then least(100, 100.0 * s.people_covered / s.population)::float8 end as pct_pop, s.area_km2, s.area_covered_km2, s.area_low_km2,
           s.area_high_km2, case when s.area_km2 > 0 then least(100, 100 * s.area_covered_km2 / s.area_km2) end as pct_area, s.communes, s.communes_covered,
           s.communes_centre_covered, s.communes_unknown, s.people_at_least, s.area_at_least_km2
      from unit join summed s on s.id = unit.id
     order by unit.sort_key collate "C", unit.id`);
}
