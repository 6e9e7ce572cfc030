import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runner } from 'node-pg-migrate';
import type { ClientBase } from 'pg';
import sql, { Sql } from 'sql-template-tag';
import type { Log } from '../log.ts';
import { projectPath } from '../paths.ts';
import type { Db, Queryable } from './db.ts';

const migrationsTable = 'schema_migration';

/** The little of pg's client that node-pg-migrate uses, over our Queryable, so that it runs on both engines. */
function migrationClient(tx: Queryable): ClientBase {
  const query = async (
    textOrConfig: string | { text: string; values?: unknown[] },
    values?: unknown[],
  ): Promise<{ rows: unknown[] }> => {
    const text = typeof textOrConfig === 'string' ? textOrConfig : textOrConfig.text;
    // Each migration brackets itself; the whole upgrade is one transaction already.
    if (/^\s*(begin|commit|rollback)\s*;?\s*$/i.test(text)) return { rows: [] };
    const given = values ?? (typeof textOrConfig === 'string' ? undefined : textOrConfig.values);
    if (given?.length) return { rows: await tx.query(new Sql(splitAtPlaceholders(text), given)) };
    if (/^\s*(select|show)\b/i.test(text) && !text.trim().replace(/;$/, '').includes(';')) {
      return { rows: await tx.query(new Sql([text], [])) };
    }
    await tx.script(text);
    return { rows: [] };
  };
  return { query } as unknown as ClientBase;
}

function splitAtPlaceholders(text: string): string[] {
  return text.split(/\$\d+/);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

interface SqlFile {
  path: string;
  text: string;
}

async function readSqlFiles(...parts: string[]): Promise<SqlFile[]> {
  const paths = await filesBelow(projectPath('sql', ...parts));
  return Promise.all(
    paths.map(async (path) => ({ path: relative(projectPath(), path), text: await readFile(path, 'utf8') })),
  );
}

/** Hash of all migrations and functions: names the schema that this version of the program needs. */
export async function schemaFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...(await readSqlFiles('migrations')), ...(await readSqlFiles('functions'))])
    hash.update(`${file.path}\0${file.text}\0`);
  return hash.digest('hex').slice(0, 16);
}

async function installFunctions(tx: Queryable): Promise<void> {
  await tx.script('set local check_function_bodies = off');
  for (const file of await readSqlFiles('functions')) {
    try {
      await tx.script(file.text);
    } catch (error) {
      throw new Error(`${file.path}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** Fingerprint of the schema the database has; null for an empty database. */
export async function selectOptionalSchemaFingerprint(db: Queryable): Promise<string | null> {
  const [table] = await db.query<{ name: string | null }>(sql`select to_regclass('schema_state')::text as name`);
  if (!table?.name) return null;
  const [state] = await db.query<{ fingerprint: string }>(sql`select fingerprint from schema_state`);
  return state?.fingerprint ?? null;
}

/**
 * Brings the database to this version's schema: forward-only migrations, then every replaceable function, in one
 * transaction. Does nothing when the fingerprint already matches. Two processes at once wait for each other.
 */
export async function migrate(db: Db, log: Log): Promise<void> {
  const wanted = await schemaFingerprint();
  if ((await selectOptionalSchemaFingerprint(db)) === wanted) return;
  await db.transaction(
    async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(7241865325823964)::text`);
      await runner({
        dbClient: migrationClient(tx),
        dir: projectPath('sql', 'migrations'),
        direction: 'up',
        migrationsTable,
        singleTransaction: false,
        noLock: true,
        logger: {
          debug: () => undefined,
          info: (message) => log.debug(message),
          warn: (message) => log.warn(message),
          error: (message) => log.error(message),
        },
      });
      await installFunctions(tx);
      await tx.script(
        `create table if not exists schema_state (id boolean primary key default true check (id), fingerprint text not null);
         comment on table schema_state is 'One row: fingerprint of the migrations and functions this database has.';
         comment on column schema_state.id is 'Always true: there is only one row.';
         comment on column schema_state.fingerprint is 'Hash over the SQL files.';`,
      );
      await tx.query(
        sql`insert into schema_state (fingerprint) values (${wanted}) on conflict (id) do update set fingerprint = excluded.fingerprint`,
      );
    },
    { statementTimeout: 0 },
  );
  log.info({ fingerprint: wanted }, 'database schema is up to date');
}
