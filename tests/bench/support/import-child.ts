/** Imports one file into DATABASE_URL, as `phusong import` does, and tells how long it took and the highest memory use. */
import { detectFormat, fileSource, importFile, readHead } from '../../../server/domains/imports/index.ts';
import { DatasetRevision } from '../../../server/platform/dataset-revision.ts';
import { openPostgres } from '../../../server/platform/db/postgres.ts';
import { residentMegabytes } from './child.ts';
import { benchLog } from './databases.ts';

const path = process.env['IMPORT_FILE'] ?? '';
const db = openPostgres(process.env['DATABASE_URL'] ?? '', 4, benchLog);
const revision = await DatasetRevision.follow(db, benchLog);
const input = fileSource(path);
const format = detectFormat(input.file_name, await readHead(input));
if (!format) throw new Error('the file was not recognised');
const started = performance.now();
const report = await importFile(revision, input, format, { dryRun: false, allowOutside: false });
const seconds = (performance.now() - started) / 1000;
const peakMb = residentMegabytes(process).peak;
console.log(
  `done ${JSON.stringify({ seconds, peakMb, accepted: report.rows_accepted, sites: report.tables['site']?.inserted ?? 0 })}`,
);
revision.stop();
await db.close();
