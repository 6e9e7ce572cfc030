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
  type UnitCoverageList,
} from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import { type Language, languageOf } from '../../platform/language.ts';
import { decodeCursor, limitParameter, parseId, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, sendList, wantsGeoJson } from '../../platform/send-list.ts';
import { selectGapPage, selectOptionalGap, selectOptionalNotListed } from './gap-queries.ts';
import {
  type CoverageScope,
  selectCommuneCoverage,
  selectGeometries,
  selectOptionalRun,
  selectSyntheticCells,
} from './queries.ts';
import { percent } from './rules/commune-figures.ts';
import { selectDistrictsEnded, selectUnitCoverage } from './unit-queries.ts';

const technologyNeeded = z.enum(technologies, { error: `is needed: one of ${technologies.join(', ')}` });

/** Parameters of coverage that the shared filter does not have; the description of the API has the very same. */
export const coverageParameters = {
  scope: z
    .enum(['any', 'at_least_two'])
    .optional()
    .describe('Without operator: reached by any, or by at least two of them / Ít nhất một hay hai doanh nghiệp'),
  level: z.enum(['district', 'province']).default('district').describe('Kind of unit / Cấp đơn vị hành chính'),
  kind: z.enum(gapKinds).optional().describe('Only gaps of this kind / Loại vùng lõm'),
  min_area_km2: z.coerce
    .number()
    .min(0)
    .max(100_000)
    .optional()
    .describe('Only gaps at least this large, km² / Diện tích ít nhất'),
  min_people: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .describe('Only gaps with so many people / Số dân ít nhất'),
};

const subjectShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  technology: technologyNeeded,
  scope: coverageParameters.scope,
};
const communesShape = { ...subjectShape, district: siteFilterShape.district };
const unitsShape = { ...subjectShape, level: coverageParameters.level };
const gapsShape = {
  at: day.optional(),
  operator: siteFilterShape.operator,
  technology: siteFilterShape.technology,
  kind: coverageParameters.kind,
  min_area_km2: coverageParameters.min_area_km2,
  min_people: coverageParameters.min_people,
  district: siteFilterShape.district,
  limit: limitParameter,
  cursor: z.string().max(500).optional(),
};

/** @throws HttpError 400 when both an operator and a union of operators are asked for */
export function scopeOf(operator: string | undefined, scope: 'any' | 'at_least_two' | undefined): CoverageScope {
  if (operator === undefined) return scope ?? 'any';
  if (scope === undefined) return 'operator';
  throw new HttpError(400, 'invalid-request', 'scope: is only for questions without an operator.', {
    errors: [{ pointer: '?scope', value: scope, reason: 'is only for questions without an operator' }],
  });
}

const sum = (items: readonly CommuneCoverage[], value: (item: CommuneCoverage) => number | null): number =>
  items.reduce((total, item) => total + (value(item) ?? 0), 0);

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
    people_low: sum(known, (item) => item.people_low),
    people_high: sum(known, (item) => item.people_high),
    pct_pop: percent(people_covered, population),
    area_km2,
    area_covered_km2,
    area_low_km2: sum(known, (item) => item.area_low_km2),
    area_high_km2: sum(known, (item) => item.area_high_km2),
    pct_area: percent(area_covered_km2, area_km2),
    communes: items.length,
    communes_covered: known.filter((item) => item.status === 'covered').length,
    communes_centre_covered: known.filter((item) => item.centre_covered).length,
    communes_unknown: items.length - known.length,
    people_at_least: sum(items, (item) => item.people_at_least),
    area_at_least_km2: sum(items, (item) => item.area_at_least_km2),
  };
}

/** Checks that district and operator of a question exist; given by app.ts from the room that owns the shared filter. */
export type CheckNames = (names: { at: string; operator?: string; district?: string }) => Promise<unknown>;

function namesOf(at: string, operator: string | undefined, district?: string): Parameters<CheckNames>[0] {
  return { at, ...(operator ? { operator } : {}), ...(district ? { district } : {}) };
}

const districtNote = (since: string, language: Language): string =>
  language === 'en'
    ? `Districts were abolished on ${since}; the last ones are shown.`
    : `Cấp huyện đã bãi bỏ từ ngày ${since}; ở đây là các huyện cuối cùng.`;

