import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { FibreNodeItem, FibreSpanItem } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';

export interface FibreFilter {
  at: string;
  operator: string | undefined;
}

/** Condition on spans `s`; the tiles use it too. */
export function spanCondition({ at, operator }: FibreFilter): Sql {
  const conditions = [sql`is_valid_at(s.valid_from, s.valid_to, ${at}::date)`];
  if (operator) conditions.push(sql`s.operator_id = (select id from operator where code = ${operator})`);
  return join(conditions, ' and ');
}

/** Condition on nodes `n`; the tiles use it too. */
export function nodeCondition({ at, operator }: FibreFilter): Sql {
  const conditions = [sql`n.id in (select t.id from tile_rows_nodes(${at}::date, null) t)`];
  if (operator) conditions.push(sql`n.operator_id = (select id from operator where code = ${operator})`);
  return join(conditions, ' and ');
}

export type SpanRow = Omit<FibreSpanItem, 'bridge'> & { geometry: string };

/** Spans as they are on a day. */
const spanSelect = (
  at: string,
): Sql => sql`select s.id, s.code, s.name, w.code as network, s.start_node_id, s.end_node_id, a.code as start_node, b.code as end_node,
    o.code as operator, s.deployment, s.length_m, s.fibre_count, span_status_at(s.status, s.valid_to, ${at}::date) as status, s.route_group,
    s.valid_from, s.valid_to, s.synthetic, st_asgeojson(s.geom, 6) as geometry
  from fibre_span s
  join fibre_network w on w.id = s.network_id
  join fibre_node a on a.id = s.start_node_id
  join fibre_node b on b.id = s.end_node_id
  left join operator o on o.id = s.operator_id`;

export function selectSpanPage(
  db: Queryable,
  filter: FibreFilter,
  limit: number,
  after: number | undefined,
): Promise<SpanRow[]> {
  return db.query<SpanRow>(
    sql`${spanSelect(filter.at)} where ${spanCondition(filter)} ${after === undefined ? empty : sql`and s.id > ${after}`} order by s.id limit ${limit}::int`,
  );
}

export async function selectOptionalSpan(db: Queryable, id: number, at: string): Promise<SpanRow | null> {
  const [row] = await db.query<SpanRow>(sql`${spanSelect(at)} where s.id = ${id}`);
  return row ?? null;
}

/** Nodes as they are on a day. */
const nodeSelect = (
  at: string,
): Sql => sql`select n.id, n.code, n.name, w.code as network, n.kind, n.serves_unit_code, o.code as operator,
    node_status_at(n.id, n.status, ${at}::date) as status, st_x(n.geom) as lon, st_y(n.geom) as lat, n.synthetic
  from fibre_node n join fibre_network w on w.id = n.network_id left join operator o on o.id = n.operator_id`;

export function selectNodePage(
  db: Queryable,
  filter: FibreFilter,
  limit: number,
  after: number | undefined,
): Promise<FibreNodeItem[]> {
  return db.query<FibreNodeItem>(
    sql`${nodeSelect(filter.at)} where ${nodeCondition(filter)} ${after === undefined ? empty : sql`and n.id > ${after}`} order by n.id limit ${limit}::int`,
  );
}

export async function selectOptionalNode(db: Queryable, id: number, at: string): Promise<FibreNodeItem | null> {
  const [row] = await db.query<FibreNodeItem>(sql`${nodeSelect(at)} where n.id = ${id}`);
  return row ?? null;
}

/** Number and total length (metres) of the spans, and number of nodes, that a filter keeps. */
export async function selectFibreTotals(
  db: Queryable,
  filter: FibreFilter,
): Promise<{ spans: number; length_m: number; nodes: number; synthetic: boolean }> {
  const [row] = await db.query<{ spans: number; length_m: number; nodes: number; synthetic: boolean }>(sql`
    select count(*) as spans, coalesce(sum(s.length_m), 0) as length_m, coalesce(bool_or(s.synthetic), false) as synthetic,
           (select count(*) from fibre_node n where ${nodeCondition(filter)}) as nodes
      from fibre_span s where ${spanCondition(filter)}`);
  return row ?? { spans: 0, length_m: 0, nodes: 0, synthetic: false };
}
