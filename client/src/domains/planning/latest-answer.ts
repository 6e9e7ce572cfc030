import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { ApiError } from '../../api/api-error.ts';

export interface LatestState<Answer> {
  /** `waiting`: the question has changed and is sent as soon as it rests. */
  status: 'idle' | 'waiting' | 'loading' | 'ready' | 'error';
  /** The last good answer; stays while a newer one is under way or has failed. */
  answer: Answer | null;
  error: ApiError | null;
}

export interface LatestAnswer<Answer> {
  state: ReadonlySignal<LatestState<Answer>>;
  /** Whether the answer shown is that of the question as it is now. */
  isFresh: ReadonlySignal<boolean>;
  retry: () => void;
}

interface Pace {
  /** A question is sent when it has not changed for so long, ms … */
  rest: number;
  /** … and when it changes all the time, as in a drag, at least so often. */
  most: number;
}

/**
 * The answer to a question that changes quickly. Every new question aborts the one under way: an older answer never
 * follows a newer one. A null question means "nothing asked", and takes the answer away. `retry` sends what failed
 * again when it changes.
 */
export function createLatestAnswer<Question, Answer>(
  question: () => Question | null,
  ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
  retry: ReadonlySignal<number>,
  pace: Pace = { rest: 120, most: 400 },
): LatestAnswer<Answer> {
  const nothing: LatestState<Answer> = { status: 'idle', answer: null, error: null };
  const state = signal<LatestState<Answer>>(nothing);
  /** Compared as text: the same question is not asked twice. */
  const wanted = computed(() => {
    const now = question();
    return now === null ? null : JSON.stringify(now);
  });
  const answered = signal<string | null>(null);
  let controller: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;

  async function send(): Promise<void> {
    waitingSince = null;
    const text = wanted.peek();
    const now = untracked(question);
    if (text === null || now === null) return;
    controller?.abort();
    const mine = new AbortController();
    controller = mine;
    state.value = { ...state.peek(), status: 'loading', error: null };
    try {
      const answer = await ask(now, mine.signal);
      if (mine.signal.aborted) return;
      answered.value = text;
      state.value = { status: wanted.peek() === text ? 'ready' : 'waiting', answer, error: null };
    } catch (error) {
      if (mine.signal.aborted) return;
      const told = error instanceof ApiError ? error : new ApiError(0, null, String(error), { cause: error });
      state.value = { ...state.peek(), status: 'error', error: told };
    }
  }

  function schedule(): void {
    const now = performance.now();
    waitingSince ??= now;
    clearTimeout(timer);
    timer = setTimeout(() => void send(), Math.max(Math.min(pace.rest, waitingSince + pace.most - now), 0));
  }

  effect(() => {
    const text = wanted.value;
    untracked(() => {
      if (text === null) {
        clearTimeout(timer);
        controller?.abort();
        waitingSince = null;
        answered.value = null;
        state.value = nothing;
      } else if (text === answered.peek()) {
        clearTimeout(timer);
        controller?.abort();
        waitingSince = null;
        state.value = { ...state.peek(), status: 'ready', error: null };
      } else {
        state.value = { ...state.peek(), status: 'waiting', error: null };
        schedule();
      }
    });
  });
  let seen = retry.peek();
  effect(() => {
    if (retry.value === seen) return;
    seen = retry.value;
    untracked(() => {
      if (state.peek().status === 'error') void send();
    });
  });

  return {
    state,
    isFresh: computed(() => state.value.status === 'ready' && wanted.value === answered.value),
    retry: () => void send(),
  };
}
