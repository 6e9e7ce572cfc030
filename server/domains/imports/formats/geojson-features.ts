import type { ImportBatch, ImportSource, RawRow, ReadOptions } from './format.ts';
import { ImportFileError } from './format.ts';
import { isObject, textOf } from './json-values.ts';
import { readJson } from './source.ts';

/** The features of a collection as received. */
export async function* rawFeatures(source: ImportSource): AsyncGenerator<RawRow[]> {
  const features = featuresOf(await readJson(source), source.file_name);
  yield features.map((raw, index) => ({ row: index + 1, scope: null, raw }));
}

/** The features of a collection in lon/lat; throws ImportFileError for anything else. */
export function featuresOf(json: unknown, fileName: string): unknown[] {
  if (!isObject(json) || json['type'] !== 'FeatureCollection' || !Array.isArray(json['features'])) {
    throw new ImportFileError('not_geojson', `"${fileName}" is not a GeoJSON FeatureCollection`);
  }
  const crs =
    isObject(json['crs']) && isObject(json['crs']['properties']) ? textOf(json['crs']['properties']['name']) : null;
  if (crs !== null && !/(CRS84|EPSG:+4326)$/i.test(crs)) {
    throw new ImportFileError(
      'wrong_crs',
      `"${fileName}" is in ${crs}; GeoJSON must be in WGS 84 longitude and latitude`,
    );
  }
  if (json['features'].length === 0) throw new ImportFileError('empty', `"${fileName}" has no features`);
  return json['features'] as unknown[];
}

/**
 * Reads a collection so many features at a time.
 * @param readFeature the records of a feature (row from 1), its errors and counts put in the batch
 */
export async function* featureBatches<R>(
  source: ImportSource,
  options: ReadOptions,
  size: number,
  readFeature: (feature: unknown, row: number, batch: ImportBatch<R>) => R[],
): AsyncGenerator<ImportBatch<R>> {
  const features = featuresOf(await readJson(source, options.max_bytes), source.file_name);
  const step = options.batch_size ?? size;
  for (let start = 0; start < features.length; start += step) {
    const batch: ImportBatch<R> = { records: [], errors: [], rows: 0, counts: {} };
    for (const [offset, feature] of features.slice(start, start + step).entries()) {
      batch.rows += 1;
      batch.records.push(...readFeature(feature, start + offset + 1, batch));
    }
    yield batch;
  }
}
