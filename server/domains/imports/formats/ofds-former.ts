/** What nodes were that were made one with a node (`former` under our own key): the standard has no member for it. */
import type { RowError, RowPlace } from './format.ts';
import { MAX_TEXT_SIGNS, rowError } from './format.ts';
import { checkPoint } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import { geometryError } from './ofds-parts.ts';
import { EXTENSION, FORMER, NODE_KINDS } from './ofds-values.ts';
import type { FormerNodeRecord } from './records.ts';

/** The list of a node's own members, with its faults added to those of the node. */
export function readFormer(extension: JsonObject, at: RowPlace, path: string, faults: RowError[]): FormerNodeRecord[] {
  const list = extension[FORMER] ?? [];
  const place = `${path}/${EXTENSION}/${FORMER}`;
  if (!Array.isArray(list)) {
    faults.push(rowError(at, place, list, 'not_a_list', `${FORMER} must be a list`));
    return [];
  }
  return (list as unknown[]).flatMap((item, index) => readOne(item, at, `${place}/${index}`, faults) ?? []);
}

function readOne(item: unknown, at: RowPlace, path: string, faults: RowError[]): FormerNodeRecord | null {
  const { code: given, kind: named, serves_unit_code, location } = isObject(item) ? item : {};
  const [code, unit, point] = [textOf(given), textOf(serves_unit_code), checkPoint(location)];
  const kind = NODE_KINDS.find((known) => known === named) ?? null;
  const found = Object.entries({ code, serves_unit_code: unit })
    .filter(([, text]) => (text ?? '').length > MAX_TEXT_SIGNS)
    .map(([member, text]) => {
      const reason = `${member} must have at most ${MAX_TEXT_SIGNS} signs`;
      return rowError(at, `${path}/${member}`, text, 'too_long', reason);
    });
  if (code === null) found.push(rowError(at, `${path}/code`, given, 'missing', 'A former node has no code'));
  if (kind === null)
    found.push(rowError(at, `${path}/kind`, named, 'not_in_list', `kind must be one of ${NODE_KINDS.join(', ')}`));
  if (!point.ok) found.push(geometryError(at, `${path}/location`, point.fault));
  faults.push(...found);
  if (found.length > 0 || code === null || kind === null || !point.ok) return null;
  return { code, kind, serves_unit_code: unit, location: point.value };
}
