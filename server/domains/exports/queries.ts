import sql, { type Sql } from 'sql-template-tag';
import type { Counts, Environment, SiteFilter, SiteStatus } from '../../contract/index.ts';
import type { Db, Queryable } from '../../platform/db/db.ts';
import { cellCondition, matchingStation, siteCondition } from '../sites/index.ts';

/** One site of an export. Stations, technologies and certificates are those that the filter keeps; `operators` are all. */
export interface SiteRow {
  no: number;
  id: number;
  code: string;
  name: string;
  lon: number;
  lat: number;
  address: string;
  commune_code: string | null;
  commune_name: string | null;
  district_code: string | null;
  district_name: string | null;
  environment: Environment;
  status: SiteStatus;
  position_flag: string | null;
  synthetic: boolean;
  /** Operator codes of every station on air, whatever the filter says. */
  operators: string[];
  shared: boolean;
  stations: number;
  cells: number;
  station_codes: string[];
  bts_classes: string[];
  equipment: string[];
  technologies: string[];
  /** Technology and band, such as `2G 900`. */
  bands: string[];
  mast_class: string | null;
  mast_height_m: number | null;
  masts: string[];
  permit_no: string | null;
  permit_date: string | null;
  certificate_no: string | null;
  certificate_issued: string | null;
  certificate_expires: string | null;
  certificate_days_left: number | null;
  certificate_state: 'valid' | 'due' | 'expired' | 'none';
  certificate_nos: string[];
  stations_without_certificate: number;
  last_inspected_on: string | null;
  last_finding: string | null;
}

/** What an export says about itself; counted in the same snapshot as its rows. */
export interface ExportTotals {
  counts: Counts;
  dataset_revision: number;
  synthetic: boolean;
}

interface TotalsColumns {
  total_sites: number;
  total_stations: number;
  total_cells: number;
  dataset_revision: number;
  any_synthetic: boolean;
}

/** The sites and stations that the filter keeps, once for the rows and for the counts. */
function chosen(filter: SiteFilter): Sql {
  return sql`chosen as materialized (select s.id, s.synthetic from site s where ${siteCondition(filter)}),
    on_air as materialized (select t.id from chosen s join station t on t.site_id = s.id where ${matchingStation(filter)})`;
}

function totalColumns(filter: SiteFilter): Sql {
  return sql`(select revision from dataset_revision) as dataset_revision,
    (select count(*) from chosen) as total_sites,
    (select count(*) from on_air) as total_stations,
    (select count(*) from on_air t join cell c on c.station_id = t.id where ${cellCondition(filter)}) as total_cells,
    coalesce((select bool_or(synthetic) from chosen), false) as any_synthetic`;
}

/**
 * The chosen sites in the inspector's order: district, commune, code. A named district is shown even after its abolition.
 * The keys are columns of their own, so that the planner sees that the order of the whole statement is this one and rows
 * flow from the first fetch on, instead of being sorted again with all their columns.
 */
function numberedSites({ at, district }: SiteFilter): Sql {
  return sql`select row_number() over (order by k1, k2, k3, k4, k5) as no, numbered.* from (
    select s.*, place.district_order collate "C" as k1, place.district_code collate "C" as k2,
      place.commune_order collate "C" as k3, place.commune_code collate "C" as k4, s.code collate "C" as k5,
      place.commune_code, place.commune_name,
      coalesce(place.district_code, named.code) as district_code, coalesce(place.district_name, named.name) as district_name
    from chosen
    join site s using (id)
    left join lateral (
      select p.*, c.sort_key as commune_order, d.sort_key as district_order
        from site_commune sc
        join communes_at(${at}::date) p on p.commune_id = sc.commune_id
        join admin_unit c on c.id = p.commune_id
        left join admin_unit d on d.id = p.district_id
       where sc.site_id = s.id order by p.commune_code limit 1
    ) place on true
    left join district_of_code(${district ?? null}::text, ${at}::date) named on true
  ) numbered`;
}

