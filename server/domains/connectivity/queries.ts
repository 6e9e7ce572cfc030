import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { FibreNodeRow, FibreSpanRow } from './rules/network-graph.ts';

/** A fibre node this near to a centre serves it when no node names the centre by code, metres. */
export const SERVING_DISTANCE_M = 1_000;

export function selectNetworkNodes(db: Queryable): Promise<FibreNodeRow[]> {
  return db.query<FibreNodeRow>(sql`
    select id, code, kind, serves_unit_code, st_x(geom) as lon, st_y(geom) as lat
      from fibre_node where status <> 'decommissioned' order by id`);
}

export interface SpanRow extends FibreSpanRow {
  label: string;
  synthetic: boolean;
}

/** Spans in force on a day; `label` names the span for people. */
export function selectNetworkSpans(db: Queryable, at: string): Promise<SpanRow[]> {
  return db.query<SpanRow>(sql`
    select s.id, s.start_node_id, s.end_node_id, s.length_m, s.route_group, s.status, s.synthetic,
           coalesce(nullif(s.name, ''), coalesce(nullif(a.name, ''), a.code) || ' – ' || coalesce(nullif(b.name, ''), b.code)) as label
      from fibre_span s join fibre_node a on a.id = s.start_node_id join fibre_node b on b.id = s.end_node_id
     where is_valid_at(s.valid_from, s.valid_to, ${at}::date) order by s.id`);
}

export interface CentreRow {
  id: number;
  code: string;
  name: string;
  centre_name: string | null;
  lon: number | null;
  lat: number | null;
  valid_to: string | null;
  in_force: boolean;
  population: number | null;
  node_ids: number[];
}

/**
 * District centres to be connected: of the districts in force, else of the last that were. A centre is served by the nodes
 * that name its district's code; where none does, by the nodes within {@link SERVING_DISTANCE_M} of it.
 */
export function selectDistrictCentres(db: Queryable, at: string): Promise<CentreRow[]> {
  return db.query<CentreRow>(sql`
    select u.id, u.code, u.name, seat.name as centre_name, st_x(u.centre) as lon, st_y(u.centre) as lat, u.valid_to,
           is_valid_at(u.valid_from, u.valid_to, ${at}::date) as in_force, stat.population,
           coalesce(named.ids, near.ids, '{}') as node_ids
      from districts_at(${at}::date) u
      left join lateral population_at(u.id, ${at}::date) stat on true
      left join lateral (
        select c.name from admin_unit c where c.level = 'commune' and c.parent_id = u.id and st_covers(c.geom, u.centre)
         order by c.code collate "C" limit 1
      ) seat on true
      left join lateral (
        select array_agg(n.id order by n.id) as ids from fibre_node n
         where n.serves_unit_code = u.code and n.kind in ('core', 'district') and n.status <> 'decommissioned'
      ) named on true
      left join lateral (
        select array_agg(n.id order by n.id) as ids from fibre_node n
         where named.ids is null and n.status <> 'decommissioned' and n.geom && st_expand(u.centre, 0.02)
           and st_dwithin(n.geom::geography, u.centre::geography, ${SERVING_DISTANCE_M}::float8)
      ) near on true
     order by u.sort_key collate "C"`);
}

/** Communes in force on a day with the core, district and commune nodes that stand in them. */
export function selectCommuneCentres(db: Queryable, at: string): Promise<CentreRow[]> {
  return db.query<CentreRow>(sql`
    select u.id, u.code, u.name, null as centre_name, st_x(u.centre) as lon, st_y(u.centre) as lat, u.valid_to, true as in_force,
           stat.population, coalesce(inside.ids, '{}') as node_ids
      from admin_unit u
      left join lateral population_at(u.id, ${at}::date) stat on true
      left join lateral (
        select array_agg(n.id order by n.id) as ids from fibre_node n
         where n.kind in ('core', 'district', 'commune') and n.status <> 'decommissioned' and st_covers(u.geom, n.geom)
      ) inside on true
     where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
     order by u.sort_key collate "C"`);
}

/** Active sites with a fibre node of kind "site" within 100 m. */
export function selectSitesOnFibre(
  db: Queryable,
  at: string,
): Promise<{ code: string; name: string; node_ids: number[] }[]> {
  return db.query(sql`
    select s.code, s.name, array_agg(n.id order by n.id) as node_ids
      from fibre_node n
      join site s on s.geom && st_expand(n.geom, 0.002) and st_dwithin(s.geom::geography, n.geom::geography, 100)
     where n.kind = 'site' and n.status <> 'decommissioned' and is_valid_at(s.valid_from, s.valid_to, ${at}::date)
       and site_status_at(s.status, s.valid_to, ${at}::date) in ('active', 'suspended')
     group by s.id order by s.code`);
}
