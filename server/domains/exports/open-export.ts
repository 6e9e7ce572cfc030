import type { z } from 'zod';
import type { ServerContext } from '../../platform/context.ts';
import { HttpError } from '../../platform/http-error.ts';
import type { Language, Translated } from '../../platform/language.ts';
import { contentDisposition, fileName } from './file-name.ts';
import type { TableExport, TableFormat } from './formats/index.ts';
import { countsOf, filterParams, type Statement, vietnamTime } from './statement.ts';

/** What an export needs of the server; a command has it too. */
export type ExportContext = Pick<ServerContext, 'db' | 'cache'> & {
  revision: Pick<ServerContext['revision'], 'current'>;
};

/** An export whose statement is known, before any row is made. */
export interface OpenTable extends Omit<TableExport, 'statement'> {
  statement: Omit<Statement, 'language' | 'written_at'>;
  /** Gives back what the reading holds, such as a database connection. */
  close?(): Promise<void>;
}

/** One kind of thing that is exported: its parameters and how it is read. Add a file and one line in kinds.ts. */
export interface ExportKind {
  /** The word in the address and on the command line: `sites`. */
  what: string;
  label: Translated;
  /** Query parameters, all optional or with a clear error. */
  shape: z.ZodRawShape;
  /** @throws HttpError 404 when the filter names what does not exist */
  open(context: ExportContext, asked: Record<string, unknown>, language: Language): Promise<OpenTable>;
}

/** A kind whose `open` gets what its own shape parses. */
export function defineKind<Shape extends z.ZodRawShape>(
  kind: Omit<ExportKind, 'shape' | 'open'> & {
    shape: Shape;
    open(context: ExportContext, asked: z.infer<z.ZodObject<Shape>>, language: Language): Promise<OpenTable>;
  },
): ExportKind {
  // The route and the command parse with this very shape before they open.
  return {
    ...kind,
    open: (context, asked, language) => kind.open(context, asked as z.infer<z.ZodObject<Shape>>, language),
  };
}

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

function headersOf(statement: Statement, { mediaType }: TableFormat, name: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Disposition': contentDisposition(name),
    'Content-Language': statement.language,
    'X-Export-Filter': filterParams(statement).toString(),
    'X-Export-Counts': Object.entries(countsOf(statement))
      .map(([count, value]) => `${count}=${value}`)
      .join(', '),
    'X-Export-Time': statement.written_at,
    'X-Export-Notes': encodeURIComponent(statement.notes.join(' ')),
    'X-Dataset-Revision': String(statement.dataset_revision),
  };
}

/**
 * Opens an export in one format.
 * @throws HttpError 404 for what the filter names and does not exist, 413 when the format cannot hold the rows
 */
export async function openExport(
  context: ExportContext,
  kind: ExportKind,
  asked: Record<string, unknown>,
  format: TableFormat,
  language: Language,
): Promise<OpenExport> {
  const { close = async () => {}, ...opened } = await kind.open(context, asked, language);
  const { total } = opened.table;
  if (format.max_rows !== undefined && total > format.max_rows) {
    await close();
    throw new HttpError(
      413,
      'too-many-rows',
      `${total} ${kind.what} do not fit into one ${format.extension} file (at most ${format.max_rows}). Please narrow the filter.`,
    );
  }
  const statement = { ...opened.statement, language, written_at: vietnamTime(new Date()) };
  const file_name = fileName(statement, format.extension);
  return {
    statement,
    file_name,
    headers: headersOf(statement, format, file_name),
    write: () => format.write({ ...opened, statement }),
    close,
  };
}
