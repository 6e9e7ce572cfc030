import sql, { join } from 'sql-template-tag';
import { graphStructure } from '../../server/domains/connectivity/rules/bridges.ts';
import { simulateCut } from '../../server/domains/connectivity/rules/cut.ts';
import { countDisjointPaths } from '../../server/domains/connectivity/rules/disjoint-counts.ts';
import { describeTargets } from '../../server/domains/connectivity/rules/district-status.ts';
import {
  buildNetworkGraph,
  type FibreNodeRow,
  type FibreSpanRow,
} from '../../server/domains/connectivity/rules/network-graph.ts';
import { riskBlocks } from '../../server/domains/connectivity/rules/risk-blocks.ts';
import { rankSingleCuts } from '../../server/domains/connectivity/rules/shared-risk.ts';
import { coreDistances } from '../../server/domains/connectivity/rules/shortest-paths.ts';
import { type Target, targetsForUnits } from '../../server/domains/connectivity/rules/targets.ts';
import { syntheticNation } from '../../server/domains/connectivity/rules/testing/synthetic-nation.ts';
import { topologySummary } from '../../server/domains/connectivity/rules/topology-class.ts';
import type { Db } from '../../server/platform/db/db.ts';
import type { BenchContext } from './support/benchmark.ts';
import { withPostgres } from './support/databases.ts';
import { atMost, type Metric, median, percentile, told } from './support/metric.ts';

const DEMO_ANALYSIS_MS = 50;
const DEMO_CUT_MS = 20;
const NATION_ANALYSIS_MS = 2_000;
const NATION_CUT_MS = 100;
const NATION_RANKING_MS = 5_000;
/** Provinces of the synthetic nation: some 790 spans each. */
const NATION = 67;
/** pgRouting takes minutes for the bridges of 50,000 spans: it is asked about so many provinces. */
const COMPARED = 8;
const DAY = '2026-01-01';

interface Rows {
  nodes: FibreNodeRow[];
  spans: FibreSpanRow[];
  units: { code: string; name: string }[];
}

async function demoRows(db: Db): Promise<Rows> {
  return {
    nodes: await db.query<FibreNodeRow>(sql`
      select id, code, kind, serves_unit_code, st_x(geom) as lon, st_y(geom) as lat from fibre_node order by id`),
    spans: await db.query<FibreSpanRow>(sql`
      select id, start_node_id, end_node_id, length_m, route_group, status from fibre_span
       where is_valid_at(valid_from, valid_to, ${DAY}::date) order by id`),
    units: await db.query(sql`
      select distinct serves_unit_code as code, serves_unit_code as name from fibre_node
       where serves_unit_code is not null order by 1`),
  };
}

function nationRows(provinces: number): Rows {
  const { nodes, spans, districtCodes, communeCodes } = syntheticNation(provinces);
  return { nodes, spans, units: [...districtCodes, ...communeCodes].map((code) => ({ code, name: code })) };
}

/** From rows to everything that is said of the network and of every place: the whole of part 2. */
function analyse({ nodes, spans, units }: Rows) {
  const { graph } = buildNetworkGraph(nodes, spans);
  const targets = targetsForUnits(graph, units);
  const distances = coreDistances(graph);
  const structure = graphStructure(graph);
  riskBlocks(graph, structure);
  topologySummary(graph);
  describeTargets(graph, targets, distances);
  countDisjointPaths(graph, targets, distances);
  return { graph, targets, distances, structure };
}

function timed<T>(work: () => T): [result: T, milliseconds: number] {
  const started = performance.now();
  const result = work();
  return [result, performance.now() - started];
}

const fastest = (times: number, work: () => unknown): number =>
  median(Array.from({ length: times }, () => timed(work)[1]));

function cutTimes({ graph, targets, distances }: ReturnType<typeof analyse>, cuts: number): number {
  const step = Math.max(1, Math.floor(graph.edgeCount / cuts));
  const times: number[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge += step)
    times.push(
      timed(() => simulateCut<Target>(graph, targets, { spans: [graph.spans[edge]?.id ?? -1] }, distances))[1],
    );
  return percentile(times, 0.95);
}

