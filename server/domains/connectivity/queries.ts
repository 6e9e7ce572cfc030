import sql, { type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { LonLat } from '../../platform/geo/geodesic.ts';
import type { Deployment } from './rules/availability.ts';
import type { ViewNode, ViewSpan } from './rules/network-view.ts';

/** A fibre node this near to a centre serves it when no node names the centre by code, metres. */
export const SERVING_DISTANCE_M = 1_000;

export interface NodeRow extends ViewNode {
  name: string;
  /** Code of its network: codes of nodes are of one network each. */
  network: string;
}

/** Nodes that a span in force on the day ends at, and those that no span ever did: nobody knows since when they are there. */
export function selectNetworkNodes(db: Queryable, at: string): Promise<NodeRow[]> {
  return db.query<NodeRow>(sql`
    with of_span as (
      select start_node_id as id, is_valid_at(valid_from, valid_to, ${at}::date) as in_force from fibre_span
      union all select end_node_id, is_valid_at(valid_from, valid_to, ${at}::date) from fibre_span
    ), known as (select id, bool_or(in_force) as in_force from of_span group by id)
    select n.id, n.code, n.name, w.code as network, n.kind, n.serves_unit_code, n.operator_id, st_x(n.geom) as lon, st_y(n.geom) as lat,
           n.id in (select s.id from fibre_nodes_in_service(${at}::date) s) as in_service
      from fibre_node n join fibre_network w on w.id = n.network_id left join known k on k.id = n.id
     where node_status_at(n.id, n.status, ${at}::date) <> 'decommissioned' and coalesce(k.in_force, true) order by n.id`);
}

export interface SpanRow extends ViewSpan {
  length_m: number;
  deployment: Deployment | null;
  coordinates: LonLat[];
  label: string;
  synthetic: boolean;
}

/** Spans in force on a day with their status of that day; `label` names the span for people. */
export async function selectNetworkSpans(db: Queryable, at: string): Promise<SpanRow[]> {
  const rows = await db.query<Omit<SpanRow, 'coordinates'> & { geometry: string }>(sql`
    select s.id, s.start_node_id, s.end_node_id, s.operator_id, s.length_m, s.route_group,
           span_status_at(s.status, s.valid_to, ${at}::date) as status, s.deployment, s.synthetic, st_asgeojson(s.geom, 7) as geometry,
           coalesce(nullif(s.name, ''), coalesce(nullif(a.name, ''), a.code) || ' – ' || coalesce(nullif(b.name, ''), b.code)) as label
      from fibre_span s join fibre_node a on a.id = s.start_node_id join fibre_node b on b.id = s.end_node_id
     where is_valid_at(s.valid_from, s.valid_to, ${at}::date) order by s.id`);
  return rows.map(({ geometry, ...row }) => ({
    ...row,
    coordinates: (JSON.parse(geometry) as { coordinates: LonLat[] }).coordinates,
  }));
}

/** Operators by code, to look at the network of one. */
export async function selectOptionalOperatorId(db: Queryable, code: string): Promise<number | null> {
  const [row] = await db.query<{ id: number }>(sql`select id from operator where code = ${code}`);
  return row?.id ?? null;
}

/** Codes of the operators with a span in force on a day. */
export function selectSpanOperators(db: Queryable, at: string): Promise<{ code: string }[]> {
  return db.query(sql`
    select distinct o.code from fibre_span s join operator o on o.id = s.operator_id
     where is_valid_at(s.valid_from, s.valid_to, ${at}::date) order by o.code`);
}

/** Courses of the imported roads, railways and power lines. */
export async function selectCandidateLines(db: Queryable): Promise<LonLat[][]> {
  const rows = await db.query<{ geometry: string }>(sql`
    select st_asgeojson(geom, 7) as geometry from candidate_line order by id`);
  return rows.map(({ geometry }) => (JSON.parse(geometry) as { coordinates: LonLat[] }).coordinates);
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
  district_name: string | null;
  node_ids: number[];
}

export interface DistrictCentreRow extends CentreRow {
  /** Nodes within {@link SERVING_DISTANCE_M}: they serve the centre in a network where no node names its district. */
  near_node_ids: number[];
}

/**
 * District centres to be connected: of the districts in force, else of the last that were, with the nodes that name the
 * district's code and those near the centre.
 */
export function selectDistrictCentres(db: Queryable, at: string): Promise<DistrictCentreRow[]> {
  return db.query<DistrictCentreRow>(sql`
    select u.id, u.code, u.name, seat.name as centre_name, st_x(u.centre) as lon, st_y(u.centre) as lat, u.valid_to,
           is_valid_at(u.valid_from, u.valid_to, ${at}::date) as in_force, stat.population, u.name as district_name,
           coalesce(named.ids, '{}') as node_ids, coalesce(near.ids, '{}') as near_node_ids
      from districts_at(${at}::date) u
      left join lateral population_at(u.id, ${at}::date) stat on true
      left join lateral (
        select c.name from admin_unit c where c.level = 'commune' and c.parent_id = u.id and st_covers(c.geom, u.centre)
         order by c.code collate "C" limit 1
      ) seat on true
      left join lateral (
        select array_agg(distinct n.id) as ids from serving_nodes() n
         where n.serves_unit_code = u.code and n.kind in ('core', 'district')
      ) named on true
      left join lateral (
        select array_agg(distinct n.id) as ids from serving_nodes() n
         where n.geom && st_expand(u.centre, 0.02) and st_dwithin(n.geom::geography, u.centre::geography, ${SERVING_DISTANCE_M}::float8)
      ) near on true
     order by u.sort_key collate "C"`);
}

/**
 * `district_of_place (id, name)`: the district that each place lies in on a day, of the districts in force, else of those that were
 * last (inspectors still work by them). A place outside all of them has none.
 * @param places rows of id, parent_id (a district or anything else) and geom
 */
function districtOfPlace(places: Sql, at: string): Sql {
  return sql`district as materialized (select * from districts_at(${at}::date)), place as (${places}),
    district_of_place as (
      select distinct on (p.id) p.id, d.name
        from place p join district d on d.id = p.parent_id or st_covers(d.geom, p.geom)
       order by p.id, (d.id = p.parent_id) is true desc, d.code collate "C")`;
}

/** Communes in force on a day with the core, district and commune nodes that stand in them. */
export function selectCommuneCentres(db: Queryable, at: string): Promise<CentreRow[]> {
  return db.query<CentreRow>(sql`
    with commune as (select * from admin_unit where level = 'commune' and is_valid_at(valid_from, valid_to, ${at}::date)),
         ${districtOfPlace(sql`select id, parent_id, centre as geom from commune`, at)}
    select u.id, u.code, u.name, null as centre_name, st_x(u.centre) as lon, st_y(u.centre) as lat, u.valid_to, true as in_force,
           stat.population, d.name as district_name, coalesce(inside.ids, '{}') as node_ids
      from commune u
      left join district_of_place d on d.id = u.id
      left join lateral population_at(u.id, ${at}::date) stat on true
      left join lateral (
        select array_agg(distinct n.id) as ids from serving_nodes() n
         where n.kind in ('core', 'district', 'commune') and st_covers(u.geom, n.geom)
      ) inside on true
     order by u.sort_key collate "C"`);
}

/** A node of kind "site" this near to a site serves it, metres. */
const SITE_NODE_DISTANCE_M = 100;

/** Sites in service with the fibre nodes of kind "site" beside them; without one the list is empty. */
export function selectSitePlaces(db: Queryable, at: string): Promise<CentreRow[]> {
  const places = sql`
    select s.id, c.parent_id, s.geom
      from served s left join site_commune sc on sc.site_id = s.id left join admin_unit c on c.id = sc.commune_id`;
  return db.query<CentreRow>(sql`
    with served as (
      select * from site s
       where is_valid_at(s.valid_from, s.valid_to, ${at}::date)
         and site_status_at(s.status, s.valid_to, ${at}::date) in ('active', 'suspended')
    ), ${districtOfPlace(places, at)}
    select s.id, s.code, s.name, null as centre_name, st_x(s.geom) as lon, st_y(s.geom) as lat, s.valid_to, true as in_force,
           null::integer as population, d.name as district_name, coalesce(beside.ids, '{}') as node_ids
      from served s
      left join district_of_place d on d.id = s.id
      left join lateral (
        select array_agg(distinct n.id) as ids from serving_nodes() n
         where n.kind = 'site' and n.geom && st_expand(s.geom, 0.002) and st_dwithin(n.geom::geography, s.geom::geography, ${SITE_NODE_DISTANCE_M}::float8)
      ) beside on true
     order by s.code collate "C"`);
}
