import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase({ demo: false });
  await database.db.script('create table parity (id integer primary key, note text)');
});
afterAll(() => database.close());

async function one<T>(statement: Parameters<TestDatabase['db']['query']>[0]): Promise<T> {
  const [row] = await database.db.query<{ value: T }>(statement);
  if (!row) throw new Error('no row');
  return row.value;
}

describe('values come back the same from either engine', () => {
  const cases: [name: string, statement: Parameters<TestDatabase['db']['query']>[0], expected: unknown][] = [
    ['smallint', sql`select 7::smallint as value`, 7],
    ['int8', sql`select 9007199254740991::int8 as value`, 9_007_199_254_740_991],
    ['count', sql`select count(*) as value from generate_series(1, 3)`, 3],
    ['numeric', sql`select 12.50::numeric as value`, 12.5],
    ['float8', sql`select 0.1::float8 + 0.2::float8 as value`, 0.1 + 0.2],
    ['float4', sql`select 0.25::float4 as value`, 0.25],
    ['boolean', sql`select true as value`, true],
    ['text', sql`select 'Phú Thọ'::text as value`, 'Phú Thọ'],
    ['null', sql`select null::int8 as value`, null],
    ['date', sql`select '2008-12-31'::date as value`, '2008-12-31'],
    ['date before the epoch', sql`select '1066-10-14'::date as value`, '1066-10-14'],
    ['timestamptz', sql`select '2009-01-16 08:30:00.250+07'::timestamptz as value`, '2009-01-16T01:30:00.250Z'],
    ['bytea', sql`select '\\x00ff7f'::bytea as value`, new Uint8Array([0, 255, 127])],
    ['jsonb', sql`select '{"a": [1, null, "b"]}'::jsonb as value`, { a: [1, null, 'b'] }],
    ['text[]', sql`select array['a', 'Đ,"', null]::text[] as value`, ['a', 'Đ,"', null]],
    ['empty text[]', sql`select '{}'::text[] as value`, []],
    ['int8[]', sql`select array[1, null, 3]::int8[] as value`, [1, null, 3]],
    ['empty int8[]', sql`select '{}'::int8[] as value`, []],
    ['int4[]', sql`select array[1, 2]::int4[] as value`, [1, 2]],
    ['float8[]', sql`select array[105.25, -0.5]::float8[] as value`, [105.25, -0.5]],
  ];
  it.each(cases)('%s', async (_name, statement, expected) => {
    const value = await one(statement);
    expect(value instanceof Uint8Array ? new Uint8Array(value) : value).toEqual(expected);
  });

  it('geometry', async () => {
    const value = await one(sql`select st_setsrid(st_makepoint(105.402, 21.322), 4326) as value`);
    expect(value).toMatchObject({ type: 'Point', coordinates: [105.402, 21.322] });
  });
});

describe('parameters go in the same on either engine', () => {
  it('takes text, numbers, booleans, null, arrays, JSON, bytes and instants', async () => {
    const bytes = new Uint8Array([1, 0, 254]);
    const [row] = await database.db.query<Record<string, unknown>>(sql`
      select ${'O’Neill; drop table parity --'}::text as text, ${2 ** 40}::int8 as big, ${21.5}::float8 as real, ${true}::boolean as yes,
             ${null}::text as nothing, ${['a', 'b,"c"']}::text[] as texts, ${[1, 2]}::int8[] as ids,
             ${JSON.stringify([{ a: 'Thọ' }])}::jsonb as json, ${bytes}::bytea as bytes, ${'2008-12-31'}::date as day`);
    expect(row).toEqual({
      text: 'O’Neill; drop table parity --',
      big: 2 ** 40,
      real: 21.5,
      yes: true,
      nothing: null,
      texts: ['a', 'b,"c"'],
      ids: [1, 2],
      json: [{ a: 'Thọ' }],
      bytes: expect.anything(),
      day: '2008-12-31',
    });
    expect(new Uint8Array(row?.['bytes'] as Uint8Array)).toEqual(bytes);
  });

  it('tells the SQLSTATE and the constraint of what it refuses', async () => {
    await database.db.query(sql`insert into parity values (1, 'first') on conflict do nothing`);
    await expect(database.db.query(sql`insert into parity values (1, 'again')`)).rejects.toMatchObject({
      code: '23505',
      constraint: 'parity_pkey',
    });
    await expect(database.db.query(sql`select * from no_such_table`)).rejects.toMatchObject({ code: '42P01' });
  });
});

