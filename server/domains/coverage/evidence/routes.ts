import { Router } from 'express';
import { z } from 'zod';
import {
  type CommuneEvidence,
  type Disagreement,
  type DisagreementList,
  disagreementKinds,
  type MeasurementList,
  siteFilterShape,
  todayInVietnam,
} from '../../../contract/index.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { HttpError } from '../../../platform/http-error.ts';
import { languageOf } from '../../../platform/language.ts';
import { decodeCursor, limitParameter, parseId, parseQuery, queryOf } from '../../../platform/parse-request.ts';
import { pageOf, pointOf, sendList } from '../../../platform/send-list.ts';
import { selectOptionalRun } from '../queries.ts';
import { communeEvidenceItems } from './commune-evidence.ts';
import { chooseEvidence, evidenceAt } from './compare-evidence.ts';
import { listPoints } from './list-points.ts';
import { measuredPeriod, selectOptionalCommune, selectSyntheticEvidence } from './queries.ts';

const { at: anyDay, operator, technology, district, commune, bbox } = siteFilterShape;
const paging = { limit: limitParameter, cursor: z.string().max(500).optional() };

/** What a list of disagreements, and its export, is asked with. */
export const disagreementShape = {
  at: anyDay,
  operator,
  technology,
  kind: z.enum(disagreementKinds).optional().describe('Only disagreements of this kind / Loại bất đồng'),
  district,
  commune,
};
const measurementShape = { at: anyDay, operator, technology, commune, bbox, ...paging };

/** Checks that what a question names exists; given by app.ts from the room that owns the shared filter. */
export type CheckPlaces = (names: {
  at: string;
  operator?: string;
  district?: string;
  commune?: string;
}) => Promise<unknown>;

/** The names of a question that are there. */
export function namesOf(question: {
  at: string;
  operator?: string | undefined;
  district?: string | undefined;
  commune?: string | undefined;
}): Parameters<CheckPlaces>[0] {
  const { at, operator: named, district: within, commune: alone } = question;
  return {
    at,
    ...(named ? { operator: named } : {}),
    ...(within ? { district: within } : {}),
    ...(alone ? { commune: alone } : {}),
  };
}

const placeInList = ({ id }: Disagreement): [number] => [id];

/** GET /coverage/disagreements, /coverage/communes/{id}, /coverage/measurements. */
export function evidenceRoutes(context: ServerContext, checkPlaces: CheckPlaces): Router {
  const { db, revision, cache } = context;
  const router = Router();
  const isSynthetic = (at: number) => cache.get(at, 'synthetic evidence', () => selectSyntheticEvidence(db));

  router.get('/coverage/disagreements', async (req, res) => {
    const {
      limit,
      cursor,
      at = todayInVietnam(),
      ...asked
    } = parseQuery({ ...disagreementShape, ...paging }, queryOf(req.originalUrl));
    await checkPlaces(namesOf({ at, ...asked }));
    const [after = 0] = cursor === undefined ? [] : decodeCursor(z.tuple([z.int()]), cursor);
    const dataset_revision = revision.current;
    const comparison = await evidenceAt(context, dataset_revision, at);
    const { disagreements, ...chosen } = await chooseEvidence(context, comparison, { at, ...asked });
    // The place in the list of the day is the key: what is left out keeps its place.
    const rest = disagreements.filter(({ id }) => id > after).slice(0, limit + 1);
    const { items, next_cursor } = pageOf(rest, limit, placeInList);
    const about = {
      numberMatched: disagreements.length,
      next_cursor,
      ...chosen,
      measured_from: comparison.period.measured_from,
      run: await selectOptionalRun(db, at, languageOf(req)),
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies Omit<DisagreementList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, pointOf);
  });

  router.get('/coverage/communes/:id', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: anyDay }, queryOf(req.originalUrl));
    const id = parseId(req.params['id'], 'commune');
    const found = await selectOptionalCommune(db, id, at);
    if (!found) throw new HttpError(404, 'not-found', `There is no commune with this id on ${at}.`);
    const dataset_revision = revision.current;
    const comparison = await evidenceAt(context, dataset_revision, at);
    res.json({
      id,
      code: found.code,
      name: found.name,
      run: await selectOptionalRun(db, at, languageOf(req)),
      items: await communeEvidenceItems(db, comparison, found),
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies CommuneEvidence);
  });

  router.get('/coverage/measurements', async (req, res) => {
    const { limit, cursor, at = todayInVietnam(), ...asked } = parseQuery(measurementShape, queryOf(req.originalUrl));
    await checkPlaces(namesOf({ at, ...asked }));
    const [after] = cursor === undefined ? [] : decodeCursor(z.tuple([z.int()]), cursor);
    const dataset_revision = revision.current;
    const period = measuredPeriod(at);
    const within = asked.commune ? { commune: { code: asked.commune, at } } : { commune: undefined };
    const run = await selectOptionalRun(db, at, languageOf(req));
    const found = await listPoints(db, run, { ...asked, ...within, period }, limit + 1, after);
    const { items, next_cursor } = pageOf(found.items, limit, ({ id }) => [id]);
    const about = {
      numberMatched: found.matched,
      next_cursor,
      run,
      measured_from: period.measured_from,
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies Omit<MeasurementList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, pointOf);
  });

  return router;
}
