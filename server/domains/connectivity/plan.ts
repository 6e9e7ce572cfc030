import { Tinypool } from 'tinypool';
import type { z } from 'zod';
import type { ConnectivityPlan, planShape } from '../../contract/index.ts';
import { HttpError } from '../../platform/http-error.ts';
import type { Translated } from '../../platform/language.ts';
import { workerEntry } from '../../platform/workers.ts';
import { connectivityAt } from './analysis.ts';
import { givenWithQuestion } from './failure-model.ts';
import { type NetworkContext, type NetworkQuestion, networkAt } from './network.ts';
import { placesAt } from './places.ts';
import { selectCandidateLines } from './queries.ts';
import { COST_MODEL_SOURCES, DEFAULT_COST_MODEL } from './rules/build-cost.ts';
import type { PlanInput, PlanOutput } from './rules/compute-plan.ts';

type Asked = Omit<z.infer<z.ZodObject<typeof planShape>>, 'at' | 'view' | 'operator'>;
export type Plan = Omit<ConnectivityPlan, 'at' | 'dataset_revision' | 'cost_source'> & { cost_source: Translated };

/** Longest line when none is asked for, metres: along roads it is how far a place may be from one. */
const DEFAULT_HOP_M = { straight: 40_000, lines: 3_000 } as const;
/** A plan that takes longer is given up. */
const PLAN_TIMEOUT_MS = 30_000;
/** Ids of places that are no nodes: far above every id of the database. */
const PLACE_IDS = 1e12;

async function inWorker(input: PlanInput): Promise<PlanOutput> {
  const { url, argv } = workerEntry('plan-worker', import.meta.url);
  const pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads: 1 });
  try {
    return (await pool.run(input, { signal: AbortSignal.timeout(PLAN_TIMEOUT_MS) })) as PlanOutput;
  } catch (error) {
    if (!(error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))) throw error;
    throw new HttpError(503, 'too-long', 'The plan takes too long: ask for shorter hops or one operator.', {
      cause: error,
      retryAfter: 60,
    });
  } finally {
    await pool.destroy();
  }
}

async function compute(context: NetworkContext, question: NetworkQuestion, asked: Asked): Promise<Plan> {
  const { goal, along = 'straight', deployment = 'aerial' } = asked;
  const max_hop_m = asked.max_hop_m ?? DEFAULT_HOP_M[along];
  const cost_per_m = asked.cost_per_m ?? DEFAULT_COST_MODEL.cost_per_m[deployment];
  const { centres } = await connectivityAt(context, question.at, question);
  const network = await networkAt(context, question);
  const places = goal === 'dual' ? centres : await placesAt(context, 'commune', question.at, network);
  const lines = along === 'lines' ? await selectCandidateLines(context.db) : null;
  if (lines?.length === 0)
    throw new HttpError(409, 'no-lines', 'No roads or railways are imported to lay cable along: import lines first.');
  const { graph } = network;
  const output = await inWorker({
    goal,
    // The rows of the view already: nodes that became one are one here too.
    nodes: network.nodes,
    spans: network.spans,
    view: { kind: 'together' },
    wanted: places.map(({ id, code, name, lon, lat, nodes }) => ({
      id: PLACE_IDS + id,
      code,
      name,
      lon,
      lat,
      node_ids: nodes.flatMap((node) => graph.nodes[node]?.id ?? []),
    })),
    lines,
    deployment,
    max_hop_m,
    cost_per_m,
  });
  const spans = output.lines.map(({ coordinates, length_m, cost, ...line }, at) => ({
    no: at + 1,
    ...line,
    length_m: Math.round(length_m),
    cost: Math.round(cost),
    deployment,
    coordinates: coordinates.map(([lon, lat]): [number, number] => [lon, lat]),
  }));
  // The total is that of the rows as they are read.
  const cost = spans.reduce((sum, span) => sum + span.cost, 0);
  return {
    goal,
    view: question.view,
    operator: question.operator ?? null,
    along,
    deployment,
    max_hop_m,
    cost_per_m,
    currency: DEFAULT_COST_MODEL.currency,
    cost_source: asked.cost_per_m === undefined ? COST_MODEL_SOURCES[deployment] : givenWithQuestion,
    spans,
    cost,
    length_m: spans.reduce((sum, span) => sum + span.length_m, 0),
    exact: output.exact,
    lower_bound: output.exact ? cost : Math.min(cost, Math.floor(output.lower_bound)),
    factor: output.factor,
    wanted: output.wanted,
    impossible: output.impossible,
    candidates: output.candidates,
    synthetic: network.synthetic,
  };
}

/**
 * The cheapest new spans for a goal; made once per dataset revision and question.
 * @throws HttpError 409 when lines are asked for and none is imported, 503 when it takes too long
 */
export function planAt(context: NetworkContext, question: NetworkQuestion, asked: Asked): Promise<Plan> {
  const key = `plan ${JSON.stringify([question, asked])}`;
  return context.cache.get(context.revision.current, key, () => compute(context, question, asked));
}
