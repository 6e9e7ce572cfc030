import { type Request, Router } from 'express';
import type { LineString, MultiLineString } from 'geojson';
import { z } from 'zod';
import { day, type FibreSpanItem, siteFilterShape, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { cutAtAntimeridian } from '../../platform/geo/antimeridian.ts';
import { HttpError } from '../../platform/http-error.ts';
import { decodeCursor, limitParameter, parseId, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, pointOf, sendList } from '../../platform/send-list.ts';
import {
  type SpanRow,
  selectFibreTotals,
  selectNodePage,
  selectOptionalNode,
  selectOptionalSpan,
  selectSpanPage,
} from './queries.ts';

const listShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};

/** Which spans isolate a district centre when cut: known to the connectivity room, handed in by app.ts. */
export type SelectSingleCutSpans = (at: string) => Promise<Set<number>>;

/** A span's line, cut where it crosses the antimeridian. */
function courseOf({ geometry }: SpanRow): LineString | MultiLineString {
  return cutAtAntimeridian((JSON.parse(geometry) as LineString).coordinates);
}

function spanItem({ geometry: _geometry, ...row }: SpanRow, bridges: Set<number>): FibreSpanItem {
  return { ...row, bridge: bridges.has(row.id) };
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
    const [rows, bridges, { spans, length_m, synthetic }] = await Promise.all([
      selectSpanPage(db, filter, limit + 1, after),
      singleCutSpans(filter.at),
      totals,
    ]);
    const { items, next_cursor } = pageOf(rows, limit, (row) => [row.id]);
    const rowsById = new Map(items.map((row) => [row.id, row]));
    const about = { numberMatched: spans, next_cursor, length_m, at: filter.at, dataset_revision, synthetic };
    const spanItems = items.map((row) => spanItem(row, bridges));
    sendList(req, res, spanItems, about, ({ id }) => courseOf(rowsById.get(id)!));
  });

  router.get('/fibre/nodes', async (req, res) => {
    const { filter, limit, after, totals, dataset_revision } = readList(req);
    const [rows, { nodes, synthetic }] = await Promise.all([selectNodePage(db, filter, limit + 1, after), totals]);
    const { items, next_cursor } = pageOf(rows, limit, (row) => [row.id]);
    sendList(
      req,
      res,
      items,
      { numberMatched: nodes, next_cursor, at: filter.at, dataset_revision, synthetic },
      pointOf,
    );
  });

  router.get('/fibre/spans/:id', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const row = await selectOptionalSpan(db, parseId(req.params.id, 'span'), at);
    if (!row) throw new HttpError(404, 'not-found', `There is no span with id ${req.params.id}.`);
    res.json({ ...spanItem(row, await singleCutSpans(at)), geometry: courseOf(row) });
  });

  router.get('/fibre/nodes/:id', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const row = await selectOptionalNode(db, parseId(req.params.id, 'node'), at);
    if (!row) throw new HttpError(404, 'not-found', `There is no node with id ${req.params.id}.`);
    res.json(row);
  });

  return router;
}
