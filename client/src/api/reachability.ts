import { type ReadonlySignal, signal } from '@preact/signals';
import type { ApiError } from './api-error.ts';

export interface Reachability {
  /** `server`: no answer at all; `database`: the server answers, but cannot serve data. */
  outage: ReadonlySignal<'server' | 'database' | null>;
  /** Counts the recoveries: what failed is sent again when it changes. */
  recoveries: ReadonlySignal<number>;
  report: (error: ApiError | null) => void;
}

const firstWaitMs = 1_500;
const longestWaitMs = 12_000;

/** Notices an outage from failed requests and asks `probe` with growing pauses until the server is back. */
export function watchReachability(probe: () => Promise<boolean>): Reachability {
  const outage = signal<'server' | 'database' | null>(null);
  const recoveries = signal(0);
  let timer: ReturnType<typeof setTimeout> | null = null;

  function schedule(waitMs: number): void {
    timer = setTimeout(() => void tryAgain(waitMs), waitMs);
  }

  async function tryAgain(waitMs: number): Promise<void> {
    if (await probe()) recover();
    else schedule(Math.min(waitMs * 1.6, longestWaitMs));
  }

  function recover(): void {
    timer = null;
    outage.value = null;
    recoveries.value += 1;
  }

  return {
    outage,
    recoveries,
    report(error) {
      if (!error?.isOutage) return;
      outage.value = error.status === 0 ? 'server' : 'database';
      if (timer === null) schedule(firstWaitMs);
    },
  };
}
