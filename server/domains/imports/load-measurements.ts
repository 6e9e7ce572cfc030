import sql from 'sql-template-tag';
import { dayInVietnam } from '../../contract/index.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { MeasurementRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { isOutside, vintages } from './propose-positions.ts';
import {
  type OutsideRow,
  type Refused,
  refuse,
  refuseOutOfService,
  refuseOutsideRows,
  refuseUnknownOperators,
} from './refuse-rows.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

const stageColumns = `row_no integer, operator text, operator_id bigint, technology text, lon float8, lat float8, measured_at timestamptz,
  day date, level_dbm float8, source text, synthetic boolean`;

/** Seven decimals are 1 cm: the same point written longer is the same point. */
const degrees = (value: number): number => Number(value.toFixed(7));

/** Points outside every commune of every vintage are refused unless the user allows them. */
async function refuseOutside(tx: Queryable, progress: LoadProgress): Promise<void> {
  await tx.script('analyze staged_measurement');
  const rows = await tx.query<OutsideRow>(sql`
    with place as materialized (
      -- Neighbours one after the other: PostGIS keeps the last commune prepared, and the next point is mostly in the same.
      select lon, lat, st_setsrid(st_makepoint(lon, lat), 4326) as geom from staged_measurement group by lon, lat order by 3
    ), ${vintages}, outside as (
      select p.lon, p.lat from place p where ${isOutside(sql`p.geom`)}
    )
    delete from staged_measurement s using outside o where o.lon = s.lon and o.lat = s.lat
    returning s.row_no as "row", null::text as scope, s.lon as first, s.lat as second`);
  await refuseOutsideRows(tx, progress, rows);
}

/** A receiver has one level at a time and place: the same again is passed over, another one is refused. */
async function refuseContradictions(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<Refused & { differs: boolean }>(sql`
    with ranked as (
      select ctid, level_dbm, first_value(level_dbm) over nth as first_level, row_number() over nth as place
        from staged_measurement window nth as (partition by operator_id, technology, measured_at, lon, lat, source order by row_no)
    )
    delete from staged_measurement s using ranked r
     where r.ctid = s.ctid and r.place > 1
    returning s.row_no, s.level_dbm::text as value, r.level_dbm <> r.first_level as differs`);
  const repeated = rows.filter(({ differs }) => !differs).length;
  if (repeated > 0) progress.addFindings({ repeated_rows: repeated });
  refuse(
    progress,
    rows.filter(({ differs }) => differs),
    'level_dbm',
    'duplicate_measurement',
    'An earlier row has another level of this operator and technology at the same place and time.',
  );
}

function stagedRow({ row, source_text: _source_text, ...point }: MeasurementRecord, fileName: string): object {
  return {
    ...point,
    row_no: row,
    lon: degrees(point.lon),
    lat: degrees(point.lat),
    day: dayInVietnam(new Date(point.measured_at)),
    source: point.source ?? fileName,
  };
}

/**
 * Writes drive-test points, streamed. A point is known by operator, technology, time, place and source: the same file again
 * changes nothing, a corrected level replaces the old one.
 */
export async function loadMeasurements(
  tx: Queryable,
  records: AsyncIterable<MeasurementRecord[]>,
  progress: LoadProgress,
  { fileName, allowOutside }: { fileName: string; allowOutside: boolean },
): Promise<void> {
  await createStage(tx, 'staged_measurement', stageColumns);
  for await (const batch of records) {
    await fillStage(
      tx,
      'staged_measurement',
      batch.map((record) => stagedRow(record, fileName)),
    );
  }
  await refuseUnknownOperators(tx, progress, 'staged_measurement');
  await refuseOutOfService(tx, progress, 'staged_measurement');
  await refuseContradictions(tx, progress);
  if (!allowOutside) await refuseOutside(tx, progress);
  const counts = await countUpsert(
    tx,
    sql`
    insert into measurement as m (operator_id, technology, geom, measured_at, level_dbm, source, synthetic)
    select operator_id, technology, st_setsrid(st_makepoint(lon, lat), 4326), measured_at, level_dbm, source, synthetic
      from staged_measurement order by row_no
    on conflict (operator_id, technology, measured_at, geom, source) do update set
      level_dbm = excluded.level_dbm, synthetic = excluded.synthetic
     where (m.level_dbm, m.synthetic) is distinct from (excluded.level_dbm, excluded.synthetic)`,
  );
  progress.addTable('measurement', counts);
}
