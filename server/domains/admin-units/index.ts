/** Administrative units and their vintages: what other rooms may use. */
export { selectOptionalBounds, selectOptionalVintage } from './queries.ts';
export { adminUnitRoutes } from './routes.ts';
