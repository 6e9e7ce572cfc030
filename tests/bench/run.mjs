#!/usr/bin/env node
// `npm run bench`: measures every speed and memory figure the issues name. Nothing but Node is needed to start it.
//   npm run bench                            everything
//   npm run bench -- --only uncached         benchmarks whose name begins so (may stand more than once)
//   npm run bench -- --out FILE.json         also write {"metrics":[{"name","value","unit","target","met"}]}
// A missed target is told, and does not fail the command. TEST_DATABASE_URL uses that PostgreSQL server (a superuser)
// instead of a temporary one.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../../server/install.mjs';
import { endAll, run } from '../support/machine/processes.mjs';
import { ensureTools, installCommand } from '../support/machine/system-tools.mjs';
import { startCluster } from '../support/machine/temporary-cluster.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
let stopCluster = async () => {};
let finishing = false;

async function finish(code) {
  if (finishing) return;
  finishing = true;
  endAll();
  await stopCluster();
  process.exit(code);
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => void finish(code));
}

async function main() {
  ensureInstalled();
  const { build, isBuilt } = await import('../../server/build.mjs');
  if (!isBuilt()) build();
  const { postgres } = await ensureTools(['postgres']);
  if (postgres === null) {
    throw new Error(`PostgreSQL with PostGIS is needed. To install it: ${installCommand(['postgres'])}`);
  }
  let url = process.env.TEST_DATABASE_URL;
  if (!url) {
    const cluster = await startCluster(postgres);
    stopCluster = cluster.stop;
    url = cluster.url;
  }
  // Compiled as the product is: what is measured is what runs there.
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if ((await run(process.execPath, [compiler, '-p', 'tests/bench/tsconfig.build.json'], { cwd: root })) !== 0)
    throw new Error('The benchmark does not compile.');
  const main = join(root, 'dist', 'bench', 'tests', 'bench', 'main.js');
  return run(process.execPath, [main, ...process.argv.slice(2)], {
    cwd: root,
    env: { TEST_DATABASE_URL: url },
  });
}

try {
  await finish(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await finish(1);
}
