import { inject } from 'vitest';
import { DatasetRevision } from '../../server/platform/dataset-revision.ts';
import type { Db } from '../../server/platform/db/db.ts';
import { EmbeddedDb } from '../../server/platform/db/embedded.ts';
import { openPostgres } from '../../server/platform/db/postgres.ts';
import { testEngine } from './engine.ts';
import { databaseUrl, testLog } from './templates.ts';

/** A database of one test file alone. */
export interface TestDatabase {
  db: Db;
  revision: DatasetRevision;
  /** On PostgreSQL: where it is, for second connections. */
  url: string | undefined;
  close(): Promise<void>;
}

let databases = 0;

async function createDatabase(template: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('TEST_DATABASE_URL is not set.');
  const name = `${inject('databasePrefix')}${process.pid}_${++databases}`;
  const onServer = async (statement: string): Promise<void> => {
    const server = openPostgres(serverUrl, 1, testLog);
    try {
      await server.script(statement);
    } finally {
      await server.close();
    }
  };
  await onServer(`create database ${name} template ${template}`);
  return { url: databaseUrl(serverUrl, name), drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/**
 * A fresh database on the engine of this run: the schema alone, or with the demo province and its coverage runs.
 * Open it in `beforeAll`, close it in `afterAll`: the embedded engine takes seconds to start.
 */
export async function openTestDatabase({ demo }: { demo: boolean }): Promise<TestDatabase> {
  const template = inject('templates')[demo ? 'demo' : 'empty'];
  if (testEngine() === 'embedded') {
    const db = await EmbeddedDb.open({ dataDir: undefined, image: template });
    return open(db, undefined, () => Promise.resolve());
  }
  const { url, drop } = await createDatabase(template);
  return open(openPostgres(url, 8, testLog), url, drop);
}

async function open(db: Db, url: string | undefined, drop: () => Promise<void>): Promise<TestDatabase> {
  const revision = await DatasetRevision.follow(db, testLog);
  return {
    db,
    revision,
    url,
    close: async () => {
      revision.stop();
      await db.close();
      await drop();
    },
  };
}
