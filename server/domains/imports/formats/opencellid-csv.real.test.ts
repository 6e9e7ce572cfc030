import { describe, expect, it } from 'vitest';
import { opencellidCsv } from './opencellid-csv.ts';
import { fileSource, readHead } from './source.ts';
import { readAll, sharedFile } from './test-support.ts';

describe('real OpenCelliD files', () => {
  it.each([
    ['stations/opencellid-mcc313.csv', 3_517, 313],
    ['stations/opencellid-mcc651-renamed-columns.csv', 1_936, 651],
  ])('%s', async (name, rows, mcc) => {
    const path = sharedFile(name);
    expect(opencellidCsv.detect(path, await readHead(fileSource(path)))).toBe(true);
    const all = await readAll(opencellidCsv, path);
    expect(all.rows).toBe(rows);
    expect(all.errors).toEqual([]);
    expect(all.records).toHaveLength(rows);
    expect(new Set(all.records.map((record) => record.mcc))).toEqual(new Set([mcc]));
    expect(all.records.every((record) => record.range_m !== null && record.created !== null)).toBe(true);
  });
});
