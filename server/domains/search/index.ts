/** Search over every room by accent-free text. */
export { searchRoutes } from './routes.ts';