/** Bridges and articulation points by pgRouting over the same edges; null where its package is not installed. */
async function pgRouting(db: Db, rows: Rows) {
  const [available] = await db.query(sql`select 1 from pg_available_extensions where name = 'pgrouting'`);
  if (!available) return null;
  await db.query(sql`create extension if not exists pgrouting`);
  await db.query(sql`create table bench_edge (id bigint primary key, source bigint, target bigint, cost float8)`);
  for (let start = 0; start < rows.spans.length; start += 5_000) {
    const values = rows.spans
      .slice(start, start + 5_000)
      .map((span) => sql`(${span.id}::bigint, ${span.start_node_id}::bigint, ${span.end_node_id}::bigint, 1)`);
    await db.query(sql`insert into bench_edge values ${join(values)}`);
  }
  await db.query(sql`analyze bench_edge`);
  const edges = 'select id, source, target, cost, cost as reverse_cost from bench_edge';
  return db.transaction(
    async (tx) => {
      const started = performance.now();
      const bridges = await tx.query<{ edge: number }>(sql`select edge from pgr_bridges(${edges})`);
      const points = await tx.query<{ node: number }>(sql`select node from pgr_articulationPoints(${edges})`);
      return { bridges, points, milliseconds: performance.now() - started };
    },
    { statementTimeout: 0 },
  );
}

/** Ours against pgRouting on the same network. @throws Error when the answers differ */
async function compare({ databases, say }: BenchContext, rows: Rows): Promise<Metric[]> {
  const theirs = await withPostgres(await databases.copy('empty'), (db) => pgRouting(db, rows));
  if (!theirs) {
    say('pgRouting is not installed on this PostgreSQL server: not compared');
    return [];
  }
  const { graph } = buildNetworkGraph(rows.nodes, rows.spans);
  const [structure] = timed(() => graphStructure(graph));
  const ours = fastest(5, () => graphStructure(buildNetworkGraph(rows.nodes, rows.spans).graph));
  const bridges = new Set(graph.spans.flatMap((span, edge) => (structure.isBridge[edge] === 1 ? [span.id] : [])));
  const points = new Set(graph.nodes.flatMap((node, at) => (structure.isArticulation[at] === 1 ? [node.id] : [])));
  const same =
    bridges.size === theirs.bridges.length &&
    points.size === theirs.points.length &&
    theirs.bridges.every(({ edge }) => bridges.has(edge)) &&
    theirs.points.every(({ node }) => points.has(node));
  if (!same)
    throw new Error(
      `pgRouting finds ${theirs.bridges.length} bridges and ${theirs.points.length} articulation points, not ${bridges.size} and ${points.size}`,
    );
  return [
    told('connectivity_bridges_equal_to_pgrouting', bridges.size, 'bridges'),
    told('connectivity_bridges_times_pgrouting', theirs.milliseconds / ours, '×'),
  ];
}

/** Full analysis, cuts and ranking of the demo network and of a synthetic nation, its growth, and pgRouting beside it. */
export async function connectivity(context: BenchContext): Promise<Metric[]> {
  const demo = await withPostgres(await context.databases.copy('demo'), demoRows);
  analyse(demo);
  const demoMs = fastest(9, () => analyse(demo));
  const demoCut = cutTimes(analyse(demo), 200);
  const rows = nationRows(NATION);
  const nationMs = fastest(3, () => analyse(rows));
  const nation = analyse(rows);
  const [, rankingMs] = timed(() => rankSingleCuts<Target>(nation.graph, nation.targets, undefined, 1_000));
  const quarter = nationRows(Math.round(NATION / 4));
  const quarterMs = fastest(3, () => analyse(quarter));
  const perSpan = nationMs / rows.spans.length / (quarterMs / quarter.spans.length);
  return [
    atMost('connectivity_demo_analysis', demoMs, 'ms', DEMO_ANALYSIS_MS),
    atMost('connectivity_demo_cut_p95', demoCut, 'ms', DEMO_CUT_MS),
    told('connectivity_nation_spans', rows.spans.length, 'spans'),
    atMost('connectivity_nation_analysis', nationMs, 'ms', NATION_ANALYSIS_MS),
    atMost('connectivity_nation_cut_p95', cutTimes(nation, 100), 'ms', NATION_CUT_MS),
    atMost('connectivity_nation_ranking', rankingMs, 'ms', NATION_RANKING_MS),
    told('connectivity_time_per_span_nation_to_quarter', perSpan, '×'),
    ...(await compare(context, nationRows(COMPARED))),
  ];
}
