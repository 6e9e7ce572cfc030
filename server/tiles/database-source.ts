import sql, { raw, type Sql } from 'sql-template-tag';
import { completeSiteFilter, type SiteFilter, siteFilterParams, siteFilterShape } from '../contract/index.ts';
import { coverageIdsQuery } from '../domains/coverage/index.ts';
import { nodeCondition, spanCondition } from '../domains/fibre/index.ts';
import { checkFilter, hiddenSiteIdsQuery, isUnfiltered, siteIdsQuery } from '../domains/sites/index.ts';
import type { ServerContext } from '../platform/context.ts';
import { parseQuery } from '../platform/parse-request.ts';
import type { LayerDefinition } from './layer.ts';
import type { LayerId } from './registry.ts';
import {
  type Bounds,
  type LayerChanges,
  NOTHING_LOADED,
  type ParseTileFilter,
  type SelectedIds,
  type TileRow,
  type TileSource,
} from './tile-source.ts';

const BATCH = 10_000;

/** How the ids of a change-log entry become ids of the layer. */
type ChangedIds = (ids: readonly number[]) => Sql;
const same: ChangedIds = (ids) => sql`select unnest(${ids}::bigint[]) as id`;
const sitesOfStations: ChangedIds = (ids) => sql`select site_id as id from station where id = any(${ids}::bigint[])`;
const sitesOfCertificates: ChangedIds = (ids) =>
  sql`select t.site_id as id from station_certificate sc join station t on t.id = sc.station_id where sc.certificate_id = any(${ids}::bigint[])`;
/** The whole layer must be loaded again. */
const everything = null;

/** Which tables a layer is made from, and what a change in them touches. */
const dependencies: Record<LayerId, Record<string, ChangedIds | null>> = {
  communes: { admin_unit: everything, admin_stat: same },
  districts: { admin_unit: everything, admin_stat: same },
  coverage: { coverage_run: everything, coverage_area: same },
  no_terrain: { coverage_run: everything },
  gaps: { coverage_run: everything, gap: same },
  broadcast_no_terrain: { broadcast_run: everything },
  broadcast: { broadcast_run: everything, broadcast_area: same, transmitter: everything },
  spans: { fibre_span: same, fibre_network: everything, operator: everything },
  nodes: { fibre_node: same, fibre_span: everything, fibre_network: everything, operator: everything },
  sites: {
    site: same,
    mast: same,
    station: same,
    cell: sitesOfStations,
    station_certificate: sitesOfStations,
    certificate: sitesOfCertificates,
    operator: everything,
  },
};

async function changedIds(
  { db }: ServerContext,
  layer: LayerDefinition,
  sinceRevision: number,
): Promise<readonly number[] | null> {
  const tables = dependencies[layer.id as LayerId];
  const [log] = await db.query<{ oldest: number | null }>(sql`select min(revision) as oldest from change_log`);
  if (typeof log?.oldest === 'number' && log.oldest > sinceRevision + 1) return null;
  const entries = await db.query<{ table_name: string; ids: number[] | null }>(sql`
    select table_name, ids from change_log where revision > ${sinceRevision} and table_name = any(${Object.keys(tables)})`);
  const found = new Set<number>();
  for (const { table_name, ids } of entries) {
    const resolve = tables[table_name];
    if (!resolve || ids === null) return null;
    for (const row of await db.query<{ id: number }>(resolve(ids))) found.add(row.id);
  }
  return [...found];
}

/** Ids in one row: an order of magnitude cheaper to read than a row each. */
async function selectIds({ db }: ServerContext, query: Sql): Promise<number[]> {
  const [row] = await db.query<{ ids: number[] }>(
    sql`select coalesce(array_agg(id), '{}') as ids from (${query}) chosen`,
  );
  return row?.ids ?? [];
}

