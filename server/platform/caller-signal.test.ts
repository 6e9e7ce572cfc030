import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callerSignal } from './caller-signal.ts';

const signals: AbortSignal[] = [];
const server = createServer((request, response) => {
  signals.push(callerSignal(response as unknown as Response));
  if (request.url === '/answered') response.end('answer');
});
let url: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.closeAllConnections());

it('is aborted when the caller goes away, and not before', async () => {
  const caller = new AbortController();
  const answer = fetch(`${url}/never`, { signal: caller.signal });
  await expect.poll(() => signals.length).toBe(1);
  expect(signals[0]?.aborted).toBe(false);
  caller.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => signals[0]?.aborted).toBe(true);
});

it('is aborted already when the caller went away before it was asked for', () => {
  expect(callerSignal({ destroyed: true } as Response).aborted).toBe(true);
});
