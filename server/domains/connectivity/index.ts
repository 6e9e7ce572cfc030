/** District connectivity: what other rooms may use. */
export { connectivityAt } from './analysis.ts';
export { connectivityRoutes } from './routes.ts';
