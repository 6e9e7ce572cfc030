import sql, { empty, type Sql } from 'sql-template-tag';
import type {
  BroadcastCommuneList,
  BroadcastRun,
  BroadcastService,
  BroadcastUnion,
  TransmitterItem,
} from '../../../contract/index.ts';
import type { Queryable } from '../../../platform/db/db.ts';
import type { BroadcastTransmitter } from './broadcast-types.ts';

/** Transmitters on air on a day as a computation needs them. */
export function selectRunTransmitters(db: Queryable, at: string): Promise<BroadcastTransmitter[]> {
  return db.query<BroadcastTransmitter>(sql`
    select t.id as transmitter_id, t.service, t.frequency_mhz, t.erp_w, t.height_m, st_x(t.geom) as lon, st_y(t.geom) as lat,
           t.digital, t.threshold_dbuv_m
      from transmitter t
     where is_valid_at(t.valid_from, t.valid_to, ${at}::date)
     order by t.id`);
}

/** Kind of each commune in force on a day, by id: Xã, Phường, Thị trấn. */
export async function selectCommuneTypes(db: Queryable, at: string): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; type: string }>(sql`
    select u.id, u.type from admin_unit u where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)`);
  return new Map(rows.map(({ id, type }) => [id, type]));
}

/** The run that answers for a day, or null. `stale`: what it was made from changed after it, or between the two days. */
export async function selectOptionalBroadcastRun(db: Queryable, at: string): Promise<BroadcastRun | null> {
  const [row] = await db.query<BroadcastRun>(sql`
    select r.id, r.at, r.model, r.model_version, r.terrain ->> 'source' as terrain_source, n.area_km2 as no_terrain_km2, r.created_at, r.parameters,
           exists (select 1 from change_log c where c.revision > r.inventory_revision
                     and c.table_name in ('transmitter', 'admin_unit', 'admin_stat', 'raster_tile', 'habitable_area'))
             or r.inventory_revision < (select coalesce(min(c.revision), 0) - 1 from change_log c)
             or exists (select 1 from transmitter t where t.valid_from > least(r.at, ${at}::date) and t.valid_from <= greatest(r.at, ${at}::date))
             or exists (select 1 from transmitter t where t.valid_to > least(r.at, ${at}::date) and t.valid_to <= greatest(r.at, ${at}::date)) as stale,
           r.at <> ${at}::date as for_other_day
      from broadcast_run_at(${at}::date) r left join broadcast_no_terrain_area n on n.run_id = r.id`);
  return row ?? null;
}

export interface TransmitterQuestion {
  at: string;
  service: BroadcastService | undefined;
}

function onAir({ at, service }: TransmitterQuestion): Sql {
  return sql`is_valid_at(t.valid_from, t.valid_to, ${at}::date) ${service ? sql`and t.service = ${service}` : empty}`;
}

/** How many transmitters are on air, and whether any is made up. */
export async function selectTransmitterCount(
  db: Queryable,
  question: TransmitterQuestion,
): Promise<{ matched: number; synthetic: boolean }> {
  const [row] = await db.query<{ matched: number; synthetic: boolean }>(sql`
    select count(*)::int as matched, coalesce(bool_or(t.synthetic), false) as synthetic from transmitter t where ${onAir(question)}`);
  return row ?? { matched: 0, synthetic: false };
}

/** Transmitters on air with what the run computed for them. @param after code of the last one of the page before */
export function selectTransmitterPage(
  db: Queryable,
  question: TransmitterQuestion,
  runId: number | null,
  limit: number,
  after: string | undefined,
): Promise<TransmitterItem[]> {
  return db.query<TransmitterItem>(sql`
    select t.id, t.code, t.name, t.operator, t.service, t.frequency_mhz, t.erp_w, t.height_m, st_x(t.geom) as lon, st_y(t.geom) as lat,
           t.digital, t.polarisation, t.valid_from, t.valid_to, coalesce(a.threshold_dbuv_m, t.threshold_dbuv_m) as threshold_dbuv_m,
           a.threshold_urban_dbuv_m, nullif(a.threshold_source, '') as threshold_source,
           a.population, a.people_covered, a.pct_pop, a.area_km2, a.area_covered_km2, a.pct_area, a.pct_terrain,
           t.declared_pct_area, t.declared_pct_pop, t.declared_source, coalesce(a.flags, '{}') as flags,
           case when a.id is null then 'not_computed' else a.reason end as reason, t.synthetic
      from transmitter t
      left join broadcast_area a on a.run_id = ${runId}::bigint and a.transmitter_id = t.id
     where ${onAir(question)} ${after === undefined ? empty : sql`and t.code collate "C" > ${after}`}
     order by t.code collate "C"
     limit ${limit}`);
}

/** What any transmitter of each service serves, and what the yearly report says of it. */
export function selectUnions(
  db: Queryable,
  { at, service }: TransmitterQuestion,
  runId: number | null,
): Promise<BroadcastUnion[]> {
  return db.query<BroadcastUnion>(sql`
    select s.service, (select count(*)::int from transmitter t where t.service = s.service and is_valid_at(t.valid_from, t.valid_to, ${at}::date)) as transmitters,
           a.population, a.people_covered, a.pct_pop, a.area_km2, a.area_covered_km2, a.pct_area, coalesce(a.flags, '{}') as flags,
           case when a.id is null then 'not_computed' else a.reason end as reason,
           coalesce((
             select jsonb_agg(jsonb_build_object('indicator', i.indicator, 'value', i.value, 'unit_of_measure', i.unit_of_measure,
                                                 'year', i.year, 'source', i.source) order by i.indicator collate "C")
               from (
                 select distinct on (v.indicator) v.indicator, v.value, v.unit_of_measure, v.year, v.source
                   from indicator_value v
                   join admin_unit u on u.id = v.unit_id and u.level = 'province'
                  where v.kind = 'reported' and v.value is not null and v.year <= extract(year from ${at}::date)
                    and v.indicator like s.indicators
                    and u.code in (select p.code from admin_unit p where p.level = 'province' and is_valid_at(p.valid_from, p.valid_to, ${at}::date))
                  order by v.indicator, v.year desc, v.unit_id
               ) i), '[]'::jsonb) as declared
      from (values ('fm', 'radio\\_coverage.%', 1), ('am', 'radio\\_coverage.%', 2), ('tv', 'television\\_coverage.%', 3)) as s (service, indicators, place)
      left join broadcast_area a on a.run_id = ${runId}::bigint and a.service = s.service and a.transmitter_id is null
     where ${service ?? null}::text is null or s.service = ${service ?? null}::text
     order by s.place`);
}

/** Communes in force on a day by any transmitter of a service; what is not known or not computed is null. */
export function selectBroadcastCommunes(
  db: Queryable,
  { at, service }: { at: string; service: BroadcastService },
  runId: number | null,
): Promise<BroadcastCommuneList['items']> {
  return db.query<BroadcastCommuneList['items'][number]>(sql`
    select u.id, u.code, u.name, p.name as district_name, coalesce(c.population, stat.population) as population,
           c.people_covered, c.pct_pop, coalesce(c.area_km2, u.area_km2) as area_km2, c.area_covered_km2, c.pct_area
      from admin_unit u
      left join admin_unit p on p.id = u.parent_id and p.level = 'district'
      left join lateral population_at(u.id, ${at}::date) stat on true
      left join broadcast_commune c on c.commune_id = u.id and c.run_id = ${runId}::bigint and c.service = ${service}
     where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${at}::date)
     order by u.sort_key collate "C", u.id`);
}