/** GET /coverage/communes, /coverage/units, /coverage/gaps and /coverage/gaps/{id}. */
export function coverageRoutes({ db, revision, cache }: ServerContext, checkNames: CheckNames): Router {
  const router = Router();
  const isSynthetic = (at: number) => cache.get(at, 'synthetic cells', () => selectSyntheticCells(db));

  router.get('/coverage/communes', async (req, res) => {
    const parsed = parseQuery(communesShape, queryOf(req.originalUrl));
    const { at = todayInVietnam(), operator, technology, district } = parsed;
    const scope = scopeOf(operator, parsed.scope);
    await checkNames(namesOf(at, operator, district));
    const dataset_revision = revision.current;
    const run = await selectOptionalRun(db, at, languageOf(req));
    const items = await selectCommuneCoverage(db, { at, operator, technology, scope, district }, run?.id ?? null);
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'admin_unit', items) : new Map<number, string>();
    const about = {
      numberMatched: items.length,
      next_cursor: null,
      operator: operator ?? null,
      scope,
      technology,
      run,
      totals: coverageTotals(items),
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies Omit<CommuneCoverageList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  router.get('/coverage/units', async (req, res) => {
    const {
      at = todayInVietnam(),
      operator,
      technology,
      level,
      ...parsed
    } = parseQuery(unitsShape, queryOf(req.originalUrl));
    const scope = scopeOf(operator, parsed.scope);
    await checkNames(namesOf(at, operator));
    const dataset_revision = revision.current;
    const run = await selectOptionalRun(db, at, languageOf(req));
    const items = await selectUnitCoverage(db, { at, operator, technology, scope }, level, run?.id ?? null);
    const ended = level === 'district' ? await selectDistrictsEnded(db, at) : null;
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'admin_unit', items) : new Map<number, string>();
    const about = {
      numberMatched: items.length,
      next_cursor: null,
      operator: operator ?? null,
      scope,
      technology,
      run,
      district_note: ended === null ? null : districtNote(ended, languageOf(req)),
      at,
      dataset_revision,
      synthetic: await isSynthetic(dataset_revision),
    } satisfies Omit<UnitCoverageList, 'items' | 'numberReturned'>;
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  router.get('/coverage/gaps', async (req, res) => {
    const { at = todayInVietnam(), limit, cursor, ...wanted } = parseQuery(gapsShape, queryOf(req.originalUrl));
    if (wanted.operator && wanted.kind && wanted.kind !== 'gap')
      throw new HttpError(
        400,
        'invalid-request',
        'White and grey spots are of all operators: ask without the operator.',
        {
          errors: [{ pointer: '?kind', value: wanted.kind, reason: 'is only for questions without an operator' }],
        },
      );
    await checkNames(namesOf(at, wanted.operator, wanted.district));
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.int(), z.int()]), cursor);
    const dataset_revision = revision.current;
    const run = await selectOptionalRun(db, at, languageOf(req));
    const { items: rows, matched } = run
      ? await selectGapPage(db, { at, ...wanted }, run.id, limit + 1, after)
      : { items: [], matched: 0 };
    const not_listed = run ? await selectOptionalNotListed(db, { at, ...wanted }, run) : null;
    const { items, next_cursor } = pageOf(rows, limit, (gap) => [gap.people, gap.id]);
    const geometries = wantsGeoJson(req) ? await selectGeometries(db, 'gap', items) : new Map<number, string>();
    const synthetic = await isSynthetic(dataset_revision);
    const about = { numberMatched: matched, next_cursor, run, not_listed, at, dataset_revision, synthetic };
    sendList(req, res, items, about, ({ id }) => geometries.get(id) ?? null);
  });

  router.get('/coverage/gaps/:id', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    const id = parseId(req.params.id, 'gap');
    const dataset_revision = revision.current;
    const found = await selectOptionalGap(db, id);
    if (!found)
      throw new HttpError(404, 'not-found', `There is no gap with id ${id}: a later run may have replaced it.`);
    const { gap, at, geometry } = found;
    const about = { at, dataset_revision, synthetic: await isSynthetic(dataset_revision) };
    res.json({ ...gap, geometry: JSON.parse(geometry) as unknown, ...about });
  });

  return router;
}
