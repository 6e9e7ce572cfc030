import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { todayInVietnam } from './contract/index.ts';
import { runBroadcast, runCoverage } from './domains/coverage/index.ts';
import { isInventoryEmpty, loadDemo } from './domains/imports/index.ts';
import type { Config } from './platform/config.ts';
import { DatasetRevision } from './platform/dataset-revision.ts';
import type { Db } from './platform/db/db.ts';
import { EmbeddedDb } from './platform/db/embedded.ts';
import { imagePath } from './platform/db/image.ts';
import { migrate } from './platform/db/migrate.ts';
import { openPostgres } from './platform/db/postgres.ts';
import type { Log } from './platform/log.ts';

/** Told what a start is doing, for the person who waits. */
export type Say = (text: string) => void;

/** Opens the database of a configuration, without touching its schema. */
export async function openDatabase(config: Config, log: Log, say: Say): Promise<Db> {
  if (config.databaseUrl !== undefined) return openPostgres(config.databaseUrl, config.databasePool, log);
  const isNew = !existsSync(join(config.dataDir, 'embedded', 'PG_VERSION'));
  const image = await imagePath(config.cacheDir);
  say(
    isNew
      ? `Creating the embedded database in ${config.dataDir}`
      : `Opening the embedded database in ${config.dataDir}`,
  );
  return EmbeddedDb.open({ dataDir: config.dataDir, image: existsSync(image) ? image : undefined });
}

/** The days the demo province is computed for: that of the yearly report, and today. */
const demoDays = (): string[] => ['2008-12-31', todayInVietnam()];

async function computeMissingCoverage(db: Db, revision: DatasetRevision, say: Say): Promise<void> {
  const [found] = await db.query<{ missing: boolean }>(sql`
    select exists (select 1 from site where synthetic) and not exists (select 1 from coverage_run where status = 'done') as missing`);
  if (!found?.missing) return;
  for (const at of demoDays()) {
    say(`Computing coverage as at ${at}`);
    await runCoverage(db, revision, at);
  }
}

async function computeMissingBroadcast(db: Db, revision: DatasetRevision, say: Say): Promise<void> {
  const [found] = await db.query<{ missing: boolean }>(sql`
    select exists (select 1 from transmitter where synthetic) and not exists (select 1 from broadcast_run) as missing`);
  if (!found?.missing) return;
  for (const at of demoDays()) {
    say(`Computing radio and television as at ${at}`);
    await runBroadcast(db, revision, at);
  }
}

/** Fills an empty inventory with the demo province and computes its coverage; goes on where an interrupted start stopped. */
export async function prepareDemo(db: Db, log: Log, say: Say): Promise<void> {
  const revision = await DatasetRevision.follow(db, log);
  try {
    if (await isInventoryEmpty(db)) await loadDemo(db, revision, (file) => say(`Loading the demo province: ${file}`));
    await computeMissingCoverage(db, revision, say);
    await computeMissingBroadcast(db, revision, say);
  } finally {
    revision.stop();
  }
}

/** Opens the database, brings its schema up to date and, on an empty embedded one, puts the demo province in. */
export async function prepareDatabase(config: Config, log: Log, say: Say): Promise<Db> {
  const db = await openDatabase(config, log, say);
  try {
    await migrate(db, log);
    if (config.demo && db.engine === 'embedded') await prepareDemo(db, log, say);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
