#!/usr/bin/env node
// `npm run check`: everything that can be said about the code without starting it (and the schema, on the embedded engine).
//   npm run check                    all
//   npm run check -- --only types    one of: types, lint, format, unused, architecture, schema
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../server/install.mjs';
import { endAll, run } from './support/machine/processes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Checks, the longest first, each with its commands and what to do about a failure. */
const CHECKS = {
  schema: {
    commands: [['vitest', 'run', '--project', 'embedded', 'tests/sql/platform/schema']],
    remedy:
      'sql/schema is not what the migrations make: `npx vitest run --project embedded tests/sql/platform/schema -u` writes it.',
  },
  types: {
    commands: [
      ['tsc', '-p', 'tsconfig.json'],
      ['tsc', '-p', 'client/tsconfig.json'],
    ],
    remedy: 'The types do not fit: see above.',
  },
  lint: {
    commands: [['oxlint', '-c', '.oxlintrc.json', '--type-aware', '--deny-warnings', '.']],
    remedy: 'See above; `npx oxlint --type-aware --fix` mends some.',
  },
  format: {
    commands: [['biome', 'ci', '.']],
    remedy: 'Run `npm run format`, and `npx biome check --write .` for the order of imports.',
  },
  unused: { commands: [['knip', '--no-progress']], remedy: 'Remove what nobody uses.' },
  architecture: {
    commands: [['vitest', 'run', '--project', 'unit', 'tests/architecture']],
    remedy: 'An import breaks the rules of the house; they stand in tests/architecture/import-rules.ts.',
  },
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endAll();
    process.exit(1);
  });
}

async function passes(name) {
  const started = Date.now();
  for (const [tool, ...args] of CHECKS[name].commands) {
    // CI keeps vitest from writing a missing schema description instead of failing.
    const options = { cwd: root, env: { CI: 'true' }, quiet: true };
    if ((await run(join(root, 'node_modules', '.bin', tool), args, options)) === 0) continue;
    console.error(`✗ ${name}: ${CHECKS[name].remedy}`);
    return false;
  }
  console.log(`✓ ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return true;
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const names = values.only ?? Object.keys(CHECKS);
const unknown = names.find((name) => !(name in CHECKS));
if (unknown) {
  console.error(`--only ${unknown}: choose one of ${Object.keys(CHECKS).join(', ')}.`);
  process.exit(1);
}
ensureInstalled();
const failed = [];
/** Takes one check after the other until none is left. */
async function work() {
  for (let name = names.shift(); name !== undefined; name = names.shift()) if (!(await passes(name))) failed.push(name);
}
// The first takes longer than all others together.
await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`The check failed: ${failed.join(', ')}.`);
  process.exit(1);
}
console.log('Everything is in order.');
