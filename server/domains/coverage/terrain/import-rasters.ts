/** Raster files into the inventory: all of one call in one transaction, or none. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import type { TerrainReport } from '../../../contract/index.ts';
import type { DatasetRevision } from '../../../platform/dataset-revision.ts';
import type { Queryable } from '../../../platform/db/db.ts';
import { postBounds, type RasterFacts } from '../rules/lon-lat-raster.ts';
import { type StoreOutcome, selectOptionalGround, storeRaster } from './queries.ts';
import { isRasterName, type RasterFile, readRasterFile } from './raster-file.ts';
import { type RasterKind, RasterRefusal } from './raster-refusal.ts';
import { terrainReport } from './report.ts';

export interface RasterImportOptions {
  kind: RasterKind;
  dryRun: boolean;
  /** Where the files are from; '' = not told. */
  source?: string;
  signal?: AbortSignal;
  /** Called now and then with the file that is being read and the share of it, 0 to 1. */
  onProgress?: (file: string, share: number) => void;
}

export interface ImportedRaster extends Omit<RasterFacts, 'west' | 'north'> {
  file: string;
  /** `elsewhere`: nothing of it is near the communes, so it is left out. */
  outcome: StoreOutcome | 'elsewhere';
  bbox: [number, number, number, number];
  sha256: string;
  cut_from: [cols: number, rows: number] | null;
}

export interface RasterImportReport {
  kind: RasterKind;
  dry_run: boolean;
  files: ImportedRaster[];
  /** What there is of terrain after the import (or would be, for a dry run); null for people. */
  terrain: TerrainReport | null;
  dataset_revision: number;
}

/** Files in a call, and in a folder. */
const MAX_FILES = 200;
/** How far beyond the communes a too large file is kept, degrees: about 75 km, more than a path reaches. */
const GROUND_MARGIN = 0.7;

/** The files of a call: a folder stands for the rasters in it. @throws RasterRefusal when there is none, or too many */
export function rasterPaths(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return [path];
    const inside = readdirSync(path).filter(isRasterName).sort();
    if (inside.length === 0)
      throw new RasterRefusal('no_entry', `The folder "${path}" has no file of heights (.hgt, .tif, .tiff)`);
    return inside.map((name) => join(path, name));
  });
  if (files.length > MAX_FILES)
    throw new RasterRefusal('too_many', `${files.length} files at once are too many: give at most ${MAX_FILES}`);
  return files;
}

const imported = (
  { name, sha256, raster, cut_from }: RasterFile,
  outcome: ImportedRaster['outcome'],
): ImportedRaster => {
  const { step_lon, step_lat, cols, rows, voids, impossible, lowest, highest } = raster;
  const facts = { step_lon, step_lat, cols, rows, voids, impossible, lowest, highest };
  return { file: name, outcome, bbox: postBounds(raster), ...facts, sha256, cut_from };
};

type Bounds = readonly [west: number, south: number, east: number, north: number];

const touches = (a: Bounds, b: Bounds): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** Keeps the import with the others: its "rows" are the posts or pixels of the file. */
async function recordBatch(
  tx: Queryable,
  kind: RasterKind,
  { name, sha256, raster, cut_from }: RasterFile,
): Promise<void> {
  const { cols, rows, voids, impossible } = raster;
  const findings = {
    voids,
    impossible,
    ...(cut_from ? { cut_from_cols: cut_from[0], cut_from_rows: cut_from[1] } : {}),
  };
  await tx.query(sql`
    insert into import_batch (file_name, sha256, format, rows_read, rows_accepted, rows_refused, findings)
    values (${name}, ${sha256}, ${`${kind}-${/\.hgt$/i.test(name) ? 'hgt' : 'geotiff'}`}, ${cols * rows}, ${cols * rows - impossible}, ${impossible},
            ${JSON.stringify(findings)}::jsonb)`);
}

async function importInto(
  tx: Queryable,
  paths: readonly string[],
  { kind, source = '', signal, onProgress }: RasterImportOptions,
): Promise<Pick<RasterImportReport, 'files' | 'terrain'>> {
  const communes = await selectOptionalGround(tx);
  const [w = 0, s = 0, e = 0, n = 0] = communes ?? [];
  const ground = communes
    ? ([w - GROUND_MARGIN, s - GROUND_MARGIN, e + GROUND_MARGIN, n + GROUND_MARGIN] as const)
    : null;
  const files: ImportedRaster[] = [];
  for (const path of paths) {
    signal?.throwIfAborted();
    const file = await readRasterFile(path, { kind, ground, signal, onProgress: (share) => onProgress?.(path, share) });
    if (file.raster.lowest === null)
      throw new RasterRefusal('no_values', `"${file.name}" has no value at all: nothing of it could be used`);
    const isNear = ground === null || touches(ground, postBounds(file.raster));
    const outcome = isNear ? await storeRaster(tx, kind, file, source) : 'elsewhere';
    if (outcome === 'new' || outcome === 'replaced') await recordBatch(tx, kind, file);
    files.push(imported(file, outcome));
  }
  return { files, terrain: kind === 'terrain' ? await terrainReport(tx) : null };
}

/** Thrown to roll a dry run back; carries its report out of the transaction. */
class DryRunDone extends Error {
  readonly report: Pick<RasterImportReport, 'files' | 'terrain'>;
  constructor(report: DryRunDone['report']) {
    super('dry run');
    this.report = report;
  }
}

/**
 * Imports raster files in one transaction. A file that is there already with the same bytes changes nothing.
 * @throws RasterRefusal when one of them cannot be taken: then nothing is written
 */
export async function importRasters(
  revision: DatasetRevision,
  paths: readonly string[],
  options: RasterImportOptions,
): Promise<RasterImportReport> {
  const files = rasterPaths(paths);
  const about = { kind: options.kind, dry_run: options.dryRun };
  try {
    const report = await revision.change(
      async (tx) => {
        const report = await importInto(tx, files, options);
        if (options.dryRun) throw new DryRunDone(report);
        return report;
      },
      { statementTimeout: 0 },
    );
    return { ...about, ...report, dataset_revision: revision.current };
  } catch (error) {
    if (error instanceof DryRunDone) return { ...about, ...error.report, dataset_revision: revision.current };
    throw error;
  }
}
