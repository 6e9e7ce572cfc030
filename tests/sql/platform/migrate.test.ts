import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
});
afterAll(() => database.close());

it('has the demo', async () => {
  const [row] = await database.db.query<{ sites: number }>(sql`select count(*) as sites from site`);
  expect(row?.sites).toBeGreaterThan(1000);
});
