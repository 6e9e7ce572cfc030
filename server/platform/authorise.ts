import { timingSafeEqual } from 'node:crypto';
import { HttpError } from './http-error.ts';

/**
 * Bearer token of an edit against the configured one, in constant time.
 * @throws HttpError 401 without a token, 403 with a wrong one or when edits are off
 */
export function authorise(header: string | undefined, token: string | undefined): void {
  if (!token)
    throw new HttpError(
      403,
      'editing-off',
      'Editing over HTTP is switched off on this server (EDIT_TOKEN is not set).',
    );
  const given = Buffer.from(header?.replace(/^Bearer\s+/i, '') ?? '');
  const wanted = Buffer.from(token);
  if (!header)
    throw new HttpError(401, 'not-signed-in', 'This needs the header Authorization: Bearer with the edit token.');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new HttpError(403, 'wrong-token', 'The edit token is not right.');
}

/**
 * The version that If-Match names.
 * @param what the thing, in one word
 * @throws HttpError 428 when it is missing, 400 when it is no version
 */
export function versionOf(header: string | undefined, what: string): number {
  const match = /^"?(\d{1,9})"?$/.exec(header?.trim() ?? '');
  if (!header)
    throw new HttpError(
      428,
      'version-required',
      `An edit needs the header If-Match with the version of the ${what} that was seen.`,
    );
  if (!match)
    throw new HttpError(400, 'invalid-request', `If-Match must be the version of the ${what} in quotes, e.g. "3".`);
  return Number(match[1]);
}
