import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { createLatestAnswer } from './latest-answer.ts';

/** A server that answers when it is told to. */
function server() {
  const asked: { question: number; signal: AbortSignal; answer: (text: string) => void; fail: (e: Error) => void }[] =
    [];
  const ask = (question: number, abort: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      asked.push({ question, signal: abort, answer: resolve, fail: reject });
    });
  return { asked, ask };
}

const pace = { rest: 5, most: 40 };
const rest = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the latest answer', () => {
  it('asks once for questions that follow each other closely, and marks what is shown until it is answered', async () => {
    const question = signal<number | null>(null);
    const { asked, ask } = server();
    const latest = createLatestAnswer(() => question.value, ask, signal(0), pace);
    expect(latest.state.value.status).toBe('idle');
    for (const value of [1, 2, 3]) question.value = value;
    expect(latest.isFresh.value).toBe(false);
    await rest();
    expect(asked.map((one) => one.question)).toEqual([3]);
    asked[0]?.answer('three');
    await rest(0);
    expect(latest.state.value).toEqual({ status: 'ready', answer: 'three', error: null });
    expect(latest.isFresh.value).toBe(true);
    question.value = 4;
    expect(latest.state.value.answer).toBe('three');
    expect(latest.isFresh.value).toBe(false);
  });

  it('aborts the older question, whose answer is not shown even if it comes', async () => {
    const question = signal<number | null>(1);
    const { asked, ask } = server();
    const latest = createLatestAnswer(() => question.value, ask, signal(0), pace);
    await rest();
    question.value = 2;
    await rest();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.answer('two');
    await rest(0);
    asked[0]?.answer('one');
    await rest(0);
    expect(latest.state.value.answer).toBe('two');
    expect(latest.isFresh.value).toBe(true);
  });

  it('asks now and then while the question changes all the time', async () => {
    const question = signal<number | null>(0);
    const { asked, ask } = server();
    createLatestAnswer(() => question.value, ask, signal(0), { rest: 30, most: 50 });
    for (let value = 1; value <= 30; value++) {
      question.value = value;
      await rest(8);
    }
    expect(asked.length).toBeGreaterThanOrEqual(2);
  });

  it('keeps the last good answer beside an error, and asks again after the server is back', async () => {
    const question = signal<number | null>(1);
    const recoveries = signal(0);
    const { asked, ask } = server();
    const latest = createLatestAnswer(() => question.value, ask, recoveries, pace);
    await rest();
    asked[0]?.answer('one');
    await rest(0);
    question.value = 2;
    await rest();
    asked[1]?.fail(new ApiError(503, null, 'away'));
    await rest(0);
    expect(latest.state.value).toMatchObject({ status: 'error', answer: 'one', error: { status: 503 } });
    expect(latest.isFresh.value).toBe(false);
    recoveries.value += 1;
    await rest(0);
    asked[2]?.answer('two');
    await rest(0);
    expect(latest.state.value).toEqual({ status: 'ready', answer: 'two', error: null });
  });

  it('is gone when nothing is asked any more', async () => {
    const question = signal<number | null>(1);
    const { asked, ask } = server();
    const latest = createLatestAnswer(() => question.value, ask, signal(0), pace);
    await rest();
    question.value = null;
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer('one');
    await rest(0);
    expect(latest.state.value).toEqual({ status: 'idle', answer: null, error: null });
  });
});
