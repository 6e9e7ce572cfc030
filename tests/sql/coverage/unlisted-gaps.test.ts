import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let run: number;
let operator: number;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  const { db } = database;
  const [one] = await db.query<{ id: number }>(
    sql`insert into operator (code, name, valid_from) values ('ONE', 'One', '2000-01-01') returning id`,
  );
  const [made] = await db.query<{ id: number }>(sql`
    insert into coverage_run (at, vintage, model, model_version, parameters, thresholds, inventory_revision)
    values ('2026-01-01', '2025-07-01', 'test', '1', '{}', '{}', 0) returning id`);
  operator = one?.id ?? 0;
  run = made?.id ?? 0;
});
afterAll(() => database.close());

function insert(values: { operator_id?: number | null; technology?: string; kind?: string; patches?: number } = {}) {
  const { operator_id = operator, technology = '4G', kind = 'gap', patches = 2 } = values;
  return database.db.query(sql`
    insert into unlisted_gaps (run_id, operator_id, technology, kind, small_patches, small_area_km2, small_people, doubtful_area_km2, doubtful_people)
    values (${run}, ${operator_id}::bigint, ${technology}, ${kind}, ${patches}::integer, 0.05, 12, 1.5, 30)`);
}

describe('sums of what is no gap', () => {
  it('are one row a run, operator, technology and kind, of an operator or of all', async () => {
    await insert();
    await insert({ operator_id: null, kind: 'white' });
    await expect(insert()).rejects.toMatchObject({ constraint: 'unlisted_gaps_key' });
    await expect(insert({ operator_id: null, kind: 'white' })).rejects.toMatchObject({
      constraint: 'unlisted_gaps_key',
    });
  });

  it.each([
    ['a gap of nobody', { operator_id: null, kind: 'gap', technology: '2G' }],
    ['a white spot of an operator', { kind: 'white', technology: '2G' }],
    ['an unknown kind', { kind: 'black', technology: '2G' }],
    ['an unknown technology', { technology: '6G' }],
    ['fewer than no patches', { technology: '2G', patches: -1 }],
  ])('are not %s', async (_what, values) => {
    await expect(insert(values)).rejects.toMatchObject({ code: '23514' });
  });

  it('go with their run', async () => {
    await database.db.query(sql`delete from coverage_run where id = ${run}`);
    expect(await database.db.query(sql`select run_id from unlisted_gaps`)).toEqual([]);
  });
});
