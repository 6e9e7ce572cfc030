import { normaliseName } from '../../../platform/text/index.ts';
import type { RowError, RowPlace } from './format.ts';
import { rowError } from './format.ts';
import type { GeometryFault } from './geometry.ts';
import { checkLineString, checkPoint } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, numberOf, textOf } from './json-values.ts';
import { checkNode, checkSpan } from './ofds-checks.ts';
import { describeEndRepair, endRepair, jointAt, placesByLines, Repairs } from './ofds-repairs.ts';
import {
  dayOf,
  deploymentOf,
  EXTENSION,
  extensionOf,
  kindByType,
  lengthOf,
  operatorOf,
  statusOf,
} from './ofds-values.ts';
import type { FibreNetworkRecord, FibreNodeRecord, FibreSpanRecord, NodeKind } from './records.ts';

const KINDS: readonly NodeKind[] = ['core', 'district', 'commune', 'site', 'joint'];

/** A node or span with its place in the file and its path for error messages. */
export interface Placed extends RowPlace {
  item: unknown;
  path: string;
}

/**
 * Reads nodes and spans of one network; bad ones become row errors, and spans that refer to them too. Row errors propose
 * repairs; those of an accepted kind are carried out and counted instead.
 */
export function readNetwork(
  header: JsonObject,
  row: number,
  nodes: Placed[],
  spans: Placed[],
  errors: RowError[],
  repairs: Repairs = new Repairs(),
): FibreNetworkRecord {
  const code = textOf(extensionOf(header)['code']) ?? textOf(header['id']) ?? '';
  const network: FibreNetworkRecord = {
    row,
    code,
    name: nameOf(header) ?? code,
    standard_version: standardVersion(header['links']),
    ofds: without(header, 'nodes', 'spans'),
    nodes: keepUnique(
      nodes.flatMap((placed) => readNode(placed, errors) ?? []),
      nodes,
      errors,
    ),
    spans: [],
  };
  placeNodes(network.nodes, spans, errors, repairs);
  const byCode = new Map(network.nodes.map((node) => [node.code, node]));
  network.spans = keepUnique(
    spans.flatMap((placed) => readSpan(placed, byCode, errors, repairs) ?? []),
    spans,
    errors,
  );
  network.nodes = [...byCode.values()];
  return network;
}

/** Nodes without a location stand where their lines end, if that is accepted; otherwise they are row errors that say so. */
function placeNodes(nodes: FibreNodeRecord[], spans: readonly Placed[], errors: RowError[], repairs: Repairs): void {
  const lines = spans.flatMap(({ item }) => {
    if (!isObject(item)) return [];
    const route = checkLineString(item['route']);
    const [start, end] = [idOfEnd(item['start']), idOfEnd(item['end'])];
    return route.ok && start !== null && end !== null ? [{ start, end, coordinates: route.value.coordinates }] : [];
  });
  const places = placesByLines(nodes, lines);
  for (const node of nodes) {
    if (node.geometry !== null) continue;
    const place = places.get(node.code);
    if (place && repairs.take('missing_geometry')) {
      node.geometry = { type: 'Point', coordinates: place };
      continue;
    }
    const proposal = place
      ? `put it at ${place.join(' ')}, where its lines end (--accept missing_geometry)`
      : undefined;
    const reason = `Node ${node.code} has no location and cannot be put on the map.`;
    errors.push(rowError(node, 'location', null, 'node_without_location', reason, proposal));
  }
}

/** In the GeoJSON form the whole node is embedded, in the JSON form it is referred to by its id. */
const idOfEnd = (end: unknown): string | null => textOf(isObject(end) ? end['id'] : end);

/** The version in the `describedby` link (`…/0__3__0/schema/…`), whatever it is; null when the file does not say. */
export function standardVersion(links: unknown): string | null {
  if (!Array.isArray(links)) return null;
  for (const link of links as unknown[]) {
    const href = isObject(link) && link['rel'] === 'describedby' ? textOf(link['href']) : null;
    const version = /\/(\d+(?:(?:__|\.)\w+)+)\//.exec(href ?? '')?.[1];
    if (version !== undefined) return version.replaceAll('__', '.');
  }
  return null;
}

