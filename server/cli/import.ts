import { existsSync, readdirSync, statSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isRasterName, type RasterKind, RasterRefusal } from '../domains/coverage/index.ts';
import {
  detectFormat,
  FIBRE_REPAIRS,
  fileSource,
  IMPORT_FORMATS,
  ImportFileError,
  type ImportOptions,
  type ImportReport,
  importFile,
  readHead,
} from '../domains/imports/index.ts';
import { importRasterFiles } from './import-rasters.ts';
import { createOutput, dayArgument } from './output.ts';
import { withDatabase } from './with-database.ts';

/** Exit code of a process that Ctrl-C ended, as shells count it (128 + SIGINT). */
const INTERRUPTED = 130;

type TableKind = (typeof IMPORT_FORMATS)[number]['makes'];
type Kind = TableKind | RasterKind;
/** What `--as` takes, and the first word of the command when files follow it. */
const KINDS: readonly Kind[] = [...new Set(IMPORT_FORMATS.map((format) => format.makes)), 'terrain', 'population'];

type NamedRow = ImportReport['named'][string][number];

interface Flags {
  as?: Kind;
  source?: string;
  dryRun?: boolean;
  allowOutside?: boolean;
  validFrom?: string;
  validTo?: string;
  srid?: number;
  accept?: string[];
  errors: number;
  json?: boolean;
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function describeError({ row, scope, field, value, reason, proposal }: ImportReport['errors'][number]): string {
  const place = scope === undefined ? `row ${row}` : `${scope}, row ${row}`;
  const written = value === null ? '' : ` = ${JSON.stringify(value)}`;
  const sentences = [reason, ...(proposal === undefined ? [] : [`Proposal: ${proposal}`])];
  return `  ${place}, ${field}${written}: ${sentences.map((text) => text.replace(/\.?$/, '.')).join(' ')}`;
}

/** A finding with the rows that it names: their ids in its line, or one line each where there is more to say. */
function describeFinding(name: string, count: number, rows: readonly NamedRow[], shown: number): string[] {
  const line = `  ${name.replaceAll('_', ' ')}: ${count}`;
  const named = rows.slice(0, shown);
  const more = count > named.length ? [`… and ${count - named.length} more`] : [];
  if (named.length === 0) return [line];
  if (named.every(({ note }) => note === undefined))
    return [`${line} (${[...named.map(({ id }) => id), ...more].join(', ')})`];
  return [line, ...named.map(({ id, note }) => `    ${id}: ${note ?? ''}`), ...more.map((text) => `    ${text}`)];
}

function describe(report: ImportReport, shown: number): string {
  const tables = Object.entries(report.tables)
    .filter(([, { inserted, updated }]) => inserted + updated > 0)
    .map(([name, { inserted, updated }]) => `  ${name}: ${inserted} new, ${updated} changed`);
  const found = Object.entries(report.findings).filter(([, value]) => value !== 0);
  const findings = found.flatMap(([name, value]) => describeFinding(name, value, report.named[name] ?? [], shown));
  const errors = report.errors.slice(0, shown).map(describeError);
  const more = report.errors_total - errors.length;
  return [
    `${report.file} (${report.format}): ${report.rows_read} ${report.rows_read === 1 ? 'row' : 'rows'}, ${report.rows_accepted} accepted, ${report.rows_refused} refused${report.dry_run ? ' – dry run, nothing was written' : ''}`,
    ...(tables.length > 0 ? tables : ['  nothing new, nothing changed']),
    ...(findings.length > 0 ? ['Found:', ...findings] : []),
    ...(errors.length > 0 ? ['Refused:', ...errors] : []),
    ...(more > 0 ? [`  … and ${more} more (use --json or --errors N to see them)`] : []),
  ].join('\n');
}

/** The first Ctrl-C rolls the import back and closes the database; a second one ends the process at once. */
function stopOnInterrupt(say: (text: string) => void): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    say('\nStopping after the current statement (Ctrl-C once more stops at once) …');
    controller.abort(new InterruptedError());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const done = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  return { signal: controller.signal, done };
}

class InterruptedError extends Error {
  constructor() {
    super('The import was interrupted');
  }
}

/** The kind and files of a command: the kind may stand as a word in front, as in `import terrain N21E105.hgt`. */
function wordsOf(words: readonly string[], { as }: Flags): { kind: Kind | undefined; files: readonly string[] } {
  const [first = '', ...rest] = words;
  const kind = KINDS.find((each) => each === first);
  if (kind === undefined || (existsSync(first) && rest.length === 0)) return { kind: as, files: words };
  if (rest.length === 0) throw new ImportFileError('no_file', `No file of ${kind} is named`);
  if (as !== undefined && as !== kind)
    throw new ImportFileError('two_kinds', `The command says "${kind}" and --as "${as}": leave one out`);
  return { kind, files: rest };
}

