import type { Config } from './config.ts';
import type { DatasetRevision } from './dataset-revision.ts';
import type { Db } from './db/db.ts';
import type { Log } from './log.ts';
import type { RevisionCache } from './revision-cache.ts';

/** What every route needs: made once in main.ts and handed down. */
export interface ServerContext {
  config: Config;
  log: Log;
  db: Db;
  revision: DatasetRevision;
  cache: RevisionCache;
}
