import { normaliseName } from '../../../platform/text/index.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions } from './format.ts';
import { rowError } from './format.ts';
import { featureBatches, rawFeatures } from './geojson-features.ts';
import { checkLineString } from './geometry.ts';
import { isObject, type JsonObject, textOf } from './json-values.ts';
import type { CandidateLineRecord } from './records.ts';

const BATCH_SIZE = 2_000;
/** Members by which maps tell the class of a line: OpenStreetMap's keys, and the one of its shapefiles. */
const CLASS_MEMBERS = ['fclass', 'highway', 'railway', 'power', 'class', 'kind'];
const RAIL = /^(rail|railway|light_rail|narrow_gauge|subway|tram)$/i;
const POWER = /^(power|line|minor_line)$/i;
/** Ways that no cable is laid along. */
const UNUSABLE = /^(steps|ferry|proposed|construction|abandoned|platform)$/i;
const ROAD =
  /^(road|(motorway|trunk|primary|secondary|tertiary)(_link)?|unclassified|residential|living_street|service|track.*|path|footway|cycleway|pedestrian)$/i;

/**
 * Roads, railways and power lines along which new cable may be planned, as lines of a map. Any file of lines could be meant:
 * it is only read when it is asked for.
 */
export const linesGeojson: ImportFormat<'candidate_line'> = {
  id: 'lines-geojson',
  makes: 'lines',
  record: 'candidate_line',
  label: { vi: 'Đường bộ, đường sắt, đường điện (GeoJSON)', en: 'Roads, railways and power lines (GeoJSON)' },
  only_when_asked: true,
  detect: (_fileName, head) => /"FeatureCollection"/.test(head.toString('utf8')),
  rows: rawFeatures,
  read,
};

function read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<CandidateLineRecord>> {
  return featureBatches(source, options, BATCH_SIZE, readFeature);
}

function kindOf(properties: JsonObject): CandidateLineRecord['kind'] | null {
  for (const member of CLASS_MEMBERS) {
    const value = textOf(properties[member]);
    if (value === null) continue;
    if (UNUSABLE.test(value)) return null;
    if (RAIL.test(value)) return 'rail';
    if (member === 'power' || POWER.test(value)) return 'power';
    if (ROAD.test(value)) return 'road';
  }
  return 'other';
}

/** The lines of a feature: a MultiLineString gives one for each part. */
function readFeature(feature: unknown, row: number, batch: ImportBatch<CandidateLineRecord>): CandidateLineRecord[] {
  if (!isObject(feature)) {
    batch.errors.push(rowError(row, 'feature', feature, 'not_a_feature', 'The entry is not a GeoJSON feature'));
    return [];
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const kind = kindOf(properties);
  if (kind === null) {
    batch.counts['unusable_passed_over'] = (batch.counts['unusable_passed_over'] ?? 0) + 1;
    return [];
  }
  const geometry = isObject(feature['geometry']) ? feature['geometry'] : {};
  const parts: unknown[] =
    geometry['type'] === 'MultiLineString' && Array.isArray(geometry['coordinates'])
      ? (geometry['coordinates'] as unknown[]).map((coordinates) => ({ type: 'LineString', coordinates }))
      : [feature['geometry']];
  return parts.flatMap((part): CandidateLineRecord[] => {
    const line = checkLineString(part);
    if (!line.ok) {
      batch.errors.push(rowError(row, 'geometry', line.fault.value, line.fault.code, line.fault.reason));
      return [];
    }
    return [
      {
        row,
        kind,
        name: normaliseName(textOf(properties['name']) ?? ''),
        geometry: line.value,
        source: textOf(properties['source']),
        synthetic: properties['synthetic'] === true,
      },
    ];
  });
}
