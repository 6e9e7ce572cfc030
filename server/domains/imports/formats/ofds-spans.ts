import { unwrapped } from '../../../platform/geo/antimeridian.ts';
import type { RowError, RowPlace } from './format.ts';
import { rowError } from './format.ts';
import { checkLineString } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, numberOf, textOf } from './json-values.ts';
import { checkSpan } from './ofds-checks.ts';
import type { Placed } from './ofds-parts.ts';
import { geometryError, idOfEnd, nameOf, notAnObject, without } from './ofds-parts.ts';
import type { NetworkReading } from './ofds-reading.ts';
import type { Repairs } from './ofds-repairs.ts';
import { describeEndRepair, endRepair, jointAt } from './ofds-repairs.ts';
import {
  ALWAYS,
  dayOf,
  deploymentOf,
  EXTENSION,
  extensionOf,
  operatorOf,
  PAST_ANTIMERIDIAN,
  readLength,
  statusOf,
  unmarked,
} from './ofds-values.ts';
import type { FibreNodeRecord, FibreSpanRecord } from './records.ts';

/**
 * A span with its ends among the nodes of its network; null, with its faults among the errors, for one that cannot be taken.
 * Ends that name no node are joined, or get a joint among the nodes, where that repair is accepted.
 */
export function readSpan(
  { item, row, scope, path }: Placed,
  network: JsonObject,
  nodes: Map<string, FibreNodeRecord>,
  { errors, repairs, days }: NetworkReading,
): FibreSpanRecord | null {
  const at = { row, scope };
  if (!isObject(item)) return notAnObject(at, path, item, errors);
  const faults = checkSpan(item, at, path);
  const start = endOf(item, 'start', nodes, at, path, faults, repairs);
  const end = endOf(item, 'end', nodes, at, path, faults, repairs);
  if (start !== null && start.code === end?.code) {
    faults.push(rowError(at, `${path}/end`, end.code, 'same_ends', 'The span starts and ends at the same node'));
  }
  const route = item['route'] === undefined || item['route'] === null ? null : checkLineString(item['route']);
  if (route?.ok === false) faults.push(geometryError(at, `${path}/route`, route.fault));
  const validity = validityOf(item, days);
  if (endsTooEarly(validity)) faults.push(tooEarly(at, path, validity));
  errors.push(...faults);
  if (faults.length > 0 || start === null || end === null) return null;
  const [extension, recorded] = [extensionOf(item), unmarked(item)];
  const drawn = route?.ok ? drawnRoute(route.value, extension) : null;
  const straight = drawn === null ? straightLine(start, end) : null;
  return {
    ...at,
    code: textOf(item['id']) ?? '',
    name: nameOf(item),
    start_node_code: start.code,
    end_node_code: end.code,
    geometry: drawn ?? straight,
    route_is_straight: straight !== null,
    ...operatorOf(item, network),
    deployment: deploymentOf(item),
    length_m: readLength(item, drawn?.coordinates ?? straight?.coordinates ?? null).length_m,
    fibre_count: numberOf(item['fibreCount']),
    status: statusOf(recorded['status']),
    route_group: textOf(extension['route_group']),
    ...validity,
    synthetic: extension['synthetic'] === true,
    ofds: { ...without(recorded, 'route', 'network', 'featureType'), start: start.code, end: end.code },
  };
}

type Validity = Pick<FibreSpanRecord, 'valid_from' | 'valid_to'>;

/** Days as the file tells them, else as the user gives them. */
function validityOf(item: JsonObject, days: NetworkReading['days'] = {}): Validity {
  const { valid_from, valid_to } = extensionOf(item);
  return {
    valid_from: dayOf(valid_from) ?? dayOf(item['readyForServiceDate']) ?? days.valid_from ?? null,
    valid_to: dayOf(valid_to) ?? days.valid_to ?? null,
  };
}

const endsTooEarly = ({ valid_from, valid_to }: Validity): boolean =>
  valid_to !== null && valid_to <= (valid_from ?? ALWAYS);

function tooEarly(at: RowPlace, path: string, { valid_from, valid_to }: Validity): RowError {
  const first = valid_from === null ? `${ALWAYS}, when nothing else is told` : valid_from;
  const reason = `The span ends on or before its first day (${first})`;
  return rowError(at, `${path}/${EXTENSION}/valid_to`, valid_to, 'date_order', reason);
}

/** The line as it was drawn: one that an export of ours wrote within ±180° goes on past it again. */
function drawnRoute(
  { type, coordinates }: NonNullable<FibreSpanRecord['geometry']>,
  extension: JsonObject,
): NonNullable<FibreSpanRecord['geometry']> {
  return { type, coordinates: extension[PAST_ANTIMERIDIAN] === true ? unwrapped(coordinates) : coordinates };
}

/** Notes what was read otherwise than it stands in the file, or does not stand there. */
export function noteSpan(span: FibreSpanRecord, reading: NetworkReading): void {
  const { row, scope, code: id, ofds, geometry, route_is_straight } = span;
  const noted = { row, scope, id };
  if (route_is_straight) reading.note('straight_routes', noted);
  const { given, taken_as, length_m } = readLength(ofds, geometry?.coordinates ?? null);
  const metres = (length_m ?? 0).toLocaleString('en');
  if (taken_as === 'metres')
    reading.note('fibre_lengths_taken_as_metres', { ...noted, note: `fibreLength ${given} is taken as ${metres} m` });
  if (taken_as === 'route' && given !== null) {
    const note = `fibreLength ${given} km cannot be: the ${metres} m of the route are taken`;
    reading.note('fibre_lengths_not_taken', { ...noted, note });
  }
  const told = validityOf(ofds);
  for (const day of ['valid_from', 'valid_to'] as const)
    if (told[day] === null && span[day] !== null) reading.note(`${day}_as_given`, { ...noted, note: span[day] });
}

function endOf(
  span: JsonObject,
  end: 'start' | 'end',
  nodes: Map<string, FibreNodeRecord>,
  at: RowPlace,
  path: string,
  faults: RowError[],
  repairs: Repairs,
): FibreNodeRecord | null {
  const code = idOfEnd(span[end]);
  const node = nodes.get(code ?? '');
  if (node !== undefined) return node;
  const route = checkLineString(span['route']);
  const repair = endRepair(route.ok ? route.value.coordinates : null, end, nodes.values());
  if (repair && repairs.take('missing_node')) {
    if (repair.kind === 'join') return repair.node;
    const joint = jointAt(repair.at, code ?? `${textOf(span['id'])}/${end}`, { ...at, synthetic: false });
    nodes.set(joint.code, joint);
    return joint;
  }
  const proposal = describeEndRepair(repair);
  faults.push(
    code === null
      ? rowError(at, `${path}/${end}`, span[end], 'missing', `The ${end} node of the span is missing`, proposal)
      : rowError(
          at,
          `${path}/${end}`,
          code,
          'unknown_node',
          `There is no usable node "${code}" in this network`,
          proposal,
        ),
  );
  return null;
}

/** Between two nodes at one place it has no length: a patch, not a cable. */
function straightLine(start: FibreNodeRecord, end: FibreNodeRecord): FibreSpanRecord['geometry'] {
  const [from, to] = [start.geometry?.coordinates, end.geometry?.coordinates];
  if (from === undefined || to === undefined) return null;
  return { type: 'LineString', coordinates: [from, to] };
}
