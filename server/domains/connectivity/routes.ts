import { Router } from 'express';
import {
  type CutResult,
  cutRequest,
  type DistrictConnectivityList,
  day,
  todayInVietnam,
} from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import { languageOf } from '../../platform/language.ts';
import { parseBody, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pointOf, sendList } from '../../platform/send-list.ts';
import { connectivityAt } from './analysis.ts';
import { selectCommuneCentres, selectSitesOnFibre } from './queries.ts';
import { simulateCut } from './rules/cut.ts';
import { targetsForNodeIds } from './rules/targets.ts';

/** GET /connectivity/districts, POST /connectivity/cut. */
export function connectivityRoutes(context: ServerContext): Router {
  const { db, revision, cache } = context;
  const router = Router();

  router.get('/connectivity/districts', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const dataset_revision = revision.current;
    const { districts, totals, districtNote, synthetic } = await connectivityAt(context, at);
    const about = {
      numberMatched: districts.length,
      next_cursor: null,
      totals,
      district_note: districtNote?.[languageOf(req)] ?? null,
      at,
      dataset_revision,
      synthetic,
    } satisfies Omit<DistrictConnectivityList, 'items' | 'numberReturned'>;
    sendList(req, res, districts, about, pointOf);
  });

  router.post('/connectivity/cut', async (req, res) => {
    const { at: asked, ...cut } = parseBody(cutRequest, req.body);
    const at = asked ?? todayInVietnam();
    const { graph, centres } = await connectivityAt(context, at);
    const [communes, sites] = await cache.get(revision.current, `cut targets ${at}`, () =>
      Promise.all([selectCommuneCentres(db, at), selectSitesOnFibre(db, at)]),
    );
    const wanted = {
      ...(cut.spans ? { spans: cut.spans } : {}),
      ...(cut.route_groups ? { route_groups: cut.route_groups } : {}),
      ...(cut.nodes ? { nodes: cut.nodes } : {}),
    };
    const ofDistricts = simulateCut(graph, targetsForNodeIds(graph, centres), wanted);
    const { unknown } = ofDistricts;
    const missing = [...unknown.spans, ...unknown.route_groups, ...unknown.nodes];
    if (missing.length > 0)
      throw new HttpError(404, 'not-found', `Not in the network at ${at}: ${missing.join(', ')}.`);
    const ofCommunes = simulateCut(graph, targetsForNodeIds(graph, communes), wanted);
    const ofSites = simulateCut(graph, targetsForNodeIds(graph, sites), wanted);
    res.json({
      lost: {
        district_centres: ofDistricts.lost.map((target) => target.code),
        communes: ofCommunes.lost.map((target) => target.code),
        sites: ofSites.lost.length,
        people: ofCommunes.lost.reduce((sum, target) => sum + (target.population ?? 0), 0),
      },
      rerouted: ofDistricts.rerouted.map(({ target, length_km_before, length_km_after }) => ({
        code: target.code,
        length_km_before,
        length_km_after,
      })),
    } satisfies CutResult);
  });

  return router;
}
