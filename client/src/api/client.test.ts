import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { createApiClient } from './client.ts';

function clientOf(answer: () => Promise<Response>) {
  const told: (ApiError | null)[] = [];
  const asked: { url: string; headers: Headers }[] = [];
  const api = createApiClient({
    base: 'https://example.vn/ban-do/',
    language: () => 'vi',
    onReach: (error) => told.push(error),
    fetch: (url, init) => {
      asked.push({ url: new Request(url).url, headers: new Headers(init?.headers) });
      return answer();
    },
  });
  return { api, told, asked };
}

const problem = {
  type: 'about:blank',
  title: 'Bad request',
  status: 400,
  detail: 'at: must be a day',
  instance: '/api/v1/sites',
  request_id: 'x',
};

const refusal = () =>
  Promise.resolve(
    new Response(JSON.stringify(problem), { status: 400, headers: { 'content-type': 'application/problem+json' } }),
  );

describe('the fetch wrapper', () => {
  it('asks below the base in the language of the page', async () => {
    const { api, asked } = clientOf(() => Promise.resolve(Response.json({ items: [] })));
    expect(await api.get('/sites?limit=1')).toEqual({ items: [] });
    expect(asked[0]?.url).toBe('https://example.vn/ban-do/api/v1/sites?limit=1');
    expect(asked[0]?.headers.get('accept-language')).toBe('vi');
  });

  it('throws what the problem says', async () => {
    const { api, told } = clientOf(refusal);
    const error = await api.get('/sites').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, message: 'at: must be a day', isOutage: false });
    expect(told).toEqual([error]);
  });

  it('tells an outage from a mistake', async () => {
    const away = clientOf(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(away.api.get('/meta')).rejects.toMatchObject({ status: 0, isOutage: true });
    const database = clientOf(() => Promise.resolve(new Response('busy', { status: 503 })));
    await expect(database.api.get('/meta')).rejects.toMatchObject({ status: 503, isOutage: true });
  });

  it('tells a server that is busy from one that is away', async () => {
    const answer = (status: number, code: string): Promise<Response> =>
      Promise.resolve(
        new Response(JSON.stringify({ ...problem, type: `urn:phusong:problem:${code}`, status }), {
          status,
          headers: { 'content-type': 'application/problem+json' },
        }),
      );
    const busy = { isBusy: true, isOutage: false };
    await expect(clientOf(() => answer(503, 'planning-busy')).api.get('/x')).rejects.toMatchObject(busy);
    await expect(clientOf(() => answer(429, 'too-many-requests')).api.get('/x')).rejects.toMatchObject(busy);
    const away = { isBusy: false, isOutage: true };
    await expect(clientOf(() => answer(503, 'database-unavailable')).api.get('/x')).rejects.toMatchObject(away);
  });

  it('writes with the token and the version that was seen, and takes an answer without content', async () => {
    const { api, asked } = clientOf(() => Promise.resolve(new Response(null, { status: 204 })));
    const done = await api.write({ method: 'DELETE', path: '/coverage/scenarios/7', token: 'secret', version: 3 });
    expect(done).toBeNull();
    expect(asked[0]?.url).toBe('https://example.vn/ban-do/api/v1/coverage/scenarios/7');
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer secret');
    expect(asked[0]?.headers.get('if-match')).toBe('"3"');
  });

  it('lets an abort through untouched and does not call it an outage', async () => {
    const { api, told } = clientOf(() => Promise.reject(new DOMException('stopped', 'AbortError')));
    await expect(api.get('/meta')).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toEqual([]);
  });

  it('makes absolute tile addresses with placeholders left as they are', () => {
    const { api } = clientOf(() => Promise.reject(new Error('unused')));
    expect(api.tiles('sites', new URLSearchParams({ at: '2008-12-31' }))).toBe(
      'https://example.vn/ban-do/tiles/sites/{z}/{x}/{y}.mvt?at=2008-12-31',
    );
  });
});
