import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import {
  countsOf,
  exportKinds,
  fibreFormats,
  fibreShape,
  filterParams,
  openExport,
  openFibre,
  tableFormats,
} from '../domains/exports/index.ts';
import { parseQuery } from '../platform/parse-request.ts';
import { RevisionCache } from '../platform/revision-cache.ts';
import { createOutput } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Flags extends Record<string, string | boolean | undefined> {
  output: string;
  lang: 'vi' | 'en';
  json?: boolean;
}

/** Every parameter of every kind, with the kinds that have it. */
const parameters = new Map<string, { description: string | undefined; kinds: string[] }>();
for (const { what, shape } of [...exportKinds, { what: 'fibre', shape: fibreShape }]) {
  for (const [name, schema] of Object.entries(shape)) {
    const known = parameters.get(name) ?? { description: (schema as { description?: string }).description, kinds: [] };
    known.kinds.push(what);
    parameters.set(name, known);
  }
}

const optionName = (name: string): string => name.replaceAll('_', '-');
/** Commander names the value of `--mast-class` mastClass. */
const flagName = (name: string): string => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

function paramsOf(flags: Flags): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of parameters.keys()) {
    const value = flags[flagName(name)];
    if (typeof value === 'string') params.set(name, value);
  }
  return params;
}

/** Makes a file beside its place and moves it there once it is whole. */
async function writeWhole(file: string, pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>) {
  const partial = `${file}.part`;
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(partial));
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}

const FIBRE = 'fibre';

/** The fibre networks, in one of the forms of their standard. */
async function runFibre(flags: Flags): Promise<void> {
  const output = createOutput(flags.json ?? false);
  const extension = extname(flags.output).slice(1).toLowerCase();
  const format = fibreFormats.find((known) => known.extension === extension);
  if (!format)
    throw new Error(`-o must end in one of: ${fibreFormats.map((known) => `.${known.extension}`).join(', ')}.`);
  const asked = parseQuery(fibreShape, paramsOf(flags));
  const { counts, dataset_revision } = await withDatabase(output.say, async (opened) => {
    const fibre = await openFibre(opened, asked, format);
    await writeWhole(flags.output, fibre.write());
    return fibre;
  });
  const told = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
  output.result(
    { file: flags.output, counts, dataset_revision },
    `${flags.output}: ${told.join(', ')} (OFDS 0.3, dataset revision ${dataset_revision})`,
  );
}

async function run(what: string, flags: Flags): Promise<void> {
  if (what === FIBRE) return runFibre(flags);
  const output = createOutput(flags.json ?? false);
  const kind = exportKinds.find((known) => known.what === what);
  if (!kind) throw new Error(`Only these can be exported: ${exportKinds.map((known) => known.what).join(', ')}.`);
  const asked = parseQuery(kind.shape, paramsOf(flags));
  const extension = extname(flags.output).slice(1).toLowerCase();
  const format = tableFormats.find((known) => known.extension === extension);
  if (!format)
    throw new Error(`-o must end in one of: ${tableFormats.map((known) => `.${known.extension}`).join(', ')}.`);
  const statement = await withDatabase(output.say, async ({ db, revision }) => {
    const opened = await openExport({ db, revision, cache: new RevisionCache() }, kind, asked, format, flags.lang);
    try {
      await writeWhole(flags.output, opened.write());
      return opened.statement;
    } finally {
      await opened.close();
    }
  });
  const { counts: _lines, filter: _conditions, sources: _sources, stem: _stem, title: _title, ...rest } = statement;
  const counts = countsOf(statement);
  const filter = Object.fromEntries(filterParams(statement));
  const told = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
  const day = statement.at === null ? '' : ` as at ${statement.at}`;
  output.result(
    { file: flags.output, ...rest, filter, counts },
    `${flags.output}: ${told.join(', ')}${day} (dataset revision ${statement.dataset_revision})`,
  );
}

export const exportCommand = new Command('export')
  .description('write what a filter keeps to a file')
  .addArgument(
    new Command().createArgument('<what>', 'what to write').choices([...exportKinds.map((kind) => kind.what), FIBRE]),
  )
  .requiredOption(
    '-o, --output <file>',
    `file to write; its ending chooses the format: ${tableFormats.map((known) => known.extension).join(', ')} (fibre: ${fibreFormats.map((known) => known.extension).join(', ')})`,
  )
  .addOption(new Option('--lang <language>', 'language of headers').choices(['vi', 'en']).default('vi'))
  .option('--json', 'machine-readable result')
  .action(run);
for (const [name, { description, kinds }] of parameters) {
  const whose = kinds.length === exportKinds.length ? '' : ` (${kinds.join(', ')})`;
  exportCommand.option(`--${optionName(name)} <value>`, `${description ?? ''}${whose}`.trim());
}
