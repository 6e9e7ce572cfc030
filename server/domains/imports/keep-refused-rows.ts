import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/db.ts';
import type { AnyImportFormat, ImportSource, RawRow } from './formats/format.ts';
import { type LoadProgress, MAX_ERRORS } from './load-report.ts';

/** A row of more signs (a huge polygon) is not copied: its place in the file is enough. */
const MAX_RAW_SIGNS = 20_000;
const BATCH = 500;

async function store(tx: Queryable, batchId: number, rows: readonly RawRow[]): Promise<void> {
  await tx.query(sql`
    insert into import_row (batch_id, scope, row_no, raw)
    select ${batchId}::bigint, r.scope, r."row", r.raw
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("row" integer, scope text, raw jsonb)`);
}

/**
 * Keeps the refused rows as received, so that nothing is lost: the file is read once more, only when rows were refused, and
 * for at most as many rows as errors are kept.
 */
export async function keepRefusedRows(
  tx: Queryable,
  batchId: number,
  source: ImportSource,
  format: AnyImportFormat,
  progress: LoadProgress,
): Promise<void> {
  if (progress.rowsRefused === 0) return;
  let left = MAX_ERRORS;
  for await (const rows of format.rows(source)) {
    const refused = rows.filter((row) => progress.isRefused(row)).slice(0, left);
    left -= refused.length;
    const kept = refused.filter(({ raw }) => JSON.stringify(raw).length <= MAX_RAW_SIGNS);
    for (let start = 0; start < kept.length; start += BATCH) await store(tx, batchId, kept.slice(start, start + BATCH));
    if (left === 0) return;
  }
}
