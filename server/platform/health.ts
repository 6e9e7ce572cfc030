import { Router } from 'express';
import type { ServerContext } from './context.ts';
import { schemaFingerprint, selectOptionalSchemaFingerprint } from './db/migrate.ts';
import { DatabaseUnavailableError } from './http-error.ts';
import type { Metrics } from './metrics.ts';
import { version } from './version.ts';

/** GET /healthz (the process), GET /readyz (database and migrations), GET /metrics (Prometheus). */
export function healthRoutes({ db }: ServerContext, metrics: Metrics): Router {
  const router = Router();
  const wanted = schemaFingerprint();

  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok', version });
  });

  router.get('/readyz', async (_req, res) => {
    const found = await selectOptionalSchemaFingerprint(db);
    if (found !== (await wanted)) throw new DatabaseUnavailableError(new Error('the schema is of another version'));
    res.set('Cache-Control', 'no-store').json({ status: 'ready', engine: db.engine, schema: found });
  });

  router.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}
