import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Problem, SiteDetail, SiteList } from '../../../server/contract/index.ts';
import { EDIT_TOKEN, startServerWithDatabase } from '../../support/server.ts';

type Server = Awaited<ReturnType<typeof startServerWithDatabase>>;

let server: Server;
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

it('a site is not moved outside the province, and stays as it was', async () => {
  const { body: list } = await server.json<SiteList>('/api/v1/sites?limit=1');
  const { id, lon, lat } = list.items[0]!;
  const { body: before } = await server.json<SiteDetail>(`/api/v1/sites/${id}`);
  const { status, body } = await server.json<Problem>(`/api/v1/sites/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${EDIT_TOKEN}`,
      'content-type': 'application/json',
      'if-match': `"${before.version}"`,
    },
    body: JSON.stringify({ lon: 0, lat: 0, why: 'axis order' }),
  });
  expect(status).toBe(400);
  expect(body.errors?.map((error) => error.pointer)).toEqual(['/lon', '/lat']);
  const { body: after } = await server.json<SiteDetail>(`/api/v1/sites/${id}`);
  expect(after).toMatchObject({ lon, lat, version: before.version });
});
