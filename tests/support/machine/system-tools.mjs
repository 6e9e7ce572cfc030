// Programs the tests need from the system: PostgreSQL with PostGIS, Chromium with Vietnamese fonts, GDAL.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './processes.mjs';

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (folder && isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

function output(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function subfolders(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/**
 * Folder with the server programs of the newest PostgreSQL that has PostGIS.
 * @returns {string | null}
 */
export function findPostgres() {
  const besidePath = onPath(['pg_config']);
  const candidates = [
    ...subfolders('/usr/lib/postgresql')
      .sort((a, b) => Number(b.split('/').at(-1)) - Number(a.split('/').at(-1)))
      .map((folder) => join(folder, 'bin')),
    ...subfolders('/opt/homebrew/opt')
      .filter((folder) => /\/postgresql(@|$)/.test(folder))
      .map((folder) => join(folder, 'bin')),
    ...subfolders('/Applications/Postgres.app/Contents/Versions').map((folder) => join(folder, 'bin')),
    ...(besidePath ? [dirname(besidePath)] : []),
  ];
  return (
    candidates.find((bin) => isProgram(join(bin, 'initdb')) && isProgram(join(bin, 'postgres')) && hasPostgis(bin)) ??
    null
  );
}

/** Both the extension's script and its library: a removed package can leave one of them behind. */
function hasPostgis(bin) {
  const ask = (what) => (isProgram(join(bin, 'pg_config')) ? output(join(bin, 'pg_config'), [what]) : '');
  // Debian keeps pg_config of the server in a package of its own: without it the folders are known by their place.
  const scripts = [
    ask('--sharedir'),
    bin.replace('/usr/lib/postgresql/', '/usr/share/postgresql/').replace(/\/bin$/, ''),
  ];
  const libraries = [ask('--pkglibdir'), bin.replace(/\/bin$/, '/lib')];
  return (
    scripts.some((folder) => folder !== '' && existsSync(join(folder, 'extension', 'postgis.control'))) &&
    libraries.some(
      (folder) => folder !== '' && ['so', 'dylib'].some((ending) => existsSync(join(folder, `postgis-3.${ending}`))),
    )
  );
}

/** @returns {string | null} path of a Chromium or Chrome */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return isProgram(named) ? named : null;
  const applications = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return (
    onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) ??
    applications.find(isProgram) ??
    null
  );
}

/** True when some font has the Vietnamese letters; without fontconfig the system's own fonts are trusted. */
function hasVietnameseFont() {
  return onPath(['fc-list']) === null ? process.platform !== 'linux' : output('fc-list', [':lang=vi', 'family']) !== '';
}

function findOgr() {
  return onPath(['ogrinfo']);
}

function isDebian() {
  return existsSync('/etc/debian_version') && onPath(['apt-get']) !== null;
}

/** Version of PostgreSQL that the system's packages bring, from the version the package "postgresql" depends on. */
function packagedPostgresVersion() {
  return /postgresql-(\d+)/.exec(output('apt-cache', ['depends', 'postgresql']))?.[1] ?? null;
}

/** What is there of the tools the parts of the test run need. */
export function lookAround() {
  return {
    postgres: process.env.TEST_DATABASE_URL ? 'TEST_DATABASE_URL' : findPostgres(),
    chromium: hasVietnameseFont() ? findChromium() : null,
    gdal: findOgr(),
  };
}

const packagesOf = {
  postgres: () => {
    const version = packagedPostgresVersion();
    return ['postgresql', version ? `postgresql-${version}-postgis-3` : 'postgis'];
  },
  chromium: () => ['chromium', 'fonts-noto-core', 'fontconfig'],
  gdal: () => ['gdal-bin'],
};

/** The command that brings the missing tools on this system, for people to copy. */
export function installCommand(missing) {
  if (process.platform === 'darwin') return 'brew install postgresql postgis gdal && brew install --cask chromium';
  if (existsSync('/etc/fedora-release'))
    return 'sudo dnf install postgresql-server postgis chromium google-noto-sans-fonts gdal';
  const packages = missing.flatMap((tool) => packagesOf[tool]());
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Brings missing tools from the system's packages where that is possible: as root on Debian or Ubuntu. */
async function install(missing) {
  if (!isDebian() || process.getuid?.() !== 0) return;
  console.log(`Installing from the system's packages: ${missing.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // A machine that has just started may be upgrading itself: waited for, at most five minutes.
  const patient = ['-o', 'DPkg::Lock::Timeout=300'];
  if ((await run('apt-get', [...patient, 'update', '-q'], { env, quiet: true })) !== 0)
    console.error('apt-get update failed; trying to install anyway.');
  const packages = missing.flatMap((tool) => packagesOf[tool]());
  // A server of its own is started for the tests: the package must not start one for the system.
  await run('apt-get', [...patient, 'install', '-y', '-q', '--no-install-recommends', ...packages], {
    env: { ...env, RUNLEVEL: '1' },
    quiet: true,
  });
}

/** Finds the wanted tools, installing what is missing where it may. @returns {Promise<ReturnType<typeof lookAround>>} */
export async function ensureTools(wanted) {
  const isMissing = (found) => wanted.filter((tool) => found[tool] === null);
  let found = lookAround();
  if (isMissing(found).length > 0) {
    await install(isMissing(found));
    found = lookAround();
  }
  return found;
}

/** User and group of the account that PostgreSQL runs under when this process is root, which it refuses. */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('postgres:'));
  if (!line) throw new Error('PostgreSQL does not run as root, and there is no account "postgres" to run it under.');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
