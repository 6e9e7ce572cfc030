import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { positionFlag } from '../../platform/geo/index.ts';
import { searchKey } from '../../platform/text/index.ts';
import type { OpenCellRecord, SiteCellRecord } from './formats/records.ts';
import { storedDays } from './formats/site-consistency.ts';
import type { LoadProgress } from './load-report.ts';
import { isOutside, vintages } from './propose-positions.ts';
import { type OutsideRow, type Refused, refuse, refuseOutsideRows, refuseUnknownOperators } from './refuse-rows.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

export interface SiteLoadOptions {
  fileName: string;
  /** Take sites outside every commune; without it they are row errors. */
  allowOutside: boolean;
  /** Days that the file does not tell: first day of validity of sites, stations and cells. */
  defaultFrom: string;
}

const stageColumns = `row_no integer, site_code text, site_name text, lon float8, lat float8, source_text text, source_x float8, source_y float8,
  source_srid integer, position_method text, accuracy_m float8, position_flag text, address text, commune_code text, environment text, site_status text,
  site_from date, site_to date, site_search_key text, mast_no integer, mast_class text, mast_height_m float8, on_building boolean,
  building_height_m float8, mast_owner text, permit_no text, permit_date date, operator text, operator_id bigint, operator_code text,
  bts_class smallint, equipment text, commissioned date, decommissioned date, technology text, band_mhz float8, cell_code text,
  azimuth_deg float8, antenna_height_m float8, tilt_deg float8, gain_dbi float8, power_w float8, eirp_dbm float8, beamwidth_deg float8,
  value_source text, cell_from date, cell_to date, certificate_no text, certificate_issuer text, certificate_issued date,
  certificate_expires date, synthetic boolean`;

function cellsOf(record: SiteCellRecord, options: SiteLoadOptions): object[] {
  const flag = positionFlag(record);
  const known = {
    ...record,
    row_no: record.row,
    ...storedDays(record, options.defaultFrom),
    mast_no: record.mast_no ?? (record.mast_class === null && record.mast_height_m === null ? null : 1),
    position_method: record.position_method ?? 'declared',
    position_flag: flag === 'null_island' ? 'outside_province' : flag,
    environment: record.environment ?? 'rural',
    site_status: record.site_status ?? 'active',
    address: record.address ?? '',
    site_search_key: searchKey(`${record.site_code} ${record.site_name} ${record.address ?? ''}`),
    value_source:
      record.antenna_height_m === null || (record.eirp_dbm === null && record.power_w === null)
        ? 'default'
        : 'reported',
  };
  if (record.technology === null) return [known];
  return record.azimuths_deg.map((azimuth) => ({
    ...known,
    azimuth_deg: azimuth,
    cell_code: `${record.technology}-${record.band_mhz ?? 'x'}-${azimuth ?? 'omni'}`,
  }));
}

/** Own site records on the stage: one row a cell. */
export async function stageSiteCells(
  tx: Queryable,
  records: AsyncIterable<SiteCellRecord[]>,
  options: SiteLoadOptions,
): Promise<void> {
  await createStage(tx, 'staged_cell', stageColumns);
  for await (const batch of records) {
    await fillStage(
      tx,
      'staged_cell',
      batch.flatMap((record) => cellsOf(record, options)),
    );
  }
}

function openCellStation(record: OpenCellRecord, options: SiteLoadOptions): object {
  const since = record.created ?? options.defaultFrom;
  const operator = record.operator ?? `MCC${record.mcc}-${record.net}`;
  const code = `OCID-${record.site_key}`;
  return {
    row_no: record.row,
    site_code: code,
    site_name: '',
    lon: record.lon,
    lat: record.lat,
    source_text: `${record.lon} ${record.lat}`,
    position_method: 'declared',
    position_flag: 'estimated',
    accuracy_m: null,
    address: '',
    environment: 'rural',
    site_status: 'active',
    site_from: since,
    site_search_key: searchKey(code),
    operator,
    operator_code: code,
    commissioned: since,
    technology: record.technology,
    cell_code: `${record.radio}-${record.area}-${record.cell}`,
    value_source: 'default',
    cell_from: since,
    synthetic: false,
  };
}

/**
 * OpenCelliD rows on the stage. A row is a cell; rows of one network at one position make one site with one station
 * (site_key). Networks outside the operator list become operators named by their MCC and MNC.
 */
