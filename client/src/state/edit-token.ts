import { type ReadonlySignal, signal } from '@preact/signals';
import { ApiError } from '../api/api-error.ts';
import type { ApiClient, Write } from '../api/client.ts';

/** What the dialog shows while the token is asked for. */
export interface TokenQuestion {
  /** Why the token that was tried is not taken; null when none was. */
  refused: ApiError | null;
}

/** The edit token of the page: asked for once, kept in memory alone, gone with the page. */
export interface EditToken {
  question: ReadonlySignal<TokenQuestion | null>;
  /** Ends the question: with the token as it was typed, or null when nothing shall be written after all. */
  answer: (token: string | null) => void;
  /**
   * Writes with the token, which is asked for when there is none and again when the server refuses it. `undefined` when
   * the question was called off: nothing was written. Throws ApiError for every other refusal.
   */
  write<T>(api: ApiClient, request: Omit<Write, 'token'>): Promise<T | undefined>;
}

const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.status === 401 || error.status === 403);

export function createEditToken(): EditToken {
  const question = signal<TokenQuestion | null>(null);
  let known: string | null = null;
  let waiting: ((token: string | null) => void)[] = [];

  /** Two writes at once ask one question. */
  function ask(refused: ApiError | null): Promise<string | null> {
    question.value = { refused };
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  }

  return {
    question,
    answer(token) {
      known = token?.trim() || null;
      question.value = null;
      const told = waiting;
      waiting = [];
      for (const resolve of told) resolve(known);
    },
    async write<T>(api: ApiClient, request: Omit<Write, 'token'>): Promise<T | undefined> {
      for (let refused: ApiError | null = null; ; ) {
        const token: string | null = known ?? (await ask(refused));
        if (token === null) return undefined;
        try {
          return await api.write<T>({ ...request, token });
        } catch (error) {
          if (!isRefusal(error)) throw error;
          refused = error;
          if (known === token) known = null;
        }
      }
    },
  };
}
