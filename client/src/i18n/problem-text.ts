import type { ApiError } from '../api/api-error.ts';
import { term } from './index.ts';

/** What the server says, in the language of the page where the page has words for it, else in the server's own. */
export function problemText(error: ApiError): string {
  const code = error.problem?.type?.split(':').at(-1) ?? '';
  const text = term('problem', code);
  return text === code || code === '' ? error.message : text;
}
