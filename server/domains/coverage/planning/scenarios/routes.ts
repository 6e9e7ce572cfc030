import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Scenario, ScenarioInput, ScenarioList } from '../../../../contract/index.ts';
import { scenarioInput } from '../../../../contract/index.ts';
import { authorise, versionOf } from '../../../../platform/authorise.ts';
import { callerSignal } from '../../../../platform/caller-signal.ts';
import type { Config } from '../../../../platform/config.ts';
import { type Language, languageOf } from '../../../../platform/language.ts';
import {
  decodeCursor,
  limitParameter,
  parseBody,
  parseId,
  parseQuery,
  queryOf,
} from '../../../../platform/parse-request.ts';
import { pageOf } from '../../../../platform/send-list.ts';
import { resultIn } from '../answers.ts';
import { askWhatIf, type PlanningContext } from '../ask-planning.ts';
import { compareScenarios } from './compare.ts';
import {
  deleteScenario,
  insertScenario,
  refuseTakenName,
  type ScenarioResult,
  type StoredScenario,
  selectScenario,
  selectScenarioPage,
  updateScenario,
  updateScenarioResult,
} from './queries.ts';

const listShape = { limit: limitParameter, cursor: z.string().max(500).optional() };
/** Parameters of GET /coverage/scenarios/compare. */
export const compareShape = {
  ids: z
    .string()
    .regex(/^\d{1,15}(,\d{1,15}){0,5}$/, 'must be the ids of at most 6 scenarios, such as 1,2')
    .describe('Ids of up to 6 scenarios, separated by commas / Mã các phương án'),
};

/** Computes what is about to be saved: a scenario that makes no sense is refused, never stored. */
async function compute(context: PlanningContext, input: ScenarioInput): Promise<ScenarioResult> {
  const { at, operator, technology, changes } = input;
  const request = { at, technology, changes, ...(operator === undefined ? {} : { operator }) };
  const result = await askWhatIf(context, request);
  return { result, revision: result.dataset_revision };
}

const scenarioIn = (language: Language, scenario: StoredScenario): Scenario => ({
  ...scenario,
  result: scenario.result && resultIn(language, scenario.result),
});

/** /coverage/scenarios: list, one, save, change, delete, compute again, compare. Reading is open, writing needs the token. */
export function scenarioRoutes(context: PlanningContext, { editToken }: Pick<Config, 'editToken'>): Router {
  const { db, revision } = context;
  const askedBy = (res: Response): PlanningContext => ({ ...context, caller: callerSignal(res) });
  const sendScenario = async (req: Request, res: Response, id: number): Promise<void> => {
    res.json(scenarioIn(languageOf(req), await selectScenario(db, id)));
  };
  const router = Router();

  router.get('/coverage/scenarios', async (req, res) => {
    const { limit, cursor } = parseQuery(listShape, queryOf(req.originalUrl));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.int()]), cursor)[0];
    const { items: rows, matched } = await selectScenarioPage(db, limit + 1, after);
    const { items: page, next_cursor } = pageOf(rows, limit, ({ id }) => [id]);
    const items = page.map((scenario) => scenarioIn(languageOf(req), scenario));
    const list = { items, numberMatched: matched, numberReturned: items.length, next_cursor } satisfies ScenarioList;
    res.json(list);
  });

  router.get('/coverage/scenarios/compare', async (req, res) => {
    const { ids } = parseQuery(compareShape, queryOf(req.originalUrl));
    const asked = [...new Set(ids.split(',').map(Number))];
    res.json(await compareScenarios(askedBy(res), asked, languageOf(req)));
  });

  router.get('/coverage/scenarios/:id', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    await sendScenario(req, res, parseId(req.params.id, 'scenario'));
  });

  router.post('/coverage/scenarios', async (req, res) => {
    authorise(req.get('authorization'), editToken);
    const input = parseBody(scenarioInput, req.body);
    // Not computed first only to be refused.
    await refuseTakenName(db, input.name, null);
    const computed = await compute(askedBy(res), input);
    const id = await revision.change((tx) => insertScenario(tx, input, computed));
    res.status(201).location(`/api/v1/coverage/scenarios/${id}`);
    await sendScenario(req, res, id);
  });

  router.put('/coverage/scenarios/:id', async (req, res) => {
    authorise(req.get('authorization'), editToken);
    const id = parseId(req.params.id, 'scenario');
    const expected = versionOf(req.get('if-match'), 'scenario');
    const input = parseBody(scenarioInput, req.body);
    await selectScenario(db, id);
    await refuseTakenName(db, input.name, id);
    const computed = await compute(askedBy(res), input);
    await revision.change((tx) => updateScenario(tx, id, expected, input, computed));
    await sendScenario(req, res, id);
  });

  router.delete('/coverage/scenarios/:id', async (req, res) => {
    authorise(req.get('authorization'), editToken);
    const id = parseId(req.params.id, 'scenario');
    const expected = versionOf(req.get('if-match'), 'scenario');
    await revision.change((tx) => deleteScenario(tx, id, expected));
    res.status(204).end();
  });

  router.post('/coverage/scenarios/:id/compute', async (req, res) => {
    authorise(req.get('authorization'), editToken);
    const id = parseId(req.params.id, 'scenario');
    const { version, operator, note, ...rest } = await selectScenario(db, id);
    const input = { ...rest, note, ...(operator === null ? {} : { operator }) };
    const computed = await compute(askedBy(res), input);
    await revision.change((tx) => updateScenarioResult(tx, { id, version }, computed));
    await sendScenario(req, res, id);
  });

  return router;
}
