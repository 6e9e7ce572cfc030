/** Fibre nodes and spans: what other rooms may use. */
export { nodeCondition, spanCondition } from './queries.ts';
export { fibreRoutes } from './routes.ts';
