import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import type { ApiClient, Write } from '../api/client.ts';
import { createEditToken } from './edit-token.ts';

const refusal = new ApiError(403, null, 'the token is wrong');

/** A server that takes one token. */
function serverTaking(right: string) {
  const tried: string[] = [];
  const refuse = (): Promise<never> => Promise.reject(new Error('not asked here'));
  const api: ApiClient = {
    get: refuse,
    post: refuse,
    write<T>({ token }: Write): Promise<T> {
      tried.push(token);
      if (token !== right) return Promise.reject(refusal);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tests write text
      return Promise.resolve('written' as T);
    },
    href: (path) => path,
    tiles: (layer) => layer,
    isReady: () => Promise.resolve(true),
  };
  return { api, tried };
}

const request = { method: 'POST', path: '/coverage/scenarios', body: {} } as const;

describe('the edit token', () => {
  it('is asked for once, and kept for the writes that follow', async () => {
    const { api, tried } = serverTaking('right');
    const token = createEditToken();
    const first = token.write(api, request);
    expect(token.question.value).toEqual({ refused: null });
    token.answer(' right ');
    expect(await first).toBe('written');
    expect(await token.write(api, request)).toBe('written');
    expect(token.question.value).toBeNull();
    expect(tried).toEqual(['right', 'right']);
  });

  it('is asked for again, with the problem of the server, when it is refused', async () => {
    const { api, tried } = serverTaking('right');
    const token = createEditToken();
    const written = token.write(api, request);
    token.answer('wrong');
    await expect.poll(() => token.question.value?.refused).toBe(refusal);
    token.answer('right');
    expect(await written).toBe('written');
    expect(tried).toEqual(['wrong', 'right']);
  });

  it('writes nothing when the question is called off, for every write that waits', async () => {
    const { api, tried } = serverTaking('right');
    const token = createEditToken();
    const both = [token.write(api, request), token.write(api, request)];
    token.answer(null);
    expect(await Promise.all(both)).toEqual([undefined, undefined]);
    expect(tried).toEqual([]);
  });

  it('is no reason for other refusals, which are the caller’s', async () => {
    const token = createEditToken();
    const { api } = serverTaking('right');
    const conflict = new ApiError(412, null, 'someone else was faster');
    const written = token.write({ ...api, write: () => Promise.reject(conflict) }, request);
    token.answer('right');
    await expect(written).rejects.toBe(conflict);
  });
});
