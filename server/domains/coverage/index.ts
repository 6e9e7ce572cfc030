/** Coverage runs, commune figures and gaps: what other rooms may use. */
export { broadcastIdsQuery } from './broadcast/queries.ts';
export { broadcastRoutes } from './broadcast/routes.ts';
export { type BroadcastSummary, runBroadcast } from './broadcast/run-broadcast.ts';
export { evidenceRoutes } from './evidence/routes.ts';
export { coverageIdsQuery, selectCoveredCommunes } from './queries.ts';
export { coverageParameters, coverageRoutes } from './routes.ts';
export { type RunSummary, runCoverage } from './run-coverage.ts';
export { importRasters, type RasterImportReport } from './terrain/import-rasters.ts';
export { isRasterName } from './terrain/raster-file.ts';
export { type RasterKind, RasterRefusal } from './terrain/raster-refusal.ts';
export { terrainRoutes } from './terrain/routes.ts';
