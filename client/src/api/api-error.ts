import type { Problem } from '../../../server/contract/wire.ts';

/** A failed request: the server's problem (RFC 9457) where there is one, or why there was no answer. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: Problem | null, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }

  /** True when the server answers, and has no room for this question at the moment: asked again later, it will. */
  get isBusy(): boolean {
    if (this.status === 429) return true;
    return this.status === 503 && this.problem !== null && !this.problem.type.endsWith(':database-unavailable');
  }

  /** True when the server understood and said no: asked again, it says the same. */
  get isRefused(): boolean {
    return this.status >= 400 && this.status < 500 && !this.isBusy;
  }

  /** True when waiting may help: the server or its database cannot be reached. */
  get isOutage(): boolean {
    if (this.isBusy) return false;
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}