function unitIdsQuery(level: 'commune' | 'district', { at, district, commune }: SiteFilter): Sql | null {
  if (!district && !commune) return null;
  const units =
    level === 'commune'
      ? sql`select u.id, u.parent_id, u.code, u.centre from admin_unit u where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`
      : sql`select d.id, d.parent_id, d.code, d.centre from districts_at(${at}::date) d`;
  const byDistrict = sql`(${district ?? null}::text is null or exists (select 1 from district_of_code(${district ?? null}::text, ${at}::date) d join admin_unit du on du.id = d.id
    where u.id = d.id or u.parent_id = d.id or (not d.in_force and st_covers(du.geom, u.centre))))`;
  const byCommune =
    level === 'commune'
      ? sql`(${commune ?? null}::text is null or u.code = ${commune ?? null}::text)`
      : sql`(${commune ?? null}::text is null or exists (
    select 1 from admin_unit c where c.level = 'commune' and c.code = ${commune ?? null}::text and c.parent_id = u.id))`;
  return sql`select u.id from (${units}) u where ${byDistrict} and ${byCommune}`;
}

async function selectFor(context: ServerContext, layer: LayerDefinition, filter: SiteFilter): Promise<SelectedIds> {
  await checkFilter(context.db, filter);
  const { at, operator, technology } = filter;
  switch (layer.id as LayerId) {
    case 'communes':
    case 'districts': {
      const query = unitIdsQuery(layer.id === 'communes' ? 'commune' : 'district', filter);
      return query && selectIds(context, query);
    }
    case 'coverage':
      return selectIds(context, coverageIdsQuery('coverage_area', { at, operator, technology }));
    case 'gaps':
      return selectIds(context, coverageIdsQuery('gap', { at, operator, technology }));
    case 'no_terrain':
    case 'broadcast':
    case 'broadcast_no_terrain':
      return null;
    case 'spans':
      return operator
        ? selectIds(context, sql`select s.id from fibre_span s where ${spanCondition({ at, operator })}`)
        : null;
    case 'nodes':
      return operator
        ? selectIds(context, sql`select n.id from fibre_node n where ${nodeCondition({ at, operator })}`)
        : null;
    case 'sites':
      if (isUnfiltered(filter)) return { except: await selectIds(context, hiddenSiteIdsQuery(at)) };
      return selectIds(context, siteIdsQuery(filter));
  }
}

/** Rows of the tile layers from the database, on either engine. */
export function databaseTileSource(context: ServerContext): TileSource {
  const { db, revision } = context;
  return {
    revision: () => revision.current,
    async changes(layer, sinceRevision): Promise<LayerChanges> {
      // The revision first: what is read after it can only be newer, and a change is never missed.
      const now = await revision.refresh();
      if (sinceRevision === NOTHING_LOADED) return { revision: now, ids: null };
      return { revision: now, ids: await changedIds(context, layer, sinceRevision) };
    },
    rows(layer, day, ids) {
      return db.cursor<TileRow>(sql`select * from ${raw(layer.sqlFunction)}(${day}::date, ${ids}::bigint[])`, BATCH);
    },
    select: (layer, filter) => selectFor(context, layer, filter as SiteFilter),
    async bounds(layer): Promise<Bounds | null> {
      const table = {
        communes: 'admin_unit',
        districts: 'admin_unit',
        coverage: 'coverage_area',
        no_terrain: 'no_terrain_area',
        gaps: 'gap',
        broadcast: 'broadcast_area',
        broadcast_no_terrain: 'broadcast_no_terrain_area',
        spans: 'fibre_span',
        nodes: 'fibre_node',
        sites: 'site',
      }[layer.id as LayerId];
      const [row] = await db.query<{ bounds: Bounds | null }>(sql`
        select case when box is not null then array[st_xmin(box), st_ymin(box), st_xmax(box), st_ymax(box)] end as bounds
          from (select st_extent(geom)::box3d as box from ${raw(table)}) b`);
      return row?.bounds ?? null;
    },
  };
}

/** Parses a tile's query by the one shared filter; `at` is always part of the key. */
export const parseTileFilter: ParseTileFilter = (params) => {
  const filter = completeSiteFilter(parseQuery(siteFilterShape, params));
  return { key: siteFilterParams(filter).toString(), day: filter.at, filter };
};