function readNode({ item, row, scope, path }: Placed, errors: RowError[]): FibreNodeRecord | null {
  const at = { row, scope };
  if (!isObject(item)) return notAnObject(at, path, item, errors);
  const faults = checkNode(item, at, path);
  const location = item['location'] === undefined || item['location'] === null ? null : checkPoint(item['location']);
  if (location?.ok === false) faults.push(geometryError(at, `${path}/location`, location.fault));
  const extension = extensionOf(item);
  const kind = readKind(item, extension, at, path, faults);
  errors.push(...faults);
  if (faults.length > 0) return null;
  return {
    ...at,
    code: textOf(item['id']) ?? '',
    name: nameOf(item),
    kind,
    serves_unit_code: textOf(extension['serves_unit_code']),
    ...operatorOf(item),
    geometry: location?.ok ? location.value : null,
    status: statusOf(item['status']),
    synthetic: extension['synthetic'] === true,
    ofds: without(item, 'location', 'network', 'featureType'),
  };
}

function readSpan(
  { item, row, scope, path }: Placed,
  nodes: Map<string, FibreNodeRecord>,
  errors: RowError[],
  repairs: Repairs,
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
  errors.push(...faults);
  if (faults.length > 0 || start === null || end === null) return null;
  const extension = extensionOf(item);
  const drawn = route?.ok ? route.value : null;
  const straight = drawn === null ? straightLine(start, end) : null;
  return {
    ...at,
    code: textOf(item['id']) ?? '',
    name: nameOf(item),
    start_node_code: start.code,
    end_node_code: end.code,
    geometry: drawn ?? straight,
    route_is_straight: straight !== null,
    ...operatorOf(item),
    deployment: deploymentOf(item),
    length_m: lengthOf(item, drawn?.coordinates ?? straight?.coordinates ?? null),
    fibre_count: numberOf(item['fibreCount']),
    status: statusOf(item['status']),
    route_group: textOf(extension['route_group']),
    valid_from: dayOf(extension['valid_from']) ?? dayOf(item['readyForServiceDate']),
    valid_to: dayOf(extension['valid_to']),
    synthetic: extension['synthetic'] === true,
    ofds: { ...without(item, 'route', 'network', 'featureType'), start: start.code, end: end.code },
  };
}

/** A copy without some members: what stands elsewhere in a record. */
function without(item: JsonObject, ...members: string[]): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([member]) => !members.includes(member)));
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

const placeOf = ({ row, scope }: RowPlace): string => `${scope ?? ''} ${row}`;

function keepUnique<T extends RowPlace & { code: string }>(items: T[], placed: Placed[], errors: RowError[]): T[] {
  const seen = new Set<string>();
  const paths = new Map(placed.map((each) => [placeOf(each), each.path]));
  return items.filter((item) => {
    if (!seen.has(item.code)) return seen.add(item.code);
    const path = paths.get(placeOf(item)) ?? '';
    errors.push(rowError(item, `${path}/id`, item.code, 'duplicate_id', 'An earlier entry has the same id'));
    return false;
  });
}

function readKind(item: JsonObject, extension: JsonObject, at: RowPlace, path: string, faults: RowError[]): NodeKind {
  const given = textOf(extension['kind']);
  if (given !== null) {
    const kind = KINDS.find((known) => known === given);
    if (!kind)
      faults.push(
        rowError(at, `${path}/${EXTENSION}/kind`, given, 'not_in_list', `kind must be one of ${KINDS.join(', ')}`),
      );
    return kind ?? 'joint';
  }
  return kindByType(item);
}

function straightLine(start: FibreNodeRecord, end: FibreNodeRecord): FibreSpanRecord['geometry'] {
  const [from, to] = [start.geometry?.coordinates, end.geometry?.coordinates];
  if (from === undefined || to === undefined || from.join() === to.join()) return null;
  return { type: 'LineString', coordinates: [from, to] };
}

function nameOf(item: JsonObject): string | null {
  const name = textOf(item['name']);
  return name === null ? null : normaliseName(name);
}

function geometryError(at: RowPlace, field: string, fault: GeometryFault): RowError {
  const error = rowError(at, field, fault.value, fault.code, fault.reason, fault.proposal);
  const [first, second]: unknown[] = Array.isArray(fault.value) ? fault.value : [];
  if (typeof first !== 'number' || typeof second !== 'number') return error;
  return { ...error, position: { first, second, commune_code: null } };
}

function notAnObject(at: RowPlace, path: string, item: unknown, errors: RowError[]): null {
  errors.push(rowError(at, path, item, 'not_an_object', 'An object is needed'));
  return null;
}
