import { Router } from 'express';
import { todayInVietnam } from '../../../contract/index.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { parseQuery, queryOf } from '../../../platform/parse-request.ts';
import { terrainReport } from './report.ts';

/** GET /terrain: the heights there are, for the communes in force today. */
export function terrainRoutes({ db, revision, cache }: ServerContext): Router {
  const router = Router();
  router.get('/terrain', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    const today = todayInVietnam();
    res.json(await cache.get(revision.current, `terrain ${today}`, () => terrainReport(db, today)));
  });
  return router;
}
