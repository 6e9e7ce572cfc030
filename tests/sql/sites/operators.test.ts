import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operators } from '../../../fixtures/demo/operators.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

test('an empty inventory knows the operators that the demo province was made with, their dates and successors', async () => {
  const rows = await database.db.query(sql`
    select o.code, o.name, o.valid_from, coalesce(o.valid_to::text, '') as valid_to, coalesce(n.code, '') as successor
      from operator o left join operator n on n.id = o.successor_id`);
  const byCode = (a: { code: unknown }, b: { code: unknown }): number => String(a.code).localeCompare(String(b.code));
  expect((rows as { code: string }[]).sort(byCode)).toEqual([...operators].sort(byCode));
});

test('an operator hands over to one that is in business on its last day', async () => {
  const rows = await database.db.query(sql`
    select o.code from operator o join operator n on n.id = o.successor_id
     where o.valid_to is null or not is_valid_at(n.valid_from, n.valid_to, o.valid_to)`);
  expect(rows).toEqual([]);
});
