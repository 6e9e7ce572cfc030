import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import { searchKey, sortKey } from '../../platform/text/index.ts';
import { rowError } from './formats/format.ts';
import type { BoundaryRecord } from './formats/records.ts';
import type { LoadProgress } from './load-report.ts';
import { countUpsert, createStage, fillStage } from './staging.ts';

const stageColumns = `row_no integer, level text, code text, name text, type text, parent_code text, parent_name text, province_code text,
  geometry jsonb, centre jsonb, valid_from date, valid_to date, population jsonb, households jsonb, source text, synthetic boolean,
  search_key text, sort_key text, geom geometry`;

/** Puts boundary records on the stage; those without a vintage are row errors. */
async function stageBoundaries(
  tx: Queryable,
  records: AsyncIterable<BoundaryRecord[]>,
  progress: LoadProgress,
  fileName: string,
): Promise<void> {
  await createStage(tx, 'staged_unit', stageColumns);
  const seen = new Map<string, number>();
  for await (const batch of records) {
    const accepted = batch.filter((record) => {
      if (record.valid_from === null) {
        progress.addErrors([
          rowError(
            record.row,
            'valid_from',
            null,
            'vintage_missing',
            'The file does not say from when the unit is valid: give --valid-from.',
          ),
        ]);
        return false;
      }
      const key = `${record.level} ${record.code} ${record.valid_from}`;
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        progress.addErrors([
          rowError(record.row, 'code', record.code, 'duplicate', `The same unit stands in row ${earlier} already.`),
        ]);
        return false;
      }
      seen.set(key, record.row);
      return true;
    });
    const staged = accepted.map((record) => ({
      ...record,
      row_no: record.row,
      type: record.type ?? '',
      source: record.source ?? fileName,
      search_key: searchKey(record.name),
      sort_key: sortKey(record.name),
      geom: null,
    }));
    await fillStage(tx, 'staged_unit', staged);
  }
}

/** Turns GeoJSON into geometry, mends what is not valid (counted), and refuses what stays without an area. */
async function readGeometries(tx: Queryable, progress: LoadProgress): Promise<void> {
  await tx.query(
    sql`update staged_unit set geom = st_setsrid(st_geomfromgeojson(geometry::text), 4326) where geometry is not null and geometry <> 'null'`,
  );
  const [mended] = await tx.query<{ count: number }>(sql`
    with mended as (update staged_unit set geom = st_forcepolygonccw(st_multi(st_collectionextract(st_makevalid(geom), 3))) where geom is not null and not st_isvalid(geom) returning 1)
    select count(*) as count from mended`);
  if (mended && mended.count > 0) progress.addFindings({ polygons_made_valid: mended.count });
  const empty = await tx.query<{ row_no: number; code: string }>(
    sql`delete from staged_unit where geom is not null and st_isempty(geom) returning row_no, code`,
  );
  progress.addErrors(
    empty.map((row) => rowError(row.row_no, 'geometry', row.code, 'empty_geometry', 'The polygon encloses no area.')),
  );
}

/** Districts (and provinces) that a file of communes only names get a row of their own; their shape follows from the communes. */
async function addNamedParents(tx: Queryable): Promise<void> {
  const parents = await tx.query<{
    code: string;
    name: string;
    valid_from: string;
    valid_to: string | null;
    province_code: string | null;
  }>(sql`
    select parent_code as code, min(parent_name) as name, valid_from, min(valid_to) as valid_to, min(province_code) as province_code
      from staged_unit s
     where level = 'commune' and parent_code is not null and parent_name is not null
       and not exists (select 1 from staged_unit p where p.level = 'district' and p.code = s.parent_code)
     group by parent_code, valid_from`);
  const staged = parents.map((parent) => ({
    row_no: 0,
    level: 'district',
    code: parent.code,
    name: parent.name,
    type: '',
    parent_code: parent.province_code,
    valid_from: parent.valid_from,
    valid_to: parent.valid_to,
    population: {},
    households: {},
    source: '',
    synthetic: false,
    search_key: searchKey(parent.name),
    sort_key: sortKey(parent.name),
  }));
  await fillStage(tx, 'staged_unit', staged);
}

