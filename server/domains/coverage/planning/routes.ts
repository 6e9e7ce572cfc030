import { Router } from 'express';
import { z } from 'zod';
import { day, siteFilterShape, suggestRequest, todayInVietnam, whatIfRequest } from '../../../contract/index.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { languageOf } from '../../../platform/language.ts';
import { parseBody, parseQuery, queryOf } from '../../../platform/parse-request.ts';
import { askPath, askSpot, askSuggest, askWhatIf, type PlanningContext } from './ask-planning.ts';
import { Planner } from './planner.ts';
import { scenarioRoutes } from './scenarios/routes.ts';

/** Parameters of GET /coverage/spot. */
export const spotShape = {
  at: day.optional(),
  lon: z.coerce.number().min(-180).max(180).describe('Longitude, degrees / Kinh độ'),
  lat: z.coerce.number().min(-90).max(90).describe('Latitude, degrees / Vĩ độ'),
  technology: siteFilterShape.technology,
};
/** Parameters of GET /coverage/path. */
export const pathShape = {
  at: day.optional(),
  lon: spotShape.lon,
  lat: spotShape.lat,
  cell_id: z.coerce.number().int().min(1).describe('Cell, as a spot or a site names it / Cell'),
};

/** POST /coverage/{what-if,suggest}, GET /coverage/{spot,path}, /coverage/scenarios. */
export function planningRoutes(server: ServerContext): Router {
  const { db, revision, cache, log } = server;
  const context: PlanningContext = { db, revision, cache, log, planner: new Planner(server) };
  const router = Router();

  router.post('/coverage/what-if', async (req, res) => {
    res.json(await askWhatIf(context, parseBody(whatIfRequest, req.body), languageOf(req)));
  });

  router.post('/coverage/suggest', async (req, res) => {
    res.json(await askSuggest(context, parseBody(suggestRequest, req.body)));
  });

  router.get('/coverage/spot', async (req, res) => {
    const { at = todayInVietnam(), lon, lat, technology } = parseQuery(spotShape, queryOf(req.originalUrl));
    res.json(await askSpot(context, at, { lon, lat, technology }));
  });

  router.get('/coverage/path', async (req, res) => {
    const { at = todayInVietnam(), ...path } = parseQuery(pathShape, queryOf(req.originalUrl));
    res.json(await askPath(context, at, path));
  });

  router.use(scenarioRoutes(context, server.config));
  return router;
}
