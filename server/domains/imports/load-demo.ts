import { join } from 'node:path';
import sql from 'sql-template-tag';
import type { DatasetRevision } from '../../platform/dataset-revision.ts';
import type { Db, Queryable } from '../../platform/db/db.ts';
import { projectPath } from '../../platform/paths.ts';
import { detectFormat, fileSource, readHead } from './formats/index.ts';
import { importInto } from './import-file.ts';
import { loadTable } from './load-tables.ts';

const folder = projectPath('fixtures', 'demo', 'data');

/** True when nothing has been put into the inventory yet. */
export async function isInventoryEmpty(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ empty: boolean }>(sql`
    select not exists (select 1 from admin_unit) and not exists (select 1 from site) and not exists (select 1 from fibre_node) as empty`);
  return row?.empty ?? false;
}

async function importDemoFile(tx: Queryable, fileName: string): Promise<void> {
  const source = fileSource(join(folder, fileName));
  const format = detectFormat(fileName, await readHead(source));
  if (!format) throw new Error(`No import format recognises ${fileName} of the demo province.`);
  const report = await importInto(tx, source, format, { dryRun: false, allowOutside: false });
  const [error] = report.errors;
  if (error)
    throw new Error(`The demo province is damaged: ${fileName}, row ${error.row}, ${error.field}: ${error.reason}`);
}

/**
 * Fills an empty inventory with the demo province, in one transaction and through the same importers as real files.
 * @param onStep told the file that is being loaded
 */
export async function loadDemo(db: Db, revision: DatasetRevision, onStep: (fileName: string) => void): Promise<void> {
  if (!(await isInventoryEmpty(db)))
    throw new Error('The demo province goes into an empty inventory only; this one has data.');
  await revision.change(
    async (tx) => {
      const table = async (fileName: string): Promise<void> => {
        onStep(fileName);
        await loadTable(tx, folder, fileName);
      };
      const file = async (fileName: string): Promise<void> => {
        onStep(fileName);
        await importDemoFile(tx, fileName);
      };
      await file('boundaries-2009.geojson');
      await file('boundaries-2025.geojson');
      await table('admin-changes.csv');
      await file('sites.csv');
      await file('fibre.json');
      await file('transmitters.csv');
      await file('claims.csv');
      await file('measurements.csv');
      for (const name of ['agencies.csv', 'service-points.csv', 'indicators.csv']) await table(name);
    },
    { statementTimeout: 0 },
  );
}
