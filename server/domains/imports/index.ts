/** Imports: what other rooms may use. */
export { detectFormat, fileSource, IMPORT_FORMATS, ImportFileError, readHead } from './formats/index.ts';
export { FIBRE_REPAIRS } from './formats/ofds-repairs.ts';
export {
  ALWAYS,
  DECOMMISSIONED_SINCE,
  dayOf,
  deploymentOf,
  EXTENSION as OFDS_EXTENSION,
  FORMER,
  kindByType,
  operatorOf,
  PAST_ANTIMERIDIAN,
  readLength,
  statusOf,
} from './formats/ofds-values.ts';
export type { FormerNodeRecord } from './formats/records.ts';
export { type ImportOptions, importFile } from './import-file.ts';
export { isInventoryEmpty, loadDemo } from './load-demo.ts';
export type { ImportReport } from './load-report.ts';
