import type { NamedRow, RowError, RowPlace } from './formats/format.ts';

/** Rows of one table that an import touched. Unchanged rows are left alone, so that repeating an import changes nothing. */
export interface TableCounts {
  inserted: number;
  updated: number;
}

/** What came of an import (or would have, for a dry run). */
export interface ImportReport {
  file: string;
  format: string;
  dry_run: boolean;
  rows_read: number;
  rows_accepted: number;
  rows_refused: number;
  tables: Record<string, TableCounts>;
  /** Observations on the file as a whole: rings rewound, overlaps, gaps, outside points. */
  findings: Record<string, number>;
  /** The rows of those findings that name them, up to {@link MAX_NAMED} each. */
  named: Record<string, NamedRow[]>;
  /** The first errors, in order of rows. */
  errors: RowError[];
  errors_total: number;
  batch_id: number | null;
  dataset_revision: number;
}

/** How many errors are kept in the report and in import_error: a wholly wrong file must not fill the memory. */
export const MAX_ERRORS = 10_000;

/** How many rows of one finding are named. */
export const MAX_NAMED = 1_000;

/** Collects what happens while a file is loaded. */
export class LoadProgress {
  rowsRead = 0;
  /** Rows left out with something they are part of, without an error of their own. */
  rowsLeftOut = 0;
  readonly tables: Record<string, TableCounts> = {};
  readonly findings: Record<string, number> = {};
  readonly named: Record<string, NamedRow[]> = {};
  readonly errors: RowError[] = [];
  /** Rows by the list they count in: row 1 of the nodes is not row 1 of the spans. */
  readonly #refused = new Map<string | null, Set<number>>();
  #errorsTotal = 0;

  addErrors(errors: readonly RowError[]): void {
    for (const error of errors) {
      this.#errorsTotal++;
      const scope = error.scope ?? null;
      const rows = this.#refused.get(scope) ?? new Set();
      this.#refused.set(scope, rows.add(error.row));
      if (this.errors.length < MAX_ERRORS) this.errors.push(error);
    }
  }

  addFindings(counts: Record<string, number>): void {
    for (const [name, value] of Object.entries(counts)) this.findings[name] = (this.findings[name] ?? 0) + value;
  }

  addNamed(rows: Record<string, readonly NamedRow[]>): void {
    for (const [finding, found] of Object.entries(rows)) {
      const known = (this.named[finding] ??= []);
      known.push(...found.slice(0, MAX_NAMED - known.length));
    }
  }

  addTable(name: string, counts: TableCounts): void {
    const known = (this.tables[name] ??= { inserted: 0, updated: 0 });
    known.inserted += counts.inserted;
    known.updated += counts.updated;
  }

  isRefused({ row, scope }: RowPlace): boolean {
    return this.#refused.get(scope)?.has(row) ?? false;
  }

  get rowsRefused(): number {
    return [...this.#refused.values()].reduce((sum, rows) => sum + rows.size, this.rowsLeftOut);
  }

  get errorsTotal(): number {
    return this.#errorsTotal;
  }
}
