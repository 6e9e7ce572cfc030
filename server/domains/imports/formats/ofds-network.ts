import type { Position } from 'geojson';
import { normaliseName } from '../../../platform/text/index.ts';
import type { RowError, RowPlace } from './format.ts';
import { rowError } from './format.ts';
import type { GeometryFault } from './geometry.ts';
import { checkLineString, checkPoint } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, numberOf, textOf } from './json-values.ts';
import { checkNode, checkSpan } from './ofds-checks.ts';
import type { FibreNetworkRecord, FibreNodeRecord, FibreSpanRecord, FibreStatus, NodeKind } from './records.ts';
import { readDate } from './values.ts';

/** The key under which our own files carry what the standard has no member for. */
export const EXTENSION = 'phusong';

const KINDS: readonly NodeKind[] = ['core', 'district', 'commune', 'site', 'joint'];
const CORE_TYPES = new Set(['dataCentre', 'exchange', 'ixp', 'cableLanding']);
const SITE_TYPES = new Set(['pop', 'tower', 'addDropSite']);

/** A fibre length over this many times the route is not kilometres but metres (a frequent mistake, also in published examples). */
const METRES_RATIO = 100;
const LEAST_METRES = 50;
const EARTH_RADIUS_M = 6_371_008.8;

/** A node or span with its place in the file and its path for error messages. */
export interface Placed extends RowPlace {
  item: unknown;
  path: string;
}

/** Reads nodes and spans of one network; bad ones become row errors, and spans that refer to them too. */
export function readNetwork(
  header: JsonObject,
  row: number,
  nodes: Placed[],
  spans: Placed[],
  errors: RowError[],
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
  const byCode = new Map(network.nodes.map((node) => [node.code, node]));
  network.spans = keepUnique(
    spans.flatMap((placed) => readSpan(placed, byCode, errors) ?? []),
    spans,
    errors,
  );
  return network;
}

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
  nodes: ReadonlyMap<string, FibreNodeRecord>,
  errors: RowError[],
): FibreSpanRecord | null {
  const at = { row, scope };
  if (!isObject(item)) return notAnObject(at, path, item, errors);
  const faults = checkSpan(item, at, path);
  const start = endOf(item, 'start', nodes, at, path, faults);
  const end = endOf(item, 'end', nodes, at, path, faults);
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
  nodes: ReadonlyMap<string, FibreNodeRecord>,
  at: RowPlace,
  path: string,
  faults: RowError[],
): FibreNodeRecord | null {
  // In the GeoJSON form the whole node is embedded, in the JSON form it is referred to by its id.
  const reference = isObject(span[end]) ? span[end]['id'] : span[end];
  const code = textOf(reference);
  if (code === null) {
    faults.push(rowError(at, `${path}/${end}`, reference, 'missing', `The ${end} node of the span is missing`));
    return null;
  }
  const node = nodes.get(code);
  if (node === undefined) {
    faults.push(
      rowError(at, `${path}/${end}`, code, 'unknown_node', `There is no usable node "${code}" in this network`),
    );
  }
  return node ?? null;
}

function keepUnique<T extends RowPlace & { code: string }>(items: T[], placed: Placed[], errors: RowError[]): T[] {
  const seen = new Set<string>();
  const paths = new Map(placed.map(({ row, path }) => [row, path]));
  return items.filter((item) => {
    if (!seen.has(item.code)) return seen.add(item.code);
    const path = paths.get(item.row) ?? '';
    errors.push(rowError(item, `${path}/id`, item.code, 'duplicate_id', 'An earlier entry has the same id'));
    return false;
  });
}

/** The kind of a node by the standard's own types. */
export function kindByType(item: JsonObject): NodeKind {
  const types = Array.isArray(item['type']) ? (item['type'] as unknown[]).map(String) : [];
  if (types.some((type) => CORE_TYPES.has(type))) return 'core';
  return types.some((type) => SITE_TYPES.has(type)) ? 'site' : 'joint';
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

/** Proposed, planned, being built and not yet lit are all "planned" here: they carry nothing. No status means in service. */
export function statusOf(status: unknown): FibreStatus {
  if (status === undefined || status === null || status === 'operational') return 'operational';
  return status === 'decommissioned' ? 'decommissioned' : 'planned';
}

/** Duct or buried by the words of the details: the standard only says above or below ground. */
export function deploymentOf(span: JsonObject): FibreSpanRecord['deployment'] {
  const listed = Array.isArray(span['deployment']) ? (span['deployment'] as unknown[]).map(String) : [];
  const details = isObject(span['deploymentDetails']) ? (textOf(span['deploymentDetails']['description']) ?? '') : '';
  const words = [...listed, details].join(' ');
  if (/duct|conduit|cống|ống/i.test(words)) return 'duct';
  if (listed.includes('belowGround') || /buried|underground|chôn/i.test(words)) return 'buried';
  return listed.includes('aboveGround') || /aerial|overhead|pole|treo/i.test(words) ? 'aerial' : null;
}

/** `fibreLength` is kilometres; a figure absurd beside the route is taken as metres. Without it, the length of the route. */
export function lengthOf(span: JsonObject, route: Position[] | null): number | null {
  const drawn_m = route === null ? null : greatCircleLength(route);
  const given = numberOf(span['fibreLength']);
  if (given === null || given <= 0) return drawn_m === null ? null : Math.round(drawn_m);
  const isMetres = drawn_m !== null && given >= LEAST_METRES && given * 1_000 > drawn_m * METRES_RATIO;
  return Math.round(isMetres ? given : given * 1_000);
}

/** Length on the sphere, metres (within 0.6 % of the ellipsoid; only where the file gives no length). */
function greatCircleLength(line: Position[]): number {
  const radians = Math.PI / 180;
  return line.slice(1).reduce((sum, [lon = 0, lat = 0], index) => {
    const [lon0 = 0, lat0 = 0] = line[index] ?? [];
    const a =
      Math.sin(((lat - lat0) * radians) / 2) ** 2 +
      Math.cos(lat * radians) * Math.cos(lat0 * radians) * Math.sin(((lon - lon0) * radians) / 2) ** 2;
    return sum + 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(a));
  }, 0);
}

function straightLine(start: FibreNodeRecord, end: FibreNodeRecord): FibreSpanRecord['geometry'] {
  const [from, to] = [start.geometry?.coordinates, end.geometry?.coordinates];
  if (from === undefined || to === undefined || from.join() === to.join()) return null;
  return { type: 'LineString', coordinates: [from, to] };
}

export function operatorOf(item: JsonObject): { operator: string | null; operator_name: string | null } {
  const providers: unknown[] = Array.isArray(item['networkProviders']) ? (item['networkProviders'] as unknown[]) : [];
  const organisation = [...providers, item['physicalInfrastructureProvider']].find(isObject);
  return { operator: textOf(organisation?.['id']), operator_name: textOf(organisation?.['name']) };
}

function nameOf(item: JsonObject): string | null {
  const name = textOf(item['name']);
  return name === null ? null : normaliseName(name);
}

function extensionOf(item: JsonObject): JsonObject {
  return isObject(item[EXTENSION]) ? item[EXTENSION] : {};
}

export function dayOf(value: unknown): string | null {
  return typeof value === 'string' ? readDate(value) : null;
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