describe('transactions', () => {
  const notes = async (): Promise<string[]> =>
    (await database.db.query<{ note: string }>(sql`select note from parity where id > 100 order by id`)).map(
      (row) => row.note,
    );

  it('are rolled back as a whole when the work throws', async () => {
    const failing = database.db.transaction(async (tx) => {
      await tx.query(sql`insert into parity values (101, 'never')`);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await notes()).toEqual([]);
  });

  it('are rolled back as a whole when a statement fails, and the connection stays usable', async () => {
    const failing = database.db.transaction(async (tx) => {
      await tx.query(sql`insert into parity values (102, 'never')`);
      await tx.query(sql`select 1 / 0`);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await notes()).toEqual([]);
  });

  it('give back what the work gives back', async () => {
    expect(await database.db.transaction(async (tx) => (await tx.query(sql`select 1 as one`)).length)).toBe(1);
  });

  it('do not mix when two run at once', async () => {
    await database.db.query(sql`insert into parity values (200, '0')`);
    const addOne = (): Promise<void> =>
      database.db.transaction(async (tx) => {
        const [row] = await tx.query<{ note: string }>(sql`select note from parity where id = 200 for update`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        await tx.query(sql`update parity set note = ${String(Number(row?.note) + 1)} where id = 200`);
      });
    await Promise.all(Array.from({ length: 10 }, addOne));
    expect(await notes()).toEqual(['10']);
    await database.db.query(sql`delete from parity where id = 200`);
  });

  it('do not show their rows to others before they end', async () => {
    let written: () => void = () => undefined;
    let end: () => void = () => undefined;
    const afterWriting = new Promise<void>((resolve) => (written = resolve));
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    const transaction = database.db.transaction(async (tx) => {
      await tx.query(sql`insert into parity values (300, 'soon')`);
      written();
      await mayEnd;
      throw new Error('not after all');
    });
    const failed = expect(transaction).rejects.toThrow('not after all');
    await afterWriting;
    // On PostgreSQL another connection answers at once; on the embedded engine the question waits its turn.
    const seen = notes();
    end();
    expect(await seen).toEqual([]);
    await failed;
  });

  it('never wait for themselves when the database is asked inside one', async () => {
    const nested = database.db.transaction(() => database.db.query(sql`select 1 as one`));
    // One session cannot answer: it must say so, not hang. A server has other connections.
    if (database.db.engine === 'embedded') await expect(nested).rejects.toThrow(/use the tx/);
    else expect(await nested).toEqual([{ one: 1 }]);
  });
});

describe('a cursor', () => {
  it('reads in batches, in order and to the end', async () => {
    const sizes: number[] = [];
    const values: number[] = [];
    for await (const rows of database.db.cursor<{ n: number }>(
      sql`select n from generate_series(1, ${2_500}::int) n order by n`,
      1_000,
    )) {
      sizes.push(rows.length);
      values.push(...rows.map((row) => row.n));
    }
    expect(sizes).toEqual([1_000, 1_000, 500]);
    expect(values).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
  });

  it('lets other queries run between its batches, and may be left early', async () => {
    for await (const rows of database.db.cursor(sql`select generate_series(1, 10000) as n`, 10)) {
      expect(rows).toHaveLength(10);
      expect(await one(sql`select 42 as value`)).toBe(42);
      break;
    }
    const [left] = await database.db.query<{ open: number }>(
      sql`select count(*) as open from pg_cursors where name <> ''`,
    );
    expect(left?.open).toBe(0);
  });

  it('throws what the query throws', async () => {
    const read = async (): Promise<void> => {
      for await (const rows of database.db.cursor(sql`select 1 / (n - 5) as x from generate_series(1, 10) n`, 2))
        expect(rows).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({ code: '22012' });
    expect(await one(sql`select 1 as value`)).toBe(1);
  });
});

describe('listen', () => {
  it('hears what a committed transaction tells, and nothing of one that is rolled back', async () => {
    const heard: string[] = [];
    await database.db.listen(
      'parity_channel',
      (payload) => heard.push(payload),
      () => undefined,
    );
    await database.db
      .transaction(async (tx) => {
        await tx.query(sql`select pg_notify('parity_channel', 'rolled back')`);
        throw new Error('no');
      })
      .catch(() => undefined);
    await database.db.query(sql`select pg_notify('parity_channel', 'committed')`);
    await until(() => heard.length > 0);
    expect(heard).toEqual(['committed']);
  });
});
