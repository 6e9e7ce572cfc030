import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../server/platform/paths.ts';
import { searchKey, sortKey } from '../../../server/platform/text/index.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

interface KeyVector {
  text: string;
  search_key: string;
  sort_key: string;
}
const { keys } = JSON.parse(readFileSync(projectPath('fixtures', 'text', 'keys.json'), 'utf8')) as {
  keys: KeyVector[];
};

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
});
afterAll(() => database.close());

/** The SQL functions' answers for many texts in one question. */
function keysInSql(texts: readonly string[]): Promise<KeyVector[]> {
  return database.db.query<KeyVector>(sql`
    select t.text, search_key(t.text), sort_key(t.text) from unnest(${texts}::text[]) with ordinality t (text, n) order by n`);
}

describe('search_key and sort_key in SQL', () => {
  it('answer the same vectors as their twins in TypeScript', async () => {
    expect(keys.length).toBeGreaterThan(30);
    expect(await keysInSql(keys.map((vector) => vector.text))).toEqual(keys);
  });

  it('answer the same as their twins for any text', async () => {
    const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠằẳẵắặĐ0123456789 -.,;\'’()/"\t\u00a0\u0301\u0323\u031b';
    // Scripts that Unicode has left alone for decades: the engines and Node have tables of different versions.
    const anySign = fc.integer({ min: 1, max: 0x52f }).map((point) => String.fromCodePoint(point));
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 }),
      fc.string({ unit: anySign, maxLength: 20 }),
    );
    const texts = fc.sample(text, 2_000);
    expect(await keysInSql(texts)).toEqual(
      texts.map((value) => ({ text: value, search_key: searchKey(value), sort_key: sortKey(value) })),
    );
  });

  it('order as the Vietnamese alphabet does, under the C collation', async () => {
    const wanted = [
      'An',
      'Ăn',
      'Ân',
      'Bờ',
      'Cổ',
      'Dữu Lâu',
      'Đoan Hùng',
      'Hoà Bình',
      'Hùng Long',
      'Hưng Long',
      'Khu 2',
      'Khu 10',
      'Y Sơn',
    ];
    const rows = await database.db.query<{ text: string }>(sql`
      select t.text from unnest(${wanted.toReversed()}::text[]) t (text) order by sort_key(t.text) collate "C"`);
    expect(rows.map((row) => row.text)).toEqual(wanted);
  });

  it('are null for null', async () => {
    expect(await database.db.query(sql`select search_key(null) as search, sort_key(null) as sort`)).toEqual([
      { search: null, sort: null },
    ]);
  });
});
