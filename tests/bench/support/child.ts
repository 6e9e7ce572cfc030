import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Children that still run; ended with the benchmark whatever happens. */
const running = new Set<ChildProcess>();

export interface Child {
  process: ChildProcess;
  /** Settles when the line that was waited for has come, with what its pattern captured. */
  ready: Promise<string>;
  /** Asks the child to end (SIGTERM) and waits for it. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  env?: Record<string, string>;
  /** Core to run on alone, where the system can pin processes (taskset). */
  core?: number;
  /** Line on standard output or standard error that says the child is ready; the first group is handed on. */
  readyWhen: RegExp;
}

const canPin = process.platform === 'linux' && existsSync('/usr/bin/taskset');

/** Starts a Node process. @param args its arguments, the script first */
export function startNode(args: readonly string[], { env = {}, core, readyWhen }: ChildOptions): Child {
  const pinned = core !== undefined && canPin;
  const [command, all] = pinned
    ? ['/usr/bin/taskset', ['-c', String(core), process.execPath, ...args]]
    : [process.execPath, [...args]];
  const child = spawn(command, all, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<string>((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-20_000);
        const found = readyWhen.exec(said);
        if (found) resolve(found[1] ?? '');
      });
    }
    child.once('close', (code) => {
      running.delete(child);
      if (code !== 0 && code !== null) console.error(`${args.join(' ')} ended with code ${code}:\n${said}`);
      reject(new Error(`${args.join(' ')} ended with code ${code}`));
    });
  });
  ready.catch(() => undefined);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { process: child, ready, stop };
}

/** Ends every child that still runs. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Arguments that run another program of the benchmark, named without extension. */
export function beside(path: string, importMetaUrl: string): string[] {
  return [fileURLToPath(new URL(`${path}.js`, importMetaUrl))];
}

/** A free port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * Resident memory of a process in MB, and its highest value so far; NaN where the system does not tell (not Linux). Not
 * `resourceUsage().maxRSS`: at the start of a process that is the highest value of the process that started it.
 */
export function residentMegabytes({ pid }: { pid?: number | undefined }): { now: number; peak: number } {
  const path = `/proc/${pid}/status`;
  const status = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const megabytes = (name: string): number =>
    (1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN)) / 1e6;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
