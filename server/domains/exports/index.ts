/** Exports of the inventory as files: what other rooms may use. */
export { siteFormats } from './formats/index.ts';
export { openSiteExport } from './open-export.ts';
export { exportRoutes } from './routes.ts';
