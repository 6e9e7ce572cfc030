import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { projectPath } from '../paths.ts';
import { EmbeddedDb } from './embedded.ts';
import { migrate, schemaFingerprint } from './migrate.ts';

function packageVersion(name: string): string {
  const description = readFileSync(projectPath('node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

/**
 * Path of the compressed image of an empty, migrated data directory: starting from it takes a few seconds, creating one
 * takes four times as long. Its name holds the schema and the engine's version, so that an outdated one is never used.
 */
export async function imagePath(cacheDir: string): Promise<string> {
  return join(cacheDir, `embedded-${packageVersion('@electric-sql/pglite')}-${await schemaFingerprint()}.tar.gz`);
}

/** Makes the image (written aside, then renamed, so that a half-written one is never seen) and removes outdated ones. */
export async function buildImage(cacheDir: string, log: Log): Promise<string> {
  const path = await imagePath(cacheDir);
  await mkdir(cacheDir, { recursive: true });
  const db = await EmbeddedDb.open({ dataDir: undefined });
  try {
    await migrate(db, log);
    const partial = `${path}.${process.pid}`;
    await writeFile(partial, await db.image());
    await rename(partial, path);
  } finally {
    await db.close();
  }
  const outdated = (await readdir(cacheDir)).filter(
    (name) => /^embedded-.*\.tar\.gz$/.test(name) && join(cacheDir, name) !== path,
  );
  await Promise.all(outdated.map((name) => rm(join(cacheDir, name), { force: true })));
  return path;
}
