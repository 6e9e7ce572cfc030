#!/usr/bin/env node
// `npm test`: the one command that runs every test on a fresh machine. Nothing but Node is needed to start it.
//   npm test                              everything
//   npm test -- --only unit|postgres|embedded|e2e   one part (may stand more than once)
//   npm test -- server/tiles              only test files whose path has this text
// TEST_DATABASE_URL uses that PostgreSQL server (a superuser) instead of a temporary one. CI=true: nothing may be missing or skipped.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../server/install.mjs';
import { endAll, run } from './support/machine/processes.mjs';
import { ensureTools, installCommand } from './support/machine/system-tools.mjs';
import { startCluster } from './support/machine/temporary-cluster.mjs';
import { addUp, readResults, writingResultsTo } from './support/machine/vitest-results.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isCi = process.env.CI === 'true' || process.env.CI === '1';

/** Parts in order, with the system tools each needs and how many files it works on at a time (an embedded database takes 0.9 GB). */
const PARTS = {
  unit: { tools: [], workers: 2 },
  postgres: { tools: ['postgres', 'gdal'], workers: 2 },
  embedded: { tools: ['gdal'], workers: 2 },
  e2e: { tools: ['chromium'], workers: 2 },
};

const TOOL_NAMES = {
  postgres: 'PostgreSQL with PostGIS',
  chromium: 'Chromium with a Vietnamese font',
  gdal: 'GDAL (ogrinfo)',
};
/** Without these a part cannot run at all; without others its tests that need them fail. */
const INDISPENSABLE = new Set(['postgres', 'chromium']);

/** @type {(() => Promise<void>)[]} */
const atEnd = [];
let finishing = false;
async function finish(code) {
  if (finishing) return;
  finishing = true;
  endAll();
  for (const work of atEnd.splice(0).reverse()) await work();
  process.exit(code);
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => void finish(code));
}

function loudly(lines) {
  const line = '!'.repeat(100);
  console.error(`\n${line}\n${lines.map((text) => `!! ${text}`).join('\n')}\n${line}\n`);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  const parts = values.only ?? Object.keys(PARTS);
  const unknown = parts.find((part) => !(part in PARTS));
  if (unknown) throw new Error(`--only ${unknown}: choose one of ${Object.keys(PARTS).join(', ')}.`);
  return { parts, paths: positionals };
}

/** Parts that can run with the tools that are there; says loudly which cannot. */
async function chooseParts(parts) {
  const wanted = [...new Set(parts.flatMap((part) => PARTS[part].tools))];
  const tools = await ensureTools(wanted);
  const missing = wanted.filter((tool) => tools[tool] === null);
  const left = parts.filter((part) =>
    PARTS[part].tools.some((tool) => missing.includes(tool) && INDISPENSABLE.has(tool)),
  );
  if (missing.length > 0) {
    loudly([
      `Missing here: ${missing.map((tool) => TOOL_NAMES[tool]).join('; ')}.`,
      left.length > 0 ? `NOT RUN: ${left.join(', ')}.` : 'Tests that need it will fail.',
      `To run everything: ${installCommand(missing)}`,
    ]);
  }
  return { tools, missing, left, chosen: parts.filter((part) => !left.includes(part)) };
}

async function runPart(part, paths, env, folder) {
  const report = join(folder, `${part}.json`);
  const started = Date.now();
  console.log(`\n== ${part} ==`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporting = writingResultsTo(report);
  const args = ['run', '--project', part, `--maxWorkers=${PARTS[part].workers}`, ...reporting.args];
  if (paths.length > 0) args.push('--passWithNoTests', ...paths);
  const code = await run(process.execPath, [vitest, ...args], { cwd: root, env: { ...env, ...reporting.env } });
  const results = readResults(report, code);
  console.log(
    `== ${part}: ${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return results;
}

async function main() {
  const { parts, paths } = readArguments();
  ensureInstalled();
  const { tools, missing, left, chosen } = await chooseParts(parts);
  if (isCi && missing.length > 0) throw new Error(`CI needs ${missing.map((tool) => TOOL_NAMES[tool]).join(', ')}.`);

  const realFiles = join(root, '..', 'shared', 'data');
  const hasRealFiles = existsSync(join(realFiles, 'admin'));
  if (isCi && !hasRealFiles) throw new Error(`CI needs the real files in ${realFiles}.`);
  if (!hasRealFiles)
    loudly([
      'NOT RUN: the tests on real files, *.real.test.ts (boundaries, OpenCelliD, OFDS examples, terrain).',
      `They are no part of the project; they were looked for in ${realFiles}.`,
    ]);
  const { isBuilt } = await import('../server/build.mjs');
  if (!isBuilt() && (await run('npm', ['run', '--silent', 'build'], { cwd: root })) !== 0)
    throw new Error('The build failed.');

  const env = { CHROMIUM_PATH: tools.chromium ?? undefined };
  if (chosen.includes('postgres') && tools.postgres !== 'TEST_DATABASE_URL') {
    const cluster = await startCluster(tools.postgres);
    atEnd.push(cluster.stop);
    env.TEST_DATABASE_URL = cluster.url;
  }
  const folder = mkdtempSync(join(tmpdir(), 'phusong-tests-'));
  atEnd.push(async () => rmSync(folder, { recursive: true, force: true }));

  const all = [];
  for (const part of chosen) all.push(await runPart(part, paths, env, folder));
  const { passed, failed, skipped, failures: named } = addUp(all);
  // Again at the end: thousands of lines may stand between a failure and the last line.
  if (named.length > 0) loudly(['FAILED:', ...named.map((line) => line.replace(`${root}/`, ''))]);
  if (left.length > 0) loudly([`NOT RUN: ${left.join(', ')}. See above for what is missing and how to get it.`]);
  if (skipped > 0) loudly([`${skipped} tests were skipped${isCi ? ', and count as failures here' : ''}.`]);
  const failures = failed + (isCi ? skipped : 0) + (passed + failed === 0 ? 1 : 0);
  if (passed + failed === 0) console.error('No test was run.');
  console.log(`\n${passed} passed, ${failures} failed`);
  return failures === 0 ? 0 : 1;
}

try {
  await finish(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  await finish(1);
}
