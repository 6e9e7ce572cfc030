import type { Config } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { prepareDatabase, type Say } from './prepare-database.ts';
import { startServer } from './start-server.ts';

/**
 * Runs the server until SIGINT or SIGTERM, then closes cleanly.
 * @throws Error with one clear sentence when it cannot start
 */
export async function serve(config: Config, say: Say): Promise<void> {
  const log = createLog(config.logLevel);
  const started = performance.now();
  const db = await prepareDatabase(config, log, say);
  const server = await startServer({ config, db, log }).catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Phủ Sóng is ready at ${server.url} (${db.engine} database, started in ${seconds} s). Stop with Ctrl+C.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  say('Stopping …');
  await server.close();
  await db.close();
}
