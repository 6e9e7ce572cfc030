import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { siteRow } from '../../../server/domains/exports/testing/site-row.ts';
import { readConfig } from '../../../server/platform/config.ts';
import type { ServerContext } from '../../../server/platform/context.ts';
import { DatabaseUnavailableError } from '../../../server/platform/http-error.ts';
import { createLog } from '../../../server/platform/log.ts';
import { createMetrics } from '../../../server/platform/metrics.ts';

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

interface Served {
  url: string;
  watched: Watched;
  stop: () => Promise<void>;
}

/** The whole application over a database whose one cursor gives the given batches. */
async function serve(batches: () => AsyncGenerator<object[]>): Promise<Served> {
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
  const context = { db, config: readConfig({}), log: createLog('silent'), revision: { current: 3 } };
  const server = createServer(createApp(context as unknown as ServerContext, createMetrics()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/exports/sites`,
    watched,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

let running: Served | undefined;
afterEach(() => running?.stop());

async function* endless(): AsyncGenerator<object[]> {
  for (;;) {
    yield batch(200, 1_000_000);
    await new Promise(setImmediate);
  }
}

/** Compression may hold the first bytes back, so that a cut connection shows before or after the headers. */
async function download(url: string): Promise<ArrayBuffer> {
  return (await fetch(url)).arrayBuffer();
}

describe('sending an export', () => {
  for (const extension of ['csv', 'xlsx', 'geojson']) {
    it(`ends the reading of the database when the reader of ${extension} goes away`, async () => {
      running = await serve(endless);
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
      running = await serve(async function* () {
        yield batch(200, 400);
        throw new Error('connection lost');
      });
      await expect(download(`${running.url}.${extension}`)).rejects.toThrow();
      expect(running.watched.closed).toBe(true);
    });

    it(`breaks off when there are fewer rows of ${extension} than were counted`, async () => {
      running = await serve(async function* () {
        yield batch(200, 201);
      });
      await expect(download(`${running.url}.${extension}`)).rejects.toThrow();
    });
  }

  it('answers with a problem when the database fails before the first row', async () => {
    running = await serve(async function* () {
      yield* [];
      throw new DatabaseUnavailableError(new Error('connection refused'));
    });
    const response = await fetch(`${running.url}.csv`);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('content-disposition')).toBeNull();
  });

  it('gives a whole file when nothing fails', async () => {
    running = await serve(async function* () {
      yield batch(200, 201);
      yield batch(1, 201);
    });
    expect(
      Buffer.from(await download(`${running.url}.csv`))
        .toString()
        .split('\r\n'),
    ).toHaveLength(203);
    expect(running.watched.closed).toBe(true);
  });

  it('does not read ahead of a reader that has stopped reading', async () => {
    running = await serve(endless);
    const request = get(`${running.url}.csv`);
    await new Promise((resolve) => request.once('response', (response) => resolve(response.pause())));
    // Sockets and streams take some batches before they are full; then nothing more is read, however long it lasts.
    let seen = -1;
    await expect
      .poll(
        () => {
          const settled = seen === running?.watched.batches;
          seen = running?.watched.batches ?? -1;
          return settled;
        },
        { interval: 1_000, timeout: 30_000 },
      )
      .toBe(true);
    expect(running.watched.closed).toBe(false);
    request.destroy();
    await expect.poll(() => running?.watched.closed, { timeout: 5_000 }).toBe(true);
  });

  it('answers HEAD with the headers alone and gives the cursor back', async () => {
    running = await serve(endless);
    const response = await fetch(`${running.url}.csv`, { method: 'HEAD' });
    expect(response.headers.get('x-export-counts')).toBe('sites=1000000, stations=1000000, cells=1000000');
    expect(await response.text()).toBe('');
    expect(running.watched).toEqual({ closed: true, batches: 1 });
  });
});
