/** Coverage runs, commune figures and gaps: what other rooms may use. */
export { coverageIdsQuery, selectCoveredCommunes } from './queries.ts';
export { coverageRoutes } from './routes.ts';
export { type RunSummary, runCoverage } from './run-coverage.ts';
