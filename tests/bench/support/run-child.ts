/** Run of today of the demo province in DATABASE_URL over the terrain file TERRAIN, in a process of its own so that its memory can be told. */
import { importRasters, runCoverage } from '../../../server/domains/coverage/index.ts';
import { DatasetRevision } from '../../../server/platform/dataset-revision.ts';
import { residentMegabytes } from './child.ts';
import { benchLog, withPostgres } from './databases.ts';

const { DATABASE_URL = '', DAY = '', TERRAIN } = process.env;

await withPostgres(DATABASE_URL, async (db) => {
  const revision = await DatasetRevision.follow(db, benchLog);
  if (TERRAIN) await importRasters(revision, [TERRAIN], { kind: 'terrain', dryRun: false });
  const started = performance.now();
  const { milliseconds } = await runCoverage(db, revision, DAY, { full: true });
  const seconds = (performance.now() - started) / 1000;
  revision.stop();
  console.log(`run ${JSON.stringify({ seconds, milliseconds, megabytes: residentMegabytes(process).peak })}`);
});
