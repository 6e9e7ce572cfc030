import { Command } from 'commander';
import { prepareDemo } from '../prepare-database.ts';
import { createOutput } from './output.ts';
import { withDatabase } from './with-database.ts';

export const demoCommand = new Command('demo')
  .description('put the demo province into an empty inventory and compute its coverage')
  .option('--json', 'machine-readable result')
  .action(async (flags: { json?: boolean }) => {
    const output = createOutput(flags.json ?? false);
    const revision = await withDatabase(output.say, async ({ db, log, revision }) => {
      await prepareDemo(db, log, output.say);
      return revision.refresh();
    });
    output.result({ dataset_revision: revision }, `The demo province is in place (dataset revision ${revision}).`);
  });
