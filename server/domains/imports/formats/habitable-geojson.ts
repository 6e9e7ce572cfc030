import { normaliseName } from '../../../platform/text/index.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions } from './format.ts';
import { rowError } from './format.ts';
import { featureBatches, rawFeatures } from './geojson-features.ts';
import { checkMultiPolygon } from './geometry.ts';
import { isObject, textOf } from './json-values.ts';
import type { HabitableRecord } from './records.ts';

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

function read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<HabitableRecord>> {
  return featureBatches(source, options, BATCH_SIZE, readFeature);
}

/** The ground of a feature, or nothing. */
function readFeature(feature: unknown, row: number, batch: ImportBatch<HabitableRecord>): HabitableRecord[] {
  if (!isObject(feature)) {
    batch.errors.push(rowError(row, 'feature', feature, 'not_a_feature', 'The entry is not a GeoJSON feature'));
    return [];
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const classed = CLASS_MEMBERS.map((member) => textOf(properties[member])).find((value) => value !== null);
  if (classed !== undefined && classed !== null && !HABITABLE.test(classed)) {
    batch.counts['not_residential_passed_over'] = (batch.counts['not_residential_passed_over'] ?? 0) + 1;
    return [];
  }
  const shape = checkMultiPolygon(feature['geometry'], batch.counts);
  if (!shape.ok) {
    batch.errors.push(rowError(row, 'geometry', shape.fault.value, shape.fault.code, shape.fault.reason));
    return [];
  }
  return [
    {
      row,
      name: normaliseName(textOf(properties['name']) ?? ''),
      geometry: shape.value,
      source: textOf(properties['source']),
      synthetic: properties['synthetic'] === true,
    },
  ];
}
