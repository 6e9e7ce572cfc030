import { Router } from 'express';
import { z } from 'zod';
import { day, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { decodeCursor, limitParameter, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, sendList, wantsGeoJson } from '../../platform/send-list.ts';
import { selectUnitGeometries, selectUnitPage, selectVintages } from './queries.ts';

const unitShape = {
  at: day.optional(),
  level: z.enum(['province', 'district', 'commune', 'village']).optional(),
  parent: z.string().max(40).optional(),
  q: z.string().trim().min(1).max(100).optional(),
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};

/** GET /admin-units, GET /admin-units/vintages. */
export function adminUnitRoutes({ db, revision }: ServerContext): Router {
  const router = Router();

  router.get('/admin-units/vintages', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    const items = await selectVintages(db);
    res.json({ items, numberMatched: items.length, numberReturned: items.length, next_cursor: null });
  });

  router.get('/admin-units', async (req, res) => {
    const { at = todayInVietnam(), level, parent, q, limit, cursor } = parseQuery(unitShape, queryOf(req.originalUrl));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.string(), z.int()]), cursor);
    const dataset_revision = revision.current;
    const { items: rows, matched } = await selectUnitPage(db, { at, level, parent, q }, limit + 1, after);
    const { items, next_cursor } = pageOf(rows, limit, (row) => [row.sort_key, row.id]);
    const units = items.map(({ sort_key: _sortKey, ...unit }) => unit);
    const geometries = wantsGeoJson(req) ? await selectUnitGeometries(db, units) : new Map<number, string>();
    const about = { numberMatched: matched, next_cursor, at, dataset_revision };
    sendList(req, res, units, about, ({ id }) => geometries.get(id) ?? null);
  });

  return router;
}
