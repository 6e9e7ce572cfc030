import { normaliseName } from '../../../platform/text/index.ts';
import type { BoundaryProfile } from './boundary-fields.ts';
import { findProfile, typeFromName } from './boundary-fields.ts';
import type { ImportBatch, ImportFormat, ImportSource, ReadOptions, RowError } from './format.ts';
import { rowError } from './format.ts';
import { featureBatches, rawFeatures } from './geojson-features.ts';
import { checkMultiPolygon, checkPoint, checkPosition } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isCount, isObject, textOf, yearFigures } from './json-values.ts';
import type { BoundaryRecord, UnitLevel } from './records.ts';
import { readDate, UNIT_CODE } from './values.ts';

const LEVELS: readonly UnitLevel[] = ['province', 'district', 'commune', 'village'];
const BATCH_SIZE = 500;

/**
 * Administrative units as a GeoJSON FeatureCollection: our own files and the publishers of boundary-fields.ts.
 * Clockwise rings are rewound and open ones closed (and counted); overlaps and gaps between units are the loader's to report.
 */
export const boundariesGeojson: ImportFormat<'boundary'> = {
  id: 'boundaries-geojson',
  makes: 'boundaries',
  record: 'boundary',
  label: { vi: 'Địa giới hành chính (GeoJSON)', en: 'Administrative boundaries (GeoJSON)' },
  detect(_fileName, head) {
    const text = head.toString('utf8');
    return (
      /"FeatureCollection"/.test(text) && /"(commune_code|gisServerId|level)"/.test(text) && !/"featureType"/.test(text)
    );
  },
  rows: rawFeatures,
  read,
};

async function* read(source: ImportSource, options: ReadOptions = {}): AsyncGenerator<ImportBatch<BoundaryRecord>> {
  const seen = new Set<string>();
  yield* featureBatches(source, options, BATCH_SIZE, (feature, row, batch) => {
    const record = readFeature(feature, row, options, batch);
    if (record === null) return [];
    const identity = `${record.level} ${record.code} ${record.valid_from}`;
    if (seen.has(identity)) {
      batch.errors.push(
        rowError(
          row,
          'code',
          record.code,
          'duplicate_unit',
          'The same unit of the same vintage is already in this file',
        ),
      );
      return [];
    }
    seen.add(identity);
    return [record];
  });
}

function readFeature(
  feature: unknown,
  row: number,
  options: ReadOptions,
  batch: ImportBatch<BoundaryRecord>,
): BoundaryRecord | null {
  const properties = isObject(feature) && isObject(feature['properties']) ? feature['properties'] : null;
  const profile = properties && findProfile(properties);
  if (!isObject(feature) || properties === null || !profile) {
    const reason =
      'The feature has none of the known sets of members (level, code, name; commune_code, …; code, fullName, gisServerId)';
    batch.errors.push(
      rowError(row, 'properties', properties && Object.keys(properties).join(', '), 'unknown_members', reason),
    );
    return null;
  }
  const errors: RowError[] = [];
  const attributes = readAttributes(properties, profile, row, options, errors);
  const geometry = feature['geometry'] ?? null;
  const shape = readShape(geometry, attributes.level, row, errors, batch.counts);
  const centre = shape.centre ?? readCentre(properties, row, errors);
  if (shape.geometry === null && centre === null && errors.length === 0) {
    errors.push(rowError(row, 'geometry', null, 'no_geometry', 'The unit has neither a polygon nor a centre'));
  }
  batch.errors.push(...errors);
  return errors.length > 0 ? null : { row, ...attributes, geometry: shape.geometry, centre };
}

type Attributes = Omit<BoundaryRecord, 'row' | 'geometry' | 'centre'>;

function readAttributes(
  p: JsonObject,
  profile: BoundaryProfile,
  row: number,
  options: ReadOptions,
  errors: RowError[],
): Attributes {
  const text = (member: string | undefined) => (member === undefined ? null : textOf(p[member]));
  const { defaults } = profile;
  const code = text(profile.code);
  if (code === null)
    errors.push(rowError(row, profile.code, p[profile.code], 'missing', 'The code of the unit is missing'));
  checkCodes(p, profile, row, errors);
  checkFigures(p, profile, row, errors);
  const name = normaliseName(text(profile.name) ?? '');
  if (name === '')
    errors.push(rowError(row, profile.name, p[profile.name], 'missing', 'The name of the unit is missing'));
  const fromName = typeFromName(name);
  const level = readLevel(
    text(profile.level) ?? defaults.level ?? options.level ?? fromName?.level ?? null,
    row,
    errors,
  );
  const valid_from = readDay(
    text(profile.valid_from) ?? options.valid_from ?? defaults.valid_from ?? null,
    'valid_from',
    row,
    errors,
  );
  const valid_to = readDay(
    text(profile.valid_to) ?? options.valid_to ?? defaults.valid_to ?? null,
    'valid_to',
    row,
    errors,
  );
  if (valid_from !== null && valid_to !== null && valid_to <= valid_from) {
    errors.push(
      rowError(row, 'valid_to', valid_to, 'date_order', `The unit ends on or before it begins (${valid_from})`),
    );
  }
  return {
    level,
    code: code ?? '',
    name,
    type: text(profile.type) ?? fromName?.type ?? null,
    parent_code: text(profile.parent_code) ?? (level === 'commune' ? (options.province_code ?? null) : null),
    parent_name: text(profile.parent_name),
    province_code: text(profile.province_code) ?? options.province_code ?? null,
    valid_from,
    valid_to,
    population: { ...yearFigures(p['population']), ...figuresByMember(p, profile.population_by_year) },
    households: { ...yearFigures(p['households']), ...figuresByMember(p, profile.households_by_year) },
    source: textOf(p['source']) ?? defaults.source ?? null,
    synthetic: p['synthetic'] === true,
  };
}

