// The npm packages of the project: installed when they are missing or are not those of package-lock.json. Plain
// JavaScript without dependencies, because nothing may be installed yet.
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function packagesOf(...path) {
  try {
    return JSON.parse(readFileSync(join(root, ...path), 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** What npm noted as installed against what the lock file wants; packages of other systems are optional and may be missing. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules', '.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === version : optional === true;
  });
}

/**
 * Installs what the lock file names. Not `npm ci`: it insists on lock entries for every optional package of other
 * systems, which a registry need not carry (docs/decisions). With `--no-save` the lock file is obeyed and left alone.
 * @throws Error when npm fails (its words are on standard error)
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write('Installing the npm packages …\n');
  execSync('npm install --no-save --include=dev --no-audit --no-fund --loglevel=error', {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
}
