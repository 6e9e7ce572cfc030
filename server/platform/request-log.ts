import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { ServerContext } from './context.ts';
import { requestIdOf } from './request-id.ts';

/** One short line a request: failures of the server as errors, refusals as info, everything else only at level debug. */
export function requestLog({ log }: ServerContext): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: requestIdOf,
    customLogLevel: (_req, res, error) =>
      error || res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug',
    serializers: {
      req: (req: { id: string; method: string; url: string }) => ({ id: req.id, method: req.method, url: req.url }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    quietReqLogger: true,
  }) as unknown as RequestHandler;
}
