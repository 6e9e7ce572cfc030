import { Command, InvalidArgumentError, Option } from 'commander';
import {
  detectFormat,
  fileSource,
  IMPORT_FORMATS,
  type ImportOptions,
  ImportFileError,
  importFile,
  type ImportReport,
  readHead,
} from '../domains/imports/index.ts';
import { createOutput, dayArgument } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Flags {
  as?: 'boundaries' | 'sites' | 'fibre';
  dryRun?: boolean;
  allowOutside?: boolean;
  validFrom?: string;
  validTo?: string;
  srid?: number;
  errors: number;
  json?: boolean;
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

function describe(report: ImportReport, shown: number): string {
  const tables = Object.entries(report.tables).map(
    ([name, { inserted, updated }]) => `  ${name}: ${inserted} new, ${updated} changed`,
  );
  const findings = Object.entries(report.findings).map(([name, value]) => `  ${name.replaceAll('_', ' ')}: ${value}`);
  const errors = report.errors
    .slice(0, shown)
    .map(
      (error) =>
        `  row ${error.row}, ${error.field}${error.value === null ? '' : ` = ${JSON.stringify(error.value)}`}: ${error.reason}`,
    );
  const more = report.errors_total - errors.length;
  return [
    `${report.file} (${report.format}): ${report.rows_read} rows, ${report.rows_accepted} accepted, ${report.rows_refused} refused${report.dry_run ? ' – dry run, nothing was written' : ''}`,
    ...tables,
    ...(findings.length > 0 ? ['Found:', ...findings] : []),
    ...(errors.length > 0 ? ['Refused:', ...errors] : []),
    ...(more > 0 ? [`  … and ${more} more (use --json or --errors N to see them)`] : []),
  ].join('\n');
}

async function run(file: string, flags: Flags): Promise<void> {
  const output = createOutput(flags.json ?? false);
  const source = fileSource(file);
  const format = detectFormat(source.file_name, await readHead(file), flags.as);
  if (!format) {
    const known = IMPORT_FORMATS.filter((each) => !flags.as || each.makes === flags.as).map((each) => each.label.en);
    throw new ImportFileError(
      'unknown_format',
      `${file} is not recognised as any of: ${known.join(', ')}. Nothing was written.`,
    );
  }
  const options: ImportOptions = {
    dryRun: flags.dryRun ?? false,
    allowOutside: flags.allowOutside ?? false,
    onProgress: (rows) => output.progress(`${rows} rows read`),
    ...(flags.validFrom === undefined ? {} : { valid_from: flags.validFrom }),
    ...(flags.validTo === undefined ? {} : { valid_to: flags.validTo }),
    ...(flags.srid === undefined ? {} : { srid: flags.srid }),
  };
  const report = await withDatabase(output.say, ({ revision }) => importFile(revision, source, format, options));
  output.result(report, describe(report, flags.errors));
  if (report.rows_accepted === 0 && report.rows_refused > 0) process.exitCode = 2;
}

export const importCommand = new Command('import')
  .description('take a file of boundaries, sites or fibre into the inventory, in one transaction')
  .argument('<file>', 'GeoJSON, CSV or JSON file')
  .addOption(
    new Option('--as <kind>', 'what the file holds, when it is not recognised').choices([
      'boundaries',
      'sites',
      'fibre',
    ]),
  )
  .option('--dry-run', 'check and report only, write nothing')
  .option('--allow-outside', 'take points outside the province too')
  .option('--valid-from <day>', 'first day of validity that the file does not tell', dayArgument)
  .option('--valid-to <day>', 'first day no longer valid', dayArgument)
  .option('--srid <epsg>', 'VN-2000 system of coordinates in metres, e.g. 9208', integer)
  .option('--errors <n>', 'how many refused rows to list', integer, 20)
  .option('--json', 'machine-readable report')
  .addHelpText(
    'after',
    '\nExit codes: 0 done (some rows may be refused), 1 the file cannot be taken, 2 every row was refused.',
  )
  .action(run);