/** The mast that the filter asks for, else the highest, as lists and tiles show it. */
function mastOf({ mast_class }: SiteFilter): Sql {
  return sql`select m.class, m.height_m, m.permit_no, m.permit_date,
      array_agg(concat_ws(' ', m.class, m.height_m || ' m')) over (order by m.mast_no
        rows between unbounded preceding and unbounded following) as masts
    from mast m where m.site_id = s.id
   order by (m.class = ${mast_class ?? null}::text) is true desc, m.height_m desc nulls last, m.mast_no limit 1`;
}

/** Stations that the filter keeps, each with its latest certificate; the certificate shown is the first to expire. */
function stationsOf(filter: SiteFilter): Sql {
  return sql`select count(*) as stations,
      array_agg(o.code || ' ' || t.operator_code order by o.code collate "C", t.operator_code collate "C") as station_codes,
      array_agg(distinct t.bts_class::text) filter (where t.bts_class is not null) as bts_classes,
      array_agg(distinct t.equipment collate "C") filter (where t.equipment <> '') as equipment,
      array_agg(distinct f.no collate "C") filter (where f.no is not null) as certificate_nos,
      count(*) filter (where f.no is null) as without_certificate,
      (array_agg(jsonb_build_object('station_id', t.id, 'no', f.no, 'issued', f.issued, 'expires', f.expires)
        order by f.expires, f.no collate "C", t.id) filter (where f.no is not null))[1] as first
    from station t
    join operator o on o.id = t.operator_id
    left join lateral (
      select c.no, c.issued, c.expires
        from station_certificate sc join certificate c on c.id = sc.certificate_id
       where sc.station_id = t.id and c.issued <= ${filter.at}::date and c.status <> 'revoked'
       order by c.issued desc, c.expires desc limit 1
    ) f on true
   where t.site_id = s.id and ${matchingStation(filter)}`;
}

function cellsOf(filter: SiteFilter): Sql {
  return sql`select count(*) as cells, array_agg(distinct c.technology) as technologies,
      array_agg(distinct c.technology || ' ' || c.band_mhz) filter (where c.band_mhz is not null) as bands
    from station t join cell c on c.station_id = t.id
   where t.site_id = s.id and ${matchingStation(filter)} and ${cellCondition(filter)}`;
}

function everyoneOnAir(at: string): Sql {
  return sql`select array_agg(distinct o.code collate "C") as operators, count(distinct o.id) > 1 as shared
    from station t join operator o on o.id = t.operator_id where t.site_id = s.id and ${matchingStation({ at })}`;
}

/** Rows, counts and revision in one statement: whatever is written meanwhile, they are of one snapshot. */
function siteRowsQuery(filter: SiteFilter): Sql {
  const { at } = filter;
  return sql`with ${chosen(filter)}
    select ${totalColumns(filter)},
      s.no, s.id, s.code, s.name, st_x(s.geom) as lon, st_y(s.geom) as lat, s.address,
      s.commune_code, s.commune_name, s.district_code, s.district_name,
      s.environment, site_status_at(s.status, s.valid_to, ${at}::date) as status, s.position_flag, s.synthetic,
      coalesce(a.operators, '{}') as operators, coalesce(a.shared, false) as shared,
      t.stations, coalesce(t.station_codes, '{}') as station_codes, coalesce(t.bts_classes, '{}') as bts_classes,
      coalesce(t.equipment, '{}') as equipment,
      x.cells, coalesce(x.technologies, '{}') as technologies, coalesce(x.bands, '{}') as bands,
      m.class as mast_class, m.height_m as mast_height_m, coalesce(m.masts, '{}') as masts, m.permit_no, m.permit_date,
      t.first->>'no' as certificate_no, (t.first->>'issued')::date as certificate_issued,
      (t.first->>'expires')::date as certificate_expires,
      (t.first->>'expires')::date - ${at}::date as certificate_days_left,
      case when t.first is null then 'none' else certificate_state((t.first->>'station_id')::bigint, ${at}::date) end as certificate_state,
      coalesce(t.certificate_nos, '{}') as certificate_nos, t.without_certificate as stations_without_certificate,
      i.inspected_on as last_inspected_on, i.finding as last_finding
    from (${numberedSites(filter)}) s
    left join lateral (${everyoneOnAir(at)}) a on true
    left join lateral (${stationsOf(filter)}) t on true
    left join lateral (${cellsOf(filter)}) x on true
    left join lateral (${mastOf(filter)}) m on true
    left join lateral (
      select v.inspected_on, v.finding from inspection v
       where v.site_id = s.id and v.inspected_on <= ${at}::date order by v.inspected_on desc, v.id desc limit 1
    ) i on true
    order by s.k1, s.k2, s.k3, s.k4, s.k5`;
}