/** A province that a file only refers to by its code gets a row of its own, named by the code until a file names it. */
async function addReferredProvinces(tx: Queryable): Promise<void> {
  const provinces = await tx.query<{ code: string; valid_from: string; valid_to: string | null }>(sql`
    select province_code as code, valid_from, min(valid_to) as valid_to
      from staged_unit s
     where province_code is not null and level in ('district', 'commune')
       and not exists (select 1 from staged_unit p where p.level = 'province' and p.code = s.province_code)
       and not exists (select 1 from admin_unit p where p.level = 'province' and p.code = s.province_code and is_valid_at(p.valid_from, p.valid_to, s.valid_from))
     group by province_code, valid_from`);
  await fillStage(
    tx,
    'staged_unit',
    provinces.map(({ code, valid_from, valid_to }) => {
      const name = `Tỉnh mã ${code}`;
      return {
        row_no: 0,
        level: 'province',
        code,
        name,
        type: 'Tỉnh',
        valid_from,
        valid_to,
        population: {},
        households: {},
        source: '',
        synthetic: false,
        search_key: searchKey(name),
        sort_key: sortKey(name),
      };
    }),
  );
}

async function writeUnits(tx: Queryable, progress: LoadProgress): Promise<void> {
  const counts = await countUpsert(
    tx,
    sql`
    insert into admin_unit as u (level, code, type, name, search_key, sort_key, geom, centre, area_km2, valid_from, valid_to, source, synthetic)
    select level, code, type, name, search_key, sort_key, geom,
           case when centre is not null and centre <> 'null' then st_setsrid(st_geomfromgeojson(centre::text), 4326)
                when geom is not null then st_pointonsurface(geom) end,
           st_area(geom::geography) / 1e6, valid_from, valid_to, source, synthetic
      from staged_unit order by row_no
    on conflict (level, code, valid_from) do update set
      type = coalesce(nullif(excluded.type, ''), u.type), name = excluded.name, search_key = excluded.search_key, sort_key = excluded.sort_key,
      geom = coalesce(excluded.geom, u.geom),
      centre = case when excluded.geom is null then coalesce(u.centre, excluded.centre)
                    when u.centre is not null and st_covers(excluded.geom, u.centre) then u.centre else excluded.centre end,
      area_km2 = coalesce(excluded.area_km2, u.area_km2), valid_to = coalesce(excluded.valid_to, u.valid_to),
      source = coalesce(nullif(excluded.source, ''), u.source),
      synthetic = case when excluded.geom is null then u.synthetic else excluded.synthetic end
     where (u.name, u.search_key, u.sort_key, u.valid_to) is distinct from (excluded.name, excluded.search_key, excluded.sort_key, coalesce(excluded.valid_to, u.valid_to))
        or (nullif(excluded.type, '') is not null and u.type <> excluded.type)
        or (excluded.geom is not null and (u.geom is null or not st_orderingequals(u.geom, excluded.geom) or u.synthetic <> excluded.synthetic or u.source <> excluded.source))`,
  );
  progress.addTable('admin_unit', counts);
  await tx.query(sql`
    update admin_unit u set parent_id = p.id
      from staged_unit s
      join admin_unit p on p.code = coalesce(s.parent_code, s.province_code)
     where u.level = s.level and u.code = s.code and u.valid_from = s.valid_from
       and p.level = case s.level when 'district' then 'province' when 'village' then 'commune'
                       else case when s.parent_code is not null and exists (
                              select 1 from admin_unit d where d.level = 'district' and d.code = s.parent_code and is_valid_at(d.valid_from, d.valid_to, s.valid_from))
                            then 'district' else 'province' end end
       and is_valid_at(p.valid_from, p.valid_to, s.valid_from)
       and u.parent_id is distinct from p.id`);
  progress.addTable(
    'admin_stat',
    await countUpsert(
      tx,
      sql`
    insert into admin_stat as a (unit_id, year, population, households, source)
    select u.id, y.year::integer, (s.population ->> y.year)::numeric::integer, (s.households ->> y.year)::numeric::integer, s.source
      from staged_unit s
      join admin_unit u on u.level = s.level and u.code = s.code and u.valid_from = s.valid_from
      cross join lateral (select jsonb_object_keys(coalesce(s.population, '{}') || coalesce(s.households, '{}')) as year) y
    on conflict (unit_id, year) do update set population = coalesce(excluded.population, a.population), households = coalesce(excluded.households, a.households), source = excluded.source
     where (a.population, a.households) is distinct from (coalesce(excluded.population, a.population), coalesce(excluded.households, a.households))`,
    ),
  );
}

