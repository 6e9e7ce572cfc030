import { basename } from 'node:path';
import {
  detectFormat,
  fileSource,
  type ImportOptions,
  type ImportReport,
  importFile,
  readHead,
} from '../../server/domains/imports/index.ts';
import type { DatasetRevision } from '../../server/platform/dataset-revision.ts';

/** Imports a file as the command does: the format is recognised by its name and first bytes, among those that make `as`. */
export async function importPath(
  revision: DatasetRevision,
  path: string,
  options: Partial<ImportOptions> = {},
  as?: Parameters<typeof detectFormat>[2],
): Promise<ImportReport> {
  const source = fileSource(path);
  const format = detectFormat(basename(path), await readHead(source), as);
  if (!format) throw new Error(`No format recognises ${basename(path)}.`);
  return importFile(revision, source, format, { dryRun: false, allowOutside: false, ...options });
}
