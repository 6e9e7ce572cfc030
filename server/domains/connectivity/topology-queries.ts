import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { LonLat } from '../../platform/geo/geodesic.ts';
import type { FormerNode, TopologyNetwork, TopologyNode, TopologyRows, TopologySpan } from './rules/topology-rows.ts';

export interface NetworkRow extends TopologyNetwork {
  name: string;
}
export type TopologyData = TopologyRows<TopologyNode, TopologySpan, NetworkRow>;

/** The network as it is drawn, with all that ever was: what is not in service on the day, and will not be, is marked. */
export async function selectTopologyRows(db: Queryable, at: string): Promise<TopologyData> {
  const networks = await db.query<NetworkRow>(sql`select id, code, name from fibre_network order by id`);
  const nodes = await db.query<TopologyNode>(sql`
    select id, network_id, code, kind, serves_unit_code, operator_id, st_x(geom) as lon, st_y(geom) as lat,
           node_status_at(id, status, ${at}::date) = 'decommissioned' as out_of_service
      from fibre_node order by id`);
  const spans = await db.query<Omit<TopologySpan, 'coordinates'> & { geometry: string }>(sql`
    select id, network_id, code, start_node_id, end_node_id, length_m, operator_id, route_group, valid_from, valid_to, st_asgeojson(geom, 9) as geometry,
           status = 'planned' as planned,
           span_status_at(status, valid_to, ${at}::date) = 'decommissioned' or coalesce(valid_to <= ${at}::date, false) as out_of_service
      from fibre_span order by id`);
  const former = await db.query<FormerNode>(sql`
    select id, node_id, code, kind, serves_unit_code, st_x(geom) as lon, st_y(geom) as lat from fibre_former_node order by id`);
  return {
    at,
    networks,
    nodes,
    former,
    spans: spans.map(({ geometry, ...span }) => ({
      ...span,
      coordinates: (JSON.parse(geometry) as { coordinates: LonLat[] }).coordinates,
    })),
  };
}

const lineOf = (span: TopologySpan): string | null =>
  span.coordinates ? JSON.stringify({ type: 'LineString', coordinates: span.coordinates }) : null;

/** New joints, as the repair of a span's end makes them. @returns the ids of the database by the ids of the draft */
export async function insertNodes(tx: Queryable, nodes: readonly TopologyNode[]): Promise<Map<number, number>> {
  const ids = new Map<number, number>();
  for (const node of nodes) {
    const [row] = await tx.query<{ id: number }>(sql`
      insert into fibre_node (network_id, code, kind, serves_unit_code, operator_id, geom, synthetic)
      values (${node.network_id}, ${node.code}, ${node.kind}, ${node.serves_unit_code}, ${node.operator_id},
              st_setsrid(st_makepoint(${node.lon}, ${node.lat}), 4326),
              coalesce((select bool_or(synthetic) from fibre_network where id = ${node.network_id}), false))
      returning id`);
    if (row) ids.set(node.id, row.id);
  }
  return ids;
}

export function updateNode(tx: Queryable, node: TopologyNode): Promise<unknown> {
  return tx.query(sql`
    update fibre_node set kind = ${node.kind}, serves_unit_code = ${node.serves_unit_code},
           geom = st_setsrid(st_makepoint(${node.lon}, ${node.lat}), 4326)
     where id = ${node.id}`);
}

export function updateSpan(tx: Queryable, span: TopologySpan): Promise<unknown> {
  return tx.query(sql`
    update fibre_span set start_node_id = ${span.start_node_id}, end_node_id = ${span.end_node_id}, length_m = ${span.length_m},
           valid_from = ${span.valid_from},
           geom = st_setsrid(st_geomfromgeojson(${lineOf(span)}), 4326)
     where id = ${span.id}`);
}

/** A span made of another: what is neither drawn nor dated is as in that one, except the id that its publisher gave it. */
export function insertSpanCopy(tx: Queryable, span: TopologySpan, from: number): Promise<{ id: number }[]> {
  return tx.query<{ id: number }>(sql`
    insert into fibre_span (network_id, code, name, start_node_id, end_node_id, geom, route_is_straight, operator_id, deployment, length_m,
                            fibre_count, status, route_group, valid_from, valid_to, synthetic, ofds)
    select network_id, ${span.code}, name, ${span.start_node_id}, ${span.end_node_id}, st_setsrid(st_geomfromgeojson(${lineOf(span)}), 4326),
           route_is_straight, operator_id, deployment, ${span.length_m}, fibre_count, status, route_group, ${span.valid_from}::date,
           ${span.valid_to}::date, synthetic, ofds - 'id'
      from fibre_span where id = ${from}
    returning id`);
}

/** What a node was, kept with the one that stays. */
export function insertFormerNode(tx: Queryable, row: FormerNode): Promise<{ id: number }[]> {
  return tx.query<{ id: number }>(sql`
    insert into fibre_former_node (node_id, code, kind, serves_unit_code, geom, synthetic)
    select id, ${row.code}, ${row.kind}, ${row.serves_unit_code}, st_setsrid(st_makepoint(${row.lon}, ${row.lat}), 4326), synthetic
      from fibre_node where id = ${row.node_id}
    returning id`);
}

export function updateFormerNode(tx: Queryable, { id, node_id }: FormerNode): Promise<unknown> {
  return tx.query(sql`update fibre_former_node set node_id = ${node_id} where id = ${id}`);
}

export async function deleteRows(tx: Queryable, spans: readonly number[], nodes: readonly number[]): Promise<void> {
  await tx.query(sql`delete from fibre_span where id = any(${spans}::bigint[])`);
  // Spans go with their nodes (on delete cascade): one that a span was given in the meantime stays.
  await tx.query(sql`
    delete from fibre_node n
     where n.id = any(${nodes}::bigint[]) and not exists (select 1 from fibre_span s where n.id in (s.start_node_id, s.end_node_id))`);
}
