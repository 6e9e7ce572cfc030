import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatasetRevision, selectRevision } from '../../../server/platform/dataset-revision.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { testLog } from '../../support/templates.ts';
import { until } from '../../support/until.ts';

let database: TestDatabase;
let before: number;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await insertOperator('SEED');
});
afterAll(() => database.close());
beforeEach(async () => {
  before = await selectRevision(database.db);
});

interface LogEntry {
  revision: number;
  table_name: string;
  ids: number[] | null;
}
const logSince = (revision: number): Promise<LogEntry[]> =>
  database.db.query<LogEntry>(
    sql`select revision, table_name, ids from change_log where revision > ${revision} order by id`,
  );
const moved = async (): Promise<number> => (await selectRevision(database.db)) - before;

async function insertOperator(code: string): Promise<number> {
  const [row] = await database.db.query<{ id: number }>(
    sql`insert into operator (code, name, valid_from) values (${code}, ${code}, '2000-01-01') returning id`,
  );
  if (!row) throw new Error('not inserted');
  return row.id;
}

describe('the dataset revision', () => {
  it('moves by one with a change, and the change is logged with its ids', async () => {
    const id = await insertOperator('A');
    expect(await moved()).toBe(1);
    expect(await logSince(before)).toEqual([{ revision: before + 1, table_name: 'operator', ids: [id] }]);
  });

  it('moves once for a transaction of several statements and tables', async () => {
    await database.db.transaction(async (tx) => {
      await tx.query(sql`insert into operator (code, name, valid_from) values ('B', 'B', '2000-01-01')`);
      await tx.query(sql`update operator set name = 'B2' where code = 'B'`);
      await tx.query(sql`insert into fibre_network (code, name) values ('N', 'N')`);
    });
    expect(await moved()).toBe(1);
    const log = await logSince(before);
    expect(log.map((entry) => entry.table_name)).toEqual(['operator', 'operator', 'fibre_network']);
    expect(new Set(log.map((entry) => entry.revision))).toEqual(new Set([before + 1]));
  });

  it('stays when a statement changes no row', async () => {
    await database.db.query(sql`update operator set name = 'x' where code = 'NOT THERE'`);
    await database.db.query(sql`delete from site`);
    await database.db.query(
      sql`insert into operator (code, name, valid_from) values ('SEED', 'x', '2000-01-01') on conflict do nothing`,
    );
    expect(await moved()).toBe(0);
    expect(await logSince(before)).toEqual([]);
  });

  it('keeps no trace of a change that is rolled back', async () => {
    const failing = database.db.transaction(async (tx) => {
      await tx.query(sql`insert into operator (code, name, valid_from) values ('C', 'C', '2000-01-01')`);
      expect(await selectRevision(tx)).toBe(before + 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await moved()).toBe(0);
    expect(await logSince(before)).toEqual([]);
  });

  it('logs deleted rows, and rows by the key other rooms know them by', async () => {
    const [site] = await database.db.query<{ id: number }>(
      sql`insert into site (code, geom, valid_from) values ('S1', st_setsrid(st_makepoint(105, 21), 4326), '2000-01-01') returning id`,
    );
    await database.db.query(sql`insert into mast (site_id, mast_no) values (${site?.id}, 1), (${site?.id}, 2)`);
    await database.db.query(sql`delete from site where id = ${site?.id}`);
    expect(await logSince(before)).toEqual([
      { revision: before + 1, table_name: 'site', ids: [site?.id] },
      { revision: before + 2, table_name: 'mast', ids: [site?.id] },
      expect.objectContaining({ revision: before + 3 }),
      expect.objectContaining({ revision: before + 3 }),
    ]);
  });

  it('logs a change of more than 5,000 rows without its ids', async () => {
    await database.db.query(sql`
      insert into site (code, geom, valid_from)
      select 'MANY' || n, st_setsrid(st_makepoint(105, 21), 4326), '2000-01-01' from generate_series(1, 5001) n`);
    expect(await logSince(before)).toEqual([{ revision: before + 1, table_name: 'site', ids: null }]);
    await database.db.query(
      sql`update site set name = 'x' where code in (select 'MANY' || n from generate_series(1, 5000) n)`,
    );
    expect((await logSince(before + 1))[0]?.ids).toHaveLength(5_000);
  });

  it('is known to the process that made the change before it is acknowledged', async () => {
    await database.revision.change((tx) => tx.query(sql`update operator set name = 'Y' where code = 'SEED'`));
    expect(database.revision.current).toBe(await selectRevision(database.db));
    expect(database.revision.current).toBe(before + 1);
  });

  it('reaches a process that only follows, by notification', async () => {
    const follower = await DatasetRevision.follow(database.db, testLog);
    try {
      await database.db.query(sql`update operator set name = 'Z' where code = 'SEED'`);
      await until(() => follower.current === before + 1, 1_500);
    } finally {
      follower.stop();
    }
  });

  it('never goes back when a change fails', async () => {
    const { current } = database.revision;
    await expect(
      database.revision.change(async (tx) => {
        await tx.query(sql`update operator set name = 'W' where code = 'SEED'`);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(database.revision.current).toBe(current);
  });
});
