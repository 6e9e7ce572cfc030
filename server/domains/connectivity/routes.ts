import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import {
  askedViews,
  type ConnectivityPlan,
  cutRequest,
  type DistrictConnectivityList,
  day,
  type NetworkFigures,
  type PlaceConnectivityList,
  type PlaceDetail,
  placesLimit,
  planShape,
  type RiskRanking,
  repairRequest,
  type repairResult,
  siteFilterShape,
  snappingTolerance,
  type TopologyList,
  todayInVietnam,
  topologyKinds,
} from '../../contract/index.ts';
import { authorise } from '../../platform/authorise.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import { languageOf } from '../../platform/language.ts';
import { decodeCursor, limitParameter, parseBody, parseId, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, pointOf, sendList } from '../../platform/send-list.ts';
import { connectivityAt, districtAvailabilities } from './analysis.ts';
import { cutAt } from './cut.ts';
import { describeFailureModel, failureModelOf, failureShape } from './failure-model.ts';
import { figuresAt } from './figures.ts';
import { questionOf } from './network.ts';
import { type PlaceKind, placesAnswer } from './places.ts';
import { planAt } from './plan.ts';
import { availabilitiesOf, resilienceOf } from './resilience.ts';
import { MOST_RISKS, risksAt } from './risks.ts';
import { DEFAULT_TOLERANCES } from './rules/topology-rows.ts';
import { describeFindings, repairTopology, topologyNow } from './topology.ts';

const viewShape = { at: day.optional(), view: z.enum(askedViews).optional(), operator: siteFilterShape.operator };
const placesShape = { ...viewShape, limit: placesLimit, cursor: z.string().max(500).optional() };
const topologyShape = {
  kind: z.enum(topologyKinds).optional(),
  tolerance_m: snappingTolerance.default(DEFAULT_TOLERANCES.snap_m),
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};
const risksShape = { ...viewShape, limit: z.coerce.number().int().min(1).max(MOST_RISKS).default(50) };

const asked = (query: {
  at?: string | undefined;
  view?: (typeof askedViews)[number] | undefined;
  operator?: string | undefined;
}) => questionOf({ ...query, at: query.at ?? todayInVietnam() });

