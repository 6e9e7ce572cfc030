import sql from 'sql-template-tag';
import { todayInVietnam } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import { searchKey, sortKey } from '../../platform/text/index.ts';
import { rowError } from './formats/format.ts';
import type { VillageRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { type Refused, refuse } from './refuse-rows.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

const stageColumns = `row_no integer, code text, name text, type text, commune_code text, commune_id bigint, lon float8, lat float8,
  population integer, households integer, year integer, source text, synthetic boolean, search_key text, sort_key text`;

/** How far outside its commune's boundary a village may stand, m: boundaries are dirty. */
const OUTSIDE_M = 2000;

/** Villages belong to the commune that has their code on the day. */
async function refuseUnknownCommunes(tx: Queryable, progress: LoadProgress, day: string): Promise<void> {
  await tx.query(sql`
    update staged_village s set commune_id = u.id from admin_unit u
     where u.level = 'commune' and u.code = s.commune_code and is_valid_at(u.valid_from, u.valid_to, ${day}::date)`);
  const rows = await tx.query<Refused & { padded_name: string | null }>(sql`
    with refused as (delete from staged_village where commune_id is null returning row_no, commune_code)
    select r.row_no, r.commune_code as value,
           (select u.name from admin_unit u where u.level = 'commune' and u.code = lpad(r.commune_code, 5, '0')
               and is_valid_at(u.valid_from, u.valid_to, ${day}::date)) as padded_name
      from refused r order by r.row_no`);
  progress.addErrors(
    rows.map(({ row_no, value, padded_name }) =>
      rowError(
        row_no,
        'commune_code',
        value,
        'unknown_commune',
        `No commune in force on ${day} has this code.`,
        padded_name === null
          ? undefined
          : `${value?.padStart(5, '0')} is ${padded_name}; spreadsheets drop zeros in front`,
      ),
    ),
  );
}

/** A village farther than 2 km from its commune has a wrong position or a wrong commune: both readings are proposed. */
async function refuseFarOff(tx: Queryable, progress: LoadProgress, day: string): Promise<void> {
  const rows = await tx.query<Refused & { distance_m: number; commune: string; around: string | null }>(sql`
    with place as (
      select s.ctid as at, u.name, st_setsrid(st_makepoint(s.lon, s.lat), 4326) as point, u.geom
        from staged_village s join admin_unit u on u.id = s.commune_id
    ), far as (
      select at, name, point, st_distance(geom::geography, point::geography) as distance_m
        -- 2 km is less than 0.03 degrees of longitude anywhere in Vietnam (south of 24° N).
        from place where geom is not null and not st_dwithin(geom, point, 0.015)
    )
    delete from staged_village s using far f
     where f.at = s.ctid and f.distance_m > ${OUTSIDE_M}
    returning s.row_no, s.lon || ' ' || s.lat as value, round(f.distance_m)::integer as distance_m, f.name as commune,
      (select u.code || ' ' || u.name from admin_unit u where u.level = 'commune' and is_valid_at(u.valid_from, u.valid_to, ${day}::date)
          and st_covers(u.geom, f.point) order by u.code collate "C" limit 1) as around`);
  if (rows.length > 0) progress.addFindings({ rows_outside_their_commune: rows.length });
  progress.addErrors(
    rows.map(({ row_no, value, distance_m, commune, around }) =>
      rowError(
        row_no,
        'lon',
        value,
        'outside_commune',
        `The position is ${(distance_m / 1000).toFixed(1)} km outside ${commune}, more than the 2 km that are taken.`,
        around === null ? undefined : `The position is in ${around}`,
      ),
    ),
  );
}

async function refuseRepeated(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<Refused>(sql`
    with ranked as (select ctid, row_number() over (partition by code order by row_no) as place from staged_village)
    delete from staged_village s using ranked r where r.ctid = s.ctid and r.place > 1
    returning s.row_no, s.code as value`);
  refuse(
    progress,
    rows,
    'code',
    'duplicate_village',
    'An earlier row is the same village: give both a code when they are two of the same name in one commune.',
  );
}

/**
 * Writes villages as units under the commune that is in force, valid as long as it is, and their people where told.
 * The same file again changes nothing.
 * @param fileName stands for the source where a row names none
 * @param day which communes are meant; absent: those of today
 */
export async function loadVillages(
  tx: Queryable,
  records: AsyncIterable<VillageRecord[]>,
  progress: LoadProgress,
  fileName: string,
  day: string = todayInVietnam(),
): Promise<void> {
  await createStage(tx, 'staged_village', stageColumns);
  for await (const batch of records) {
    const staged = batch.map(({ row, ...village }) => ({
      ...village,
      row_no: row,
      source: village.source ?? fileName,
      search_key: searchKey(village.name),
      sort_key: sortKey(village.name),
    }));
    await fillStage(tx, 'staged_village', staged);
  }
  await refuseUnknownCommunes(tx, progress, day);
  await refuseFarOff(tx, progress, day);
  await refuseRepeated(tx, progress);
  const units = await countUpsert(
    tx,
    sql`
    insert into admin_unit as u (level, code, type, name, search_key, sort_key, parent_id, centre, valid_from, valid_to, source, synthetic)
    select 'village', s.code, s.type, s.name, s.search_key, s.sort_key, c.id, st_setsrid(st_makepoint(s.lon, s.lat), 4326), c.valid_from, c.valid_to, s.source, s.synthetic
      from staged_village s join admin_unit c on c.id = s.commune_id order by s.row_no
    on conflict (level, code, valid_from) do update set
      type = excluded.type, name = excluded.name, search_key = excluded.search_key, sort_key = excluded.sort_key, parent_id = excluded.parent_id,
      centre = excluded.centre, valid_to = excluded.valid_to, source = excluded.source, synthetic = excluded.synthetic
     where (u.type, u.name, u.parent_id, u.valid_to, u.source, u.synthetic, st_x(u.centre), st_y(u.centre)) is distinct from
           (excluded.type, excluded.name, excluded.parent_id, excluded.valid_to, excluded.source, excluded.synthetic, st_x(excluded.centre), st_y(excluded.centre))`,
  );
  progress.addTable('admin_unit', units);
  const stats = await countUpsert(
    tx,
    sql`
    insert into admin_stat as a (unit_id, year, population, households, source, method)
    select u.id, s.year, s.population, s.households, s.source, 'estimate'
      from staged_village s
      join admin_unit c on c.id = s.commune_id
      join admin_unit u on u.level = 'village' and u.code = s.code and u.valid_from = c.valid_from
     where s.population is not null or s.households is not null
    on conflict (unit_id, year) do update set population = coalesce(excluded.population, a.population),
      households = coalesce(excluded.households, a.households), source = excluded.source
     where (a.population, a.households) is distinct from (coalesce(excluded.population, a.population), coalesce(excluded.households, a.households))`,
  );
  progress.addTable('admin_stat', stats);
}
