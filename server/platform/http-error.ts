/** One offending value of a request: where it stands, what it was, why it was refused. */
export interface ProblemDetail {
  pointer: string;
  value: unknown;
  reason: string;
  /** What is wrong, stable and in kebab-case, where a program is to tell it from other reasons. */
  code?: string;
}

interface HttpErrorOptions {
  cause?: unknown;
  errors?: ProblemDetail[];
  /** Seconds after which a retry makes sense (header Retry-After). */
  retryAfter?: number;
}

/** An error with an HTTP answer. `code` is stable and in kebab-case; `message` is a sentence for the user. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: ProblemDetail[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, options: HttpErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}

/** The database cannot be reached: answered with 503, and the next request tries again. */
export class DatabaseUnavailableError extends HttpError {
  constructor(cause: unknown) {
    super(503, 'database-unavailable', 'The database cannot be reached at the moment. Please try again shortly.', {
      cause,
      retryAfter: 2,
    });
    this.name = 'DatabaseUnavailableError';
  }
}

/** RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  request_id: string;
  errors?: ProblemDetail[];
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Service unavailable',
};

/** Errors of Express and its body parsers carry a status and are safe to show when `expose` is true. */
function isExposedHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && 'expose' in error && error.expose === true;
}

/** Turns any thrown value into an {@link HttpError}; what was not meant for users becomes a plain 500. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof URIError) return new HttpError(400, 'bad-url', 'The address is not valid.', { cause: error });
  if (isExposedHttpError(error)) return new HttpError(error.status, 'bad-request', error.message, { cause: error });
  return new HttpError(
    500,
    'internal-error',
    'Something went wrong on the server. The request id helps to find it in the log.',
    {
      cause: error,
    },
  );
}

/** The problem+json body of an error: no stack, no SQL. */
export function toProblem(error: unknown, request: { instance: string; requestId: string }): Problem {
  const httpError = toHttpError(error);
  return {
    type: `urn:phusong:problem:${httpError.code}`,
    title: titles[httpError.status] ?? 'Error',
    status: httpError.status,
    detail: httpError.message,
    instance: request.instance,
    request_id: request.requestId,
    ...(httpError.errors ? { errors: httpError.errors } : {}),
  };
}