/** GET /connectivity/{districts,communes,sites,figures,risks,plan,topology}, POST /connectivity/{cut,topology/repairs}. */
export function connectivityRoutes(context: ServerContext): Router {
  const { revision } = context;
  const router = Router();

  router.get('/connectivity/districts', async (req, res) => {
    const query = parseQuery({ ...viewShape, ...failureShape }, queryOf(req.originalUrl));
    const question = asked(query);
    const model = failureModelOf(query);
    const dataset_revision = revision.current;
    const analysis = await connectivityAt(context, question.at, question);
    const availability = await districtAvailabilities(context, question, analysis, model);
    const { districts, totals, districtNote, network } = analysis;
    const about = {
      numberMatched: districts.length,
      next_cursor: null,
      view: question.view,
      operator: question.operator ?? null,
      totals,
      failure_model: describeFailureModel(query, languageOf(req)),
      district_note: districtNote?.[languageOf(req)] ?? null,
      at: question.at,
      dataset_revision,
      synthetic: network.synthetic,
    } satisfies Omit<DistrictConnectivityList, 'items' | 'numberReturned'>;
    const items = districts.map((district, at) => ({ ...district, availability: availability[at] ?? null }));
    sendList(req, res, items, about, pointOf);
  });

  const sendPlaces = async (req: Request, res: Response, kind: PlaceKind): Promise<void> => {
    const { limit, cursor, ...query } = parseQuery(placesShape, queryOf(req.originalUrl));
    const question = asked(query);
    const start = cursor === undefined ? 0 : decodeCursor(z.tuple([z.int().min(0)]), cursor)[0];
    const dataset_revision = revision.current;
    const { items: all, totals, network } = await placesAnswer(context, kind, question);
    const { items, next_cursor } = pageOf(all.slice(start, start + limit + 1), limit, () => [start + limit]);
    const about = {
      numberMatched: all.length,
      next_cursor,
      view: question.view,
      operator: question.operator ?? null,
      totals,
      at: question.at,
      dataset_revision,
      synthetic: network.synthetic,
    } satisfies Omit<PlaceConnectivityList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, pointOf);
  };

  const sendPlace = async (req: Request, res: Response, kind: PlaceKind): Promise<void> => {
    const query = parseQuery({ ...viewShape, ...failureShape }, queryOf(req.originalUrl));
    const question = asked(query);
    const id = parseId(req.params.id, kind);
    const dataset_revision = revision.current;
    const { network, places, items } = await placesAnswer(context, kind, question);
    const at = places.findIndex((place) => place.id === id);
    const [target, item] = [places[at], items[at]];
    if (!target || !item) throw new HttpError(404, 'not-found', `There is no ${kind} with id ${id} on ${question.at}.`);
    const [resilience] = resilienceOf(network, [target]);
    const [availability] = await availabilitiesOf(network, [target], failureModelOf(query));
    res.json({
      ...item,
      ...resilience!,
      availability: availability ?? null,
      at: question.at,
      dataset_revision,
      synthetic: network.synthetic,
    } satisfies PlaceDetail);
  };

  router.get('/connectivity/communes', (req, res) => sendPlaces(req, res, 'commune'));
  router.get('/connectivity/sites', (req, res) => sendPlaces(req, res, 'site'));
  router.get('/connectivity/communes/:id', (req, res) => sendPlace(req, res, 'commune'));
  router.get('/connectivity/sites/:id', (req, res) => sendPlace(req, res, 'site'));

  router.get('/connectivity/figures', async (req, res) => {
    const query = parseQuery({ ...viewShape, ...failureShape }, queryOf(req.originalUrl));
    const question = asked(query);
    const dataset_revision = revision.current;
    const figures = await figuresAt(context, question);
    const { network } = await connectivityAt(context, question.at, question);
    res.json({
      view: question.view,
      operator: question.operator ?? null,
      ...figures,
      failure_model: describeFailureModel(query, languageOf(req)),
      at: question.at,
      dataset_revision,
      synthetic: network.synthetic,
    } satisfies NetworkFigures);
  });

  router.get('/connectivity/risks', async (req, res) => {
    const { limit, ...query } = parseQuery(risksShape, queryOf(req.originalUrl));
    const question = asked(query);
    const dataset_revision = revision.current;
    const { singles, numberMatched, pair } = await risksAt(context, question);
    const { network } = await connectivityAt(context, question.at, question);
    res.json({
      view: question.view,
      operator: question.operator ?? null,
      singles: singles.slice(0, limit),
      numberMatched,
      pair,
      at: question.at,
      dataset_revision,
      synthetic: network.synthetic,
    } satisfies RiskRanking);
  });

  router.get('/connectivity/plan', async (req, res) => {
    const { at, view, operator, ...goal } = parseQuery(planShape, queryOf(req.originalUrl));
    const question = asked({ at, view, operator });
    const dataset_revision = revision.current;
    const { cost_source, ...plan } = await planAt(context, question, goal);
    res.json({
      ...plan,
      cost_source: cost_source[languageOf(req)],
      at: question.at,
      dataset_revision,
    } satisfies ConnectivityPlan);
  });

  router.get('/connectivity/topology', async (req, res) => {
    const { kind, tolerance_m, limit, cursor } = parseQuery(topologyShape, queryOf(req.originalUrl));
    const start = cursor === undefined ? 0 : decodeCursor(z.tuple([z.int().min(0)]), cursor)[0];
    const dataset_revision = revision.current;
    const topology = await topologyNow(context, tolerance_m);
    const all = describeFindings(topology, languageOf(req));
    const matching = kind ? all.filter((finding) => finding.kind === kind) : all;
    const { items, next_cursor } = pageOf(matching.slice(start, start + limit + 1), limit, () => [start + limit]);
    const counts: Record<string, number> = {};
    for (const finding of all) counts[finding.kind] = (counts[finding.kind] ?? 0) + 1;
    res.json({
      items,
      numberMatched: matching.length,
      numberReturned: items.length,
      next_cursor,
      counts,
      tolerance_m,
      tolerances: { ...topology.tolerances },
      dataset_revision,
    } satisfies TopologyList);
  });

  router.post('/connectivity/topology/repairs', async (req, res) => {
    authorise(req.get('authorization'), context.config.editToken);
    const { keys, tolerance_m = DEFAULT_TOLERANCES.snap_m, why } = parseBody(repairRequest, req.body);
    const accepted = { keys, tolerance_m };
    const done = await revision.change((tx) => repairTopology(tx, accepted, { actor: 'edit token', why }));
    res.json({ ...done, dataset_revision: revision.current } satisfies z.infer<typeof repairResult>);
  });

  router.post('/connectivity/cut', async (req, res) => {
    const { at, view, operator, ...cut } = parseBody(cutRequest, req.body);
    res.json(await cutAt(context, asked({ at, view, operator }), cut));
  });

  return router;
}
