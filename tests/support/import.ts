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

/** Imports a file as the command does: the format is recognised by its name and first bytes. */
export async function importPath(
  revision: DatasetRevision,
  path: string,
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  const source = fileSource(path);
  const format = detectFormat(basename(path), await readHead(source));
  if (!format) throw new Error(`No format recognises ${basename(path)}.`);
  return importFile(revision, source, format, { dryRun: false, allowOutside: false, ...options });
}
