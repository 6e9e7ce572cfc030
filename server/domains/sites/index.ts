/** Sites, masts, stations, cells: what other rooms may use. */
export { checkFilter } from './check-filter.ts';
export { cellCondition, isUnfiltered, matchingStation, siteCondition } from './filter.ts';
export { hiddenSiteIdsQuery, selectCounts, siteIdsQuery } from './queries.ts';
export { siteRoutes } from './routes.ts';
