import type { Problem } from '../../../server/contract/wire.ts';
import { ApiError } from './api-error.ts';

export interface ApiOptions {
  /** Where the application is served, with a slash at the end. */
  base: string;
  /** Language for problem details. */
  language: () => string;
  /** Told after every request whether the server answered. */
  onReach?: (error: ApiError | null) => void;
  fetch?: typeof globalThis.fetch;
}

/** A request that changes what the server keeps. */
export interface Write {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  body?: unknown;
  token: string;
  /** The version that was seen, for what already exists. */
  version?: number;
  signal?: AbortSignal;
}

export interface ApiClient {
  /** GET `/api/v1<path>` as JSON. Throws ApiError; an aborted request throws the AbortError of fetch. */
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** POST JSON to `/api/v1<path>`. Throws ApiError. */
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
  /** A request that needs the edit token; null for an answer without content. Throws ApiError. */
  write<T>(request: Write): Promise<T>;
  /** The absolute address of `/api/v1<path>`, for links. */
  href(path: string): string;
  /** The absolute template of a tile layer with its parameters. */
  tiles(layer: string, params: URLSearchParams): string;
  /** True when the server and its database answer. */
  isReady(signal?: AbortSignal): Promise<boolean>;
}

async function readProblem(response: Response): Promise<Problem | null> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return null;
  try {
    const body: Problem = await response.json();
    return body;
  } catch {
    return null;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** The one fetch wrapper: every request of the client goes through it. */
export function createApiClient(options: ApiOptions): ApiClient {
  const doFetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const href = (path: string): string => new URL(`api/v1${path}`, options.base).href;

  async function request<T>(path: string, init: RequestInit): Promise<T> {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
    headers.set('Accept-Language', options.language());
    let response: Response;
    try {
      response = await doFetch(href(path), { ...init, headers });
    } catch (error) {
      if (isAbort(error)) throw error;
      throw report(new ApiError(0, null, 'no answer from the server', { cause: error }));
    }
    if (!response.ok) {
      const problem = await readProblem(response);
      throw report(new ApiError(response.status, problem, problem?.detail || problem?.title || response.statusText));
    }
    options.onReach?.(null);
    const body: T = response.status === 204 ? null : await response.json();
    return body;
  }

  function report(error: ApiError): ApiError {
    options.onReach?.(error);
    return error;
  }

  return {
    get: (path, signal) => request(path, { ...(signal && { signal }) }),
    post: (path, body, signal) =>
      request(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
        ...(signal && { signal }),
      }),
    write: ({ method, path, body, token, version, signal }) =>
      request(path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(version !== undefined && { 'If-Match': `"${version}"` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
    href,
    tiles(layer, params) {
      const query = params.size > 0 ? `?${params}` : '';
      return `${new URL(`tiles/${layer}/`, options.base).href}{z}/{x}/{y}.mvt${query}`;
    },
    async isReady(signal) {
      try {
        return (await doFetch(new URL('readyz', options.base), { cache: 'no-store', ...(signal && { signal }) })).ok;
      } catch {
        return false;
      }
    },
  };
}
