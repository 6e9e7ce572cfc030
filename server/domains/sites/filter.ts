import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { SiteFilter } from '../../contract/index.ts';

/**
 * The one place where the shared filter becomes SQL. Lists, counts, tiles and exports all use it: that is what makes
 * "rows = map count" true. Every fragment assumes the aliases it names: `s` site, `t` station, `c` cell.
 */

/** Stations `t` on air at the date that the filter's operator and certificate state keep. */
export function stationCondition(filter: SiteFilter): Sql {
  const conditions = [sql`is_valid_at(t.commissioned, t.decommissioned, ${filter.at}::date)`];
  if (filter.operator) conditions.push(sql`t.operator_id = (select id from operator where code = ${filter.operator})`);
  if (filter.certificate) conditions.push(sql`certificate_state(t.id, ${filter.at}::date) = ${filter.certificate}`);
  return join(conditions, ' and ');
}

/** Cells `c` on air at the date that the filter's technology and band keep. */
export function cellCondition(filter: SiteFilter): Sql {
  const conditions = [sql`is_valid_at(c.valid_from, c.valid_to, ${filter.at}::date)`];
  if (filter.technology) conditions.push(sql`c.technology = ${filter.technology}`);
  if (filter.band !== undefined) conditions.push(sql`c.band_mhz = ${filter.band}::float8`);
  return join(conditions, ' and ');
}

const namesCells = (filter: SiteFilter): boolean => filter.technology !== undefined || filter.band !== undefined;
const namesStations = (filter: SiteFilter): boolean =>
  filter.operator !== undefined || filter.certificate !== undefined || namesCells(filter);

/** Stations `t` that the filter keeps: on air, and with a matching cell when the filter names technology or band. */
export function matchingStation(filter: SiteFilter): Sql {
  const withCell = namesCells(filter)
    ? sql` and exists (select 1 from cell c where c.station_id = t.id and ${cellCondition(filter)})`
    : empty;
  return sql`${stationCondition(filter)}${withCell}`;
}

function statusCondition(filter: SiteFilter): Sql {
  switch (filter.status) {
    case undefined:
      return sql`is_valid_at(s.valid_from, s.valid_to, ${filter.at}::date) and site_status_at(s.status, s.valid_to, ${filter.at}::date) in ('active', 'suspended')`;
    case 'removed':
      return sql`s.valid_from <= ${filter.at}::date and site_status_at(s.status, s.valid_to, ${filter.at}::date) = 'removed'`;
    default:
      return sql`is_valid_at(s.valid_from, s.valid_to, ${filter.at}::date) and site_status_at(s.status, s.valid_to, ${filter.at}::date) = ${filter.status}`;
  }
}

/** True when only the date and the default status choose the sites. */
export function isUnfiltered(filter: SiteFilter): boolean {
  return Object.entries(filter).every(([name, value]) => name === 'at' || value === undefined);
}

/** Condition on `s` (site) of the whole shared filter. */
export function siteCondition(filter: SiteFilter): Sql {
  const conditions = [statusCondition(filter)];
  if (filter.district) {
    conditions.push(sql`exists (select 1 from site_commune sc join admin_unit u on u.id = sc.commune_id
      where sc.site_id = s.id and u.parent_id = (select d.id from district_of_code(${filter.district}, ${filter.at}::date) d))`);
  }
  if (filter.commune) {
    conditions.push(sql`exists (select 1 from site_commune sc join admin_unit u on u.id = sc.commune_id
      where sc.site_id = s.id and u.code = ${filter.commune} and is_valid_at(u.valid_from, u.valid_to, ${filter.at}::date))`);
  }
  if (namesStations(filter))
    conditions.push(sql`exists (select 1 from station t where t.site_id = s.id and ${matchingStation(filter)})`);
  if (filter.mast_class)
    conditions.push(sql`exists (select 1 from mast m where m.site_id = s.id and m.class = ${filter.mast_class})`);
  if (filter.bbox) {
    const [west, south, east, north] = filter.bbox;
    conditions.push(
      sql`s.geom && st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`,
    );
  }
  // search_key folds % and _ to spaces, so that they are never wildcards.
  if (filter.q)
    conditions.push(
      sql`search_key(${filter.q}::text) <> '' and s.search_key like '%' || search_key(${filter.q}::text) || '%'`,
    );
  return join(conditions, ' and ');
}
