/** Exports of the inventory as files: what other rooms may use. */
export { tableFormats } from './formats/index.ts';
export { exportKinds } from './kinds/index.ts';
export { fibreFormats, fibreShape, openFibre } from './ofds/open-fibre.ts';
export { openExport } from './open-export.ts';
export { exportRoutes, languageShape } from './routes.ts';
export { countsOf, filterParams } from './statement.ts';
