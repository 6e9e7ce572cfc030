import type { Statement } from '../statement.ts';
import type { Table } from '../table.ts';

/** What a format writes: the statement first, then the rows in batches, each read once. */
export interface TableExport {
  statement: Statement;
  table: Table;
  /** Further tables, where a format has room for them: worksheets. */
  further: readonly Table[];
}

/** One export format of tables. Add a file and one line in index.ts. */
export interface TableFormat {
  /** The ending in the address and of the file. */
  extension: string;
  mediaType: string;
  /** Most rows that a file of this format can hold. */
  max_rows?: number;
  /** The file in pieces, made while it is sent: memory does not grow with the rows. */
  write(given: TableExport): AsyncIterable<string | Uint8Array>;
}
