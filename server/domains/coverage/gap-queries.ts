/** SQL of gaps. */
import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { CoverageRun, GapItem, GapList, Technology } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { scopeCondition } from './queries.ts';

export interface GapQuestion {
  at: string;
  operator?: string | undefined;
  technology?: Technology | undefined;
  /** gap: of one operator; white: no operator; grey: some, not all. */
  kind?: GapItem['kind'] | undefined;
  /** Only gaps that reach into the district (its last boundary once it is abolished). */
  district?: string | undefined;
  /** Only gaps at least this large. */
  min_area_km2?: number | undefined;
  /** Only gaps where at least so many people live. */
  min_people?: number | undefined;
}

function gapCondition(question: GapQuestion, runId: number): Sql {
  const conditions = [sql`g.run_id = ${runId}`, sql`g.${scopeCondition(question.operator)}`];
  if (question.technology) conditions.push(sql`g.technology = ${question.technology}`);
  if (question.kind) conditions.push(sql`g.kind = ${question.kind}`);
  if (question.min_area_km2 !== undefined) conditions.push(sql`g.area_km2 >= ${question.min_area_km2}::float8`);
  if (question.min_people !== undefined) conditions.push(sql`g.people >= ${question.min_people}::integer`);
  if (question.district) {
    conditions.push(sql`exists (select 1 from district_of_code(${question.district}, ${question.at}::date) d
      join admin_unit u on u.id = d.id where st_relate(g.geom, u.geom, '2********'))`);
  }
  return join(conditions, ' and ');
}

/** Gaps as the API gives them; communes as they are called on a day. */
const gapItems = (at: string, rest: Sql): Sql => sql`
    select g.id, g.rank, g.kind, o.code as operator, g.technology, g.area_km2, g.people, g.people_incomplete,
           (select coalesce(jsonb_agg(jsonb_build_object('code', u.code, 'name', u.name) order by u.code), '[]') from admin_unit u
             where u.level = 'commune' and u.code = any (g.commune_codes) and is_valid_at(u.valid_from, u.valid_to, ${at}::date)) as communes,
           st_x(inside.point) as lon, st_y(inside.point) as lat,
           array[st_xmin(g.geom), st_ymin(g.geom), st_xmax(g.geom), st_ymax(g.geom)] as bbox,
           s.code as nearest_site_code, g.nearest_site_m, n.code as nearest_node_code, g.nearest_node_m, g.village_count, g.villages
      from gap g
      left join operator o on o.id = g.operator_id
      left join site s on s.id = g.nearest_site_id
      left join fibre_node n on n.id = g.nearest_node_id
      cross join lateral (select st_pointonsurface(g.geom) as point) inside
     ${rest}`;

/** Gaps ranked by people, then area. @param after people and id of the last gap of the page before */
export async function selectGapPage(
  db: Queryable,
  question: GapQuestion,
  runId: number,
  limit: number,
  after: [people: number, id: number] | undefined,
): Promise<{ items: GapItem[]; matched: number }> {
  const where = gapCondition(question, runId);
  const [count] = await db.query<{ matched: number }>(sql`select count(*) as matched from gap g where ${where}`);
  const beyond = after ? sql`and (-g.people, g.id) > (${-after[0]}::integer, ${after[1]}::bigint)` : empty;
  const items = await db.query<GapItem>(
    gapItems(question.at, sql`where ${where} ${beyond} order by -g.people, g.id limit ${limit}::int`),
  );
  return { items, matched: count?.matched ?? 0 };
}

/**
 * What the run of a list does not keep as gaps, so that list and this are all that is not covered for certain; null when
 * the question is of no one technology (patches of several lie over each other) or narrower than operator, technology and
 * kind, or the run did not sum it.
 */
export async function selectOptionalNotListed(
  db: Queryable,
  { operator, technology, kind, district, min_area_km2 = 0, min_people = 0 }: GapQuestion,
  run: Pick<CoverageRun, 'id' | 'parameters'>,
): Promise<GapList['not_listed']> {
  const least_km2 = Number(run.parameters['gap_min_area_km2'] ?? Number.NaN);
  const isNarrower = district !== undefined || min_people > 0 || min_area_km2 > least_km2;
  if (!technology || isNarrower || Number.isNaN(least_km2)) return null;
  // Rounded: sums of tenths have the noise of binary fractions.
  const [row] = await db.query<
    Record<'patches' | 'small_people' | 'small_km2' | 'doubtful_people' | 'doubtful_km2', number> & {
      people_incomplete: boolean;
    }
  >(sql`
    select sum(u.small_patches)::integer as patches, sum(u.small_people)::integer as small_people,
           round(sum(u.small_area_km2)::numeric, 6)::float8 as small_km2, sum(u.doubtful_people)::integer as doubtful_people,
           round(sum(u.doubtful_area_km2)::numeric, 6)::float8 as doubtful_km2, bool_or(u.people_incomplete) as people_incomplete
      from unlisted_gaps u
     where u.run_id = ${run.id} and u.${scopeCondition(operator)} and u.technology = ${technology}
       ${kind ? sql`and u.kind = ${kind}` : empty}
    having count(*) > 0`);
  if (!row) return null;
  return {
    least_km2,
    too_small: { patches: row.patches, area_km2: row.small_km2, people: row.small_people },
    doubtful: { area_km2: row.doubtful_km2, people: row.doubtful_people },
    people_incomplete: row.people_incomplete,
  };
}

/** One gap of any run, with the day of its run and its polygon as GeoJSON text; null when there is none. */
export async function selectOptionalGap(
  db: Queryable,
  id: number,
): Promise<{ gap: GapItem; at: string; geometry: string } | null> {
  const [found] = await db.query<{ at: string; geometry: string }>(sql`
    select r.at, st_asgeojson(g.geom, 6) as geometry from gap g join coverage_run r on r.id = g.run_id where g.id = ${id}`);
  if (!found) return null;
  const [gap] = await db.query<GapItem>(gapItems(found.at, sql`where g.id = ${id}`));
  return gap ? { gap, ...found } : null;
}
