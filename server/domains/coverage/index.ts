/** Coverage runs, commune figures and gaps: what other rooms may use. */
export { broadcastIdsQuery } from './broadcast/queries.ts';
export { broadcastRoutes } from './broadcast/routes.ts';
export { type BroadcastSummary, runBroadcast } from './broadcast/run-broadcast.ts';
export { coverageIdsQuery, selectCoveredCommunes } from './queries.ts';
export { coverageRoutes } from './routes.ts';
export { type RunSummary, runCoverage } from './run-coverage.ts';
