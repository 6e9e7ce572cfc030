import sql from 'sql-template-tag';
import type { Db } from '../../../platform/db/db.ts';
import { nodeCondition } from '../../fibre/index.ts';
import type { OfdsNetworkRow, OfdsNodeRow, OfdsRows, OfdsSpanRow } from './package.ts';

/**
 * Networks with the nodes that they have on a day, by the rule of the node list, and the spans in force on it, for a package. A
 * network that has neither on that day is left out unless it is asked for. @param network code of one network; all of them without it
 */
export function selectOfdsRows(
  db: Db,
  at: string,
  network: string | undefined,
): Promise<OfdsRows & { revision: number }> {
  return db.transaction(async (tx) => {
    const [state] = await tx.query<{ revision: number }>(sql`select revision from dataset_revision`);
    const networks = await tx.query<OfdsNetworkRow>(sql`
      select id, code, name, synthetic, ofds from fibre_network
       where ${network ?? null}::text is null or code = ${network ?? null}::text order by code collate "C"`);
    const ids = networks.map(({ id }) => id);
    const nodes = await tx.query<Omit<OfdsNodeRow, 'location'> & { location: string }>(sql`
      select n.network_id, n.code, n.name, n.kind, n.serves_unit_code, n.status, node_status_at(n.id, n.status, ${at}::date) as status_on_day,
             n.synthetic, n.ofds, o.code as operator, o.name as operator_name, st_asgeojson(n.geom, 9) as location,
             (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'kind', f.kind, 'serves_unit_code', f.serves_unit_code,
                                                           'location', st_asgeojson(f.geom, 9)::jsonb) order by f.code collate "C", f.id), '[]')
                from fibre_former_node f where f.node_id = n.id) as former
        from fibre_node n left join operator o on o.id = n.operator_id
       where n.network_id = any(${ids}::bigint[]) and ${nodeCondition({ at, operator: undefined })} order by n.id`);
    const spans = await tx.query<Omit<OfdsSpanRow, 'route'> & { route: string }>(sql`
      select s.network_id, s.code, s.name, a.code as start_code, b.code as end_code, s.deployment, s.length_m, s.fibre_count, s.status,
             span_status_at(s.status, s.valid_to, ${at}::date) as status_on_day, s.route_group, s.valid_from, s.valid_to, s.synthetic, s.ofds,
             o.code as operator, o.name as operator_name, st_asgeojson(s.geom, 9) as route,
             s.route_is_straight and st_npoints(s.geom) = 2 and st_equals(st_startpoint(s.geom), a.geom) and st_equals(st_endpoint(s.geom), b.geom)
               as route_is_straight
        from fibre_span s
        join fibre_node a on a.id = s.start_node_id
        join fibre_node b on b.id = s.end_node_id
        left join operator o on o.id = s.operator_id
       where s.network_id = any(${ids}::bigint[]) and is_valid_at(s.valid_from, s.valid_to, ${at}::date) order by s.id`);
    const present = new Set([...nodes, ...spans].map(({ network_id }) => network_id));
    return {
      revision: state?.revision ?? 0,
      networks: network === undefined ? networks.filter(({ id }) => present.has(id)) : networks,
      nodes: nodes.map((node) => ({ ...node, location: JSON.parse(node.location) as OfdsNodeRow['location'] })),
      spans: spans.map((span) => ({ ...span, route: JSON.parse(span.route) as OfdsSpanRow['route'] })),
    };
  });
}
