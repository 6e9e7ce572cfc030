import type { SiteRow } from '../queries.ts';
import type { Statement } from '../statement.ts';

/** What a format writes: the statement first, then the rows in batches, each read once. */
export interface SiteExport {
  statement: Statement;
  rows(): AsyncIterable<SiteRow[]>;
}

/** One export format of the site list. Add a file and one line in index.ts. */
export interface SiteFormat {
  /** The ending in the address and of the file. */
  extension: string;
  mediaType: string;
  /** Most rows that a file of this format can hold. */
  max_rows?: number;
  /** The file in pieces, made while it is sent: memory does not grow with the rows. */
  write(siteExport: SiteExport): AsyncIterable<string | Uint8Array>;
}
