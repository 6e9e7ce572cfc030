#!/usr/bin/env node
// The command: installs and builds on first use, then runs the verb. Plain JavaScript, because nothing is installed yet.
import { ensureInstalled } from './install.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);

try {
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
  ensureInstalled();
  const { build, isBuilt } = await import('./build.mjs');
  if (!isBuilt()) build();
} catch (error) {
  process.stderr.write(`phusong: ${error.message}\n`);
  process.exit(1);
}
await import('../dist/server/cli.js');
