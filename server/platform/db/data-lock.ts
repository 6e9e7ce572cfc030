import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface DataLock {
  release(): Promise<void>;
}

/** Lock files this process holds: its own number in any other file is left over from an earlier process of the same number. */
const held = new Set<string>();

function isRunning(pid: number, path: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the data directory for this process. A lock left by a process that is no longer there is replaced.
 * @throws Error that names the folder and the process that holds it.
 */
export async function lockDataDirectory(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'phusong.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      held.add(path);
      return {
        release: async () => {
          held.delete(path);
          await unlink(path).catch(() => undefined);
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isRunning(holder, path)) {
      throw new Error(
        `The data directory ${dataDir} is in use by another phusong process (${holder}). Stop it, or set DATA_DIR to another folder.`,
      );
    }
    await unlink(path).catch(() => undefined);
  }
  throw new Error(`The lock file ${path} cannot be taken. Remove it when no phusong process is running.`);
}
