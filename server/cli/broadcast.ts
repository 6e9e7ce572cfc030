import { Command } from 'commander';
import { todayInVietnam } from '../contract/index.ts';
import { runBroadcast } from '../domains/coverage/index.ts';
import { createOutput, dayArgument } from './output.ts';
import { withDatabase } from './with-database.ts';

const names = { fm: 'FM radio', am: 'AM radio', tv: 'television' } as const;

const computeCommand = new Command('compute')
  .description('compute what radio and television transmitters serve, as at a day')
  .option('--at <day>', 'day of the inventory, default today in Vietnam', dayArgument)
  .option('--json', 'machine-readable result')
  .action(async (flags: { at?: string; json?: boolean }) => {
    const output = createOutput(flags.json ?? false);
    const at = flags.at ?? todayInVietnam();
    const run = await withDatabase(output.say, ({ db, revision }) => runBroadcast(db, revision, at));
    const lines = run.unions.map(({ service, people_covered, population, area_covered_km2, area_km2, reason }) =>
      people_covered === null || area_covered_km2 === null
        ? `  ${names[service]}: not computed (${reason})`
        : `  ${names[service]}: ${people_covered} of ${population} people, ${area_covered_km2.toFixed(1)} of ${area_km2.toFixed(1)} km² (any transmitter, estimated)`,
    );
    const head = `Radio and television as at ${at}: ${run.transmitters} transmitters, ${run.not_computed} not computed`;
    output.result(run, [head, ...lines].join('\n'));
  });

export const broadcastCommand = new Command('broadcast')
  .description('radio and television coverage')
  .addCommand(computeCommand);
