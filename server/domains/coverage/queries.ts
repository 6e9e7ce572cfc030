import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { CommuneCoverage, CommuneCoverageList, CoverageRun, Technology } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { Language, Translated } from '../../platform/language.ts';
import type { CoverageCell, CoverageCommune, RunOperator } from './rules/coverage-types.ts';
import type { LonLatMultiPolygon } from './rules/projection.ts';

/** Communes in force on a day as a run needs them: polygons and people. Null: none of them has a boundary. */
export async function selectRunCommunes(
  db: Queryable,
  at: string,
): Promise<{ vintage: string; communes: CoverageCommune[] } | null> {
  const rows = await db.query<
    Omit<CoverageCommune, 'centre' | 'polygons'> & {
      lon: number | null;
      lat: number | null;
      geometry: string | null;
      vintage: string;
    }
  >(sql`
    select u.id as commune_id, u.code, u.valid_from as vintage, stat.population, st_x(u.centre) as lon, st_y(u.centre) as lat, st_asgeojson(u.geom, 7) as geometry
      from admin_unit u
      left join lateral population_at(u.id, ${at}::date) stat on true
     where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
     order by u.code collate "C", u.valid_from`);
  const first = rows.find(({ geometry }) => geometry !== null);
  if (!first) return null;
  const vintage = rows.reduce((latest, row) => (row.vintage > latest ? row.vintage : latest), first.vintage);
  const communes = rows.map(
    ({ commune_id, code, population, lon, lat, geometry }): CoverageCommune => ({
      commune_id,
      code,
      population,
      centre: lon === null || lat === null ? null : [lon, lat],
      polygons: geometry === null ? [] : (JSON.parse(geometry) as { coordinates: LonLatMultiPolygon }).coordinates,
    }),
  );
  return { vintage, communes };
}

/** Cells on air on a day at sites in service. Flagged positions are not trusted. */
export function selectRunCells(db: Queryable, at: string): Promise<CoverageCell[]> {
  return db.query<CoverageCell>(sql`
    select c.id as cell_id, t.operator_id, st_x(s.geom) as lon, st_y(s.geom) as lat, s.environment, c.technology, c.band_mhz, c.azimuth_deg,
           c.antenna_height_m, c.tilt_deg, c.gain_dbi, c.power_w, c.eirp_dbm, c.beamwidth_deg,
           s.position_flag is null as position_trusted, s.accuracy_m
      from site s
      join station t on t.site_id = s.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)
      join cell c on c.station_id = t.id and is_valid_at(c.valid_from, c.valid_to, ${at}::date)
     where is_valid_at(s.valid_from, s.valid_to, ${at}::date) and site_status_at(s.status, s.valid_to, ${at}::date) = 'active'
     order by c.id`);
}

/** Operators in force on a day or with a station on air then. */
export function selectRunOperators(db: Queryable, at: string): Promise<RunOperator[]> {
  return db.query<RunOperator>(sql`
    with named as (
      select o.id, is_valid_at(o.valid_from, o.valid_to, ${at}::date) as in_force,
             exists (select 1 from station t where t.operator_id = o.id and is_valid_at(t.commissioned, t.decommissioned, ${at}::date)) as on_air
        from operator o
    )
    select id as operator_id, on_air from named where in_force or on_air order by id`);
}

/** Said of runs of before levels were stored. */
const WITHOUT_LEVELS: Translated = {
  vi: 'Lần tính này có trước khi mức tín hiệu được lưu: chưa có các dải mức tín hiệu và khoảng sai số. Hãy tính lại để có.',
  en: 'This run is from before levels were stored: it has no signal bands and no error band. Compute again to have them.',
};

/** The run that answers for a day, or null. `stale`: the inventory, the terrain or the boundaries changed after it. */
export async function selectOptionalRun(
  db: Queryable,
  at: string,
  language: Language = 'vi',
): Promise<CoverageRun | null> {
  const [row] = await db.query<CoverageRun & { has_levels: boolean }>(sql`
    select r.id, r.at, r.model, r.model_version, r.terrain_source, r.terrain, n.area_km2 as no_terrain_km2, r.population_method, r.created_at, r.thresholds, r.parameters,
           r.grid is not null as has_levels,
           exists (select 1 from change_log c where c.revision > r.inventory_revision
                     and c.table_name in ('site', 'station', 'cell', 'operator', 'admin_unit', 'admin_stat', 'raster_tile', 'habitable_area'))
             or r.inventory_revision < (select coalesce(min(c.revision), 0) - 1 from change_log c)
             or exists (select 1 from cell c where c.valid_from > least(r.at, ${at}::date) and c.valid_from <= greatest(r.at, ${at}::date))
             or exists (select 1 from cell c where c.valid_to > least(r.at, ${at}::date) and c.valid_to <= greatest(r.at, ${at}::date)) as stale,
           r.at <> ${at}::date as for_other_day
      from coverage_run_at(${at}::date) r left join no_terrain_area n on n.run_id = r.id`);
  if (!row) return null;
  const { has_levels, ...run } = row;
  return { ...run, note: has_levels ? null : WITHOUT_LEVELS[language] };
}

