/** Figures over all rooms: the summary and what the dataset is. */
export { reportRoutes } from './routes.ts';
