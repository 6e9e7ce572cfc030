import { Router } from 'express';
import { z } from 'zod';
import {
  type BroadcastCommuneList,
  type BroadcastRunDone,
  broadcastRunRequest,
  broadcastServices,
  day,
  type TransmitterList,
  todayInVietnam,
} from '../../../contract/index.ts';
import { authorise } from '../../../platform/authorise.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { HttpError } from '../../../platform/http-error.ts';
import { decodeCursor, limitParameter, parseBody, parseQuery, queryOf } from '../../../platform/parse-request.ts';
import { pageOf, pointOf, sendList, wantsGeoJson } from '../../../platform/send-list.ts';
import { selectGeometries } from '../queries.ts';
import {
  selectBroadcastCommunes,
  selectOptionalBroadcastRun,
  selectTransmitterCount,
  selectTransmitterPage,
  selectUnions,
} from './queries.ts';
import { runBroadcast } from './run-broadcast.ts';

const transmittersShape = {
  at: day.optional(),
  service: z.enum(broadcastServices).optional(),
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};
const communesShape = {
  at: day.optional(),
  service: z.enum(broadcastServices, { error: `is needed: one of ${broadcastServices.join(', ')}` }),
};

/** GET /broadcast/transmitters, GET /broadcast/communes, POST /broadcast/runs. */
export function broadcastRoutes({ db, revision, config }: ServerContext): Router {
  const router = Router();
  let isComputing = false;

  router.get('/broadcast/transmitters', async (req, res) => {
    const { at = todayInVietnam(), service, limit, cursor } = parseQuery(transmittersShape, queryOf(req.originalUrl));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.string()]), cursor)[0];
    const dataset_revision = revision.current;
    const run = await selectOptionalBroadcastRun(db, at);
    const question = { at, service };
    const [{ matched, synthetic }, rows, unions] = await Promise.all([
      selectTransmitterCount(db, question),
      selectTransmitterPage(db, question, run?.id ?? null, limit + 1, after),
      selectUnions(db, question, run?.id ?? null),
    ]);
    const { items, next_cursor } = pageOf(rows, limit, (item) => [item.code]);
    const about = {
      numberMatched: matched,
      next_cursor,
      unions,
      run,
      at,
      dataset_revision,
      synthetic,
    } satisfies Omit<TransmitterList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, pointOf);
  });

  router.get('/broadcast/communes', async (req, res) => {
    const { at = todayInVietnam(), service } = parseQuery(communesShape, queryOf(req.originalUrl));
    const dataset_revision = revision.current;
    const run = await selectOptionalBroadcastRun(db, at);
    const [items, { synthetic }] = await Promise.all([
      selectBroadcastCommunes(db, { at, service }, run?.id ?? null),
      selectTransmitterCount(db, { at, service }),
    ]);
    const about = {
      numberMatched: items.length,
      next_cursor: null,
      service,
      run,
      at,
      dataset_revision,
      synthetic,
    } satisfies Omit<BroadcastCommuneList, 'items' | 'numberReturned'>;
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'admin_unit', items) : new Map<number, string>();
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  router.post('/broadcast/runs', async (req, res) => {
    authorise(req.get('authorization'), config.editToken);
    const { at = todayInVietnam() } = parseBody(broadcastRunRequest, req.body ?? {});
    if (isComputing)
      throw new HttpError(409, 'already-running', 'Radio and television coverage is being computed just now.');
    isComputing = true;
    try {
      const { run_id, transmitters, not_computed } = await runBroadcast(db, revision, at);
      const done: BroadcastRunDone = { run_id, at, transmitters, not_computed, dataset_revision: revision.current };
      res.json(done);
    } finally {
      isComputing = false;
    }
  });

  return router;
}
