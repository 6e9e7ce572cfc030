import type { Config } from '../platform/config.ts';
import { readConfig } from '../platform/config.ts';
import { DatasetRevision } from '../platform/dataset-revision.ts';
import type { Db } from '../platform/db/db.ts';
import { migrate } from '../platform/db/migrate.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openDatabase, type Say } from '../prepare-database.ts';

export interface Workbench {
  config: Config;
  log: Log;
  db: Db;
  revision: DatasetRevision;
}

/** Opens the configured database with an up-to-date schema, does the work, and closes it whatever happens. */
export async function withDatabase<T>(say: Say, work: (bench: Workbench) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const db = await openDatabase(config, log, say);
  try {
    await migrate(db, log);
    const revision = await DatasetRevision.follow(db, log);
    try {
      return await work({ config, log, db, revision });
    } finally {
      revision.stop();
    }
  } finally {
    await db.close();
  }
}