export async function stageOpenCells(
  tx: Queryable,
  records: AsyncIterable<OpenCellRecord[]>,
  options: SiteLoadOptions,
): Promise<void> {
  await createStage(tx, 'staged_cell', stageColumns);
  const networks = new Map<string, string>();
  for await (const batch of records) {
    for (const record of batch) {
      if (record.operator === null)
        networks.set(`MCC${record.mcc}-${record.net}`, record.network_name ?? `MCC ${record.mcc} MNC ${record.net}`);
    }
    await fillStage(
      tx,
      'staged_cell',
      batch.map((record) => openCellStation(record, options)),
    );
  }
  const rows = JSON.stringify([...networks].map(([code, name]) => ({ code, name })));
  await tx.query(sql`
    insert into operator (code, name, valid_from)
    select r.code, r.name, '1990-01-01' from jsonb_to_recordset(${rows}::jsonb) as r (code text, name text)
     where exists (select 1 from staged_cell s where s.operator = r.code)
    on conflict (code) do nothing`);
}

/** The first row of a site decides; rows that contradict it about the position, or a station that stands on two sites, are refused. */
async function refuseContradictions(tx: Queryable, progress: LoadProgress): Promise<void> {
  const moved = await tx.query<Refused>(sql`
    with first as (select distinct on (site_code) site_code, lon, lat from staged_cell order by site_code, row_no)
    delete from staged_cell s using first f
     where f.site_code = s.site_code and (abs(f.lon - s.lon) > 1e-5 or abs(f.lat - s.lat) > 1e-5)
    returning s.row_no, s.lon || ' ' || s.lat as value`);
  refuse(progress, moved, 'lon', 'position_conflict', 'An earlier row gives this site another position.');
  const elsewhere = await tx.query<Refused>(sql`
    with first as (select distinct on (operator_id, operator_code) operator_id, operator_code, site_code from staged_cell
                    where operator_id is not null order by operator_id, operator_code, row_no)
    delete from staged_cell s using first f
     where f.operator_id = s.operator_id and f.operator_code = s.operator_code and f.site_code <> s.site_code
    returning s.row_no, s.operator_code as value`);
  refuse(
    progress,
    elsewhere,
    'operator_code',
    'duplicate_station',
    'An earlier row has this station of the operator on another site.',
  );
  const stored = await tx.query<Refused>(sql`
    delete from staged_cell s using station t, site x
     where t.operator_id = s.operator_id and t.operator_code = s.operator_code and x.id = t.site_id and x.code <> s.site_code
    returning s.row_no, s.operator_code as value`);
  refuse(
    progress,
    stored,
    'operator_code',
    'duplicate_station',
    'The inventory has this station of the operator on another site.',
  );
  const repeated = await tx.query<Refused>(sql`
    delete from staged_cell s using (
      select ctid, row_number() over (partition by operator_id, operator_code, cell_code order by row_no) as nth from staged_cell where cell_code is not null
    ) n
     where n.ctid = s.ctid and n.nth > 1
    returning s.row_no, s.cell_code as value`);
  refuse(progress, repeated, 'cell_code', 'duplicate_cell', 'An earlier row has the same cell of this station.');
}

/** Sites outside every commune of every vintage (by the point-in-commune rule) are refused unless the user allows them. */
async function refuseOutside(tx: Queryable, progress: LoadProgress, allowOutside: boolean): Promise<void> {
  await tx.script('create index on staged_cell (site_code); analyze staged_cell');
  if (allowOutside) return;
  const rows = await tx.query<OutsideRow>(sql`
    with place as materialized (
      select site_code, st_setsrid(st_makepoint(min(lon), min(lat)), 4326) as geom from staged_cell group by site_code
       -- Neighbours one after the other: PostGIS keeps the last commune prepared, and the next point is mostly in the same.
       order by 2
    ), ${vintages}, outside as (
      select p.site_code from place p
       where ${isOutside(sql`p.geom`)}
    ), refused as (
      delete from staged_cell s using outside o where o.site_code = s.site_code returning s.*
    )
    select distinct on (row_no) row_no as "row", null::text as scope, lon || ' ' || lat as value, coalesce(source_x, lon) as first,
           coalesce(source_y, lat) as second, commune_code
      from refused`);
  await refuseOutsideRows(tx, progress, rows);
}

