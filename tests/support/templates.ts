/**
 * What the databases of the tests are copied from: one with only the schema, one with the demo province and two coverage
 * runs. Made once and kept as long as the files they are made from are the same.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { runBroadcast, runCoverage } from '../../server/domains/coverage/index.ts';
import { loadDemo } from '../../server/domains/imports/index.ts';
import { DatasetRevision } from '../../server/platform/dataset-revision.ts';
import type { Db } from '../../server/platform/db/db.ts';
import { EmbeddedDb } from '../../server/platform/db/embedded.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { openPostgres } from '../../server/platform/db/postgres.ts';
import { createLog } from '../../server/platform/log.ts';
import { projectPath } from '../../server/platform/paths.ts';

/** Days the demo template has a coverage run for: one in each vintage. */
export const COVERAGE_DAYS = ['2008-12-31', '2026-01-01'] as const;

/** What a copy can be made of: `empty` has the schema, `demo` also the demo province and its coverage. */
export type TemplateName = 'empty' | 'demo';
export type Templates = Record<TemplateName, string>;

export const testLog = createLog(process.env['TEST_LOG_LEVEL'] ?? 'error');

/** Everything that has a say in what the templates hold. */
const INGREDIENTS = [
  'sql/migrations',
  'sql/functions',
  'fixtures/demo/data',
  'server/platform',
  'server/domains/imports',
  'server/domains/coverage',
  'tests/support/templates.ts',
];

/** An image of other ingredients is removed when it is older than this. */
const OUTDATED_MS = 3_600_000;

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const ingredient of INGREDIENTS) {
    const path = projectPath(...ingredient.split('/'));
    const names = (await stat(path)).isDirectory() ? (await readdir(path, { recursive: true })).sort() : [''];
    for (const name of names) {
      if (name.endsWith('.test.ts') || (await stat(join(path, name))).isDirectory()) continue;
      hash.update(`${ingredient}/${name}\0`).update(await readFile(join(path, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function fillWithDemo(db: Db): Promise<void> {
  const revision = await DatasetRevision.follow(db, testLog);
  try {
    await loadDemo(db, revision, () => undefined);
    for (const at of COVERAGE_DAYS) await runCoverage(db, revision, at);
    for (const at of COVERAGE_DAYS) await runBroadcast(db, revision, at);
    await db.script('analyze');
  } finally {
    revision.stop();
  }
}

/** The same server, another database of it. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withPostgres<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openPostgres(url, 4, testLog);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Template databases on the server; an unfinished one has another name, so that it is never taken for a good one. */
export async function preparePostgresTemplates(serverUrl: string): Promise<Templates> {
  const id = await fingerprint();
  const templates: Templates = { empty: `phusong_template_${id}_empty`, demo: `phusong_template_${id}_demo` };
  await withPostgres(serverUrl, async (server) => {
    await server.query(sql`select 1`).catch((error: unknown) => {
      throw new Error(`The PostgreSQL server of TEST_DATABASE_URL does not answer: ${(error as Error).message}`, {
        cause: error,
      });
    });
    const make = async (name: TemplateName, from: string, fill: (db: Db) => Promise<void>): Promise<void> => {
      const finished = templates[name];
      const [known] = await server.query(sql`select 1 from pg_database where datname = ${finished}`);
      if (known) return;
      const building = `${finished}_${process.pid}`;
      await server.script(`create database ${building} template ${from}`);
      await withPostgres(databaseUrl(serverUrl, building), fill);
      await server.script(`alter database ${building} rename to ${finished}`);
    };
    // Two runs on one server make the templates one after the other, and so once.
    await server.transaction(
      async (tx) => {
        await tx.query(sql`select pg_advisory_xact_lock(5203761982457)::text`);
        await make('empty', 'template0', (db) => migrate(db, testLog));
        await make('demo', templates.empty, fillWithDemo);
      },
      { statementTimeout: 0 },
    );
  });
  return templates;
}

/** Removes the databases that tests of this run did not get to remove. */
export async function dropTestDatabases(serverUrl: string, prefix: string): Promise<void> {
  await withPostgres(serverUrl, async (server) => {
    const left = await server.query<{ name: string }>(
      sql`select datname as name from pg_database where starts_with(datname, ${prefix})`,
    );
    for (const { name } of left) await server.query(sql`drop database if exists ${raw(name)} with (force)`);
  });
}

async function writeImage(path: string, fill: (db: Db) => Promise<void>, from: string | undefined): Promise<void> {
  const db = await EmbeddedDb.open({ dataDir: undefined, image: from });
  try {
    await fill(db);
    await writeFile(`${path}.${process.pid}`, await db.image());
  } finally {
    await db.close();
  }
  await rename(`${path}.${process.pid}`, path);
}

/** Data-directory images of the embedded engine; those of earlier versions of the ingredients are removed. */
export async function prepareEmbeddedTemplates(): Promise<Templates> {
  const folder = projectPath('node_modules', '.cache', 'phusong', 'tests');
  const id = await fingerprint();
  const templates: Templates = { empty: join(folder, `${id}-empty.tar.gz`), demo: join(folder, `${id}-demo.tar.gz`) };
  await mkdir(folder, { recursive: true });
  const there = await readdir(folder);
  for (const name of there) {
    const { mtimeMs } = await stat(join(folder, name));
    // Not those of another run that is still going on.
    if (!name.startsWith(id) && Date.now() - mtimeMs > OUTDATED_MS) await rm(join(folder, name), { force: true });
  }
  if (!there.includes(`${id}-empty.tar.gz`)) await writeImage(templates.empty, (db) => migrate(db, testLog), undefined);
  if (!there.includes(`${id}-demo.tar.gz`)) await writeImage(templates.demo, fillWithDemo, templates.empty);
  return templates;
}
