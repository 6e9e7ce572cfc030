import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { EmbeddedDb } from '../../server/platform/db/embedded.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'phusong-data-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const lockFile = (): string => join(dataDir, 'phusong.lock');
const open = (): Promise<EmbeddedDb> => EmbeddedDb.open({ dataDir, image: inject('templates').empty });

/** The sentence of a refused start: one line, naming the folder and the process, and what to do. */
async function refusedSentence(): Promise<string> {
  const error: unknown = await open().then(
    async (db) => {
      await db.close();
      return new Error('It opened.');
    },
    (reason: unknown) => reason,
  );
  return (error as Error).message;
}

describe('the data directory of the embedded engine', () => {
  it('keeps what was written, and is for one process at a time', async () => {
    const first = await open();
    await first.query(sql`insert into operator (code, name, valid_from) values ('KEPT', 'Kept', '2000-01-01')`);
    const sentence = await refusedSentence();
    expect(sentence).toContain(dataDir);
    expect(sentence).toMatch(/in use by another phusong process \(\d+\).*DATA_DIR/);
    expect(sentence).not.toContain('\n');
    expect(await first.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await first.close();
    expect(existsSync(lockFile())).toBe(false);

    // Left behind by a process that is no longer there: above every process number of Linux and macOS.
    await writeFile(lockFile(), '4194305');
    const second = await open();
    expect(await readFile(lockFile(), 'utf8')).toBe(String(process.pid));
    expect(await second.query(sql`select name from operator where code = 'KEPT'`)).toEqual([{ name: 'Kept' }]);
    await second.close();
  });

  it('is refused while another process lives that holds the lock', async () => {
    await writeFile(lockFile(), String(process.ppid));
    expect(await refusedSentence()).toContain(`(${process.ppid})`);
    expect(await readFile(lockFile(), 'utf8')).toBe(String(process.ppid));
  });

  it('that is damaged ends the start with one sentence that names it, and frees the lock', async () => {
    await mkdir(join(dataDir, 'embedded'));
    await writeFile(join(dataDir, 'embedded', 'PG_VERSION'), '18\n');
    const sentence = await refusedSentence();
    expect(sentence).toContain(dataDir);
    expect(sentence).toMatch(/does not open/);
    expect(existsSync(lockFile())).toBe(false);
  });
});
