import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { TransmitterRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { isOutside, vintages } from './propose-positions.ts';
import { type OutsideRow, refuseOutsideRows } from './refuse-rows.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

const stageColumns = `row_no integer, code text, name text, service text, frequency_mhz float8, erp_w float8, height_m float8, lon float8,
  lat float8, valid_from date, valid_to date, operator text, polarisation text, digital boolean, threshold_dbuv_m float8,
  declared_pct_area float8, declared_pct_pop float8, declared_source text, synthetic boolean`;

/** Transmitters outside every commune are refused unless the user allows them: those of a neighbour may serve the province. */
async function refuseOutside(tx: Queryable, progress: LoadProgress): Promise<void> {
  const rows = await tx.query<OutsideRow>(sql`
    with ${vintages}, outside as (
      select s.row_no from staged_transmitter s
       cross join lateral (select st_setsrid(st_makepoint(s.lon, s.lat), 4326) as geom) p where ${isOutside(sql`p.geom`)}
    )
    delete from staged_transmitter s using outside o where o.row_no = s.row_no
    returning s.row_no as "row", null::text as scope, s.lon as first, s.lat as second`);
  await refuseOutsideRows(tx, progress, rows);
}

/** Writes radio and television transmitters; one of a known code is brought up to date. */
export async function loadTransmitters(
  tx: Queryable,
  records: AsyncIterable<TransmitterRecord[]>,
  progress: LoadProgress,
  { allowOutside }: { allowOutside: boolean },
): Promise<void> {
  await createStage(tx, 'staged_transmitter', stageColumns);
  for await (const batch of records) {
    const rows = batch.map(({ row, ...transmitter }) => ({ ...transmitter, row_no: row }));
    await fillStage(tx, 'staged_transmitter', rows);
  }
  if (!allowOutside) await refuseOutside(tx, progress);
  const counts = await countUpsert(
    tx,
    sql`
    insert into transmitter as t (code, name, service, frequency_mhz, erp_w, height_m, geom, valid_from, valid_to, operator, polarisation, digital,
                                  threshold_dbuv_m, declared_pct_area, declared_pct_pop, declared_source, synthetic)
    select code, normalize(name, NFC), service, frequency_mhz, erp_w, height_m, st_setsrid(st_makepoint(lon, lat), 4326), valid_from, valid_to,
           coalesce(operator, ''), polarisation, digital, threshold_dbuv_m, declared_pct_area, declared_pct_pop, coalesce(declared_source, ''), synthetic
      from staged_transmitter order by row_no
    on conflict (code) do update set
      name = excluded.name, service = excluded.service, frequency_mhz = excluded.frequency_mhz, erp_w = excluded.erp_w, height_m = excluded.height_m,
      geom = excluded.geom, valid_from = excluded.valid_from, valid_to = excluded.valid_to, operator = excluded.operator,
      polarisation = excluded.polarisation, digital = excluded.digital, threshold_dbuv_m = excluded.threshold_dbuv_m,
      declared_pct_area = excluded.declared_pct_area, declared_pct_pop = excluded.declared_pct_pop, declared_source = excluded.declared_source,
      synthetic = excluded.synthetic
     where (t.name, t.service, t.frequency_mhz, t.erp_w, t.height_m, t.valid_from, t.valid_to, t.operator, t.polarisation, t.digital, t.threshold_dbuv_m,
            t.declared_pct_area, t.declared_pct_pop, t.declared_source, t.synthetic)
           is distinct from (excluded.name, excluded.service, excluded.frequency_mhz, excluded.erp_w, excluded.height_m, excluded.valid_from, excluded.valid_to,
            excluded.operator, excluded.polarisation, excluded.digital, excluded.threshold_dbuv_m, excluded.declared_pct_area, excluded.declared_pct_pop,
            excluded.declared_source, excluded.synthetic)
        or not st_equals(t.geom, excluded.geom)`,
  );
  progress.addTable('transmitter', counts);
}
