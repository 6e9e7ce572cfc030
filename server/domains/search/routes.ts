import { Router } from 'express';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { day, type SearchHit, todayInVietnam } from '../../contract/index.ts';
import type { ServerContext } from '../../platform/context.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { parseQuery, queryOf } from '../../platform/parse-request.ts';

const shape = {
  at: day.optional(),
  q: z.string().trim().min(1).max(100),
  limit: z.coerce.number().int().min(1).max(50).default(12),
};

/**
 * Units, sites and fibre nodes whose key contains the text; those that start with it come first, then larger units.
 * Districts are found by their old names after they were abolished, too.
 */
function selectHits(db: Queryable, q: string, at: string, limit: number): Promise<SearchHit[]> {
  return db.query<SearchHit>(sql`
    with wanted as (select search_key(${q}::text) as key),
    hits as (
      (select 'unit' as kind, u.id, u.code, u.name, coalesce(p.name, '') as detail, st_x(u.centre) as lon, st_y(u.centre) as lat,
              case when u.geom is not null then array[st_xmin(u.geom), st_ymin(u.geom), st_xmax(u.geom), st_ymax(u.geom)] end as bbox,
              u.level, u.search_key, case u.level when 'province' then 0 when 'district' then 1 when 'commune' then 2 else 3 end as rank
         from wanted, admin_unit u left join admin_unit p on p.id = u.parent_id
        where wanted.key <> '' and u.search_key like '%' || wanted.key || '%'
          and (is_valid_at(u.valid_from, u.valid_to, ${at}::date) or (u.level = 'district' and u.id in (select d.id from districts_at(${at}::date) d)))
        limit 200)
      union all
      (select 'site', s.id, s.code, coalesce(nullif(s.name, ''), s.code), s.address, st_x(s.geom), st_y(s.geom), null, null, s.search_key, 5
         from wanted, site s
        where wanted.key <> '' and s.search_key like '%' || wanted.key || '%' and is_valid_at(s.valid_from, s.valid_to, ${at}::date)
        limit 200)
      union all
      (select 'node', n.id, n.code, coalesce(nullif(n.name, ''), n.code), n.kind, st_x(n.geom), st_y(n.geom), null, null, search_key(n.name || ' ' || n.code), 4
         from wanted, fibre_node n
        where wanted.key <> '' and search_key(n.name || ' ' || n.code) like '%' || wanted.key || '%' and node_status_at(n.id, n.status, ${at}::date) <> 'decommissioned'
          and n.id in (select t.id from tile_rows_nodes(${at}::date, null) t)
        limit 200)
    )
    select h.kind, h.id, h.code, h.name, h.detail, h.lon, h.lat, h.bbox, h.level
      from hits h, wanted
     order by (' ' || h.search_key || ' ' like '% ' || wanted.key || ' %') desc, h.rank, position(wanted.key in h.search_key), h.code collate "C"
     limit ${limit}::int`);
}

/** GET /search. */
export function searchRoutes({ db }: ServerContext): Router {
  const router = Router();
  router.get('/search', async (req, res) => {
    const { at = todayInVietnam(), q, limit } = parseQuery(shape, queryOf(req.originalUrl));
    res.json({ items: await selectHits(db, q, at, limit) });
  });
  return router;
}
