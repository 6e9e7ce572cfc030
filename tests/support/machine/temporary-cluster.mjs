// A PostgreSQL cluster that lives as long as the test run: own folder, free port, loopback only, no fsync.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { works } from './processes.mjs';
import { postgresAccount } from './system-tools.mjs';

const START_MS = 30_000;
/** Loss of data on a crash does not matter here, speed does. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  log_min_messages: 'fatal',
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a cluster with the programs of a folder.
 * @param {string} bin folder of initdb and postgres
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} url of a superuser on its database "postgres"
 */
export async function startCluster(bin) {
  const account = postgresAccount();
  const folder = mkdtempSync(join(tmpdir(), 'phusong-postgres-'));
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'phusong', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port: String(port), unix_socket_directories: folder });
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], detached: true },
  );
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown; SIGQUIT its immediate one, for whoever still holds a connection.
    server.kill('SIGINT');
    const stopped = await Promise.race([ended.then(() => true), delay(5_000, false, { ref: false })]);
    if (!stopped) server.kill('SIGQUIT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_MS;
  while (
    !(await works(join(bin, 'pg_isready'), [
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'phusong',
      '-d',
      'postgres',
    ]))
  ) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error('The temporary PostgreSQL did not start.');
    }
    await delay(100);
  }
  return { url: `postgres://phusong@127.0.0.1:${port}/postgres`, stop };
}