/** The unit's own code, and those by which units that a file only names are made. */
function checkCodes(p: JsonObject, profile: BoundaryProfile, row: number, errors: RowError[]): void {
  const named = profile.parent_name !== undefined && textOf(p[profile.parent_name]) !== null;
  for (const member of [profile.code, named ? profile.parent_code : undefined, profile.province_code]) {
    const code = member === undefined ? null : textOf(p[member]);
    if (member === undefined || code === null || UNIT_CODE.test(code)) continue;
    const reason = 'A code has 1 to 20 digits, capital letters, dots or dashes';
    errors.push(rowError(row, member, code, 'bad_code', reason));
  }
}

/** Far more people than any unit has. */
const MOST_PEOPLE = 2_000_000_000;

/** Figures by year that no column can hold; what is no count at all is left out. */
function checkFigures(p: JsonObject, profile: BoundaryProfile, row: number, errors: RowError[]): void {
  const figures = [
    ...Object.entries(yearFigures(p['population'])).map(([year, value]) => [`population/${year}`, value] as const),
    ...Object.entries(yearFigures(p['households'])).map(([year, value]) => [`households/${year}`, value] as const),
    ...Object.entries(p).filter(
      ([member]) => profile.population_by_year?.test(member) || profile.households_by_year?.test(member),
    ),
  ];
  for (const [member, value] of figures)
    if (isCount(value) && value > MOST_PEOPLE)
      errors.push(rowError(row, member, value, 'out_of_range', `${member} must be at most ${MOST_PEOPLE}`));
}

function readLevel(value: string | null, row: number, errors: RowError[]): UnitLevel {
  const level = LEVELS.find((known) => known === value);
  if (level === undefined) {
    errors.push(rowError(row, 'level', value, 'unknown_level', `The level must be one of ${LEVELS.join(', ')}`));
  }
  return level ?? 'commune';
}

function readDay(value: string | null, field: string, row: number, errors: RowError[]): string | null {
  if (value === null) return null;
  const date = readDate(value);
  if (date === null) errors.push(rowError(row, field, value, 'bad_date', 'Not a date (YYYY-MM-DD or dd/mm/yyyy)'));
  return date;
}

function figuresByMember(properties: JsonObject, pattern: RegExp | undefined): Record<string, number> {
  if (pattern === undefined) return {};
  const figures = Object.entries(properties).flatMap(([member, value]) => {
    const year = pattern.exec(member)?.[1];
    return year !== undefined && isCount(value) ? [[year, value] as const] : [];
  });
  return Object.fromEntries(figures);
}

function readShape(
  geometry: unknown,
  level: UnitLevel,
  row: number,
  errors: RowError[],
  counts: Record<string, number>,
) {
  if (geometry === null) return { geometry: null, centre: null };
  if (level === 'village' && isObject(geometry) && geometry['type'] === 'Point') {
    const point = checkPoint(geometry);
    if (point.ok) return { geometry: null, centre: point.value };
    errors.push(
      rowError(row, 'geometry', point.fault.value, point.fault.code, point.fault.reason, point.fault.proposal),
    );
    return { geometry: null, centre: null };
  }
  const polygon = checkMultiPolygon(geometry, counts);
  if (polygon.ok) return { geometry: polygon.value, centre: null };
  errors.push(
    rowError(row, 'geometry', polygon.fault.value, polygon.fault.code, polygon.fault.reason, polygon.fault.proposal),
  );
  return { geometry: null, centre: null };
}

function readCentre(properties: JsonObject, row: number, errors: RowError[]): BoundaryRecord['centre'] {
  const { centre_lon, centre_lat } = properties;
  if ((centre_lon ?? null) === null && (centre_lat ?? null) === null) return null;
  const position = checkPosition([centre_lon, centre_lat]);
  if (position.ok) return { type: 'Point', coordinates: position.value };
  errors.push(
    rowError(
      row,
      'centre_lon',
      position.fault.value,
      position.fault.code,
      position.fault.reason,
      position.fault.proposal,
    ),
  );
  return null;
}
