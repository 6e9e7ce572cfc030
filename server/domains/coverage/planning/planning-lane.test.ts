import { afterEach, describe, expect, it } from 'vitest';
import { workerEntry } from '../../../platform/workers.ts';
import { type LaneOptions, PlanningLane } from './planning-lane.ts';
import type { PlanningMessage } from './planning-types.ts';

const entry = workerEntry('testing/sleeping-worker', import.meta.url);
const lanes: PlanningLane[] = [];
function open(options: Partial<LaneOptions> = {}): PlanningLane {
  const lane = new PlanningLane({ name: 'test', questions: 3, idle_ms: 60_000, limit_ms: 30_000, entry, ...options });
  lanes.push(lane);
  return lane;
}
afterEach(() => Promise.all(lanes.splice(0).map((lane) => lane.close())));

/** A message that the worker of these tests works on for some time. */
const lasting = (milliseconds: number) => ({ do: 'ask', key: String(milliseconds) }) as unknown as PlanningMessage;
/** Longer than any test: only being told to stop ends it. */
const ENDLESS = 60_000;

describe('a lane of planning', () => {
  it('answers in the order of asking', async () => {
    const lane = open();
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((no) => lane.send(lasting(5)).then(() => order.push(no))));
    expect(order).toEqual([1, 2, 3]);
  });

  it('never begins what nobody waits for any more', async () => {
    const lane = open();
    const caller = new AbortController();
    const first = lane.send(lasting(200));
    const left = lane.send(lasting(ENDLESS), caller.signal);
    const last = lane.send(lasting(0));
    caller.abort();
    await expect(left).rejects.toMatchObject({ status: 499, code: 'caller-left' });
    expect(await first).toEqual({ begun: 1 });
    expect(await last).toEqual({ begun: 2 });
    await expect(lane.send(lasting(0), caller.signal)).rejects.toMatchObject({ status: 499 });
    expect(await lane.send(lasting(0))).toEqual({ begun: 3 });
  });

  it('stops what nobody waits for any more; the worker keeps what it knows', async () => {
    const lane = open();
    await lane.send(lasting(0));
    const caller = new AbortController();
    const stopped = lane.send(lasting(ENDLESS), caller.signal);
    const next = lane.send(lasting(0));
    setTimeout(() => caller.abort(), 50);
    await expect(stopped).rejects.toMatchObject({ status: 499 });
    // The third of the same worker: it was not started anew.
    expect(await next).toEqual({ begun: 3 });
  });

  it('gives up what waits too long and what takes too long', async () => {
    const lane = open({ limit_ms: 300 });
    const ends = await Promise.allSettled([lane.send(lasting(ENDLESS)), lane.send(lasting(ENDLESS))]);
    const busy = { status: 'rejected', reason: { status: 503, code: 'planning-busy' } };
    expect(ends).toMatchObject([busy, busy]);
  });

  it('refuses more questions than it may hold, and takes the next when one is answered', async () => {
    const lane = open({ questions: 1 });
    const running = lane.question(() => lane.send(lasting(50)));
    await expect(lane.question(() => lane.send(lasting(0)))).rejects.toMatchObject({ status: 503, retryAfter: 2 });
    await running;
    expect(await lane.question(() => lane.send(lasting(0)))).toEqual({ begun: 2 });
  });

  it('gives the thread back when it is idle, and starts another', async () => {
    let told = 0;
    const lane = open({ idle_ms: 20, closed: () => told++ });
    expect(await lane.question(() => lane.send(lasting(0)))).toEqual({ begun: 1 });
    expect(lane.isOpen).toBe(true);
    await expect.poll(() => lane.isOpen).toBe(false);
    expect(told).toBe(1);
    expect(await lane.question(() => lane.send(lasting(0)))).toEqual({ begun: 1 });
  });
});
