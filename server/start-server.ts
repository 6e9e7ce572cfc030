import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { createJobRoom } from './domains/coverage/index.ts';
import type { Config } from './platform/config.ts';
import type { ServerContext } from './platform/context.ts';
import { DatasetRevision } from './platform/dataset-revision.ts';
import type { Db } from './platform/db/db.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { requestIdOf } from './platform/request-id.ts';
import { RevisionCache } from './platform/revision-cache.ts';
import { databaseTileSource, parseTileFilter } from './tiles/database-source.ts';
import { createTileHandler, TileService } from './tiles/index.ts';

/** A server that is listening. */
export interface RunningServer {
  /** Base address without a trailing slash. */
  url: string;
  context: ServerContext;
  /** Puts a running coverage job back, stops taking requests, lets the running ones end. The database stays open. */
  close(): Promise<void>;
}

/** Why a port cannot be listened on, in one sentence. */
export function listenError(error: NodeJS.ErrnoException, { port, host }: Pick<Config, 'port' | 'host'>): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} on ${host} is in use. Set PORT to another one.`, { cause: error });
  return new Error(`Port ${port} on ${host} cannot be listened on: ${error.message}`, { cause: error });
}

/**
 * Starts HTTP over an open database: tiles are answered first, everything else by Express.
 * @throws Error with one clear sentence when the port is taken
 */
export async function startServer({ config, db, log }: { config: Config; db: Db; log: Log }): Promise<RunningServer> {
  const revision = await DatasetRevision.follow(db, log);
  const context: ServerContext = { config, log, db, revision, cache: new RevisionCache() };
  const metrics = createMetrics();
  const jobs = createJobRoom(context);
  const app = createApp(context, metrics, jobs);
  const source = databaseTileSource(context);
  const tiles = createTileHandler({
    service: new TileService({ source, cacheBytes: config.tileCacheBytes }),
    source,
    parseFilter: parseTileFilter,
    publicBaseUrl: config.publicBaseUrl,
    requestId: requestIdOf,
    onAnswer: metrics.countTile,
    onError: (error, request) => log.error({ err: error, url: request.url }, 'tile failed'),
  });
  const server = createServer((request, response) => {
    if (!tiles(request, response)) app(request, response);
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  await jobs.runner.start();
  const { port, family, address } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    context,
    close: async () => {
      jobs.followers.stop();
      await jobs.runner.stop();
      revision.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
      await closed;
    },
  };
}
