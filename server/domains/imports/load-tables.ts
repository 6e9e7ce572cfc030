import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import sql, { type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';

/**
 * The small tables of the demo province that have no import format of their own: one CSV each, columns named as in the
 * database, `;` between the items of a list, empty = null.
 */
const point = sql`case when r.lon is not null then st_setsrid(st_makepoint(r.lon, r.lat), 4326) end`;

const statements: Record<string, (json: string) => Sql[]> = {
  'admin-changes.csv': (json) => [
    sql`insert into admin_change (from_unit_id, to_unit_id, kind, share, legal_ref, changed_on)
        select a.id, b.id, r.kind, r.share, r.legal_ref, r.changed_on
          from jsonb_to_recordset(${json}::jsonb) as r (from_code text, from_valid_from date, to_code text, to_valid_from date, kind text, share float8, legal_ref text, changed_on date)
          join admin_unit a on a.code = r.from_code and a.valid_from = r.from_valid_from
          join admin_unit b on b.code = r.to_code and b.valid_from = r.to_valid_from and b.level = a.level
        on conflict do nothing`,
  ],
  'agencies.csv': (json) => [
    sql`insert into agency (code, name, level, kind, unit_code, geom, lan_from, broadband_from, document_management_from, video_conference_from, synthetic)
        select r.code, normalize(r.name, NFC), r.level, r.kind, r.unit_code, ${point}, r.lan_from, r.broadband_from, r.document_management_from, r.video_conference_from, r.synthetic
          from jsonb_to_recordset(${json}::jsonb) as r (code text, name text, level text, kind text, unit_code text, lon float8, lat float8,
               lan_from date, broadband_from date, document_management_from date, video_conference_from date, synthetic boolean)
        on conflict (code) do nothing`,
  ],
  'service-points.csv': (json) => [
    sql`insert into service_point (code, name, kind, commune_code, geom, services, valid_from, valid_to, synthetic)
        select r.code, normalize(r.name, NFC), r.kind, r.commune_code, ${point}, string_to_array(r.services, ';'), r.valid_from, r.valid_to, r.synthetic
          from jsonb_to_recordset(${json}::jsonb) as r (code text, name text, kind text, commune_code text, lon float8, lat float8, services text,
               valid_from date, valid_to date, synthetic boolean)
        on conflict (code) do nothing`,
  ],
  'indicators.csv': (json) => [
    sql`insert into indicator_value (unit_id, year, indicator, value, text_value, unit_of_measure, kind, source)
        select u.id, r.year, r.indicator, r.value, r.text_value, coalesce(r.unit_of_measure, ''), r.kind, r.source
          from jsonb_to_recordset(${json}::jsonb) as r (level text, code text, year integer, indicator text, value float8, text_value text, unit_of_measure text, kind text, source text)
          cross join lateral (select u.id from admin_unit u where u.level = r.level and u.code = r.code
               and is_valid_at(u.valid_from, u.valid_to, make_date(r.year, 12, 31))) u
        on conflict do nothing`,
  ],
};

/** Loads one of the demo's table files. @param fileName a key of the statements above */
export async function loadTable(tx: Queryable, folder: string, fileName: string): Promise<void> {
  const build = statements[fileName];
  if (!build) throw new Error(`There is no loader for ${fileName}.`);
  const rows = parse(await readFile(`${folder}/${fileName}`), {
    columns: true,
    bom: true,
    cast: (value) => (value === '' ? null : value),
  }) as object[];
  for (const statement of build(JSON.stringify(rows))) await tx.query(statement);
}
