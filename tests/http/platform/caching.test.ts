import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingDb, countingDb } from '../../support/counting-db.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { EDIT_TOKEN, startTestServer, type TestServer } from '../../support/server.ts';

let database: TestDatabase;
let db: CountingDb;
let server: TestServer;
beforeAll(async () => {
  database = await openTestDatabase({ demo: true });
  db = countingDb(database.db);
  server = await startTestServer(db);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const at = 'at=2008-12-31';
/** Answers that depend on the dataset: each must have a strong validator. */
const addresses = [
  `/api/v1/summary?${at}`,
  `/api/v1/sites?${at}&limit=5`,
  `/api/v1/admin-units?${at}&level=district`,
  '/api/v1/admin-units/vintages',
  `/api/v1/operators?${at}`,
  `/api/v1/coverage/communes?${at}&technology=2G`,
  `/api/v1/coverage/gaps?${at}`,
  `/api/v1/connectivity/districts?${at}`,
  `/api/v1/fibre/spans?${at}`,
  `/api/v1/fibre/nodes?${at}`,
  `/api/v1/search?${at}&q=lam`,
  '/api/v1/meta',
  `/tiles/sites/8/202/112.mvt?${at}`,
  `/tiles/communes/8/202/112.mvt?${at}`,
];

/** Questions of the database while `work` runs; the poll of the revision on PostgreSQL is not one of the request's. */
async function askedDuring(work: () => Promise<unknown>): Promise<number> {
  db.reset();
  await work();
  return db.asked;
}

/** The smallest of a few tries, so that a poll in between does not count. */
async function leastAskedDuring(work: () => Promise<unknown>): Promise<number> {
  const tries = [await askedDuring(work), await askedDuring(work), await askedDuring(work)];
  return Math.min(...tries);
}

describe('an unchanged answer', () => {
  it.each(addresses)('%s is a 304 that does not touch the database', async (address) => {
    const first = await server.fetch(address);
    expect(first.status).toBe(200);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = async (): Promise<void> => {
      const second = await server.fetch(address, { headers: { 'If-None-Match': etag } });
      expect(second.status).toBe(304);
      expect(second.headers.get('etag')).toBe(etag);
      expect(second.headers.get('content-length')).toBeNull();
      expect(await second.text()).toBe('');
    };
    expect(await leastAskedDuring(again)).toBe(0);
  });

  it('is told apart by address, language and encoding', async () => {
    const etagOf = async (address: string, headers: Record<string, string> = {}): Promise<string | null> => {
      const response = await server.fetch(address, { headers });
      await response.arrayBuffer();
      return response.headers.get('etag');
    };
    const sites = `/api/v1/sites?${at}&limit=5`;
    const etags = await Promise.all([
      etagOf(sites),
      etagOf(`${sites}&technology=2G`),
      etagOf(sites, { 'Accept-Language': 'en' }),
      etagOf(sites, { Accept: 'application/geo+json' }),
    ]);
    expect(new Set(etags).size).toBe(etags.length);
    const tile = `/tiles/sites/8/202/112.mvt?${at}`;
    expect(await etagOf(tile, { 'Accept-Encoding': 'identity' })).not.toBe(
      await etagOf(tile, { 'Accept-Encoding': 'gzip' }),
    );
    expect((await server.fetch(sites)).headers.get('vary')).toMatch(/Accept-Encoding/);
  });

  it('takes the validator from a list, with W/ before it, and *', async () => {
    const address = `/api/v1/operators?${at}`;
    const etag = (await server.fetch(address)).headers.get('etag');
    for (const header of [`"other", ${etag}`, `W/${etag}`, '*']) {
      expect((await server.fetch(address, { headers: { 'If-None-Match': header } })).status).toBe(304);
    }
    expect((await server.fetch(address, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });
});

describe('a tile', () => {
  it('is answered from memory the second time, without the database', async () => {
    const address = `/tiles/sites/10/810/450.mvt?${at}`;
    const first = await server.fetch(address);
    const bytes = Buffer.from(await first.arrayBuffer());
    const again = async (): Promise<void> => {
      const second = await server.fetch(address);
      expect(Buffer.from(await second.arrayBuffer()).equals(bytes)).toBe(true);
    };
    expect(await leastAskedDuring(again)).toBe(0);
  });

  it('that is empty is a 204, with a validator too', async () => {
    const response = await server.fetch(`/tiles/sites/10/0/0.mvt?${at}`);
    expect(response.status).toBe(204);
    const etag = response.headers.get('etag') ?? '';
    const headers = { 'If-None-Match': etag };
    expect((await server.fetch(`/tiles/sites/10/0/0.mvt?${at}`, { headers })).status).toBe(304);
  });
});

describe('after a change', () => {
  it('every validator is another one, and the old one gets the new answer', async () => {
    const { body: list } = await server.json<{ items: { id: number }[] }>(`/api/v1/sites?${at}&limit=1`);
    const id = list.items[0]?.id;
    const { body: site } = await server.json<{ version: number; name: string }>(`/api/v1/sites/${id}`);
    const etags = new Map<string, string>();
    for (const address of addresses) {
      const response = await server.fetch(address);
      await response.arrayBuffer();
      etags.set(address, response.headers.get('etag') ?? '');
    }
    const edited = await server.json(`/api/v1/sites/${id}`, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${EDIT_TOKEN}`,
        'If-Match': `"${site.version}"`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ name: `${site.name} (đổi)`, why: 'test' }),
    });
    expect(edited.status).toBe(200);
    for (const [address, etag] of etags) {
      const response = await server.fetch(address, { headers: { 'If-None-Match': etag } });
      await response.arrayBuffer();
      expect([address, response.status]).toEqual([address, 200]);
      expect(response.headers.get('etag')).not.toBe(etag);
    }
  });
});
