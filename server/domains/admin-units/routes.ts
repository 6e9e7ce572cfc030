import { Router } from 'express';
import { z } from 'zod';
import { day, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { decodeCursor, encodeCursor, limitParameter, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { selectUnitPage, selectVintages } from './queries.ts';

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
    const { items, matched } = await selectUnitPage(db, { at, level, parent, q }, limit + 1, after);
    const page = items.slice(0, limit);
    const last = page.at(-1);
    res.json({
      items: page.map(({ sort_key: _sortKey, ...unit }) => unit),
      numberMatched: matched,
      numberReturned: page.length,
      next_cursor: items.length > limit && last ? encodeCursor([last.sort_key, last.id]) : null,
      at,
      dataset_revision,
    });
  });

  return router;
}
