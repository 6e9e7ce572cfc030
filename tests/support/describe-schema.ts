/**
 * The schema of a database as text for people and for comparison: the same from either engine, whatever its version.
 * Objects that belong to extensions are left out.
 */
import sql from 'sql-template-tag';
import type { Queryable } from '../../server/platform/db/db.ts';

interface Described {
  name: string;
  comment: string | null;
}

interface TableDescription extends Described {
  columns: (Described & { type: string })[];
  constraints: string[];
  indexes: string[];
  triggers: string[];
}

interface FunctionDescription extends Described {
  result: string;
  language: string;
  volatility: 'immutable' | 'stable' | 'volatile';
}

export interface SchemaDescription {
  tables: TableDescription[];
  functions: FunctionDescription[];
}

/** Tables, views and functions that the project made, in alphabetical order. */
export async function readSchema(db: Queryable): Promise<SchemaDescription> {
  const tables = await db.query<TableDescription>(sql`
    select c.relname as name, obj_description(c.oid, 'pg_class') as comment,
      (select coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'comment', col_description(c.oid, a.attnum),
           'type', format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
             || case when a.attidentity <> '' then ' generated as identity' else '' end
             || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) order by a.attnum), '[]')
         from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(jsonb_agg(k.conname || ': ' || pg_get_constraintdef(k.oid) order by k.conname collate "C"), '[]')
         from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n') as constraints,
      (select coalesce(jsonb_agg(pg_get_indexdef(i.indexrelid) order by x.relname collate "C"), '[]')
         from pg_index i join pg_class x on x.oid = i.indexrelid
        where i.indrelid = c.oid and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)) as indexes,
      (select coalesce(jsonb_agg(regexp_replace(pg_get_triggerdef(t.oid), '^CREATE TRIGGER ', '') order by t.tgname collate "C"), '[]')
         from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggers
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and not exists (select 1 from pg_depend e where e.objid = c.oid and e.deptype = 'e')
     order by c.relname collate "C"`);
  const functions = await db.query<FunctionDescription>(sql`
    select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name, obj_description(p.oid, 'pg_proc') as comment,
           pg_get_function_result(p.oid) as result, l.lanname as language,
           case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility
      from pg_proc p join pg_language l on l.oid = p.prolang
     where p.pronamespace = 'public'::regnamespace
       and not exists (select 1 from pg_depend e where e.objid = p.oid and e.deptype = 'e')
     order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`);
  return { tables, functions };
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

function describeTable(table: TableDescription): string {
  return [
    `table ${table.name}`,
    `  ${table.comment ?? '(no comment)'}`,
    '',
    ...table.columns.map((column) => `  ${column.name} ${column.type} -- ${column.comment ?? '(no comment)'}`),
    ...section('constraints', table.constraints),
    ...section('indexes', table.indexes),
    ...section('triggers', table.triggers),
  ].join('\n');
}

function describeFunction({ name, comment, result, language, volatility }: FunctionDescription): string {
  return `function ${name}\n  ${comment ?? '(no comment)'}\n  returns ${result}\n  ${language}, ${volatility}`;
}

/** The description as one text, tables first. */
export function describeSchema({ tables, functions }: SchemaDescription): string {
  return `${[...tables.map(describeTable), ...functions.map(describeFunction)].join('\n\n\n')}\n`;
}
