import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds. @throws Error when it does not within the time */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`It did not happen within ${milliseconds} ms: ${condition.toString()}`);
    await delay(10);
  }
}
