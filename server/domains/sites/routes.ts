import { Router } from 'express';
import sql from 'sql-template-tag';
import { z } from 'zod';
import {
  completeSiteFilter,
  day,
  type SiteDetail,
  siteEdit,
  siteFilterParams,
  siteFilterShape,
  todayInVietnam,
} from '../../contract/index.ts';
import { authorise, versionOf } from '../../platform/authorise.ts';
import type { ServerContext } from '../../platform/context.ts';
import { formatDms, PHU_THO_SRID, projectToVn2000 } from '../../platform/geo/index.ts';
import { HttpError } from '../../platform/http-error.ts';
import { languageOf } from '../../platform/language.ts';
import { decodeCursor, limitParameter, parseBody, parseId, parseQuery, queryOf } from '../../platform/parse-request.ts';
import { pageOf, pointOf, sendList } from '../../platform/send-list.ts';
import { checkFilter } from './check-filter.ts';
import { updateSite } from './edits.ts';
import { selectCounts, selectOptionalSite, selectSitePage } from './queries.ts';

const listShape = {
  ...siteFilterShape,
  limit: limitParameter,
  cursor: z.string().max(500).optional().describe('next_cursor of the page before'),
};

/** GET /sites, GET /sites/{id}, PATCH /sites/{id}. */
export function siteRoutes({ db, revision, cache, config }: ServerContext): Router {
  const router = Router();

  router.get('/sites', async (req, res) => {
    const { limit, cursor, ...parsed } = parseQuery(listShape, queryOf(req.originalUrl));
    const filter = completeSiteFilter(parsed);
    const after = cursor === undefined ? undefined : decodeCursor(z.tuple([z.string()]), cursor)[0];
    const key = siteFilterParams(filter).toString();
    const dataset_revision = revision.current;
    const [{ district_note }, { synthetic, ...counts }, rows] = await Promise.all([
      checkFilter(db, filter),
      cache.get(dataset_revision, `counts ${key}`, () => selectCounts(db, filter)),
      selectSitePage(db, filter, limit + 1, after),
    ]);
    const { items, next_cursor } = pageOf(rows, limit, (site) => [site.code]);
    const about = { numberMatched: counts.sites, next_cursor, counts, at: filter.at, dataset_revision, synthetic };
    sendList(req, res, items, { ...about, district_note: district_note?.[languageOf(req)] ?? null }, pointOf);
  });

  router.get('/sites/:id', async (req, res) => {
    const { at = todayInVietnam() } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const site = await selectOptionalSite(db, parseId(req.params.id, 'site'), at);
    if (!site) throw new HttpError(404, 'not-found', `There is no site with id ${req.params.id}.`);
    const vn2000 = projectToVn2000(site.lon, site.lat, PHU_THO_SRID);
    const language = languageOf(req);
    res.json({
      ...site,
      at,
      lat_dms: formatDms(site.lat, 'lat', { language }),
      lon_dms: formatDms(site.lon, 'lon', { language }),
      vn2000_x_north_m: Math.round(vn2000.northing_m * 1000) / 1000,
      vn2000_y_east_m: Math.round(vn2000.easting_m * 1000) / 1000,
      vn2000_epsg: PHU_THO_SRID,
    } satisfies SiteDetail);
  });

  router.patch('/sites/:id', async (req, res) => {
    authorise(req.get('authorization'), config.editToken);
    const id = parseId(req.params.id, 'site');
    const expected = versionOf(req.get('if-match'), 'site');
    const edit = parseBody(siteEdit, req.body);
    const version = await revision.change((tx) => updateSite(tx, id, expected, edit, 'edit token'));
    res.json({ id, version, dataset_revision: revision.current });
  });

  router.get('/operators', async (req, res) => {
    const { at } = parseQuery({ at: day.optional() }, queryOf(req.originalUrl));
    const items = await db.query(sql`
      select o.code, o.name, o.colour, o.valid_from, o.valid_to, n.code as successor
        from operator o left join operator n on n.id = o.successor_id
       where ${at ?? null}::date is null or is_valid_at(o.valid_from, o.valid_to, ${at ?? null}::date)
       order by o.valid_to is not null, o.valid_from, o.code`);
    res.json({ items, numberMatched: items.length, numberReturned: items.length, next_cursor: null });
  });

  return router;
}