export type CoverageScope = CommuneCoverageList['scope'];

export interface CoverageQuestion {
  at: string;
  operator: string | undefined;
  technology: Technology;
  /** operator exactly when one is named. */
  scope: CoverageScope;
  district: string | undefined;
}

export function communeCondition({ at, district }: Pick<CoverageQuestion, 'at' | 'district'>): Sql {
  const conditions = [sql`u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`];
  if (district) {
    conditions.push(sql`exists (select 1 from district_of_code(${district}, ${at}::date) d join admin_unit du on du.id = d.id
      where u.parent_id = d.id or (not d.in_force and st_covers(du.geom, u.centre)))`);
  }
  return join(conditions, ' and ');
}

/** Condition on rows of an operator, or of any operator when none is named. */
export function scopeCondition(operator: string | undefined): Sql {
  return operator ? sql`operator_id = (select id from operator where code = ${operator})` : sql`operator_id is null`;
}

/** Coverage of every commune in force on a day; communes without a result are unknown, not uncovered. */
export function selectCommuneCoverage(
  db: Queryable,
  question: CoverageQuestion,
  runId: number | null,
): Promise<CommuneCoverage[]> {
  return db.query<CommuneCoverage>(sql`
    select u.id, u.code, u.name, p.code as district_code, p.name as district_name,
           coalesce(c.population, stat.population) as population, c.people_covered, c.pct_pop,
           coalesce(c.area_km2, u.area_km2) as area_km2, c.area_covered_km2, c.pct_area,
           coalesce(c.people_at_least, c.people_covered) as people_at_least, coalesce(c.area_at_least_km2, c.area_covered_km2) as area_at_least_km2,
           c.people_low, c.people_high, c.area_low_km2, c.area_high_km2, c.pct_terrain, c.centre_covered, coalesce(c.status, 'unknown') as status,
           case when c.status is null then 'not_computed' else c.unknown_reason end as unknown_reason
      from admin_unit u
      left join admin_unit p on p.id = u.parent_id and p.level = 'district'
      left join lateral population_at(u.id, ${question.at}::date) stat on true
      left join coverage_commune c on c.commune_id = u.id and c.run_id = ${runId}::bigint and c.technology = ${question.technology}
           and c.scope = ${question.scope} and c.${scopeCondition(question.operator)}
     where ${communeCondition(question)}
     order by u.sort_key collate "C", u.id`);
}

/** Ids of the areas or gaps that a tile filter selects, in the run that answers for the day. */
export function coverageIdsQuery(
  table: 'coverage_area' | 'gap',
  { at, operator, technology }: { at: string; operator: string | undefined; technology: Technology | undefined },
): Sql {
  const from = table === 'gap' ? sql`gap g` : sql`(select * from coverage_area where scope <> 'at_least_two') g`;
  return sql`select g.id from coverage_run_at(${at}::date) r join ${from} on g.run_id = r.id
    where g.${scopeCondition(operator)} ${technology ? sql`and g.technology = ${technology}` : empty}`;
}

/**
 * Communes covered by any operator in any technology on a day, and those not covered in any but unknown in some: whether they
 * are is not known. Null when no run serves the day.
 */
export async function selectOptionalCoveredCommunes(
  db: Queryable,
  at: string,
): Promise<{ covered: number; unknown: number } | null> {
  const [row] = await db.query<{ covered: number; unknown: number }>(sql`
    select count(c.commune_id) filter (where c.is_covered) as covered,
           count(c.commune_id) filter (where not c.is_covered and c.is_unknown) as unknown
      from coverage_run_at(${at}::date) r
      left join lateral (
        select commune_id, bool_or(status = 'covered') as is_covered, bool_or(status = 'unknown') as is_unknown
          from coverage_commune where run_id = r.id and scope = 'any' group by commune_id
      ) c on true
     group by r.id`);
  return row ?? null;
}

/** True when any cell of the inventory is made up for the demo: the figures are then marked synthetic. */
export async function selectSyntheticCells(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ synthetic: boolean }>(
    sql`select exists (select 1 from cell where synthetic) as synthetic`,
  );
  return row?.synthetic ?? false;
}

/** Polygons of communes or gaps as GeoJSON text by id. */
export async function selectGeometries(
  db: Queryable,
  table: 'admin_unit' | 'gap',
  items: readonly { id: number }[],
): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; geometry: string }>(sql`
    select id, st_asgeojson(geom, 6) as geometry from ${raw(table)} where geom is not null and id = any(${items.map(({ id }) => id)}::bigint[])`);
  return new Map(rows.map(({ id, geometry }) => [id, geometry]));
}
