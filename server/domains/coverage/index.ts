/** Coverage runs, commune figures and gaps: what other rooms may use. */
export { broadcastRoutes } from './broadcast/routes.ts';
export { type BroadcastSummary, runBroadcast } from './broadcast/run-broadcast.ts';
export { type BroadcastSnapshot, selectBroadcastSnapshot } from './broadcast/snapshot.ts';
export { chooseEvidence, evidenceAt } from './evidence/compare-evidence.ts';
export { selectSyntheticEvidence } from './evidence/queries.ts';
export { disagreementShape, evidenceRoutes, namesOf } from './evidence/routes.ts';
export { selectGapPage, selectOptionalNotListed } from './gap-queries.ts';
export { CoverageRunner } from './jobs/coverage-runner.ts';
export { selectOptionalJob } from './jobs/job-queries.ts';
export { createJobRoom, type JobRoom } from './jobs/job-room.ts';
export { coverageJobRoutes } from './jobs/routes.ts';
export { pathShape, planningRoutes, spotShape } from './planning/routes.ts';
export { type StoredScenario, selectScenarios } from './planning/scenarios/queries.ts';
export { compareShape } from './planning/scenarios/routes.ts';
export {
  type CoverageScope,
  coverageIdsQuery,
  selectCommuneCoverage,
  selectGeometries,
  selectOptionalCoveredCommunes,
  selectOptionalRun,
  selectSyntheticCells,
} from './queries.ts';
export { coverageParameters, coverageRoutes, scopeOf } from './routes.ts';
export { type RunSummary, runCoverage } from './run-coverage.ts';
export { type StoredSummary, selectRunSummary } from './summary-queries.ts';
export { importRasters, type RasterImportReport } from './terrain/import-rasters.ts';
export { isRasterName } from './terrain/raster-file.ts';
export { type RasterKind, RasterRefusal } from './terrain/raster-refusal.ts';
export { terrainRoutes } from './terrain/routes.ts';
