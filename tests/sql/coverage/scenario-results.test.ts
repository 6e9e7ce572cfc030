import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectPath } from '../../../server/platform/paths.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

const migration = projectPath('sql', 'migrations', '0019_coverage__keep_scenario_notes_in_both_languages.sql');

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

it('keeps the words of results from before, in their order', async () => {
  const { db } = database;
  const delta = { people: 60, area_km2: 0.5 };
  const results = [
    { delta, warnings: ['Thay đổi 2: cao hơn cột.', 'Thay đổi 1: EIRP.'] },
    { delta, warnings: [] },
    null,
  ];
  for (const [no, result] of results.entries())
    await db.query(sql`
      insert into scenario (name, at, technology, changes, result)
      values (${`Phương án ${no}`}, '2026-01-01', '4G', '[]', ${result && JSON.stringify(result)}::jsonb)`);
  await db.script(readFileSync(migration, 'utf8'));
  const kept = await db.query<{ result: unknown }>(sql`select result from scenario order by id`);
  const both = (words: string) => ({ vi: words, en: words });
  expect(kept.map(({ result }) => result)).toEqual([
    { delta, taken: [], warnings: [both('Thay đổi 2: cao hơn cột.'), both('Thay đổi 1: EIRP.')] },
    { delta, taken: [], warnings: [] },
    null,
  ]);
});
