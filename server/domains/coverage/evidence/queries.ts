import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { CommuneCoverage, EvidenceItem, Technology } from '../../../contract/index.ts';
import type { Db, Queryable } from '../../../platform/db/db.ts';
import { communeCondition } from '../queries.ts';
import type { ComparedClaim, ModelledCommune, NamedCommune } from './rules/disagreements.ts';

/** Drive-test points of so many days up to the day asked for are compared with it: older networks were others. */
const MEASURED_WITHIN_DAYS = 730;
const DAY_MS = 86_400_000;

/** Days and moments between which points count for a day: the last is exclusive. */
export interface MeasuredPeriod {
  /** First day. */
  measured_from: string;
  /** Moments, Vietnam's time. */
  from: string;
  before: string;
}

export function measuredPeriod(at: string): MeasuredPeriod {
  const shifted = (days: number) => new Date(Date.parse(`${at}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  const measured_from = shifted(1 - MEASURED_WITHIN_DAYS);
  return { measured_from, from: `${measured_from}T00:00:00+07:00`, before: `${shifted(1)}T00:00:00+07:00` };
}

/** Communes in force on a day, of a district or one alone when asked for, with their districts. */
export function selectNamedCommunes(
  db: Queryable,
  { at, district, commune }: { at: string; district?: string | undefined; commune?: string | undefined },
): Promise<NamedCommune[]> {
  return db.query<NamedCommune>(sql`
    select u.id, u.code, u.name, p.name as district_name, st_x(u.centre) as lon, st_y(u.centre) as lat
      from admin_unit u
      left join admin_unit p on p.id = u.parent_id and p.level = 'district'
     where ${communeCondition({ at, district })} ${commune ? sql`and u.code = ${commune}` : empty}`);
}

/** The latest declaration, not after the day, of every operator × technology of the communes in force on it. */
export function selectClaims(
  db: Queryable,
  at: string,
  communeId?: number,
): Promise<(ComparedClaim & { synthetic: boolean })[]> {
  return db.query(sql`
    select distinct on (c.commune_id, c.operator_id, c.technology)
           c.commune_id, o.code as operator, c.technology, c.as_of, c.covered, c.pct_pop, c.source, c.synthetic
      from coverage_claim c
      join operator o on o.id = c.operator_id
      join admin_unit u on u.id = c.commune_id and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
     where c.as_of <= ${at}::date ${communeId === undefined ? empty : sql`and c.commune_id = ${communeId}`}
     order by c.commune_id, c.operator_id, c.technology, c.as_of desc`);
}

export interface ModelledRow extends ModelledCommune {
  commune_id: number;
  operator: string;
  technology: Technology;
}

/** First day of the communes in force on a day; null before there were any. */
export async function selectOptionalVintage(db: Queryable, at: string): Promise<string | null> {
  const [row] = await db.query<{ vintage: string | null }>(sql`
    select max(u.valid_from) as vintage from admin_unit u
     where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`);
  return row?.vintage ?? null;
}

/** What a run says of every operator × technology in every commune. */
export function selectModelled(db: Queryable, runId: number): Promise<ModelledRow[]> {
  return db.query<ModelledRow>(sql`
    select c.commune_id, o.code as operator, c.technology, c.status, c.pct_pop, c.people_covered, c.population
      from coverage_commune c join operator o on o.id = c.operator_id
     where c.run_id = ${runId} and c.scope = 'operator'`);
}

export interface PointRow {
  id: number;
  commune_id: number | null;
  operator_id: number;
  operator: string;
  technology: Technology;
  lon: number;
  lat: number;
  measured_at: string;
  level_dbm: number;
  source: string;
  synthetic: boolean;
}

const pointColumns = sql`m.id, m.operator_id, o.code as operator, m.technology, st_x(m.geom) as lon, st_y(m.geom) as lat,
  m.measured_at, m.level_dbm, m.source, m.synthetic`;

/**
 * Every point of a period with its commune of a vintage, by the point-in-commune rule: communes are joined to the points that
 * they contain (one prepared polygon for all of its points), and only points in none look for the nearest.
 */
export function readPoints(db: Db, { from, before }: MeasuredPeriod, vintage: string): AsyncIterable<PointRow[]> {
  const inPeriod = sql`m.measured_at >= ${from}::timestamptz and m.measured_at < ${before}::timestamptz`;
  return db.cursor<PointRow>(
    sql`
    with inside as materialized (
      select distinct on (m.id) m.id, u.id as commune_id
        from admin_unit u join measurement m on st_covers(u.geom, m.geom) and ${inPeriod}
       where u.level = 'commune' and u.valid_from = ${vintage}::date
       order by m.id, u.code collate "C"
    )
    select ${pointColumns},
           coalesce(i.commune_id, (select c.commune_id from commune_of_point(m.geom, ${vintage}::date) c)) as commune_id
      from measurement m join operator o on o.id = m.operator_id left join inside i on i.id = m.id
     where ${inPeriod}
     order by m.id`,
    2_000,
  );
}

export interface PointQuestion {
  period: MeasuredPeriod;
  operator?: string | undefined;
  technology?: Technology | undefined;
  bbox?: readonly [west: number, south: number, east: number, north: number] | undefined;
  /** Points of one commune of the day, by its boundary. */
  commune?: { code: string; at: string } | undefined;
}

function pointCondition({ period, operator, technology, bbox, commune }: PointQuestion): Sql {
  const conditions = [
    sql`m.measured_at >= ${period.from}::timestamptz and m.measured_at < ${period.before}::timestamptz`,
  ];
  if (operator) conditions.push(sql`m.operator_id = (select id from operator where code = ${operator})`);
  if (technology) conditions.push(sql`m.technology = ${technology}`);
  if (bbox) conditions.push(sql`m.geom && st_makeenvelope(${bbox[0]}, ${bbox[1]}, ${bbox[2]}, ${bbox[3]}, 4326)`);
  if (commune) {
    conditions.push(sql`exists (select 1 from admin_unit u where u.level = 'commune' and u.code = ${commune.code}
      and is_valid_at(u.valid_from, u.valid_to, ${commune.at}::date) and st_covers(u.geom, m.geom))`);
  }
  return join(conditions, ' and ');
}

/** Points in order of their identity. @param after that of the last point of the page before */
export async function selectPointPage(
  db: Queryable,
  question: PointQuestion,
  limit: number,
  after: number | undefined,
): Promise<{ rows: Omit<PointRow, 'commune_id'>[]; matched: number }> {
  const where = pointCondition(question);
  const [count] = await db.query<{ matched: number }>(
    sql`select count(*) as matched from measurement m where ${where}`,
  );
  const rows = await db.query<Omit<PointRow, 'commune_id'>>(sql`
    select ${pointColumns} from measurement m join operator o on o.id = m.operator_id
     where ${where} ${after === undefined ? empty : sql`and m.id > ${after}`} order by m.id limit ${limit}::int`);
  return { rows, matched: count?.matched ?? 0 };
}

/** Everything modelled of one commune: each operator × technology and the unions. */
export interface ModelledEvidence extends ModelledCommune {
  scope: EvidenceItem['scope'];
  operator: string | null;
  technology: Technology;
  area_km2: number | null;
  area_covered_km2: number | null;
  pct_area: number | null;
  people_at_least: number | null;
  area_at_least_km2: number | null;
  people_low: number | null;
  people_high: number | null;
  area_low_km2: number | null;
  area_high_km2: number | null;
  pct_terrain: number | null;
  centre_covered: boolean | null;
  unknown_reason: CommuneCoverage['unknown_reason'];
}

export function selectModelledEvidence(db: Queryable, runId: number, communeId: number): Promise<ModelledEvidence[]> {
  return db.query<ModelledEvidence>(sql`
    select c.scope, o.code as operator, c.technology, c.population, c.people_covered, c.pct_pop, c.area_km2, c.area_covered_km2, c.pct_area,
           coalesce(c.people_at_least, c.people_covered) as people_at_least, coalesce(c.area_at_least_km2, c.area_covered_km2) as area_at_least_km2,
           c.people_low, c.people_high, c.area_low_km2, c.area_high_km2, c.pct_terrain, c.centre_covered, c.status, c.unknown_reason
      from coverage_commune c left join operator o on o.id = c.operator_id
     where c.run_id = ${runId} and c.commune_id = ${communeId}`);
}

export interface EvidenceCommune {
  id: number;
  code: string;
  name: string;
  population: number | null;
  area_km2: number | null;
}

/** A commune in force on the day, or null. */
export async function selectOptionalCommune(db: Queryable, id: number, at: string): Promise<EvidenceCommune | null> {
  const [row] = await db.query<EvidenceCommune>(sql`
    select u.id, u.code, u.name, stat.population, u.area_km2
      from admin_unit u left join lateral population_at(u.id, ${at}::date) stat on true
     where u.id = ${id} and u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`);
  return row ?? null;
}

/** Whether claims or points are made up for the demo. */
export async function selectSyntheticEvidence(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ synthetic: boolean }>(sql`
    select exists (select 1 from coverage_claim where synthetic) or exists (select 1 from measurement where synthetic)
        or exists (select 1 from cell where synthetic) as synthetic`);
  return row?.synthetic ?? false;
}
