import { HttpError } from '../../platform/http-error.ts';

/** Nothing can be computed for a day without communes. */
export const noCommunes = (at: string): HttpError =>
  new HttpError(409, 'no-communes', `There are no communes in force on ${at}: import boundaries first.`);
