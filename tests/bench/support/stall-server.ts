/**
 * A server on the embedded engine that runs heavy queries on demand and tells how long its event loop stood still
 * meanwhile. One line on standard input starts a query (its SQL); the answer is one line of JSON.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import sql, { raw } from 'sql-template-tag';
import { readConfig } from '../../../server/platform/config.ts';
import { EmbeddedDb } from '../../../server/platform/db/embedded.ts';
import { startServer } from '../../../server/start-server.ts';
import { benchLog } from './databases.ts';

const db = await EmbeddedDb.open({ dataDir: undefined, image: process.env['IMAGE'] });
const server = await startServer({ config: readConfig({ PORT: '0' }), db, log: benchLog });
await db.query(sql`select 1`);
console.log(`ready at ${server.url}`);

for await (const text of createInterface({ input: process.stdin })) {
  // A collection that happens to be due would count as a stall of the query.
  globalThis.gc?.();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  await db.query(raw(text));
  const seconds = (performance.now() - started) / 1000;
  delays.disable();
  console.log(JSON.stringify({ seconds, stallMs: delays.max / 1e6 }));
}
await server.close();
await db.close();
