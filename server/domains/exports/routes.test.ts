import type { AddressInfo } from 'node:net';
import { get } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { ServerContext } from '../../platform/context.ts';
import { exportRoutes } from './routes.ts';
import { siteRow } from './testing/site-row.ts';

/** Totals ride on every row, as in the statement of queries.ts. */
function batch(size: number, total: number): object[] {
  const totals = {
    total_sites: total,
    total_stations: total,
    total_cells: total,
    dataset_revision: 3,
    any_synthetic: false,
  };
  return Array.from({ length: size }, (_, index) => ({
    ...siteRow({ no: index + 1, address: 'x'.repeat(500) }),
    ...totals,
  }));
}

interface Watched {
  closed: boolean;
  batches: number;
}

/** A server over a database whose one cursor gives the given batches. */
function serve(batches: () => AsyncGenerator<object[]>): { url: string; watched: Watched; stop: () => Promise<void> } {
  const watched: Watched = { closed: false, batches: 0 };
  const db = {
    cursor: async function* () {
      try {
        for await (const rows of batches()) {
          watched.batches++;
          yield rows;
        }
      } finally {
        watched.closed = true;
      }
    },
  };
  const app = express();
  app.use(exportRoutes({ db, config: { databasePool: 4 } } as unknown as ServerContext));
  app.use((error: Error, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    res.status(500).end(error.message);
  });
  app.set('env', 'test');
  const server = app.listen(0);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/exports/sites`,
    watched,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

let running: ReturnType<typeof serve> | undefined;
afterEach(() => running?.stop());

async function* endless(): AsyncGenerator<object[]> {
  for (;;) {
    yield batch(200, 1_000_000);
    await new Promise(setImmediate);
  }
}

describe('sending an export', () => {
  for (const extension of ['csv', 'xlsx', 'geojson']) {
    it(`ends the reading of the database when the reader of ${extension} goes away`, async () => {
      running = serve(endless);
      await new Promise<void>((resolve, reject) => {
        const request = get(`${running?.url}.${extension}`, (response) => {
          response.once('data', () => {
            request.destroy();
            resolve();
          });
        });
        request.once('error', reject);
      });
      await expect.poll(() => running?.watched.closed, { timeout: 5_000 }).toBe(true);
    });

    it(`breaks off when the database fails in the middle of ${extension}, instead of ending as if whole`, async () => {
      running = serve(async function* () {
        yield batch(200, 400);
        throw new Error('connection lost');
      });
      const response = await fetch(`${running.url}.${extension}`);
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow();
      expect(running.watched.closed).toBe(true);
    });

    it(`breaks off when there are fewer rows of ${extension} than were counted`, async () => {
      running = serve(async function* () {
        yield batch(200, 201);
      });
      const response = await fetch(`${running.url}.${extension}`);
      await expect(response.arrayBuffer()).rejects.toThrow();
    });
  }

  it('does not read ahead of a reader that has stopped reading', async () => {
    running = serve(endless);
    const request = get(`${running.url}.csv`);
    await new Promise((resolve) => request.once('response', (response) => resolve(response.pause())));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = running.watched.batches;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(running.watched.batches).toBe(before);
    expect(before).toBeLessThan(200);
    request.destroy();
    await expect.poll(() => running?.watched.closed, { timeout: 5_000 }).toBe(true);
  });

  it('answers HEAD with the headers alone and gives the cursor back', async () => {
    running = serve(endless);
    const response = await fetch(`${running.url}.csv`, { method: 'HEAD' });
    expect(response.headers.get('x-export-counts')).toBe('sites=1000000, stations=1000000, cells=1000000');
    expect(await response.text()).toBe('');
    expect(running.watched).toEqual({ closed: true, batches: 1 });
  });
});
