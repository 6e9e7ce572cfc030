import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type CoverageJob, coverageJobRequest, todayInVietnam } from '../../../contract/index.ts';
import { authorise } from '../../../platform/authorise.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { HttpError } from '../../../platform/http-error.ts';
import {
  decodeCursor,
  limitParameter,
  parseBody,
  parseId,
  parseQuery,
  queryOf,
} from '../../../platform/parse-request.ts';
import { pageOf } from '../../../platform/send-list.ts';
import { noCommunes } from '../no-communes.ts';
import type { JobFollowers } from './follow-jobs.ts';
import { selectHasCommunes, selectJobPage, selectOptionalJob } from './job-queries.ts';
import type { JobRoom } from './job-room.ts';

/** A comment now and then, so that proxies do not take a quiet stream for a dead one, milliseconds. */
const HEARTBEAT_MS = 15_000;

const isEnded = ({ state }: CoverageJob): boolean => state !== 'queued' && state !== 'running';

/** Jobs change without the dataset: they are never taken from a cache. */
function sendFresh(res: Response, status: number, body: object): void {
  res.status(status).set('Cache-Control', 'no-store').json(body);
}

/**
 * Sends a job as server-sent events until it has ended or the caller leaves: `event: progress`, data the job as JSON.
 * `no-transform` keeps the compression from holding events back.
 */
function streamJob(req: Request, res: Response, job: CoverageJob, followers: JobFollowers): void {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  const send = (now: CoverageJob): void => void res.write(`event: progress\ndata: ${JSON.stringify(now)}\n\n`);
  res.write('retry: 3000\n\n');
  send(job);
  if (isEnded(job)) {
    res.end();
    return;
  }
  const heartbeat = setInterval(() => res.write(': still there\n\n'), HEARTBEAT_MS).unref();
  const end = (): void => {
    clearInterval(heartbeat);
    unfollow();
    res.end();
  };
  const unfollow = followers.follow(job, {
    changed: (now) => {
      send(now);
      if (isEnded(now)) end();
    },
    stopped: end,
  });
  req.once('close', end);
}

/** GET and POST /coverage/jobs, GET /coverage/jobs/{id} and its events, POST /coverage/jobs/{id}/cancel. */
export function coverageJobRoutes({ db, config }: ServerContext, { runner, followers }: JobRoom): Router {
  const router = Router();

  const jobOf = async (text: string | undefined): Promise<CoverageJob> => {
    const id = parseId(text, 'coverage job');
    const job = await selectOptionalJob(db, id);
    if (!job) throw new HttpError(404, 'not-found', `There is no coverage job with id ${id}.`);
    return job;
  };

  router.get('/coverage/jobs', async (req, res) => {
    const { limit, cursor } = parseQuery(
      { limit: limitParameter, cursor: z.string().max(500).optional() },
      queryOf(req.originalUrl),
    );
    const before = cursor === undefined ? undefined : decodeCursor(z.tuple([z.int()]), cursor)[0];
    const { items: rows, matched } = await selectJobPage(db, limit + 1, before);
    const { items, next_cursor } = pageOf(rows, limit, (job) => [job.id]);
    sendFresh(res, 200, { items, numberMatched: matched, numberReturned: items.length, next_cursor });
  });

  router.post('/coverage/jobs', async (req, res) => {
    authorise(req.get('authorization'), config.editToken);
    const { at = todayInVietnam() } = parseBody(coverageJobRequest, req.body ?? {});
    // What cannot succeed is refused at once, not after its turn has come.
    if (!(await selectHasCommunes(db, at))) throw noCommunes(at);
    const job = await runner.enqueue(at, {}, 'edit token');
    res.location(`${req.baseUrl}/coverage/jobs/${job.id}`);
    sendFresh(res, 202, job);
  });

  router.get('/coverage/jobs/:id', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    sendFresh(res, 200, await jobOf(req.params.id));
  });

  router.get('/coverage/jobs/:id/events', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    const job = await jobOf(req.params.id);
    if (followers.isFull)
      throw new HttpError(
        429,
        'too-many-listeners',
        'Too many are following coverage runs. Please ask for the job itself.',
        {
          retryAfter: 30,
        },
      );
    streamJob(req, res, job, followers);
  });

  router.post('/coverage/jobs/:id/cancel', async (req, res) => {
    authorise(req.get('authorization'), config.editToken);
    const { id, state } = await jobOf(req.params.id);
    if (state === 'done' || state === 'failed')
      throw new HttpError(409, 'job-ended', `The coverage job ${id} has ended already: it is ${state}.`);
    const job = await runner.cancel(id);
    sendFresh(res, 200, job ?? {});
  });

  return router;
}