/** An open export: its totals are known before its first row goes out. */
export interface SiteReading extends ExportTotals {
  /** Batches of rows, to be read once. @throws Error at the end when there were not as many rows as were counted */
  rows(): AsyncGenerator<SiteRow[]>;
  /** Gives the database connection back; harmless when everything was read. */
  close(): Promise<void>;
}

/** Small enough that decoding and writing a batch holds up other requests for a few milliseconds only. */
const batchSize = 200;

function totalsOf(row: TotalsColumns): ExportTotals {
  return {
    counts: { sites: row.total_sites, stations: row.total_stations, cells: row.total_cells },
    dataset_revision: row.dataset_revision,
    synthetic: row.any_synthetic,
  };
}

/**
 * Opens the sites that the filter keeps, in the inspector's order. The caller must call `close`.
 * Rows, counts and revision come from one statement and so from one snapshot. When there is no row to carry the counts,
 * a second statement gives them; should a site have appeared in between, it starts again.
 */
export async function openSites(db: Db, filter: SiteFilter): Promise<SiteReading> {
  const batches = db.cursor<SiteRow & TotalsColumns>(siteRowsQuery(filter), batchSize)[Symbol.asyncIterator]();
  const close = async (): Promise<void> => {
    await batches.return?.();
  };
  const first = await batches.next();
  if (!first.done && first.value[0]) {
    const totals = totalsOf(first.value[0]);
    return { ...totals, rows: () => rowsOf(first.value, batches, totals.counts.sites), close };
  }
  await close();
  const totals = await selectTotals(db, filter);
  if (totals.counts.sites > 0) return openSites(db, filter);
  return { ...totals, rows: async function* () {}, close };
}

async function selectTotals(db: Queryable, filter: SiteFilter): Promise<ExportTotals> {
  const [row] = await db.query<TotalsColumns>(sql`with ${chosen(filter)} select ${totalColumns(filter)}`);
  if (!row) throw new Error('counting the sites of an export gave no row');
  return totalsOf(row);
}

async function* rowsOf(first: SiteRow[], rest: AsyncIterator<SiteRow[]>, expected: number): AsyncGenerator<SiteRow[]> {
  let rows = 0;
  for (let batch: SiteRow[] | undefined = first; batch; ) {
    rows += batch.length;
    yield batch;
    const next = await rest.next();
    batch = next.done ? undefined : next.value;
  }
  if (rows !== expected) throw new Error(`the export has ${rows} rows, but ${expected} sites were counted`);
}

/** A district as the filter understands its code, or null; `valid_to` is set when it no longer exists at the day. */
export async function selectOptionalDistrict(
  db: Queryable,
  { district, at }: { district?: string | undefined; at: string },
): Promise<NamedDistrict | null> {
  if (!district) return null;
  const [row] = await db.query<NamedDistrict>(sql`
    select code, name, case when not in_force then valid_to end as valid_to
      from district_of_code(${district}, ${at}::date)`);
  return row ?? null;
}

export interface NamedDistrict {
  code: string;
  name: string;
  valid_to: string | null;
}
