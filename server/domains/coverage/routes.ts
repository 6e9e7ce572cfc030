import { Router } from 'express';
import { z } from 'zod';
import {
  type CommuneCoverage,
  type CommuneCoverageList,
  day,
  gapKinds,
  siteFilterShape,
  technologies,
  todayInVietnam,
} from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { decodeCursor, limitParameter, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, sendList, wantsGeoJson } from '../../platform/send-list.ts';
import {
  selectCommuneCoverage,
  selectGapPage,
  selectGeometries,
  selectOptionalRun,
  selectSyntheticCells,
} from './queries.ts';

const communesShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  technology: z.enum(technologies, { error: `is needed: one of ${technologies.join(', ')}` }),
  district: siteFilterShape.district,
};
const gapsShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  technology: siteFilterShape.technology,
  kind: z.enum(gapKinds).optional(),
  district: siteFilterShape.district,
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};

const sum = (items: readonly CommuneCoverage[], value: (item: CommuneCoverage) => number | null): number =>
  items.reduce((total, item) => total + (value(item) ?? 0), 0);
const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.min(100, (100 * part) / whole) : null;

/** Sums over the communes whose status is known: unknown communes are in neither numerator nor denominator. */
export function coverageTotals(items: readonly CommuneCoverage[]): CommuneCoverageList['totals'] {
  const known = items.filter((item) => item.status !== 'unknown');
  const population = sum(known, (item) => item.population);
  const people_covered = sum(known, (item) => item.people_covered);
  const area_km2 = sum(known, (item) => item.area_km2);
  const area_covered_km2 = sum(known, (item) => item.area_covered_km2);
  return {
    population,
    people_covered,
    pct_pop: percent(people_covered, population),
    area_km2,
    area_covered_km2,
    pct_area: percent(area_covered_km2, area_km2),
    communes: items.length,
    communes_covered: known.filter((item) => item.status === 'covered').length,
    communes_centre_covered: known.filter((item) => item.centre_covered).length,
    communes_unknown: items.length - known.length,
  };
}

/** Checks that district and operator of a question exist; given by app.ts from the room that owns the shared filter. */
export type CheckNames = (names: { at: string; operator?: string; district?: string }) => Promise<unknown>;

function namesOf(at: string, operator: string | undefined, district?: string): Parameters<CheckNames>[0] {
  return { at, ...(operator ? { operator } : {}), ...(district ? { district } : {}) };
}

/** GET /coverage/communes, GET /coverage/gaps. */
export function coverageRoutes({ db, revision, cache }: ServerContext, checkNames: CheckNames): Router {
  const router = Router();
  const isSynthetic = (at: number) => cache.get(at, 'synthetic cells', () => selectSyntheticCells(db));

  router.get('/coverage/communes', async (req, res) => {
    const {
      at = todayInVietnam(),
      operator,
      technology,
      district,
    } = parseQuery(communesShape, queryOf(req.originalUrl));
    await checkNames(namesOf(at, operator, district));
    const dataset_revision = revision.current;
    const run = await selectOptionalRun(db, at);
    const items = await selectCommuneCoverage(db, { at, operator, technology, district }, run?.id ?? null);
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'admin_unit', items) : new Map<number, string>();
    const about = {
      numberMatched: items.length,
      next_cursor: null,
      operator: operator ?? null,
      technology,
      run,
      totals: coverageTotals(items),
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies Omit<CommuneCoverageList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  router.get('/coverage/gaps', async (req, res) => {
    const {
      at = todayInVietnam(),
      operator,
      technology,
      kind,
      district,
      limit,
      cursor,
    } = parseQuery(gapsShape, queryOf(req.originalUrl));
    await checkNames(namesOf(at, operator, district));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.int(), z.int()]), cursor);
    const dataset_revision = revision.current;
    const run = await selectOptionalRun(db, at);
    const { items: rows, matched } = run
      ? await selectGapPage(db, { at, operator, technology, kind, district }, run.id, limit + 1, after)
      : { items: [], matched: 0 };
    const { items, next_cursor } = pageOf(rows, limit, (gap) => [gap.people, gap.id]);
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'gap', items) : new Map<number, string>();
    const about = {
      numberMatched: matched,
      next_cursor,
      run,
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    };
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  return router;
}
