import sql, { raw, type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { type RowPlace, rowError } from './formats/format.ts';
import { ALWAYS } from './formats/ofds-values.ts';
import type { FibreNetworkRecord, FibreNodeRecord, FibreSpanRecord } from './formats/records.ts';
import { keepRepairs } from './keep-repairs.ts';
import type { LoadProgress } from './load-report.ts';
import { outsideReason } from './propose-positions.ts';
import { countUpsert, createStage, fillStage, samePlace } from './staging.ts';

export interface FibreLoadOptions {
  fileName: string;
  /** Take nodes outside every commune; without it they are row errors. */
  allowOutside: boolean;
}

const nodeColumns = `row_no integer, scope text, network_code text, code text, name text, kind text, serves_unit_code text, operator text,
  operator_name text, geometry jsonb, status text, synthetic boolean, ofds jsonb, operator_id bigint, geom geometry(Point, 4326), kept boolean`;
const spanColumns = `row_no integer, scope text, network_code text, code text, name text, start_node_code text, end_node_code text, geometry jsonb,
  route_is_straight boolean, operator text, operator_name text, deployment text, length_m float8, fibre_count integer, status text, route_group text,
  valid_from date, valid_to date, synthetic boolean, ofds jsonb, start_node_id bigint, end_node_id bigint, network_id bigint, operator_id bigint,
  geom geometry(LineString, 4326), kept boolean`;

const formerColumns = `network_code text, node_code text, code text, kind text, serves_unit_code text, location jsonb, synthetic boolean`;

async function stageNetwork(tx: Queryable, network: FibreNetworkRecord, progress: LoadProgress): Promise<void> {
  // A node without a location is a row error of its file already.
  const placed = network.nodes.filter((node: FibreNodeRecord) => node.geometry !== null);
  const drawn = network.spans.filter((span: FibreSpanRecord) => {
    if (span.geometry) return true;
    progress.addErrors([
      rowError(
        span,
        'route',
        null,
        'span_without_route',
        `Span ${span.code} has neither a route nor two located nodes.`,
      ),
    ]);
    return false;
  });
  await fillStage(
    tx,
    'staged_node',
    placed.map((node) => ({ ...node, row_no: node.row, network_code: network.code, name: node.name ?? '' })),
  );
  const former = placed.flatMap((node) =>
    node.former.map((was) => ({ ...was, network_code: network.code, node_code: node.code, synthetic: node.synthetic })),
  );
  await fillStage(tx, 'staged_former', former);
  await fillStage(
    tx,
    'staged_span',
    drawn.map((span) => ({ ...span, row_no: span.row, network_code: network.code, name: span.name ?? '' })),
  );
}

async function refuseOutside(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<RowPlace & { code: string; lon: number; lat: number }>(sql`
    delete from staged_node n
     where not n.kept and not exists (select 1 from admin_unit u where u.level = 'commune' and st_dwithin(u.geom, n.geom, 0.02))
    returning row_no as "row", scope, code, st_x(geom) as lon, st_y(geom) as lat`);
  if (rows.length === 0) return;
  progress.addFindings({ nodes_outside_province: rows.length });
  const reason = await outsideReason(tx, 'It is outside every commune of the province.');
  progress.addErrors(
    rows.map((row) => ({
      ...rowError(row, 'location', `${row.lon} ${row.lat}`, 'outside_province', `Node ${row.code}: ${reason}`),
      position: { first: row.lon, second: row.lat, commune_code: null },
    })),
  );
}

/** Networks of which something goes in: one whose nodes were all refused leaves no trace. */
async function writeNetworks(tx: Queryable, progress: LoadProgress, fileName: string): Promise<void> {
  const counts = await countUpsert(
    tx,
    sql`
    insert into fibre_network as w (code, name, source, synthetic, ofds)
    select s.code, s.name, ${fileName}, s.synthetic, s.ofds from staged_network s
     where exists (select 1 from staged_node n where n.network_code = s.code) order by s.network_no
    on conflict (code) do update set name = excluded.name, source = excluded.source, synthetic = excluded.synthetic, ofds = excluded.ofds
     where (w.name, w.synthetic, w.ofds) is distinct from (excluded.name, excluded.synthetic, excluded.ofds)`,
  );
  progress.addTable('fibre_network', counts);
}

/**
 * Operators are matched by code or name, each name once; an organisation that is not an operator of the inventory leaves the
 * node or span without one.
 */
async function matchOperators(tx: Queryable, stage: 'staged_node' | 'staged_span'): Promise<void> {
  await tx.query(sql`
    with named as (select distinct coalesce(operator, operator_name) as operator, coalesce(operator_name, operator) as name from ${raw(stage)}
       where coalesce(operator, operator_name) is not null), match as (
      select distinct on (n.operator, n.name) n.operator, n.name, o.id
        from named n join operator o on o.code = upper(n.operator) or search_key(o.name) in (search_key(n.operator), search_key(n.name))
       order by n.operator, n.name, o.code = upper(n.operator) desc, o.id
    )
    update ${raw(stage)} s set operator_id = m.id from match m
     where m.operator = coalesce(s.operator, s.operator_name) and m.name = coalesce(s.operator_name, s.operator)`);
}

/** Puts the rows of the stages as the tables hold them: what is compared with a row that is there, and what is written. */
async function settleStages(tx: Queryable): Promise<void> {
  await tx.query(sql`
    update staged_node set name = normalize(name, NFC), geom = st_setsrid(st_geomfromgeojson(geometry::text), 4326), kept = false`);
  await tx.query(sql`
    update staged_span set name = normalize(name, NFC), geom = st_setsrid(st_geomfromgeojson(geometry::text), 4326),
           valid_from = coalesce(valid_from, ${ALWAYS}::date), kept = false`);
  await tx.query(sql`update staged_span set length_m = st_length(geom::geography) where length_m is null`);
  await matchOperators(tx, 'staged_node');
  await matchOperators(tx, 'staged_span');
}

async function writeNodes(tx: Queryable, progress: LoadProgress): Promise<void> {
  progress.addTable(
    'fibre_node',
    await countUpsert(
      tx,
      sql`
    insert into fibre_node as n (network_id, code, name, kind, serves_unit_code, operator_id, geom, status, synthetic, ofds)
    select w.id, s.code, s.name, s.kind, s.serves_unit_code, s.operator_id, s.geom, s.status, s.synthetic, s.ofds
      from staged_node s join fibre_network w on w.code = s.network_code
     where not s.kept
     order by w.id, s.scope collate "C", s.row_no, s.code collate "C"
    on conflict (network_id, code) do update set name = excluded.name, kind = excluded.kind, serves_unit_code = excluded.serves_unit_code,
      operator_id = excluded.operator_id, geom = excluded.geom, status = excluded.status, synthetic = excluded.synthetic, ofds = excluded.ofds
     where (n.name, n.kind, n.serves_unit_code, n.operator_id, n.status, n.synthetic, n.ofds)
           is distinct from (excluded.name, excluded.kind, excluded.serves_unit_code, excluded.operator_id, excluded.status, excluded.synthetic, excluded.ofds)
        or not st_orderingequals(n.geom, excluded.geom)`,
    ),
  );
}

/** What nodes were that were made one: our own exports tell it, other files do not, so what is there beside it stays. */
async function writeFormer(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<{ id: number }>(sql`
    insert into fibre_former_node (node_id, code, kind, serves_unit_code, geom, synthetic)
    select n.id, s.code, s.kind, s.serves_unit_code, g.geom, s.synthetic
      from staged_former s join fibre_network w on w.code = s.network_code
      join fibre_node n on n.network_id = w.id and n.code = s.node_code
      cross join lateral (select st_setsrid(st_geomfromgeojson(s.location::text), 4326) as geom) g
     where not exists (
       select 1 from fibre_former_node f
        where f.node_id = n.id and f.code = s.code and f.kind = s.kind and f.serves_unit_code is not distinct from s.serves_unit_code
          and ${samePlace('f', 'g')})
     order by n.id, s.code collate "C"
    returning id`);
  if (rows.length > 0) progress.addTable('fibre_former_node', { inserted: rows.length, updated: 0 });
}

/** A span goes in with both its nodes: each must be in the same file and taken over. */
async function linkSpans(tx: Queryable, progress: LoadProgress): Promise<void> {
  await tx.script('analyze staged_node; analyze staged_span');
  const rows = await tx.query<RowPlace & { code: string; missing: string }>(sql`
    with broken as (
      select s.ctid, case when a.code is null then s.start_node_code else s.end_node_code end as missing
        from staged_span s
        left join staged_node a on a.network_code = s.network_code and a.code = s.start_node_code
        left join staged_node b on b.network_code = s.network_code and b.code = s.end_node_code
       where not s.kept and (a.code is null or b.code is null)
    )
    delete from staged_span s using broken where broken.ctid = s.ctid
    returning s.row_no as "row", s.scope, s.code, broken.missing`);
  progress.addErrors(
    rows.map((row) =>
      rowError(
        row,
        'node',
        row.missing,
        'missing_node',
        `Span ${row.code} refers to node ${row.missing}, which is not in the file or was refused.`,
      ),
    ),
  );
}

/** Names the spans that go in without an operator of the inventory, or without how they are laid: figures by these miss them. */
async function noteUnknowns(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<
    RowPlace & { id: string; organisation: string | null; no_operator: boolean; no_deployment: boolean }
  >(sql`
    select row_no as "row", scope, code as id, coalesce(operator_name, operator) as organisation, operator_id is null as no_operator,
           deployment is null as no_deployment
      from staged_span where operator_id is null or deployment is null order by network_code collate "C", scope collate "C", row_no`);
  const withoutOperator = rows
    .filter((row) => row.no_operator)
    .map(({ row, scope, id, organisation }) => ({
      row,
      scope,
      id,
      ...(organisation === null ? {} : { note: `${organisation} is no operator of the inventory` }),
    }));
  const withoutDeployment = rows.filter((row) => row.no_deployment).map(({ row, scope, id }) => ({ row, scope, id }));
  const found = { spans_without_operator: withoutOperator, spans_without_deployment: withoutDeployment };
  for (const [finding, named] of Object.entries(found)) {
    if (named.length === 0) continue;
    progress.addFindings({ [finding]: named.length });
    progress.addNamed({ [finding]: named });
  }
}

/** The node of a code, else that which the node of that code was made one with. */
const nodeOf = (column: 'start_node_code' | 'end_node_code'): Sql => sql`coalesce(
  (select n.id from fibre_node n where n.network_id = w.id and n.code = s.${raw(column)}),
  (select min(n.id) from fibre_former_node f join fibre_node n on n.id = f.node_id where n.network_id = w.id and f.code = s.${raw(column)}))`;

async function writeSpans(tx: Queryable, progress: LoadProgress): Promise<void> {
  await tx.query(sql`
    update staged_span s set network_id = w.id, start_node_id = ${nodeOf('start_node_code')}, end_node_id = ${nodeOf('end_node_code')}
      from fibre_network w where w.code = s.network_code and not s.kept`);
  progress.addTable(
    'fibre_span',
    await countUpsert(
      tx,
      sql`
    insert into fibre_span as p (network_id, code, name, start_node_id, end_node_id, geom, route_is_straight, operator_id, deployment, length_m, fibre_count,
                                 status, route_group, valid_from, valid_to, synthetic, ofds)
    select s.network_id, s.code, s.name, s.start_node_id, s.end_node_id, s.geom, s.route_is_straight, s.operator_id, s.deployment,
           s.length_m, s.fibre_count, s.status, s.route_group, s.valid_from, s.valid_to, s.synthetic, s.ofds
      from staged_span s
     where not s.kept
     order by s.network_id, s.scope collate "C", s.row_no
    on conflict (network_id, code) do update set name = excluded.name, start_node_id = excluded.start_node_id, end_node_id = excluded.end_node_id,
      geom = excluded.geom, route_is_straight = excluded.route_is_straight, operator_id = excluded.operator_id, deployment = excluded.deployment, length_m = excluded.length_m,
      fibre_count = excluded.fibre_count, status = excluded.status, route_group = excluded.route_group, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, synthetic = excluded.synthetic, ofds = excluded.ofds
     where (p.name, p.start_node_id, p.end_node_id, p.route_is_straight, p.operator_id, p.deployment, p.length_m, p.fibre_count, p.status, p.route_group, p.valid_from, p.valid_to, p.synthetic, p.ofds)
           is distinct from (excluded.name, excluded.start_node_id, excluded.end_node_id, excluded.route_is_straight, excluded.operator_id, excluded.deployment, excluded.length_m, excluded.fibre_count, excluded.status, excluded.route_group, excluded.valid_from, excluded.valid_to, excluded.synthetic, excluded.ofds)
        or not st_orderingequals(p.geom, excluded.geom)`,
    ),
  );
}

/** Loads fibre networks. A span whose node is missing is a row error; the rest of the network is taken. */
export async function loadFibre(
  tx: Queryable,
  records: AsyncIterable<FibreNetworkRecord[]>,
  progress: LoadProgress,
  options: FibreLoadOptions,
): Promise<void> {
  await createStage(tx, 'staged_node', nodeColumns);
  await createStage(tx, 'staged_span', spanColumns);
  await createStage(tx, 'staged_former', formerColumns);
  await createStage(tx, 'staged_network', 'network_no integer, code text, name text, synthetic boolean, ofds jsonb');
  let networkNo = 0;
  for await (const networks of records) {
    for (const network of networks) {
      const { code, name, ofds } = network;
      await fillStage(tx, 'staged_network', [
        { network_no: ++networkNo, code, name, ofds, synthetic: network.nodes.some((node) => node.synthetic) },
      ]);
      await stageNetwork(tx, network, progress);
    }
  }
  await settleStages(tx);
  await keepRepairs(tx, progress);
  if (!options.allowOutside) await refuseOutside(tx, progress);
  await writeNetworks(tx, progress, options.fileName);
  await writeNodes(tx, progress);
  await writeFormer(tx, progress);
  await linkSpans(tx, progress);
  await noteUnknowns(tx, progress);
  await writeSpans(tx, progress);
}
