// Child processes of the test run: every one is in a group of its own and is ended with this process.
import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * Runs a command to its end, its output shown as it comes.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, quiet?: boolean }} [options] quiet: output is kept back and shown only on failure
 * @returns {Promise<number>} exit code; 127 when there is no such command, 128 + n when ended by a signal
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    detached: true,
  });
  running.add(child);
  const heldBack = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => heldBack.push(chunk));
  return new Promise((resolve) => {
    const done = (code) => {
      running.delete(child);
      if (code !== 0) process.stderr.write(Buffer.concat(heldBack));
      resolve(code);
    };
    child.on('error', () => done(127));
    child.on('close', (code) => done(code ?? 128));
  });
}

/** Ends every child that is still running, with all that it started. */
export function endAll() {
  for (const { pid } of running) {
    if (pid === undefined) continue;
    try {
      process.kill(-pid, 'SIGTERM');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/** @returns {Promise<boolean>} whether the command exists and ends well */
export async function works(command, args) {
  const child = spawn(command, args, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}
