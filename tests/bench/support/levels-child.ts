/** Levels of the demo province in DATABASE_URL on the day DAY, in a process of its own so that its memory can be told. */
import { computeLevelsPooled } from '../../../server/domains/coverage/rules/levels/levels-pool.ts';
import { residentMegabytes } from './child.ts';
import { withPostgres } from './databases.ts';
import { demoLevels } from './levels-input.ts';

await withPostgres(process.env['DATABASE_URL'] ?? '', async (db) => {
  const { input } = await demoLevels(db, process.env['DAY'] ?? '');
  const { layers } = await computeLevelsPooled(input);
  const megabytes = residentMegabytes(process).peak;
  console.log(`levels ${JSON.stringify({ megabytes, layers: layers.length })}`);
});
