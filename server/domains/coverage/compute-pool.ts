import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { workerEntry } from '../../platform/workers.ts';
import type { ComputeSteps } from './compute-worker.ts';

/** Worker threads for the steps of one run. */
export interface ComputePool {
  /** @throws the reason of the pool's signal when it is aborted: a running step ends at once */
  run<Step extends keyof ComputeSteps>(step: Step, input: ComputeSteps[Step][0]): Promise<ComputeSteps[Step][1]>;
  destroy(): Promise<void>;
}

/** Figures and areas of a key need some 30 MB: more threads than this would not be faster by much. */
const MAX_THREADS = 4;

/** Starts threads for one run; destroy it in the end. */
export function openComputePool(signal: AbortSignal | undefined): ComputePool {
  const { url, argv } = workerEntry('compute-worker', import.meta.url);
  const maxThreads = Math.min(MAX_THREADS, Math.max(2, availableParallelism()));
  const pool = new Tinypool({ filename: url.href, argv, minThreads: 1, maxThreads });
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ended ??= pool.destroy();
    return ended;
  };
  // One listener for the whole run: a pool that is given the signal with each step keeps one a step, until the run ends.
  const halt = (): void => void end();
  signal?.addEventListener('abort', halt);
  return {
    run: async (step, input) => {
      signal?.throwIfAborted();
      try {
        return await pool.run({ step, input });
      } finally {
        // Also of a step that was done just then: its answer counts no more.
        signal?.throwIfAborted();
      }
    },
    destroy: () => {
      signal?.removeEventListener('abort', halt);
      return end();
    },
  };
}
