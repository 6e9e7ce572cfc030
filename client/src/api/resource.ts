import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { ApiError } from './api-error.ts';
import type { ApiClient } from './client.ts';

export interface ResourceState<T> {
  status: 'idle' | 'loading' | 'ready' | 'error';
  /** The last good answer; stays while a newer one is loading or has failed. */
  data: T | null;
  error: ApiError | null;
  /** The path that `data` answers. */
  path: string | null;
}

export interface Resource<T> {
  state: ReadonlySignal<ResourceState<T>>;
  reload: () => void;
  /** Stops following the path and aborts what is under way. */
  dispose: () => void;
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, null, String(error), { cause: error });
}

/**
 * Keeps the answer of a GET up to date: whenever `path` (read from signals) changes, the running request is aborted and
 * the new one sent. A null path means "not needed now" and leaves the state alone. `retry` is a signal that, when it
 * changes, sends failed requests again.
 */
export function createResource<T>(
  api: ApiClient,
  path: () => string | null,
  retry?: ReadonlySignal<number>,
): Resource<T> {
  const state = signal<ResourceState<T>>({ status: 'idle', data: null, error: null, path: null });
  const wanted = computed(path);
  const attempt = signal(0);
  let controller: AbortController | null = null;
  let current: string | null = null;

  async function load(target: string): Promise<void> {
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    current = target;
    state.value = { ...state.peek(), status: 'loading', error: null };
    try {
      const data = await api.get<T>(target, mine.signal);
      if (controller === mine) state.value = { status: 'ready', data, error: null, path: target };
    } catch (error) {
      if (controller === mine && !mine.signal.aborted) {
        state.value = { ...state.peek(), status: 'error', error: asApiError(error) };
      }
    }
  }

  let lastAttempt = 0;
  const stopPath = effect(() => {
    const target = wanted.value;
    const forced = attempt.value !== lastAttempt;
    lastAttempt = attempt.value;
    if (target === null || (target === current && !forced)) return;
    untracked(() => void load(target));
  });
  let seen = retry?.peek();
  const stopRetry = effect(() => {
    if (!retry || retry.value === seen) return;
    seen = retry.value;
    untracked(() => {
      if (state.peek().status === 'error') attempt.value += 1;
    });
  });

  return {
    state,
    reload() {
      attempt.value += 1;
    },
    dispose() {
      stopPath();
      stopRetry();
      controller?.abort();
    },
  };
}
