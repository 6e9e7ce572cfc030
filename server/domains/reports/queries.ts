import sql, { type Sql } from 'sql-template-tag';
import type { SiteFilter, Summary } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { siteCondition } from '../sites/index.ts';

/** Sites in service on a day with their stations and cells on air: one row a site, counted once. */
const countedSites = (filter: SiteFilter): Sql => sql`
  select s.id,
         (select count(*) from station t where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${filter.at}::date)) as stations,
         (select count(*) from station t join cell c on c.station_id = t.id
           where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${filter.at}::date)
             and is_valid_at(c.valid_from, c.valid_to, ${filter.at}::date)) as cells
    from site s where ${siteCondition(filter)}`;

const sums = sql`count(k.id) as sites, coalesce(sum(k.stations), 0) as stations, coalesce(sum(k.cells), 0) as cells`;
const outside = 'Ngoài địa giới / Outside';

/** Counts of the inventory as at a day by the communes in force on another (`vintage`, usually the same); a last group takes the sites in none of them, so that sums are equal everywhere. */
export function selectCountsByCommune(db: Queryable, at: string, vintage: string): Promise<Summary['by_commune']> {
  return db.query(sql`
    with counted as materialized (${countedSites({ at })}),
    placed as (
      select k.*, p.commune_id from counted k
        left join lateral (select sc.commune_id from site_commune sc join communes_at(${vintage}::date) p on p.commune_id = sc.commune_id where sc.site_id = k.id) p on true
    )
    (select p.commune_code as code, p.commune_name as name, p.district_code as parent_code, ${sums}
       from communes_at(${vintage}::date) p join admin_unit u on u.id = p.commune_id left join placed k on k.commune_id = p.commune_id
      group by p.commune_code, p.commune_name, p.district_code, u.sort_key order by u.sort_key collate "C")
    union all
    (select null, ${outside}, null, ${sums} from placed k where k.commune_id is null having count(*) > 0)`);
}

/** Counts by district: of the districts in force on a day, else of the last that were, by the communes of their vintage. */
export function selectCountsByDistrict(db: Queryable, at: string): Promise<Summary['by_district']> {
  return db.query(sql`
    with counted as materialized (${countedSites({ at })}),
    district as materialized (select d.id, d.code, d.name, d.sort_key, p.code as parent_code from districts_at(${at}::date) d left join admin_unit p on p.id = d.parent_id),
    placed as (
      select k.*, p.district_id from counted k
        left join lateral (select d.id as district_id from site_commune sc join admin_unit c on c.id = sc.commune_id join district d on d.id = c.parent_id where sc.site_id = k.id) p on true
    )
    (select d.code, d.name, d.parent_code, ${sums} from district d left join placed k on k.district_id = d.id
      group by d.code, d.name, d.parent_code, d.sort_key order by d.sort_key collate "C")
    union all
    (select null, ${outside}, null, ${sums} from placed k where k.district_id is null having count(*) > 0)`);
}

/** Sites (with at least one station of it), stations and cells of each operator. Sites of shared masts count for each. */
export function selectCountsByOperator(db: Queryable, at: string): Promise<Summary['by_operator']> {
  return db.query(sql`
    select o.code, o.name, count(distinct s.id) as sites, count(distinct t.id) as stations, count(c.id) as cells
      from site s
      join station t on t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
      join operator o on o.id = t.operator_id
      left join cell c on c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${at}::date)
     where ${siteCondition({ at })}
     group by o.id order by stations desc, o.code`);
}

/** Sites, stations and cells with each technology. */
export function selectCountsByTechnology(db: Queryable, at: string): Promise<Summary['by_technology']> {
  return db.query(sql`
    select c.technology as code, c.technology as name, count(distinct s.id) as sites, count(distinct t.id) as stations, count(*) as cells
      from site s
      join station t on t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
      join cell c on c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${at}::date)
     where ${siteCondition({ at })}
     group by c.technology order by c.technology`);
}

/** Figures of the yearly report for the province: the latest year not after the day, with figures computed from the agencies. */
export function selectIndicators(db: Queryable, at: string): Promise<Summary['indicators']> {
  return db.query(sql`
    with year as (select max(year) as year from indicator_value where make_date(year, 12, 31) <= ${at}::date)
    select v.indicator, v.value, v.text_value, v.unit_of_measure, v.year, v.kind, v.source
      from indicator_value v join year using (year) join admin_unit u on u.id = v.unit_id and u.level = 'province'
    union all
    select 'state_agencies_with_lan_and_adsl.connected',
           count(*) filter (where lan_from <= ${at}::date and broadband_from <= ${at}::date), null, 'agency', extract(year from ${at}::date)::integer, 'computed', 'agency'
      from agency where kind = 'state' having count(*) > 0
    union all
    select 'state_agencies_with_lan_and_adsl.total', count(*), null, 'agency', extract(year from ${at}::date)::integer, 'computed', 'agency'
      from agency where kind = 'state' having count(*) > 0
     order by indicator, kind`);
}