async function writeSites(tx: Queryable, progress: LoadProgress, fileName: string): Promise<void> {
  const counts = await countUpsert(
    tx,
    sql`
    insert into site as s (code, name, geom, source_x, source_y, source_srid, source_text, position_method, accuracy_m, position_flag,
                           address, environment, status, valid_from, valid_to, search_key, source, synthetic)
    select distinct on (site_code) site_code, site_name, st_setsrid(st_makepoint(lon, lat), 4326), source_x, source_y, source_srid, source_text,
           position_method, accuracy_m, position_flag, address, environment, site_status, site_from, site_to, site_search_key, ${fileName}, synthetic
      from staged_cell order by site_code, site_from, row_no
    on conflict (code) do update set
      name = excluded.name, geom = excluded.geom, source_x = excluded.source_x, source_y = excluded.source_y, source_srid = excluded.source_srid,
      source_text = excluded.source_text, position_method = excluded.position_method, accuracy_m = excluded.accuracy_m,
      position_flag = excluded.position_flag, address = excluded.address, environment = excluded.environment, status = excluded.status,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, search_key = excluded.search_key, source = excluded.source,
      synthetic = excluded.synthetic, version = s.version + 1
     where (s.name, s.position_method, s.accuracy_m, s.position_flag, s.address, s.environment, s.status, s.valid_from, s.valid_to, s.synthetic)
           is distinct from (excluded.name, excluded.position_method, excluded.accuracy_m, excluded.position_flag, excluded.address, excluded.environment, excluded.status, excluded.valid_from, excluded.valid_to, excluded.synthetic)
        or not st_orderingequals(s.geom, excluded.geom)`,
  );
  progress.addTable('site', counts);
}

async function writeMasts(tx: Queryable, progress: LoadProgress): Promise<void> {
  progress.addTable(
    'mast',
    await countUpsert(
      tx,
      sql`
    insert into mast as m (site_id, mast_no, class, height_m, on_building, building_height_m, owner, permit_no, permit_date, synthetic)
    select distinct on (s.id, c.mast_no) s.id, c.mast_no, c.mast_class, c.mast_height_m, coalesce(c.on_building, false), c.building_height_m, c.mast_owner,
           c.permit_no, c.permit_date, c.synthetic
      from staged_cell c join site s on s.code = c.site_code where c.mast_no is not null order by s.id, c.mast_no, c.row_no
    on conflict (site_id, mast_no) do update set
      class = excluded.class, height_m = excluded.height_m, on_building = excluded.on_building, building_height_m = excluded.building_height_m,
      owner = excluded.owner, permit_no = excluded.permit_no, permit_date = excluded.permit_date, synthetic = excluded.synthetic
     where (m.class, m.height_m, m.on_building, m.building_height_m, m.owner, m.permit_no, m.permit_date, m.synthetic)
           is distinct from (excluded.class, excluded.height_m, excluded.on_building, excluded.building_height_m, excluded.owner, excluded.permit_no, excluded.permit_date, excluded.synthetic)`,
    ),
  );
}

