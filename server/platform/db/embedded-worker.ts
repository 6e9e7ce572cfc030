/**
 * The embedded engine's own thread: PGlite runs its queries synchronously, so it lives here and never holds up HTTP.
 * Speaks the messages of embedded-protocol.ts with embedded.ts.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import sql, { type Sql } from 'sql-template-tag';
import type { EmbeddedReply, EmbeddedRequest, EmbeddedSettings } from './embedded-protocol.ts';
import { spatialValueParsers } from './postgis-types.ts';
import { valueParsers } from './values.ts';

if (!parentPort) throw new Error('embedded-worker must run in a worker thread');
const port = parentPort;

async function open(settings: EmbeddedSettings): Promise<PGlite> {
  const options: PGliteOptions = { extensions: { postgis, pg_trgm, btree_gist }, parsers: { ...valueParsers } };
  if (settings.folder) options.dataDir = settings.folder;
  if (settings.image) options.loadDataDir = new Blob([await readFile(settings.image)]);
  const engine = await PGlite.create(options);
  await engine.exec("set timezone = 'UTC'; set extra_float_digits = 1");
  return engine;
}

const engine = await open(workerData as EmbeddedSettings);

async function loadSpatialParsers(): Promise<void> {
  const query = async <T>(statement: Sql): Promise<T[]> =>
    (await engine.query<T>(statement.text, statement.values)).rows;
  const spatial = await spatialValueParsers({ query, script: () => Promise.resolve() });
  Object.assign(engine.parsers, spatial);
}
const [postgisInstalled] = (await engine.query(sql`select 1 from pg_extension where extname = 'postgis'`.text)).rows;
if (postgisInstalled) await loadSpatialParsers();

async function answer(request: EmbeddedRequest): Promise<unknown> {
  switch (request.kind) {
    case 'query':
      return (await engine.query(request.text, request.values)).rows;
    case 'script':
      await engine.exec(request.text);
      if (/create extension/i.test(request.text)) await loadSpatialParsers();
      return null;
    case 'listen':
      await engine.listen(request.channel, (payload) => {
        port.postMessage({ kind: 'notification', channel: request.channel, payload } satisfies EmbeddedReply);
      });
      return null;
    case 'image':
      return new Uint8Array(await (await engine.dumpDataDir('gzip')).arrayBuffer());
    case 'close':
      await engine.close();
      return null;
  }
}

port.on('message', (request: EmbeddedRequest) => {
  void (async () => {
    try {
      const value = await answer(request);
      port.postMessage({ kind: 'done', id: request.id, value } satisfies EmbeddedReply);
    } catch (error) {
      const { message, code, detail, constraint } = error as Error & Record<string, string | undefined>;
      port.postMessage({
        kind: 'failed',
        id: request.id,
        error: { message, code, detail, constraint },
      } satisfies EmbeddedReply);
    }
    if (request.kind === 'close') port.close();
  })();
});
port.postMessage({ kind: 'ready' } satisfies EmbeddedReply);
