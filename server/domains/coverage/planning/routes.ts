import { type Response, Router } from 'express';
import { z } from 'zod';
import { siteFilterShape, suggestRequest, todayInVietnam, whatIfRequest } from '../../../contract/index.ts';
import { callerSignal } from '../../../platform/caller-signal.ts';
import type { ServerContext } from '../../../platform/context.ts';
import { languageOf } from '../../../platform/language.ts';
import { parseBody, parseQuery, queryOf } from '../../../platform/parse-request.ts';
import { resultIn } from './answers.ts';
import { askPath, askSpot, askSuggest, askWhatIf, type PlanningContext } from './ask-planning.ts';
import { Planner } from './planner.ts';
import { scenarioRoutes } from './scenarios/routes.ts';

/** An angle in plain decimals, without an exponent. */
const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,20})?$/, 'must be a number of degrees')
    .transform(Number)
    .refine((angle) => Math.abs(angle) <= limit, `must lie within ±${limit} degrees`);

/** Parameters of GET /coverage/spot. */
export const spotShape = {
  at: siteFilterShape.at,
  lon: degrees(180).describe('Longitude, degrees / Kinh độ'),
  lat: degrees(90).describe('Latitude, degrees / Vĩ độ'),
  technology: siteFilterShape.technology,
};
/** Parameters of GET /coverage/path. */
export const pathShape = {
  at: siteFilterShape.at,
  lon: spotShape.lon,
  lat: spotShape.lat,
  cell_id: z.coerce.number().int().min(1).describe('Cell, as a spot or a site names it / Cell'),
};

/** POST /coverage/{what-if,suggest}, GET /coverage/{spot,path}, /coverage/scenarios. */
export function planningRoutes(server: ServerContext): Router {
  const { db, revision, cache, log } = server;
  const context: PlanningContext = { db, revision, cache, log, planner: new Planner(server) };
  const askedBy = (res: Response): PlanningContext => ({ ...context, caller: callerSignal(res) });
  const router = Router();

  router.post('/coverage/what-if', async (req, res) => {
    res.json(resultIn(languageOf(req), await askWhatIf(askedBy(res), parseBody(whatIfRequest, req.body))));
  });

  router.post('/coverage/suggest', async (req, res) => {
    res.json(await askSuggest(askedBy(res), parseBody(suggestRequest, req.body), languageOf(req)));
  });

  router.get('/coverage/spot', async (req, res) => {
    const { at = todayInVietnam(), lon, lat, technology } = parseQuery(spotShape, queryOf(req.originalUrl));
    res.json(await askSpot(askedBy(res), at, { lon, lat, technology }, languageOf(req)));
  });

  router.get('/coverage/path', async (req, res) => {
    const { at = todayInVietnam(), ...path } = parseQuery(pathShape, queryOf(req.originalUrl));
    res.json(await askPath(askedBy(res), at, path));
  });

  router.use(scenarioRoutes(context, server.config));
  return router;
}
