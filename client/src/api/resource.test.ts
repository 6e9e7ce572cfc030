import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.ts';
import type { ApiClient } from './client.ts';
import { createResource } from './resource.ts';

/** An API whose answers come when the test says so. */
function heldApi() {
  const waiting: {
    path: string;
    answer: (data: unknown) => void;
    fail: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  const get = (path: string, abort?: AbortSignal) =>
    new Promise((answer, fail) => waiting.push({ path, answer, fail, signal: abort ?? new AbortController().signal }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only GET is asked for
  return { api: { get } as unknown as ApiClient, waiting };
}

const settle = () => vi.waitFor(() => undefined);

describe('a resource', () => {
  it('aborts the older request and ignores its late answer', async () => {
    const { api, waiting } = heldApi();
    const path = signal('/a');
    const resource = createResource(api, () => path.value);
    path.value = '/b';
    expect(waiting.map((request) => request.signal.aborted)).toEqual([true, false]);
    waiting[1]?.answer('b');
    waiting[0]?.answer('a');
    await settle();
    expect(resource.state.value).toMatchObject({ status: 'ready', data: 'b', path: '/b' });
  });

  it('does not ask again for the same path, nor when it is not needed', () => {
    const { api, waiting } = heldApi();
    const path = signal<string | null>(null);
    const other = signal(0);
    createResource(api, () => (other.value < 0 ? '/never' : path.value));
    expect(waiting).toHaveLength(0);
    path.value = '/a';
    path.value = null;
    other.value = 5;
    path.value = '/a';
    expect(waiting.map((request) => request.path)).toEqual(['/a']);
  });

  it('keeps the last good answer while a newer one fails, and asks again on retry', async () => {
    const { api, waiting } = heldApi();
    const path = signal('/a');
    const retry = signal(0);
    const resource = createResource(api, () => path.value, retry);
    waiting[0]?.answer('a');
    await settle();
    path.value = '/b';
    waiting[1]?.fail(new ApiError(503, null, 'away'));
    await settle();
    expect(resource.state.value).toMatchObject({ status: 'error', data: 'a' });
    retry.value += 1;
    expect(waiting.map((request) => request.path)).toEqual(['/a', '/b', '/b']);
    waiting[2]?.answer('b');
    await settle();
    retry.value += 1;
    expect(waiting).toHaveLength(3);
    expect(resource.state.value).toMatchObject({ status: 'ready', data: 'b' });
  });
});
