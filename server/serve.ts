import { createServer } from 'node:net';
import type { Config } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { prepareDatabase, type Say } from './prepare-database.ts';
import { listenError, startServer } from './start-server.ts';

const orphanCheckMilliseconds = 500;

/**
 * Resolves at SIGINT or SIGTERM, and when npm, which started this process through a shell, is gone: the shell does not
 * pass the signal on.
 */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, orphanCheckMilliseconds);
    timer.unref();
  });
}

/** @throws Error with one clear sentence when the port is taken: before minutes of preparation, not after them */
async function requireFreePort({ port, host }: Config): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { port, host })));
    probe.listen(port, host, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/**
 * Runs the server until SIGINT or SIGTERM, then closes cleanly.
 * @throws Error with one clear sentence when it cannot start
 */
export async function serve(config: Config, say: Say): Promise<void> {
  const log = createLog(config.logLevel);
  const started = performance.now();
  await requireFreePort(config);
  const db = await prepareDatabase(config, log, say);
  const server = await startServer({ config, db, log }).catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`Phủ Sóng is ready at ${server.url} (${db.engine} database, started in ${seconds} s). Stop with Ctrl+C.`);
  await stopRequested();
  say('Stopping …');
  await server.close();
  await db.close();
}
