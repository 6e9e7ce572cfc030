import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { startServerWithDatabase, type TestServer } from '../../support/server.ts';

let server: TestServer & { database: TestDatabase };
beforeAll(async () => {
  server = await startServerWithDatabase({ demo: true });
});
afterAll(() => server.close());

it('a tile is answered whatever number its rows have', async () => {
  await server.database.revision.change((tx) =>
    tx.query(sql`update fibre_span set length_m = 1e303 where id = (select min(id) from fibre_span)`),
  );
  for (const layer of ['spans', 'nodes'])
    expect((await server.fetch(`/tiles/${layer}/6/50/28.mvt?at=2026-01-01`)).status, layer).toBe(200);
});
