/**
 * Run of today of the demo province in DATABASE_URL over the terrain file TERRAIN, then one after a cell is turned, in a
 * process of its own so that their memory can be told.
 */
import sql from 'sql-template-tag';
import { importRasters, runCoverage } from '../../../server/domains/coverage/index.ts';
import { DatasetRevision } from '../../../server/platform/dataset-revision.ts';
import { residentMegabytes } from './child.ts';
import { benchLog, withPostgres } from './databases.ts';

const { DATABASE_URL = '', DAY = '', TERRAIN } = process.env;

await withPostgres(DATABASE_URL, async (db) => {
  const revision = await DatasetRevision.follow(db, benchLog);
  if (TERRAIN) await importRasters(revision, [TERRAIN], { kind: 'terrain', dryRun: false });
  const full = await timedRun({ full: true });
  const { peak: megabytes } = residentMegabytes(process);
  await db.query(sql`
    update cell set azimuth_deg = 360 - azimuth_deg where id = (
      select min(c.id) from cell c join station t on t.id = c.station_id join operator o on o.id = t.operator_id
       where o.code = 'VIETTEL' and c.technology = '4G' and c.azimuth_deg between 1 and 359 and is_valid_at(c.valid_from, c.valid_to, ${DAY}::date))`);
  const edited = await timedRun({});
  revision.stop();
  if (edited.keys - edited.keys_taken_over !== 3)
    throw new Error('one operator and two unions should be computed anew');
  console.log(`run ${JSON.stringify({ full, edited, megabytes })}`);

  async function timedRun(options: { full?: boolean }) {
    const started = performance.now();
    const run = await runCoverage(db, revision, DAY, options);
    return { ...run, seconds: (performance.now() - started) / 1000 };
  }
});
