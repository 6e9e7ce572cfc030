// The npm packages of the project: installed when they are missing or are not those of package-lock.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.mjs';

async function packagesOf(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/** What npm noted as installed against what the lock file wants; packages of other systems are optional and may be missing. */
async function isUpToDate(root) {
  const [wanted, installed] = await Promise.all([
    packagesOf(join(root, 'package-lock.json')),
    packagesOf(join(root, 'node_modules', '.package-lock.json')),
  ]);
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === version : optional === true;
  });
}

/** @returns {Promise<boolean>} false when the packages cannot be installed */
export async function ensurePackages(root) {
  if (await isUpToDate(root)) return true;
  console.log('Installing the npm packages (npm ci) …');
  return (await run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev'], { cwd: root })) === 0;
}