async function writeStations(tx: Queryable, progress: LoadProgress): Promise<void> {
  progress.addTable(
    'station',
    await countUpsert(
      tx,
      sql`
    insert into station as t (site_id, mast_id, operator_id, operator_code, bts_class, equipment, commissioned, decommissioned, synthetic)
    select distinct on (c.operator_id, c.operator_code) s.id, m.id, c.operator_id, c.operator_code, c.bts_class, c.equipment, c.commissioned, c.decommissioned, c.synthetic
      from staged_cell c join site s on s.code = c.site_code left join mast m on m.site_id = s.id and m.mast_no = c.mast_no
     where c.operator_id is not null order by c.operator_id, c.operator_code, c.commissioned, c.row_no
    on conflict (operator_id, operator_code) do update set
      mast_id = excluded.mast_id, bts_class = excluded.bts_class, equipment = excluded.equipment, commissioned = excluded.commissioned,
      decommissioned = excluded.decommissioned, synthetic = excluded.synthetic
     where (t.mast_id, t.bts_class, t.equipment, t.commissioned, t.decommissioned, t.synthetic)
           is distinct from (excluded.mast_id, excluded.bts_class, excluded.equipment, excluded.commissioned, excluded.decommissioned, excluded.synthetic)`,
    ),
  );
  progress.addTable(
    'cell',
    await countUpsert(
      tx,
      sql`
    insert into cell as x (station_id, cell_code, technology, band_mhz, azimuth_deg, antenna_height_m, tilt_deg, gain_dbi, power_w, eirp_dbm,
                           beamwidth_deg, value_source, valid_from, valid_to, synthetic)
    select t.id, c.cell_code, c.technology, c.band_mhz, c.azimuth_deg, c.antenna_height_m, c.tilt_deg, c.gain_dbi, c.power_w, c.eirp_dbm,
           c.beamwidth_deg, c.value_source, c.cell_from, c.cell_to, c.synthetic
      from staged_cell c join station t on t.operator_id = c.operator_id and t.operator_code = c.operator_code where c.technology is not null order by c.row_no, c.cell_code
    on conflict (station_id, cell_code) do update set
      technology = excluded.technology, band_mhz = excluded.band_mhz, azimuth_deg = excluded.azimuth_deg, antenna_height_m = excluded.antenna_height_m,
      tilt_deg = excluded.tilt_deg, gain_dbi = excluded.gain_dbi, power_w = excluded.power_w, eirp_dbm = excluded.eirp_dbm,
      beamwidth_deg = excluded.beamwidth_deg, value_source = excluded.value_source, valid_from = excluded.valid_from, valid_to = excluded.valid_to, synthetic = excluded.synthetic
     where (x.technology, x.band_mhz, x.azimuth_deg, x.antenna_height_m, x.tilt_deg, x.gain_dbi, x.power_w, x.eirp_dbm, x.beamwidth_deg, x.value_source, x.valid_from, x.valid_to, x.synthetic)
           is distinct from (excluded.technology, excluded.band_mhz, excluded.azimuth_deg, excluded.antenna_height_m, excluded.tilt_deg, excluded.gain_dbi, excluded.power_w, excluded.eirp_dbm, excluded.beamwidth_deg, excluded.value_source, excluded.valid_from, excluded.valid_to, excluded.synthetic)`,
    ),
  );
}

async function writeCertificates(tx: Queryable, progress: LoadProgress): Promise<void> {
  progress.addTable(
    'certificate',
    await countUpsert(
      tx,
      sql`
    insert into certificate as f (no, issuer, issued, expires, synthetic)
    select distinct on (certificate_no) certificate_no, coalesce(certificate_issuer, ''), certificate_issued, coalesce(certificate_expires, (certificate_issued + interval '5 years')::date), synthetic
      from staged_cell where certificate_no is not null and certificate_issued is not null order by certificate_no, row_no
    on conflict (no) do update set issuer = excluded.issuer, issued = excluded.issued, expires = excluded.expires, synthetic = excluded.synthetic
     where (f.issuer, f.issued, f.expires, f.synthetic) is distinct from (excluded.issuer, excluded.issued, excluded.expires, excluded.synthetic)`,
    ),
  );
  await tx.query(sql`
    insert into station_certificate (station_id, certificate_id)
    select distinct t.id, f.id
      from staged_cell c
      join certificate f on f.no = c.certificate_no
      join station t on t.operator_id = c.operator_id and t.operator_code = c.operator_code
     where c.certificate_no is not null order by t.id, f.id
    on conflict do nothing`);
}

/** Checks what is on the stage and writes sites, masts, stations, cells, certificates and the sites' communes. */
export async function loadStagedSites(tx: Queryable, progress: LoadProgress, options: SiteLoadOptions): Promise<void> {
  await refuseUnknownOperators(tx, progress, 'staged_cell');
  await refuseContradictions(tx, progress);
  await refuseOutside(tx, progress, options.allowOutside);
  await writeSites(tx, progress, options.fileName);
  await writeMasts(tx, progress);
  await writeStations(tx, progress);
  await writeCertificates(tx, progress);
  await tx.script('analyze site');
  const [assigned] = await tx.query<{ changed: number }>(sql`
    select assign_site_communes((
      select array_agg(s.id) from site s where s.code in (select c.site_code from staged_cell c))) as changed`);
  progress.addFindings({ site_communes_changed: assigned?.changed ?? 0 });
}
