import { setTimeout as delay } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../../server/platform/db/db.ts';
import { openPostgres } from '../../../server/platform/db/postgres.ts';
import { createLog } from '../../../server/platform/log.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { testEngine } from '../../support/engine.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { openTcpGate, type TcpGate } from '../../support/tcp-gate.ts';
import { until } from '../../support/until.ts';

const silent = createLog('silent');
/** Each asks the database: a summary, a list, a tile, and whether the server is ready. */
const addresses = [
  '/api/v1/summary?at=2008-12-31',
  '/api/v1/sites?at=2008-12-31&limit=3',
  '/tiles/sites/8/202/112.mvt?at=2008-12-31',
  '/readyz',
];

let database: TestDatabase;
let db: Db;
let server: TestServer;
let gate: TcpGate | undefined;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
  db = database.db;
  if (database.url !== undefined) {
    const url = new URL(database.url);
    gate = await openTcpGate(url.hostname, Number(url.port || 5432));
    url.hostname = '127.0.0.1';
    url.port = String(gate.port);
    db = openPostgres(url.href, 4, silent);
  }
  server = await startTestServer(db);
});
afterAll(async () => {
  await server.close();
  if (db !== database.db) await db.close();
  await gate?.shut();
  await database.close();
});

/** Asks for something that no cache of the server holds. */
let turn = 0;
const fresh = (address: string): string =>
  address === '/readyz' ? address : address.replace('2008-12-31', `2009-01-${String(10 + (turn++ % 20))}`);

async function expectUnavailable(address: string): Promise<void> {
  const { status, headers, body } = await server.json<{ status: number; type: string; detail: string }>(address);
  expect([address, status]).toEqual([address, 503]);
  expect(headers.get('content-type')).toMatch(/problem\+json/);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(headers.get('etag')).toBeNull();
  expect(body.detail).toMatch(/database cannot be reached/i);
  expect(JSON.stringify(body)).not.toMatch(/ECONN|127\.0\.0\.1|select /i);
}

describe('when the database goes away', () => {
  afterEach(() => gate?.open().catch(() => undefined));

  it('answers come before', async () => {
    for (const address of addresses) expect((await server.fetch(fresh(address))).status).toBe(200);
  });

  it('every question is a 503 that says so, the process stays healthy, and all recovers by itself', async () => {
    if (gate) await gate.shut();
    else await db.close();

    for (const address of addresses) await expectUnavailable(fresh(address));
    // Several at once: none may hang.
    await Promise.all(addresses.map((address) => expectUnavailable(fresh(address))));
    expect((await server.fetch('/healthz')).status).toBe(200);
    expect((await server.fetch('/')).status).not.toBe(500);

    // The embedded engine lives in this process: when its thread is gone, a restart brings it back.
    if (testEngine() === 'embedded') return;
    await gate?.open();
    for (const address of addresses) {
      await until(async () => {
        const response = await server.fetch(fresh(address));
        await response.arrayBuffer();
        return response.status === 200;
      });
    }
  });

  it('between two statements of a transaction or a cursor, these fail and the process lives', async () => {
    if (testEngine() === 'embedded') {
      await expect(db.transaction((tx) => tx.query(sql`select 1`))).rejects.toMatchObject({ status: 503 });
      return;
    }
    const leave = async (): Promise<void> => {
      await gate?.shut();
      // Long enough for the loss to be noticed while nobody is asking.
      await delay(200);
    };
    const transaction = db.transaction(async (tx) => {
      await tx.query(sql`select 1`);
      await leave();
      await tx.query(sql`select 1`);
    });
    await expect(transaction).rejects.toMatchObject({ status: 503 });
    await gate?.open();
    const reading = async (): Promise<void> => {
      for await (const rows of db.cursor(sql`select generate_series(1, 1000) as n`, 10))
        if (rows.length > 0) await leave();
    };
    await expect(reading()).rejects.toMatchObject({ status: 503 });
    expect((await server.fetch('/healthz')).status).toBe(200);
  });

  it('the revision is followed again afterwards', async () => {
    if (testEngine() === 'embedded') {
      expect(() => server.context.revision.current).not.toThrow();
      return;
    }
    await gate?.shut();
    await gate?.open();
    const before = server.context.revision.current;
    await database.db.script("update operator set name = name || ' ' where code = 'VIETTEL'");
    await until(() => server.context.revision.current === before + 1);
  });
});

describe('a server that starts while the database is away', () => {
  it('starts, says 503, and answers as soon as the database is there', async () => {
    if (database.url === undefined) {
      // The embedded engine that does not open ends the start with one sentence: tests/embedded/data-directory.test.ts.
      expect(testEngine()).toBe('embedded');
      return;
    }
    await gate?.shut();
    const url = new URL(database.url);
    url.hostname = '127.0.0.1';
    url.port = String(gate?.port);
    const lateDb = openPostgres(url.href, 2, silent);
    const late = await startTestServer(lateDb);
    try {
      for (const address of addresses) {
        const response = await late.fetch(address);
        expect([address, response.status]).toEqual([address, 503]);
      }
      await gate?.open();
      await until(async () => (await late.fetch('/api/v1/summary?at=2008-12-31')).status === 200);
      await until(async () => (await late.fetch('/tiles/sites/8/202/112.mvt?at=2008-12-31')).status === 200);
    } finally {
      await late.close();
      await lateDb.close();
    }
  });
});
