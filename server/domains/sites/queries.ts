import sql, { empty, type Sql } from 'sql-template-tag';
import type { Counts, SiteDetail, SiteFilter, SiteItem } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { cellCondition, matchingStation, siteCondition } from './filter.ts';

/** Counts of sites, stations and cells that the filter keeps: three different counts. */
export async function selectCounts(db: Queryable, filter: SiteFilter): Promise<Counts & { synthetic: boolean }> {
  const [row] = await db.query<Counts & { synthetic: boolean }>(sql`
    with chosen as materialized (select s.id, s.synthetic from site s where ${siteCondition(filter)}),
    on_air as materialized (select t.id from chosen s join station t on t.site_id = s.id where ${matchingStation(filter)})
    select (select count(*) from chosen) as sites,
           (select count(*) from on_air) as stations,
           (select count(*) from on_air t join cell c on c.station_id = t.id where ${cellCondition(filter)}) as cells,
           coalesce((select bool_or(synthetic) from chosen), false) as synthetic`);
  return row ?? { sites: 0, stations: 0, cells: 0, synthetic: false };
}

/** Ids of the sites that the filter keeps. */
export function siteIdsQuery(filter: SiteFilter): Sql {
  return sql`select s.id from site s where ${siteCondition(filter)}`;
}

/**
 * Ids of the sites known on a day that the filter without any parameter does not show. Written so that the partial index
 * site_maybe_hidden answers it: it is asked at every new dataset revision.
 */
export function hiddenSiteIdsQuery(at: string): Sql {
  return sql`select s.id from site s
    where (s.status in ('planned', 'removed') or s.valid_to is not null) and s.valid_from <= ${at}::date
      and not (${siteCondition({ at })})`;
}

/** Columns of a list item, for the sites of `chosen` (alias s) as at a day. Stations and cells are those on air that day. */
function itemColumns(at: string): { select: Sql; from: Sql } {
  return {
    select: sql`s.id, s.code, s.name, st_x(s.geom) as lon, st_y(s.geom) as lat, s.address,
      place.commune_code, place.commune_name, place.district_code, place.district_name, s.environment,
      site_status_at(s.status, s.valid_to, ${at}::date) as status,
      coalesce(a.operators, '{}') as operators, coalesce(x.technologies, '{}') as technologies,
      coalesce(a.stations, 0) as stations, coalesce(x.cells, 0) as cells,
      m.class as mast_class, m.height_m as mast_height_m, a.certificate_expires, s.position_flag, s.synthetic`,
    from: sql`left join lateral (
        select p.* from site_commune sc join communes_at(${at}::date) p on p.commune_id = sc.commune_id where sc.site_id = s.id
      ) place on true
      left join lateral (
        select t.class, t.height_m from mast t where t.site_id = s.id order by t.height_m desc nulls last, t.mast_no limit 1
      ) m on true
      left join lateral (
        select array_agg(distinct o.code order by o.code) as operators, count(distinct t.id) as stations,
               min(last_certificate.expires) as certificate_expires
          from station t
          join operator o on o.id = t.operator_id
          left join lateral (
            select max(c.expires) as expires from station_certificate sc join certificate c on c.id = sc.certificate_id
             where sc.station_id = t.id and c.issued <= ${at}::date and c.status <> 'revoked'
          ) last_certificate on true
         where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
      ) a on true
      left join lateral (
        select array_agg(distinct c.technology order by c.technology) as technologies, count(*) as cells
          from station t join cell c on c.station_id = t.id
         where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
           and is_valid_at(c.valid_from, c.valid_to, ${at}::date)
      ) x on true`,
  };
}

/** A page of sites in order of code. @param after code of the last site of the page before */
export function selectSitePage(
  db: Queryable,
  filter: SiteFilter,
  limit: number,
  after: string | undefined,
): Promise<SiteItem[]> {
  const item = itemColumns(filter.at);
  return db.query<SiteItem>(sql`
    with chosen as materialized (
      select s.* from site s
       where ${siteCondition(filter)} ${after === undefined ? empty : sql`and s.code collate "C" > ${after}`}
       order by s.code collate "C" limit ${limit}::int
    )
    select ${item.select} from chosen s ${item.from} order by s.code collate "C"`);
}

type SiteDetailRow = Omit<
  SiteDetail,
  'lat_dms' | 'lon_dms' | 'vn2000_x_north_m' | 'vn2000_y_east_m' | 'vn2000_epsg' | 'at'
>;

/** Everything about one site as at a day, or null. */
export async function selectOptionalSite(db: Queryable, id: number, at: string): Promise<SiteDetailRow | null> {
  const item = itemColumns(at);
  const [row] = await db.query<SiteDetailRow>(sql`
    with chosen as (select * from site where id = ${id})
    select ${item.select}, s.version, s.position_method, s.accuracy_m, s.valid_from, s.valid_to, s.source,
      (select coalesce(jsonb_agg(jsonb_build_object('mast_no', m.mast_no, 'class', m.class, 'height_m', m.height_m,
          'on_building', m.on_building, 'building_height_m', m.building_height_m, 'owner', m.owner,
          'permit_no', m.permit_no, 'permit_date', m.permit_date) order by m.mast_no), '[]')
         from mast m where m.site_id = s.id) as masts,
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'operator', o.code, 'operator_name', o.name,
          'operator_code', t.operator_code, 'mast_no', m.mast_no, 'bts_class', t.bts_class, 'equipment', t.equipment,
          'commissioned', t.commissioned, 'decommissioned', t.decommissioned,
          'cells', ${cellsOf(at)}, 'certificates', ${certificatesOf(at)}) order by o.code, t.operator_code), '[]')
         from station t join operator o on o.id = t.operator_id left join mast m on m.id = t.mast_id
        where t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)) as station_details,
      (select coalesce(jsonb_agg(jsonb_build_object('inspected_on', i.inspected_on, 'officer', i.officer,
          'finding', i.finding, 'measures', i.measures) order by i.inspected_on desc, i.id desc), '[]')
         from inspection i where i.site_id = s.id and i.inspected_on <= ${at}::date) as inspections
    from chosen s ${item.from}`);
  return row ?? null;
}

const cellsOf = (
  at: string,
): Sql => sql`(select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'cell_code', c.cell_code,
    'technology', c.technology, 'band_mhz', c.band_mhz, 'azimuth_deg', c.azimuth_deg, 'antenna_height_m', c.antenna_height_m,
    'tilt_deg', c.tilt_deg, 'gain_dbi', c.gain_dbi, 'power_w', c.power_w, 'eirp_dbm', c.eirp_dbm,
    'beamwidth_deg', c.beamwidth_deg, 'value_source', c.value_source) order by c.technology, c.band_mhz, c.azimuth_deg, c.id), '[]')
  from cell c where c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${at}::date))`;

const certificatesOf = (
  at: string,
): Sql => sql`(select coalesce(jsonb_agg(jsonb_build_object('no', f.no, 'issuer', f.issuer,
    'issued', f.issued, 'expires', f.expires, 'days_left', f.expires - ${at}::date,
    'state', case when f.expires <= ${at}::date then 'expired' when f.expires - ${at}::date <= 60 then 'due' else 'valid' end,
    'shared', (select count(*) > 1 from station_certificate other where other.certificate_id = f.id)) order by f.issued desc), '[]')
  from station_certificate sc join certificate f on f.id = sc.certificate_id
 where sc.station_id = t.id and f.issued <= ${at}::date and f.status <> 'revoked')`;
