import { normaliseName } from '../../../platform/text/index.ts';
import { featuresOf, rawFeatures } from './boundaries-geojson.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions } from './format.ts';
import { rowError } from './format.ts';
import { checkMultiPolygon } from './geometry.ts';
import { isObject, textOf } from './json-values.ts';
import type { HabitableRecord } from './records.ts';
import { readJson } from './source.ts';

const BATCH_SIZE = 500;
/** Members by which land-use maps tell their classes, and the classes where people live. */
const CLASS_MEMBERS = ['landuse', 'fclass', 'class', 'loai_dat', 'ma_loai_dat'];
/** OpenStreetMap's word; ODT and ONT are residential land in town and country on Vietnamese land-use maps. */
const HABITABLE = /^(residential|village|hamlet|odt|ont)$/i;

/**
 * Ground where people live, as polygons. Of a land-use map with all its classes only the residential ones are taken; the
 * others are counted. Any file of polygons could be meant: it is only read when it is asked for.
 */
export const habitableGeojson: ImportFormat<'habitable'> = {
  id: 'habitable-geojson',
  makes: 'habitable',
  record: 'habitable',
  label: { vi: 'Đất ở, khu dân cư (GeoJSON)', en: 'Habitable ground (GeoJSON)' },
  only_when_asked: true,
  detect: (_fileName, head) => /"FeatureCollection"/.test(head.toString('utf8')),
  rows: rawFeatures,
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<HabitableRecord>> {
  const features = featuresOf(await readJson(source, options.max_bytes), source.file_name);
  const size = options.batch_size ?? BATCH_SIZE;
  for (let start = 0; start < features.length; start += size) {
    const batch: ImportBatch<HabitableRecord> = { records: [], errors: [], rows: 0, counts: {} };
    for (const [offset, feature] of features.slice(start, start + size).entries()) {
      batch.rows += 1;
      const record = readFeature(feature, start + offset + 1, batch);
      if (record !== null) batch.records.push(record);
    }
    yield batch;
  }
}

function readFeature(feature: unknown, row: number, batch: ImportBatch<HabitableRecord>): HabitableRecord | null {
  if (!isObject(feature)) {
    batch.errors.push(rowError(row, 'feature', feature, 'not_a_feature', 'The entry is not a GeoJSON feature'));
    return null;
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const classed = CLASS_MEMBERS.map((member) => textOf(properties[member])).find((value) => value !== null);
  if (classed !== undefined && classed !== null && !HABITABLE.test(classed)) {
    batch.counts['not_residential_passed_over'] = (batch.counts['not_residential_passed_over'] ?? 0) + 1;
    return null;
  }
  const shape = checkMultiPolygon(feature['geometry'], batch.counts);
  if (!shape.ok) {
    batch.errors.push(rowError(row, 'geometry', shape.fault.value, shape.fault.code, shape.fault.reason));
    return null;
  }
  return {
    row,
    name: normaliseName(textOf(properties['name']) ?? ''),
    geometry: shape.value,
    source: textOf(properties['source']),
    synthetic: properties['synthetic'] === true,
  };
}