/** Districts and provinces whose own polygon is not in the file are dissolved from the communes up, so that edges match. */
async function dissolveParents(tx: Queryable, level: 'district' | 'province'): Promise<void> {
  const child = level === 'district' ? 'commune' : 'descendant';
  await tx.query(sql`
    with touched as (
      select distinct coalesce(case when ${level}::text = 'district' then c.parent_id end, case when p.level = 'province' then p.id else p.parent_id end) as id
        from staged_unit s
        join admin_unit c on c.level = 'commune' and s.level = 'commune' and c.code = s.code and c.valid_from = s.valid_from
        join admin_unit p on p.id = c.parent_id
    ), shape as (
      select t.id, st_forcepolygonccw(st_multi(st_collectionextract(st_union(c.geom), 3))) as geom, bool_and(c.synthetic) as synthetic
        from touched t
        join admin_unit u on u.id = t.id and u.level = ${level}::text
        join admin_unit c on c.level = 'commune' and c.geom is not null
             and (c.parent_id = t.id or (${child}::text = 'descendant' and c.parent_id in (select d.id from admin_unit d where d.parent_id = t.id)))
       where not exists (select 1 from staged_unit s where s.level = ${level}::text and s.code = u.code and s.valid_from = u.valid_from and s.geom is not null)
       group by t.id
    )
    update admin_unit u set geom = shape.geom, area_km2 = st_area(shape.geom::geography) / 1e6, synthetic = shape.synthetic,
           centre = case when u.centre is not null and st_covers(shape.geom, u.centre) then u.centre else st_pointonsurface(shape.geom) end
      from shape
     where u.id = shape.id and (u.geom is null or not st_equals(u.geom, shape.geom))`);
}

/** Overlapping pairs and gaps of the communes of the file: reported, not mended. Areas in hectares, geodesic. */
async function reportTopology(tx: Queryable, progress: LoadProgress): Promise<void> {
  const [overlaps] = await tx.query<{ pairs: number; area_ha: number }>(sql`
    select count(*) as pairs, coalesce(round(sum(area)::numeric / 1e4, 1), 0) as area_ha
      from (select st_area(st_collectionextract(st_intersection(a.geom, b.geom), 3)::geography) as area
              from staged_unit a join staged_unit b
                on a.level = 'commune' and b.level = 'commune' and a.code < b.code and a.valid_from = b.valid_from
               and a.geom && b.geom and st_relate(a.geom, b.geom, '2********')) shared
     where area > 0`);
  const [gaps] = await tx.query<{ holes: number; area_ha: number }>(sql`
    select count(*) as holes, coalesce(round(sum(st_area(st_makepolygon(st_exteriorring(ring.geom))::geography))::numeric / 1e4, 1), 0) as area_ha
      from (select st_union(geom) as geom from staged_unit where level = 'commune' group by valid_from) whole
      cross join lateral st_dump(whole.geom) part
      cross join lateral st_dumprings(part.geom) ring
     where ring.path[1] > 0`);
  if (overlaps && overlaps.pairs > 0)
    progress.addFindings({ overlapping_pairs: overlaps.pairs, overlap_area_ha: overlaps.area_ha });
  if (gaps && gaps.holes > 0) progress.addFindings({ gaps: gaps.holes, gap_area_ha: gaps.area_ha });
}

/** Loads administrative units of one or more vintages, then derives parents' shapes and the communes of all sites. */
export async function loadBoundaries(
  tx: Queryable,
  records: AsyncIterable<BoundaryRecord[]>,
  progress: LoadProgress,
  fileName: string,
): Promise<void> {
  await stageBoundaries(tx, records, progress, fileName);
  await readGeometries(tx, progress);
  await addNamedParents(tx);
  await addReferredProvinces(tx);
  await writeUnits(tx, progress);
  await dissolveParents(tx, 'district');
  await dissolveParents(tx, 'province');
  await reportTopology(tx, progress);
  const [assigned] = await tx.query<{ changed: number }>(sql`select assign_site_communes(null) as changed`);
  progress.addFindings({ site_communes_changed: assigned?.changed ?? 0 });
}
