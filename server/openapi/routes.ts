import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Request, type Response, Router } from 'express';
import { matchesEtag } from '../platform/conditional.ts';
import type { ServerContext } from '../platform/context.ts';
import { projectPath } from '../platform/paths.ts';
import { describeApi } from './describe-api.ts';
import { renderPage } from './page.ts';

/** A text that stays the same as long as the process runs. */
interface Fixed {
  body: string;
  etag: string;
  mediaType: string;
}

function fixed(mediaType: string, body: string): Fixed {
  return { body, mediaType, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function send({ body, etag, mediaType }: Fixed, req: Request, res: Response): void {
  res.set({ ETag: etag, 'Cache-Control': 'no-cache' });
  if (matchesEtag(req.get('if-none-match'), etag)) res.status(304).end();
  else res.type(mediaType).send(body);
}

/** GET /openapi.json, /docs and /docs.css; to be mounted at /api. */
export function openApiRoutes({ config }: Pick<ServerContext, 'config'>): Router {
  const router = Router();
  const document = describeApi(config.publicBaseUrl);
  const json = fixed('application/json', JSON.stringify(document));
  const page = fixed('text/html', renderPage(document));
  const style = fixed('text/css', readFileSync(projectPath('server', 'openapi', 'docs.css'), 'utf8'));

  router.get('/openapi.json', (req, res) => send(json, req, res));
  router.get('/docs', (req, res) => send(page, req, res));
  router.get('/docs.css', (req, res) => send(style, req, res));
  return router;
}
