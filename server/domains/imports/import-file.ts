import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import sql from 'sql-template-tag';
import type { DatasetRevision } from '../../platform/dataset-revision.ts';
import { selectRevision } from '../../platform/dataset-revision.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { AnyImportFormat, ImportBatch, ImportSource, ReadOptions } from './formats/format.ts';
import { loadBoundaries } from './load-boundaries.ts';
import { loadFibre } from './load-fibre.ts';
import { type ImportReport, LoadProgress } from './load-report.ts';
import { loadStagedSites, stageOpenCells, stageSiteCells } from './load-sites.ts';

export interface ImportOptions extends ReadOptions {
  dryRun: boolean;
  allowOutside: boolean;
  /** Called now and then with the number of rows read so far. */
  onProgress?: (rows: number) => void;
}

/** Thrown to roll a dry run back; carries its report out of the transaction. */
class DryRunDone extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('dry run');
    this.report = report;
  }
}

async function sha256Of(source: ImportSource): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(source.open(), hash);
  return hash.digest('hex');
}

/** The records of a file's batches; what else the batches tell goes into the progress. */
async function* recordsOf<R>(
  batches: AsyncIterable<ImportBatch<R>>,
  progress: LoadProgress,
  onProgress: ((rows: number) => void) | undefined,
): AsyncIterable<R[]> {
  for await (const batch of batches) {
    progress.rowsRead += batch.rows;
    progress.addErrors(batch.errors);
    progress.addFindings(batch.counts);
    onProgress?.(progress.rowsRead);
    yield batch.records;
  }
}

async function load(
  tx: Queryable,
  source: ImportSource,
  format: AnyImportFormat,
  options: ImportOptions,
  progress: LoadProgress,
): Promise<void> {
  const site = {
    fileName: source.file_name,
    allowOutside: options.allowOutside,
    defaultFrom: options.valid_from ?? '1990-01-01',
  };
  switch (format.record) {
    case 'boundary':
      return loadBoundaries(
        tx,
        recordsOf(format.read(source, options), progress, options.onProgress),
        progress,
        source.file_name,
      );
    case 'site_cell':
      await stageSiteCells(tx, recordsOf(format.read(source, options), progress, options.onProgress), site);
      return loadStagedSites(tx, progress, site);
    case 'open_cell':
      await stageOpenCells(tx, recordsOf(format.read(source, options), progress, options.onProgress), site);
      return loadStagedSites(tx, progress, site);
    case 'fibre_network':
      return loadFibre(tx, recordsOf(format.read(source, options), progress, options.onProgress), progress, site);
  }
}

async function recordBatch(
  tx: Queryable,
  source: ImportSource,
  format: AnyImportFormat,
  options: ImportOptions,
  progress: LoadProgress,
): Promise<number> {
  const shown = {
    allow_outside: options.allowOutside,
    valid_from: options.valid_from ?? null,
    srid: options.srid ?? null,
  };
  const [batch] = await tx.query<{ id: number }>(sql`
    insert into import_batch (file_name, sha256, format, options, rows_read, rows_accepted, rows_refused, findings)
    values (${source.file_name}, ${await sha256Of(source)}, ${format.id}, ${JSON.stringify(shown)}::jsonb, ${progress.rowsRead},
            ${progress.rowsRead - progress.rowsRefused}, ${progress.rowsRefused}, ${JSON.stringify({ ...progress.findings, tables: progress.tables })}::jsonb)
    returning id`);
  if (!batch) throw new Error('the import batch was not recorded');
  await tx.query(sql`
    insert into import_error (batch_id, row_no, field, value, reason, code)
    select ${batch.id}, e."row", e.field, e.value, e.reason, e.code
      from jsonb_to_recordset(${JSON.stringify(progress.errors)}::jsonb) as e ("row" integer, field text, value text, reason text, code text)`);
  return batch.id;
}

function reportOf(
  source: ImportSource,
  format: AnyImportFormat,
  options: ImportOptions,
  progress: LoadProgress,
  batchId: number | null,
  revision: number,
): ImportReport {
  return {
    file: source.file_name,
    format: format.id,
    dry_run: options.dryRun,
    rows_read: progress.rowsRead,
    rows_accepted: progress.rowsRead - progress.rowsRefused,
    rows_refused: progress.rowsRefused,
    tables: progress.tables,
    findings: progress.findings,
    errors: [...progress.errors].sort((a, b) => a.row - b.row),
    errors_total: progress.errorsTotal,
    batch_id: batchId,
    dataset_revision: revision,
  };
}

/** Imports one file inside the caller's transaction. @throws ImportFileError when the file as a whole cannot be taken */
export async function importInto(
  tx: Queryable,
  source: ImportSource,
  format: AnyImportFormat,
  options: ImportOptions,
): Promise<ImportReport> {
  const progress = new LoadProgress();
  await load(tx, source, format, options, progress);
  const batchId = options.dryRun ? null : await recordBatch(tx, source, format, options, progress);
  return reportOf(source, format, options, progress, batchId, await selectRevision(tx));
}

/**
 * Imports one file in one transaction: either everything that is good goes in, or (dry run, failure) nothing is written.
 * Row errors are values in the report. Importing the same file again changes nothing.
 * @throws ImportFileError when the file as a whole cannot be taken
 */
export async function importFile(
  revision: DatasetRevision,
  source: ImportSource,
  format: AnyImportFormat,
  options: ImportOptions,
): Promise<ImportReport> {
  try {
    return await revision.change(
      async (tx) => {
        const report = await importInto(tx, source, format, options);
        if (options.dryRun) throw new DryRunDone(report);
        return report;
      },
      { statementTimeout: 0 },
    );
  } catch (error) {
    if (error instanceof DryRunDone) return { ...error.report, dataset_revision: revision.current };
    throw error;
  }
}
