import sql from 'sql-template-tag';
import { runCoverage } from '../../server/domains/coverage/index.ts';
import { DatasetRevision } from '../../server/platform/dataset-revision.ts';
import type { Db } from '../../server/platform/db/db.ts';
import { EmbeddedDb } from '../../server/platform/db/embedded.ts';
import { prepareEmbeddedTemplates } from '../support/templates.ts';
import type { BenchContext } from './support/benchmark.ts';
import { benchLog, withPostgres } from './support/databases.ts';
import { atMost, type Metric, median } from './support/metric.ts';

const TARGET_S = 10;
const DAY = '2008-12-31';
const SITES = 400;
const REPETITIONS = 3;

/** Seconds of a whole run, from reading the inventory to the stored result. */
async function measure(db: Db): Promise<number> {
  const [found] = await db.query<{ sites: number }>(sql`
    select count(*) as sites from site s where is_valid_at(s.valid_from, s.valid_to, ${DAY}::date) and s.status in ('active', 'suspended', 'removed')`);
  if (found?.sites !== SITES) throw new Error(`the demo should have ${SITES} sites on ${DAY}, not ${found?.sites}`);
  const revision = await DatasetRevision.follow(db, benchLog);
  try {
    const seconds: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      const started = performance.now();
      await runCoverage(db, revision, DAY);
      seconds.push((performance.now() - started) / 1000);
    }
    return median(seconds);
  } finally {
    revision.stop();
  }
}

/** Coverage of the whole demo province with its 400 sites of 2008, on both engines. */
export async function coverageRun({ databases }: BenchContext): Promise<Metric[]> {
  const postgres = await withPostgres(await databases.copy('demo'), measure);
  const { demo } = await prepareEmbeddedTemplates();
  const db = await EmbeddedDb.open({ dataDir: undefined, image: demo });
  try {
    return [
      atMost('coverage_2008_postgres', postgres, 's', TARGET_S),
      atMost('coverage_2008_embedded', await measure(db), 's', TARGET_S),
    ];
  } finally {
    await db.close();
  }
}
