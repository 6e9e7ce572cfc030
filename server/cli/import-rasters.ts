/** `import` for files of heights and of people per pixel: what is said about them. */
import type { TerrainReport } from '../contract/index.ts';
import { importRasters, type RasterImportReport, type RasterKind } from '../domains/coverage/index.ts';
import type { Output } from './output.ts';
import { withDatabase } from './with-database.ts';

type ImportedRaster = RasterImportReport['files'][number];

const count = (value: number): string => value.toLocaleString('en');
const plural = (value: number, word: string): string => `${count(value)} ${word}${value === 1 ? '' : 's'}`;
const degrees = (value: number): string => String(Math.round(value * 1e4) / 1e4);

const OUTCOMES: Record<ImportedRaster['outcome'], string> = {
  new: 'new',
  replaced: 'replaces the file of the same name',
  already_there: 'already there, nothing changed',
  elsewhere: 'left out, nothing of it is near the communes',
};

function describeFile(file: ImportedRaster, kind: RasterKind): string[] {
  const [west, south, east, north] = file.bbox;
  const unit = kind === 'terrain' ? ' m' : ' people a pixel';
  const range =
    file.lowest === null || file.highest === null
      ? 'no values at all'
      : `from ${degrees(file.lowest)} to ${degrees(file.highest)}${unit}`;
  const lines = [
    `${file.file}: ${OUTCOMES[file.outcome]}`,
    `  ${count(file.cols)} × ${count(file.rows)} ${kind === 'terrain' ? 'posts' : 'pixels'}, ${degrees(west)}–${degrees(east)}° E, ${degrees(south)}–${degrees(north)}° N, ${range}`,
    `  ${plural(file.voids, 'void')}, ${plural(file.impossible, 'impossible value')}`,
  ];
  if (file.cut_from)
    lines.push(`  cut from ${count(file.cut_from[0])} × ${count(file.cut_from[1])} to the ground around the communes`);
  return lines;
}

function describeTerrain({ tiles, pct_covered, missing, seams }: TerrainReport): string[] {
  const lines = [
    `Terrain: ${plural(tiles.length, 'file')}, over ${pct_covered} % of the area of the communes in force today.`,
  ];
  if (missing.length > 0)
    lines.push(
      `Square degrees of the province not covered: ${missing.join(', ')}. Coverage there is computed without terrain and labelled so.`,
    );
  if (tiles.length > 1 && seams.length === 0) lines.push('No two files share posts.');
  for (const { between, posts, different, largest_m } of seams) {
    const verdict = different === 0 ? 'all equal' : `${count(different)} differ, by ${degrees(largest_m)} m at most`;
    lines.push(`Seam of ${between[0]} and ${between[1]}: ${plural(posts, 'shared post')}, ${verdict}.`);
  }
  return lines;
}

export function describeRasters(report: RasterImportReport): string {
  return [
    ...report.files.flatMap((file) => describeFile(file, report.kind)),
    ...(report.terrain ? describeTerrain(report.terrain) : []),
    ...(report.dry_run ? ['Dry run: nothing was written.'] : []),
  ].join('\n');
}

/** Imports raster files and says what came of it. */
export async function importRasterFiles(
  output: Output,
  paths: readonly string[],
  options: { kind: RasterKind; dryRun: boolean; source?: string; signal: AbortSignal },
): Promise<void> {
  const report = await withDatabase(output.say, ({ revision }) =>
    importRasters(revision, paths, {
      ...options,
      onProgress: (file, share) => output.progress(`${file}: ${Math.floor(100 * share)} % read`),
    }),
  );
  output.result(report, describeRasters(report));
}
