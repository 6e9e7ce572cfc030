import { Command, CommanderError } from 'commander';
import { broadcastCommand } from './cli/broadcast.ts';
import { coverageCommand } from './cli/coverage.ts';
import { demoCommand } from './cli/demo.ts';
import { doctorCommand } from './cli/doctor.ts';
import { exportCommand } from './cli/export.ts';
import { importCommand } from './cli/import.ts';
import { ImportFileError } from './domains/imports/index.ts';
import { readConfig } from './platform/config.ts';
import { version } from './platform/version.ts';
import { serve } from './serve.ts';

const serveCommand = new Command('serve')
  .description('serve the map and the API (PORT, HOST, DATABASE_URL, DATA_DIR … from the environment)')
  .action(() => serve(readConfig(process.env), (text) => process.stderr.write(`${text}\n`)));

const program = new Command('phusong')
  .description('GIS inventory of a province’s telecom infrastructure')
  .version(version)
  .showHelpAfterError('(--help tells the options)')
  .addCommand(serveCommand)
  .addCommand(importCommand)
  .addCommand(exportCommand)
  .addCommand(coverageCommand)
  .addCommand(broadcastCommand)
  .addCommand(demoCommand)
  .addCommand(doctorCommand);

/** One clear sentence; the reasons of a refused file one a line. */
function explain(error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error);
  const reasons =
    error instanceof ImportFileError
      ? error.reasons.slice(0, 50).map((reason) => `  ${reason.field}: ${reason.reason}`)
      : [];
  return [`phusong: ${sentence}`, ...reasons].join('\n');
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
