import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyImportFormat, RowError } from './index.ts';
import { bufferSource, IMPORT_FORMATS, ImportFileError } from './index.ts';
import { fixture } from './test-support.ts';

const SAMPLES = [
  'boundaries_row_errors.geojson',
  'fibre_row_errors.json',
  'ofds_csv_row_errors/nodes.csv',
  'opencellid_row_errors.csv',
  'sites_row_errors.csv',
  'sites_vietnamese_headers_decimal_comma.csv',
].map((name) => readFileSync(fixture(name)));

describe.each(IMPORT_FORMATS.map((format) => [format.id, format] as const))('%s', (_id, format) => {
  it('answers any damaged file with records, row errors or an ImportFileError', async () => {
    const damage = fc.record({
      at: fc.nat(5_000),
      bytes: fc.uint8Array({ minLength: 0, maxLength: 6 }),
      cut: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SAMPLES),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async (sample, damages) => {
          let file = sample;
          for (const { at, bytes, cut } of damages) {
            const place = at % file.length;
            file = Buffer.concat([file.subarray(0, place), Buffer.from(bytes), file.subarray(place + cut)]);
          }
          await readOrRefuse(format, file);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('answers any JSON with the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        await readOrRefuse(
          format,
          JSON.stringify({ networks: [value], type: 'FeatureCollection', features: [value, { properties: value }] }),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('names every object has', () => {
  it('are no headers, words or units', async () => {
    const sites = IMPORT_FORMATS.find((format) => format.id === 'sites-csv');
    const text = 'site_code,lon,lat,constructor,environment,accuracy_m\nS1,105,21,x,constructor,5 constructor\n';
    const errors = sites ? await readOrRefuse(sites, text) : [];
    expect(errors.map((error) => [error.field, error.code])).toEqual([
      ['accuracy_m', 'unknown_unit'],
      ['environment', 'not_in_list'],
    ]);
  });
});

async function readOrRefuse(format: AnyImportFormat, file: Buffer | string): Promise<RowError[]> {
  // Tables of the CSV form are known by their names.
  const name = format.id === 'ofds-csv' ? 'nodes.csv' : 'x';
  const errors: RowError[] = [];
  try {
    for await (const batch of format.read(bufferSource(name, file))) errors.push(...batch.errors);
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    expect(error.message).toContain(`"${name}"`);
  }
  const rows = new Set<string>();
  try {
    for await (const batch of format.rows(bufferSource(name, file)))
      for (const { scope, row } of batch) rows.add(`${scope} ${row}`);
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
  }
  // Every refused row of a file that was read can be found again.
  for (const { scope, row } of errors) expect(rows).toContain(`${scope ?? null} ${row}`);
  for (const error of errors) expect(error.reason).not.toBe('');
  return errors;
}
