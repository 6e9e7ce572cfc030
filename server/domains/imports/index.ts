/** Imports: what other rooms may use. */
export { ImportFileError } from './formats/format.ts';
export { type ImportOptions, importFile } from './import-file.ts';
export type { ImportReport } from './load-report.ts';
