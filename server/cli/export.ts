import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { completeSiteFilter, siteFilterNames, siteFilterShape } from '../contract/index.ts';
import { openSiteExport, siteFormats } from '../domains/exports/index.ts';
import { parseQuery } from '../platform/parse-request.ts';
import { createOutput } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Flags extends Record<string, string | boolean | undefined> {
  output: string;
  lang: 'vi' | 'en';
  json?: boolean;
}

const optionName = (name: string): string => name.replaceAll('_', '-');
/** Commander names the value of `--mast-class` mastClass. */
const flagName = (name: string): string => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

function filterOf(flags: Flags) {
  const params = new URLSearchParams();
  for (const name of siteFilterNames) {
    const value = flags[flagName(name)];
    if (typeof value === 'string') params.set(name, value);
  }
  return completeSiteFilter(parseQuery(siteFilterShape, params));
}

async function run(_what: string, flags: Flags): Promise<void> {
  const output = createOutput(flags.json ?? false);
  const filter = filterOf(flags);
  const extension = extname(flags.output).slice(1).toLowerCase();
  const format = siteFormats.find((known) => known.extension === extension);
  if (!format)
    throw new Error(`-o must end in one of: ${siteFormats.map((known) => `.${known.extension}`).join(', ')}.`);
  const partial = `${flags.output}.part`;
  const statement = await withDatabase(output.say, async ({ db }) => {
    const opened = await openSiteExport(db, filter, format, flags.lang);
    try {
      await pipeline(Readable.from(opened.write(), { objectMode: false }), createWriteStream(partial));
      await rename(partial, flags.output);
      return opened.statement;
    } finally {
      await opened.close();
      await rm(partial, { force: true });
    }
  });
  const { sites, stations, cells } = statement.counts;
  output.result(
    { file: flags.output, ...statement },
    `${flags.output}: ${sites} sites, ${stations} stations, ${cells} cells as at ${filter.at} (dataset revision ${statement.dataset_revision})`,
  );
}

export const exportCommand = new Command('export')
  .description('write the sites that a filter keeps to a file')
  .addArgument(new Command().createArgument('<what>', 'what to write').choices(['sites']))
  .requiredOption(
    '-o, --output <file>',
    `file to write; its ending chooses the format: ${siteFormats.map((known) => known.extension).join(', ')}`,
  )
  .addOption(new Option('--lang <language>', 'language of headers').choices(['vi', 'en']).default('vi'))
  .option('--json', 'machine-readable result')
  .action(run);
for (const name of siteFilterNames) {
  exportCommand.option(`--${optionName(name)} <value>`, siteFilterShape[name].description);
}
