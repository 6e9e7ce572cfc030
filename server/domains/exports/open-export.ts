import { type SiteFilter, siteFilterParams } from '../../contract/index.ts';
import type { Db } from '../../platform/db/db.ts';
import { HttpError } from '../../platform/http-error.ts';
import type { Language } from '../../platform/language.ts';
import { checkFilter } from '../sites/index.ts';
import { contentDisposition, fileName } from './file-name.ts';
import type { SiteFormat } from './formats/index.ts';
import { openSites, selectOptionalDistrict } from './queries.ts';
import { notes, type Statement, vietnamTime } from './statement.ts';

/** An export that is ready to be written: everything about it is known, no row is made yet. */
export interface OpenExport {
  statement: Statement;
  file_name: string;
  /** The statement for a client that reads no file: ASCII, the filter and the notes percent-encoded. */
  headers: Record<string, string>;
  /** The file in pieces, to be read once. */
  write(): AsyncIterable<string | Uint8Array>;
  /** Gives the database connection back; always to be called. */
  close(): Promise<void>;
}

function headersOf(statement: Statement, { mediaType }: SiteFormat, name: string): Record<string, string> {
  const { sites, stations, cells } = statement.counts;
  return {
    'Content-Type': mediaType,
    'Content-Disposition': contentDisposition(name),
    'Content-Language': statement.language,
    'X-Export-Filter': siteFilterParams(statement.filter).toString(),
    'X-Export-Counts': `sites=${sites}, stations=${stations}, cells=${cells}`,
    'X-Export-Time': statement.written_at,
    'X-Export-Notes': encodeURIComponent(notes(statement).join(' ')),
    'X-Dataset-Revision': String(statement.dataset_revision),
  };
}

/**
 * Opens the site list of a filter in one format.
 * @throws HttpError 404 for a district, commune or operator that does not exist, 413 when the format cannot hold the rows
 */
export async function openSiteExport(
  db: Db,
  filter: SiteFilter,
  format: SiteFormat,
  language: Language,
): Promise<OpenExport> {
  await checkFilter(db, filter);
  const district = await selectOptionalDistrict(db, filter);
  const { counts, dataset_revision, synthetic, rows, close } = await openSites(db, filter);
  if (format.max_rows !== undefined && counts.sites > format.max_rows) {
    await close();
    throw new HttpError(
      413,
      'too-many-rows',
      `${counts.sites} sites do not fit into one ${format.extension} file (at most ${format.max_rows}). Please narrow the filter.`,
    );
  }
  const written_at = vietnamTime(new Date());
  const statement = { filter, district, language, counts, dataset_revision, synthetic, written_at };
  const file_name = fileName(statement, format.extension);
  return {
    statement,
    file_name,
    headers: headersOf(statement, format, file_name),
    write: () => format.write({ statement, rows }),
    close,
  };
}
