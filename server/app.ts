import { join } from 'node:path';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { adminUnitRoutes } from './domains/admin-units/index.ts';
import { connectivityAt, connectivityRoutes } from './domains/connectivity/index.ts';
import {
  broadcastRoutes,
  coverageJobRoutes,
  coverageRoutes,
  createJobRoom,
  evidenceRoutes,
  type JobRoom,
  planningRoutes,
  terrainRoutes,
} from './domains/coverage/index.ts';
import { exportRoutes } from './domains/exports/index.ts';
import { fibreRoutes } from './domains/fibre/index.ts';
import { reportRoutes } from './domains/reports/index.ts';
import { searchRoutes } from './domains/search/index.ts';
import { checkFilter, siteRoutes } from './domains/sites/index.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { conditionalGet } from './platform/conditional.ts';
import type { ServerContext } from './platform/context.ts';
import { healthRoutes } from './platform/health.ts';
import { HttpError, toHttpError, toProblem } from './platform/http-error.ts';
import type { Metrics } from './platform/metrics.ts';
import { projectPath } from './platform/paths.ts';
import { requestIdOf } from './platform/request-id.ts';
import { requestLog } from './platform/request-log.ts';

/** What pages of this server may load: only from the server itself. Inline scripts and styles are refused. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    workerSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const tooMany = (): never => {
  throw new HttpError(429, 'too-many-requests', 'Too many requests from this address. Please wait a minute.', {
    retryAfter: 60,
  });
};

function limitPerMinute(limit: number) {
  return rateLimit({ windowMs: 60_000, limit, standardHeaders: 'draft-8', legacyHeaders: false, handler: tooMany });
}

/** The one place where errors become answers: problem+json, no stack, no SQL; the log has the cause. */
function errorHandler({ log }: ServerContext): ErrorRequestHandler {
  return (error: unknown, req: Request, res, next) => {
    const { status, retryAfter } = toHttpError(error);
    if (status >= 500) (req.log ?? log).error({ err: error }, 'request failed');
    if (res.headersSent) return next(error);
    for (const name of ['ETag', 'Content-Disposition', 'Cache-Control']) res.removeHeader(name);
    if (retryAfter !== undefined) res.set('Retry-After', String(retryAfter));
    res.status(status).set('Cache-Control', 'no-store').type('application/problem+json');
    res.send(JSON.stringify(toProblem(error, { instance: req.originalUrl, requestId: requestIdOf(req) })));
  };
}

function apiRoutes(context: ServerContext, jobs: JobRoom): express.Router {
  const api = express.Router();
  api.use(limitPerMinute(context.config.rateLimit));
  api.use('/exports', limitPerMinute(Math.ceil(context.config.rateLimit / 10)));
  api.use(express.json({ limit: '256kb' }));
  // Before the entity tags: jobs change while the dataset does not.
  api.use(coverageJobRoutes(context, jobs));
  api.use(conditionalGet(context.revision));
  api.use(siteRoutes(context));
  api.use(adminUnitRoutes(context));
  api.use(fibreRoutes(context, async (at) => (await connectivityAt(context, at)).singleCutSpans));
  api.use(connectivityRoutes(context));
  api.use(coverageRoutes(context, (names) => checkFilter(context.db, names)));
  api.use(evidenceRoutes(context, (names) => checkFilter(context.db, names)));
  api.use(broadcastRoutes(context));
  api.use(terrainRoutes(context));
  api.use(planningRoutes(context));
  api.use(searchRoutes(context));
  api.use(reportRoutes(context));
  api.use(exportRoutes(context));
  return api;
}

/** Mounts every router, the client's files, then the one error handler. */
export function createApp(context: ServerContext, metrics: Metrics, jobs: JobRoom = createJobRoom(context)): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', context.config.trustedProxies);
  app.use(requestLog(context));
  app.use(metrics.middleware);
  app.use(helmet({ contentSecurityPolicy, strictTransportSecurity: false, crossOriginEmbedderPolicy: false }));
  app.use((_req, res, next) => {
    res.set('X-Request-Id', requestIdOf(_req));
    next();
  });
  app.use(compression());
  app.use(healthRoutes(context, metrics));
  app.use('/api/v1', apiRoutes(context, jobs));
  app.use('/api', openApiRoutes(context));
  const client = projectPath('dist', 'client');
  app.use(
    '/assets',
    express.static(join(client, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false, etag: true }),
  );
  app.use(express.static(client, { index: 'index.html', etag: true, maxAge: 0 }));
  app.use((req) => {
    throw new HttpError(404, 'not-found', `There is nothing at ${req.path}.`);
  });
  app.use(errorHandler(context));
  return app;
}
