import { z } from 'zod';
import { HttpError, type ProblemDetail } from './http-error.ts';

function details(
  error: z.ZodError,
  value: (path: PropertyKey[]) => unknown,
  pointer: (path: PropertyKey[]) => string,
): ProblemDetail[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointer([...issue.path, key]),
        value: value([...issue.path, key]),
        reason: 'is not a parameter of this address',
      }));
    }
    return [{ pointer: pointer(issue.path), value: value(issue.path) ?? null, reason: issue.message }];
  });
}

function refusal(errors: ProblemDetail[]): HttpError {
  const first = errors[0];
  const detail = first
    ? `${first.pointer.replace(/^[?#/]+/, '') || 'The request'}: ${first.reason}.`
    : 'The request is not valid.';
  return new HttpError(400, 'invalid-request', detail, { errors });
}

/** What counts as a number in an address: JavaScript would read nothing as 0, and `0x10` as 16. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a parameter is a number, with or without a default. */
function isNumeric(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isNumeric(schema.unwrap());
  return schema instanceof z.ZodNumber;
}

/**
 * Parses query parameters: each stands at most once, unknown names are refused.
 * @throws HttpError 400 that lists every offending parameter
 */
export function parseQuery<Shape extends z.ZodRawShape>(
  shape: Shape,
  params: URLSearchParams,
): z.infer<z.ZodObject<Shape>> {
  const given: Record<string, string> = {};
  const refused: ProblemDetail[] = [];
  for (const [name, value] of params) {
    if (Object.hasOwn(given, name)) refused.push({ pointer: `?${name}`, value, reason: 'stands more than once' });
    if (isNumeric(shape[name]) && !DECIMAL.test(value))
      refused.push({ pointer: `?${name}`, value, reason: 'must be a decimal number' });
    if (value.includes('\0')) refused.push({ pointer: `?${name}`, value, reason: 'must not contain a NUL character' });
    given[name] = value;
  }
  const parsed = z.strictObject(shape).safeParse(given);
  if (parsed.success && refused.length === 0) return parsed.data as z.infer<z.ZodObject<Shape>>;
  const others = parsed.error
    ? details(
        parsed.error,
        (path) => given[String(path[0])],
        (path) => `?${String(path[0] ?? '')}`,
      )
    : [];
  const named = new Set(refused.map(({ pointer }) => pointer));
  throw refusal([...refused, ...others.filter(({ pointer }) => !named.has(pointer))]);
}

/** Query parameters of a request path such as Express' `req.originalUrl`. */
export function queryOf(originalUrl: string): URLSearchParams {
  const start = originalUrl.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : originalUrl.slice(start + 1));
}

/** Far deeper than any body of this API; deeper ones would exhaust the stack of whoever walks over them. */
const MOST_LEVELS = 64;

/** Whether arrays and objects stand in each other deeper than that. Not recursive: that is the point. */
function isTooDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; depth <= MOST_LEVELS; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Parses a JSON body. @throws HttpError 400 that lists every offending value by JSON pointer */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  if (isTooDeep(body)) {
    const reason = `must not be nested deeper than ${MOST_LEVELS} levels`;
    throw refusal([{ pointer: '/', value: null, reason }]);
  }
  // PostgreSQL's text has no NUL.
  if (JSON.stringify(body ?? null).includes('\\u0000'))
    throw refusal([{ pointer: '/', value: null, reason: 'must not contain a NUL character' }]);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const at = (path: PropertyKey[]): unknown =>
    path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], body);
  throw refusal(details(parsed.error, at, (path) => `/${path.map(String).join('/')}`));
}

/** Parses a numeric id from a path. @throws HttpError 404 when it is none */
export function parseId(text: string | string[] | undefined, what: string): number {
  const id = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new HttpError(404, 'not-found', `There is no ${what} with this id.`);
  return id;
}

export const limitParameter = z.coerce
  .number()
  .int()
  .min(1)
  .max(1_000)
  .default(100)
  .describe('At most this many items');

/** An opaque position in a list: the sort key of the last item, so that paging neither skips nor repeats rows. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws HttpError 400 when the text is not a cursor of this list */
export function decodeCursor<T extends z.ZodType>(schema: T, cursor: string): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal([{ pointer: '?cursor', value: cursor, reason: 'is not a cursor of this list' }]);
}
