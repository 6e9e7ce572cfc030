import { boundariesGeojson } from './boundaries-geojson.ts';
import { claimsCsv } from './claims-csv.ts';
import type { AnyImportFormat } from './format.ts';
import { habitableGeojson } from './habitable-geojson.ts';
import { linesGeojson } from './lines-geojson.ts';
import { measurementsCsv } from './measurements-csv.ts';
import { ofdsCsv } from './ofds-csv.ts';
import { ofdsGeojson } from './ofds-geojson.ts';
import { ofdsJson } from './ofds-json.ts';
import { opencellidCsv } from './opencellid-csv.ts';
import { sitesCsv } from './sites-csv.ts';
import { transmittersCsv } from './transmitters-csv.ts';
import { villagesCsv } from './villages-csv.ts';

export type { AnyImportFormat, ImportBatch, ImportFormat, ImportSource, ReadOptions, RowError } from './format.ts';
export { ImportFileError } from './format.ts';
export type * from './records.ts';
export { bufferSource, fileSource, readHead } from './source.ts';

/** Every format that can be imported. The first one that recognises a file reads it. */
export const IMPORT_FORMATS: readonly AnyImportFormat[] = [
  ofdsGeojson,
  ofdsJson,
  ofdsCsv,
  boundariesGeojson,
  opencellidCsv,
  sitesCsv,
  claimsCsv,
  measurementsCsv,
  transmittersCsv,
  villagesCsv,
  habitableGeojson,
  linesGeojson,
];

/** The format of a file by its name and first bytes; `as` keeps to the formats that make it. Null when none recognises it. */
export function detectFormat(fileName: string, head: Buffer, as?: AnyImportFormat['makes']): AnyImportFormat | null {
  const candidates = IMPORT_FORMATS.filter((format) =>
    as === undefined ? format.only_when_asked !== true : format.makes === as,
  );
  return candidates.find((format) => format.detect(fileName, head)) ?? null;
}
