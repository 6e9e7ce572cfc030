#!/usr/bin/env node
// The command: installs and builds on first use, then runs the verb. Plain JavaScript, because nothing is installed yet.
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);

/** True when node_modules was installed from the present lock file. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1;
}

try {
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
  if (!isInstalled()) {
    process.stderr.write('Installing packages (first start) …\n');
    execSync('npm ci --no-audit --no-fund --loglevel=error', { cwd: root, stdio: ['ignore', 2, 2] });
  }
  const { build, isBuilt } = await import('./build.mjs');
  if (!isBuilt()) build();
} catch (error) {
  process.stderr.write(`phusong: ${error.message}\n`);
  process.exit(1);
}
await import('../dist/server/cli.js');
