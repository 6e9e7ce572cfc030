import { Router } from 'express';
import { day, type Meta, type Summary, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { type Language, languageOf } from '../../platform/language.ts';
import { parseQuery, queryOf } from '../../platform/parse-request.ts';
import { version } from '../../platform/version.ts';
import { selectOptionalBounds, selectOptionalVintage } from '../admin-units/index.ts';
import { connectivityAt } from '../connectivity/index.ts';
import { selectOptionalCoveredCommunes } from '../coverage/index.ts';
import { selectCounts } from '../sites/index.ts';
import {
  selectCountsByCommune,
  selectCountsByDistrict,
  selectCountsByOperator,
  selectCountsByTechnology,
  selectIndicators,
} from './queries.ts';

async function summarise(
  context: ServerContext,
  { at, vintage: grouping }: { at: string; vintage: string },
  language: Language,
): Promise<Summary> {
  const { db, revision } = context;
  const dataset_revision = revision.current;
  const [
    { synthetic, ...counts },
    by_district,
    by_commune,
    by_operator,
    by_technology,
    indicators,
    ownVintage,
    vintage,
    covered,
    connectivity,
  ] = await Promise.all([
    selectCounts(db, { at }),
    selectCountsByDistrict(db, at),
    selectCountsByCommune(db, at, grouping),
    selectCountsByOperator(db, at),
    selectCountsByTechnology(db, at),
    selectIndicators(db, at),
    selectOptionalVintage(db, at),
    selectOptionalVintage(db, grouping),
    selectOptionalCoveredCommunes(db, at),
    connectivityAt(context, at),
  ]);
  const { total, on_fibre, dual } = connectivity.totals;
  return {
    at,
    counts,
    district_centres: { total, on_fibre, dual },
    communes: {
      total: ownVintage?.communes ?? 0,
      covered: covered?.covered ?? null,
      unknown: covered?.unknown ?? null,
    },
    by_district,
    by_commune,
    by_operator,
    by_technology,
    indicators,
    notes: connectivity.districtNote ? [connectivity.districtNote[language]] : [],
    vintage,
    dataset_revision,
    synthetic,
  };
}

async function describeDataset({ db, config, revision }: ServerContext): Promise<Meta> {
  const today = todayInVietnam();
  const dataset_revision = revision.current;
  return {
    version,
    today,
    editing: config.editToken !== undefined,
    dataset_revision,
    bounds: await selectOptionalBounds(db, today),
    synthetic: await selectSynthetic(db),
  };
}

async function selectSynthetic(db: Queryable): Promise<boolean> {
  return (await selectCounts(db, { at: todayInVietnam() })).synthetic;
}

const summaryShape = { at: day.optional(), vintage: day.optional() };

/** GET /summary, GET /meta. */
export function reportRoutes(context: ServerContext): Router {
  const { revision, cache } = context;
  const router = Router();

  router.get('/summary', async (req, res) => {
    const { at = todayInVietnam(), vintage = at } = parseQuery(summaryShape, queryOf(req.originalUrl));
    const language = languageOf(req);
    const key = `summary ${at} ${vintage} ${language}`;
    res.json(await cache.get(revision.current, key, () => summarise(context, { at, vintage }, language)));
  });

  router.get('/meta', async (req, res) => {
    parseQuery({}, queryOf(req.originalUrl));
    res.json(await cache.get(revision.current, `meta ${todayInVietnam()}`, () => describeDataset(context)));
  });

  return router;
}
