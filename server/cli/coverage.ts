import { Command } from 'commander';
import { todayInVietnam } from '../contract/index.ts';
import { runCoverage } from '../domains/coverage/index.ts';
import { createOutput, dayArgument } from './output.ts';
import { withDatabase } from './with-database.ts';

const computeCommand = new Command('compute')
  .description('compute the coverage of every commune from the inventory as at a day')
  .option('--at <day>', 'day of the inventory, default today in Vietnam', dayArgument)
  .option('--json', 'machine-readable result')
  .action(async (flags: { at?: string; json?: boolean }) => {
    const output = createOutput(flags.json ?? false);
    const at = flags.at ?? todayInVietnam();
    const run = await withDatabase(output.say, ({ db, revision }) => runCoverage(db, revision, at));
    const lines = run.totals
      .filter((total) => total.scope === 'any')
      .map(
        (total) =>
          `  ${total.technology}: ${total.people_covered} of ${total.population} people, ${total.area_covered_km2.toFixed(1)} of ${total.area_km2.toFixed(1)} km² (any operator, estimated)`,
      );
    output.result(
      run,
      [`Coverage as at ${at}: ${run.cells} cells, ${run.refused} refused, ${run.gaps} gaps`, ...lines].join('\n'),
    );
  });

export const coverageCommand = new Command('coverage')
  .description('coverage of the inventory')
  .addCommand(computeCommand);
