import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { DatasetRevision } from '../../platform/dataset-revision.ts';
import { selectRevision } from '../../platform/dataset-revision.ts';
import type { Queryable } from '../../platform/db/db.ts';
import type { AnyImportFormat, ImportBatch, ImportSource, ReadOptions } from './formats/format.ts';
import { DEFAULT_FROM } from './formats/values.ts';
import { keepRefusedRows } from './keep-refused-rows.ts';
import { loadBoundaries } from './load-boundaries.ts';
import { loadClaims } from './load-claims.ts';
import { loadFibre } from './load-fibre.ts';
import { loadHabitable } from './load-habitable.ts';
import { loadLines } from './load-lines.ts';
import { loadMeasurements } from './load-measurements.ts';
import { type ImportReport, LoadProgress } from './load-report.ts';
import { loadStagedSites, stageOpenCells, stageSiteCells } from './load-sites.ts';
import { loadTransmitters } from './load-transmitters.ts';
import { loadVillages } from './load-villages.ts';
import { addProposals } from './propose-positions.ts';
import { unstorable } from './unstorable.ts';

export interface ImportOptions extends ReadOptions {
  dryRun: boolean;
  allowOutside: boolean;
  /** Aborting it ends the import before the next statement or batch: nothing is written. */
  signal?: AbortSignal;
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

/** Hash of the file, or of the files of a package one after the other. */
async function sha256Of(source: ImportSource, format: AnyImportFormat): Promise<string> {
  const hash = createHash('sha256');
  for (const part of format.parts?.(source) ?? [source]) {
    for await (const piece of part.open() as AsyncIterable<Buffer>) hash.update(piece);
  }
  return hash.digest('hex');
}

/** The transaction, asked no more once the user wants to stop: what throws inside it rolls it back. */
function interruptible(tx: Queryable, signal: AbortSignal | undefined): Queryable {
  if (!signal) return tx;
  return {
    query: async (statement) => {
      signal.throwIfAborted();
      return tx.query(statement);
    },
    script: async (text) => {
      signal.throwIfAborted();
      return tx.script(text);
    },
  };
}

/** The records of a file's batches; what else the batches tell goes into the progress. */
async function* recordsOf<R>(
  batches: AsyncIterable<ImportBatch<R>>,
  progress: LoadProgress,
  { onProgress, signal }: ImportOptions,
): AsyncIterable<R[]> {
  for await (const batch of batches) {
    signal?.throwIfAborted();
    progress.rowsRead += batch.rows;
    progress.rowsLeftOut += batch.rows_left_out ?? 0;
    progress.addErrors(batch.errors);
    progress.addFindings(batch.counts);
    progress.addNamed(batch.named ?? {});
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
    defaultFrom: options.valid_from ?? DEFAULT_FROM,
  };
  switch (format.record) {
    case 'boundary':
      return loadBoundaries(tx, recordsOf(format.read(source, options), progress, options), progress, source.file_name);
    case 'site_cell':
      await stageSiteCells(tx, recordsOf(format.read(source, options), progress, options), site);
      return loadStagedSites(tx, progress, site);
    case 'open_cell':
      await stageOpenCells(tx, recordsOf(format.read(source, options), progress, options), site);
      return loadStagedSites(tx, progress, site);
    case 'fibre_network':
      return loadFibre(tx, recordsOf(format.read(source, options), progress, options), progress, site);
    case 'claim':
      return loadClaims(tx, recordsOf(format.read(source, options), progress, options), progress, source.file_name);
    case 'measurement':
      return loadMeasurements(tx, recordsOf(format.read(source, options), progress, options), progress, site);
    case 'transmitter':
      return loadTransmitters(tx, recordsOf(format.read(source, options), progress, options), progress, site);
    case 'village':
      return loadVillages(
        tx,
        recordsOf(format.read(source, options), progress, options),
        progress,
        source.file_name,
        options.valid_from,
      );
    case 'candidate_line':
      return loadLines(tx, recordsOf(format.read(source, options), progress, options), progress, source.file_name);
    case 'habitable':
      return loadHabitable(tx, recordsOf(format.read(source, options), progress, options), progress, source.file_name);
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
    valid_to: options.valid_to ?? null,
    srid: options.srid ?? null,
  };
  const [batch] = await tx.query<{ id: number }>(sql`
    insert into import_batch (file_name, sha256, format, options, rows_read, rows_accepted, rows_refused, findings)
    values (${source.file_name}, ${await sha256Of(source, format)}, ${format.id}, ${JSON.stringify(shown)}::jsonb, ${progress.rowsRead},
            ${progress.rowsRead - progress.rowsRefused}, ${progress.rowsRefused}, ${JSON.stringify({ ...progress.findings, named: progress.named, tables: progress.tables })}::jsonb)
    returning id`);
  if (!batch) throw new Error('the import batch was not recorded');
  await tx.query(sql`
    insert into import_error (batch_id, scope, row_no, field, value, reason, code, proposal)
    select ${batch.id}, e.scope, e."row", e.field, e.value, e.reason, e.code, e.proposal
      from jsonb_to_recordset(${JSON.stringify(progress.errors)}::jsonb)
        as e (scope text, "row" integer, field text, value text, reason text, code text, proposal text)`);
  await keepRefusedRows(tx, batch.id, source, format, progress);
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
    named: progress.named,
    errors: [...progress.errors].sort((a, b) => (a.scope ?? '').localeCompare(b.scope ?? '') || a.row - b.row),
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
  await tx.query(sql`savepoint before_load`);
  await load(tx, source, format, options, progress).catch((error: unknown) => {
    throw unstorable(error, source.file_name) ?? error;
  });
  // A file of which every row is refused changes nothing, not even the list of operators that its rows name.
  if (progress.rowsRefused === progress.rowsRead) await tx.query(sql`rollback to savepoint before_load`);
  await addProposals(tx, progress.errors);
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
        const report = await importInto(interruptible(tx, options.signal), source, format, options);
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
