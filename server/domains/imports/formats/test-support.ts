import { existsSync } from 'node:fs';
import type { ImportBatch, ImportFormat, NamedRow, ReadOptions, RowError } from './format.ts';
import type { RecordOf } from './records.ts';
import { fileSource } from './source.ts';

/** Everything a file gives, in one piece. */
export async function readAll<K extends keyof RecordOf>(
  format: ImportFormat<K>,
  path: string,
  options: ReadOptions = {},
) {
  return collect(format.read(fileSource(path), options));
}

export async function collect<R>(batches: AsyncIterable<ImportBatch<R>>) {
  const all = {
    records: [] as R[],
    errors: [] as RowError[],
    rows: 0,
    counts: {} as Record<string, number>,
    named: {} as Record<string, NamedRow[]>,
  };
  for await (const batch of batches) {
    all.records.push(...batch.records);
    all.errors.push(...batch.errors);
    all.rows += batch.rows;
    for (const [name, rows] of Object.entries(batch.named ?? {})) (all.named[name] ??= []).push(...rows);
    for (const [name, count] of Object.entries(batch.counts)) all.counts[name] = (all.counts[name] ?? 0) + count;
  }
  return all;
}

/** A real file of the project's shared data. It must be there: a missing file fails the test, it never skips it. */
export function sharedFile(path: string): string {
  const full = `../shared/data/${path}`;
  if (!existsSync(full)) throw new Error(`missing ${full}: the real files come with the project's shared data`);
  return full;
}

export const fixture = (name: string) => `fixtures/imports/${name}`;
