/** Repairs in the audit log: an entry for each row that is not as it was, with all its columns before and after. */
import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';

/** Ids of rows by the tables that repairs write. */
export type TouchedRows = Record<'fibre_node' | 'fibre_former_node' | 'fibre_span', number[]>;

interface WholeRow {
  table_name: keyof TouchedRows;
  row_id: number;
  row: object;
}
/** Rows by table and id. */
export type WholeRows = ReadonlyMap<string, WholeRow>;

/** The rows that are there, with positions as numbers. */
export async function selectWholeRows(tx: Queryable, ids: TouchedRows): Promise<WholeRows> {
  const rows = await tx.query<WholeRow>(sql`
    select 'fibre_node' as table_name, id as row_id, to_jsonb(n) - 'geom' || jsonb_build_object('lon', st_x(geom), 'lat', st_y(geom)) as row
      from fibre_node n where id = any(${ids.fibre_node}::bigint[])
    union all
    select 'fibre_former_node', id, to_jsonb(f) - 'geom' || jsonb_build_object('lon', st_x(geom), 'lat', st_y(geom))
      from fibre_former_node f where id = any(${ids.fibre_former_node}::bigint[])
    union all
    select 'fibre_span', id, to_jsonb(s) - 'geom' || jsonb_build_object('coordinates', st_asgeojson(geom, 9)::jsonb -> 'coordinates')
      from fibre_span s where id = any(${ids.fibre_span}::bigint[])
     order by 1, 2`);
  return new Map(rows.map((row) => [`${row.table_name} ${row.row_id}`, row]));
}

/** Writes an entry for each row that is in one of the two only, or not the same in both. */
export async function writeRepairs(
  tx: Queryable,
  before: WholeRows,
  after: WholeRows,
  { actor, why }: { actor: string; why: string | undefined },
): Promise<void> {
  const entries = [...new Map([...before, ...after])].flatMap(([key, { table_name, row_id }]) => {
    const [was, is] = [before.get(key)?.row ?? null, after.get(key)?.row ?? null];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ table_name, row_id, before: was, after: is }];
  });
  await tx.query(sql`
    insert into audit_log (actor, action, table_name, row_id, before, after, why)
    select ${actor}, 'repair', e.table_name, e.row_id, e.before, e.after, ${why ?? null}
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (table_name text, row_id bigint, before jsonb, after jsonb)`);
}
