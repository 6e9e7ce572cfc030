import type { Response } from 'express';

/** Aborted as soon as nobody waits for the answer any more: the caller went away, or has been answered. */
export function callerSignal(res: Response): AbortSignal {
  const controller = new AbortController();
  if (res.destroyed) controller.abort();
  else res.once('close', () => controller.abort());
  return controller.signal;
}
