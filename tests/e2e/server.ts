import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const startLimitMs = 170_000;
/** What the server of the tests takes for edits; one of E2E_BASE_URL has to be started with it. */
export const editToken = 'only-for-the-browser-tests';

export interface RunningServer {
  /** Address of the page, with a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Resolves with the address that the server prints when it is ready; throws what it printed when it ends before. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`the server was not ready in time:\n${printed}`)), startLimitMs);
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const match = /ready at (http:\/\/[\d.:a-z[\]]+)/i.exec(printed);
      if (!match?.[1]) return;
      clearTimeout(timer);
      resolve(`${match[1]}/`);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with ${code}:\n${printed}`));
    });
  });
}

/** Starts the real server with the demo province in a folder of its own on a free port. */
async function startServer(): Promise<RunningServer & { dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'phusong-e2e-'));
  const child = spawn(process.execPath, ['server/phusong.mjs', 'serve'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '1000000',
      DATABASE_URL: '',
      EDIT_TOKEN: editToken,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const url = await address(child);
    return { url, dataDir, stop: () => end(child) };
  } catch (error) {
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** The server of the tests: the one of E2E_BASE_URL, or one of its own that is removed afterwards. */
export async function useServer(): Promise<RunningServer> {
  const running = process.env['E2E_BASE_URL'];
  if (running) return { url: running.replace(/\/*$/, '/'), stop: () => Promise.resolve() };
  const server = await startServer();
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(server.dataDir, { recursive: true, force: true });
    },
  };
}
