import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { day, type FibreNodeItem, type FibreSpanItem, siteFilterShape, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import {
  decodeCursor,
  encodeCursor,
  limitParameter,
  parseId,
  parseQuery,
  queryOf,
} from '../../platform/parse-request.ts';
import {
  selectFibreTotals,
  selectNodePage,
  selectOptionalNode,
  selectOptionalSpan,
  selectSpanPage,
  type SpanRow,
} from './queries.ts';

const listShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};

/** Which spans isolate a district centre when cut: known to the connectivity room, handed in by app.ts. */
export type SelectSingleCutSpans = (at: string) => Promise<Set<number>>;

function sendPage<T extends { id: number }>(
  req: Request,
  res: Response,
  page: { items: T[]; limit: number; numberMatched: number; about: object },
  toFeature: (item: T) => object,
  toItem: (item: T) => object,
): void {
  const items = page.items.slice(0, page.limit);
  const last = items.at(-1);
  const about = {
    numberMatched: page.numberMatched,
    numberReturned: items.length,
    next_cursor: page.items.length > page.limit && last ? encodeCursor([last.id]) : null,
    ...page.about,
  };
  if (req.accepts(['application/json', 'application/geo+json']) === 'application/geo+json') {
    res
      .type('application/geo+json')
      .send(JSON.stringify({ type: 'FeatureCollection', features: items.map(toFeature), ...about }));
  } else {
    res.json({ items: items.map(toItem), ...about });
  }
}

function spanItem({ geometry: _geometry, ...row }: SpanRow, bridges: Set<number>): FibreSpanItem {
  return { ...row, bridge: bridges.has(row.id) };
}

function nodeFeature({ id, lon, lat, ...properties }: FibreNodeItem): object {
  return { type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}

/** GET /fibre/spans, /fibre/spans/{id}, /fibre/nodes, /fibre/nodes/{id}. */
export function fibreRoutes({ db, revision, cache }: ServerContext, singleCutSpans: SelectSingleCutSpans): Router {
  const router = Router();

  const readList = (req: Request) => {
    const { at = todayInVietnam(), operator, limit, cursor } = parseQuery(listShape, queryOf(req.originalUrl));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.int()]), cursor)[0];
    const filter = { at, operator };
    const totals = cache.get(revision.current, `fibre ${JSON.stringify(filter)}`, () => selectFibreTotals(db, filter));
    return { filter, limit, after, totals, dataset_revision: revision.current };
  };

  router.get('/fibre/spans', async (req, res) => {
    const { filter, limit, after, totals, dataset_revision } = readList(req);
    const [items, bridges, { spans, length_m, synthetic }] = await Promise.all([
      selectSpanPage(db, filter, limit + 1, after),
      singleCutSpans(filter.at),
      totals,
    ]);
    const about = { length_m, at: filter.at, dataset_revision, synthetic };
    const feature = (row: SpanRow): object => {
      const { id, ...properties } = spanItem(row, bridges);
      return { type: 'Feature', id, geometry: JSON.parse(row.geometry) as unknown, properties };
    };
    sendPage(req, res, { items, limit, numberMatched: spans, about }, feature, (row) => spanItem(row, bridges));
  });

  router.get('/fibre/nodes', async (req, res) => {
    const { filter, limit, after, totals, dataset_revision } = readList(req);
    const [items, { nodes, synthetic }] = await Promise.all([selectNodePage(db, filter, limit + 1, after), totals]);
    sendPage(
      req,
      res,
      { items, limit, numberMatched: nodes, about: { at: filter.at, dataset_revision, synthetic } },
      nodeFeature,
      (item) => item,
    );
  });

  router.get('/fibre/spans/:id', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const row = await selectOptionalSpan(db, parseId(req.params.id, 'span'));
    if (!row) throw new HttpError(404, 'not-found', `There is no span with id ${req.params.id}.`);
    res.json({ ...spanItem(row, await singleCutSpans(at)), geometry: JSON.parse(row.geometry) as unknown });
  });

  router.get('/fibre/nodes/:id', async (req, res) => {
    parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const row = await selectOptionalNode(db, parseId(req.params.id, 'node'));
    if (!row) throw new HttpError(404, 'not-found', `There is no node with id ${req.params.id}.`);
    res.json(row);
  });

  return router;
}
