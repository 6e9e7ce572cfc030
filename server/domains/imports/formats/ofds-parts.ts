/** What nodes and spans of a network have in common, as the file has them. */
import { normaliseName } from '../../../platform/text/index.ts';
import type { RowError, RowPlace } from './format.ts';
import { rowError } from './format.ts';
import type { GeometryFault } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';

/** A node or span with its place in the file and its path for error messages. */
export interface Placed extends RowPlace {
  item: unknown;
  path: string;
}

/** In the GeoJSON form the whole node is embedded, in the JSON form it is referred to by its id. */
export const idOfEnd = (end: unknown): string | null => textOf(isObject(end) ? end['id'] : end);

/** A copy without some members: what stands elsewhere in a record. */
export function without(item: JsonObject, ...members: string[]): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([member]) => !members.includes(member)));
}

export function nameOf(item: JsonObject): string | null {
  const name = textOf(item['name']);
  return name === null ? null : normaliseName(name);
}

export function geometryError(at: RowPlace, field: string, fault: GeometryFault): RowError {
  const error = rowError(at, field, fault.value, fault.code, fault.reason, fault.proposal);
  const [first, second]: unknown[] = Array.isArray(fault.value) ? fault.value : [];
  if (!Number.isFinite(first) || !Number.isFinite(second)) return error;
  return { ...error, position: { first: Number(first), second: Number(second), commune_code: null } };
}

export function notAnObject(at: RowPlace, path: string, item: unknown, errors: RowError[]): null {
  errors.push(rowError(at, path, item, 'not_an_object', 'An object is needed'));
  return null;
}