/** A file named like a raster, or a folder with such files. */
function looksLikeRaster(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() ? readdirSync(path).some(isRasterName) : isRasterName(path);
}

/** What the files are taken as: rasters by their name, unless the command says otherwise. */
function rasterKindOf(kind: Kind | undefined, files: readonly string[]): RasterKind | null {
  if (kind === 'terrain' || kind === 'population') return kind;
  return kind === undefined && files.every(looksLikeRaster) ? 'terrain' : null;
}

async function importFiles(words: readonly string[], flags: Flags): Promise<void> {
  const { kind, files } = wordsOf(words, flags);
  const raster = rasterKindOf(kind, files);
  if (raster === null) {
    const [file = ''] = files;
    if (files.length > 1)
      throw new ImportFileError('several_files', 'Only files of terrain or population are taken several at once');
    await importOne(file, { ...flags, ...(kind === undefined ? {} : { as: kind }) });
    return;
  }
  const output = createOutput(flags.json ?? false);
  const { signal, done } = stopOnInterrupt(output.say);
  const options = { kind: raster, dryRun: flags.dryRun ?? false, signal };
  await importRasterFiles(output, files, flags.source === undefined ? options : { ...options, source: flags.source })
    .catch((error: unknown) => {
      if (error instanceof RasterRefusal) throw new ImportFileError(error.code, error.message, { cause: error });
      throw error;
    })
    .finally(done);
}

async function run(words: readonly string[], flags: Flags): Promise<void> {
  try {
    await importFiles(words, flags);
  } catch (error) {
    if (error instanceof ImportFileError)
      throw new ImportFileError(error.code, `${error.message}. Nothing was written.`, {
        cause: error,
        reasons: error.reasons,
      });
    if (!(error instanceof InterruptedError)) throw error;
    process.stderr.write(`phusong: ${error.message}. Nothing was written.\n`);
    process.exitCode = INTERRUPTED;
  }
}

async function importOne(file: string, flags: Flags): Promise<void> {
  const output = createOutput(flags.json ?? false);
  const source = fileSource(file);
  const as = flags.as as TableKind | undefined;
  const format = detectFormat(source.file_name, await readHead(source), as);
  if (!format) {
    const known = IMPORT_FORMATS.filter((each) => !as || each.makes === as).map((each) => each.label.en);
    throw new ImportFileError('unknown_format', `"${file}" is not recognised as any of: ${known.join('; ')}`);
  }
  const { signal, done } = stopOnInterrupt(output.say);
  const options: ImportOptions = {
    signal,
    dryRun: flags.dryRun ?? false,
    allowOutside: flags.allowOutside ?? false,
    onProgress: (rows) => output.progress(`${rows} rows read`),
    ...(flags.validFrom === undefined ? {} : { valid_from: flags.validFrom }),
    ...(flags.validTo === undefined ? {} : { valid_to: flags.validTo }),
    ...(flags.srid === undefined ? {} : { srid: flags.srid }),
    ...(flags.accept === undefined ? {} : { accept: flags.accept }),
  };
  const report = await withDatabase(output.say, ({ revision }) =>
    importFile(revision, source, format, options),
  ).finally(done);
  output.result(report, describe(report, flags.errors));
  if (report.rows_accepted === 0 && report.rows_refused > 0) process.exitCode = 2;
}

export const importCommand = new Command('import')
  .description('take files of one kind into the inventory, in one transaction')
  .usage('[options] [kind] <files...>')
  .argument(
    '<files...>',
    'GeoJSON, CSV or JSON file, the folder of an OFDS package (CSV or GeoJSON), .hgt or GeoTIFF files or a folder of them; the kind may stand in front of them',
  )
  .addOption(new Option('--as <kind>', 'what the file holds, when it is not recognised').choices(KINDS))
  .option('--dry-run', 'check and report only, write nothing')
  .option('--allow-outside', 'take points outside the province too')
  .option('--valid-from <day>', 'first day of validity that the file does not tell', dayArgument)
  .option('--valid-to <day>', 'first day no longer valid', dayArgument)
  .option('--srid <epsg>', 'VN-2000 system of coordinates in metres, e.g. 9208', integer)
  .addOption(
    new Option('--accept <kinds...>', 'fibre: carry out the repairs proposed for these kinds of faults').choices(
      FIBRE_REPAIRS,
    ),
  )
  .option('--source <text>', 'where files of terrain or population are from')
  .option('--errors <n>', 'how many refused rows, and rows of each finding, to list', integer, 20)
  .option('--json', 'machine-readable report')
  .addHelpText(
    'after',
    '\nExit codes: 0 done (some rows may be refused), 1 the file cannot be taken, 2 every row was refused, 130 interrupted.',
  )
  .action(run);
