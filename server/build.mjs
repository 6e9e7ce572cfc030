// Builds the product: dist/server (tsc), dist/client (vite), and the image of an empty embedded database.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built-from');
const sources = ['server', 'client', 'sql', 'package-lock.json', 'tsconfig.json'];

function filesOf(path) {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Hash of everything the build is made from. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const name of sources) {
    const path = join(root, name);
    const files = name.includes('.') ? [path] : filesOf(path).sort();
    for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();
}

function run(script, ...args) {
  execFileSync(process.execPath, [join(root, 'node_modules', ...script), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
}

const say = (text) => process.stderr.write(`${text}\n`);

/** @throws when a compiler finds an error (its words are on standard error) */
export function build() {
  const hash = sourceHash();
  say('Building the server …');
  run(['typescript', 'bin', 'tsc'], '-p', 'server/tsconfig.json');
  say('Building the map page …');
  run(['vite', 'bin', 'vite.js'], 'build', 'client', '--config', 'client/vite.config.ts', '--logLevel', 'warn');
  say('Preparing the embedded database …');
  const image = join(root, 'dist', 'server', 'platform', 'db', 'build-image.js');
  execFileSync(process.execPath, [image], { cwd: root, stdio: ['ignore', 2, 2] });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
