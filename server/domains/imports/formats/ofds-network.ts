import type { RowError, RowPlace } from './format.ts';
import { rowError } from './format.ts';
import { checkLineString, checkPoint } from './geometry.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import { checkNode } from './ofds-checks.ts';
import { readFormer } from './ofds-former.ts';
import type { Placed } from './ofds-parts.ts';
import { geometryError, idOfEnd, nameOf, notAnObject, without } from './ofds-parts.ts';
import { NetworkReading } from './ofds-reading.ts';
import { placesByLines } from './ofds-repairs.ts';
import { noteSpan, readSpan } from './ofds-spans.ts';
import {
  EXTENSION,
  extensionOf,
  kindByType,
  NODE_KINDS,
  networkCode,
  operatorOf,
  statusOf,
  unmarked,
} from './ofds-values.ts';
import type { FibreNetworkRecord, FibreNodeRecord, NodeKind } from './records.ts';

/**
 * Reads nodes and spans of one network; bad ones become row errors, and spans that refer to them too. Row errors propose
 * repairs; those of an accepted kind are carried out and counted instead. What else was read otherwise than it stands is noted.
 */
export function readNetwork(
  header: JsonObject,
  row: number,
  nodes: Placed[],
  spans: Placed[],
  reading: NetworkReading = new NetworkReading(),
): FibreNetworkRecord {
  const { errors } = reading;
  const code = networkCode(header);
  const network: FibreNetworkRecord = {
    row,
    code,
    name: nameOf(header) ?? code,
    standard_version: standardVersion(header['links']),
    ofds: without(header, 'nodes', 'spans'),
    nodes: keepUnique(
      nodes.flatMap((placed) => readNode(placed, header, errors) ?? []),
      nodes,
      errors,
    ),
    spans: [],
  };
  placeNodes(network.nodes, spans, reading);
  const byCode = new Map(network.nodes.map((node) => [node.code, node]));
  network.spans = keepUnique(
    spans.flatMap((placed) => readSpan(placed, header, byCode, reading) ?? []),
    spans,
    errors,
  );
  for (const span of network.spans) noteSpan(span, reading);
  network.nodes = [...byCode.values()];
  return network;
}

/** Nodes without a location stand where their lines end, if that is accepted; otherwise they are row errors that say so. */
function placeNodes(
  nodes: FibreNodeRecord[],
  spans: readonly Placed[],
  { errors, repairs }: Pick<NetworkReading, 'errors' | 'repairs'>,
): void {
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

function readNode({ item, row, scope, path }: Placed, network: JsonObject, errors: RowError[]): FibreNodeRecord | null {
  const at = { row, scope };
  if (!isObject(item)) return notAnObject(at, path, item, errors);
  const faults = checkNode(item, at, path);
  const location = item['location'] === undefined || item['location'] === null ? null : checkPoint(item['location']);
  if (location?.ok === false) faults.push(geometryError(at, `${path}/location`, location.fault));
  const [extension, recorded] = [extensionOf(item), unmarked(item)];
  const kind = readKind(item, extension, at, path, faults);
  const former = readFormer(extension, at, path, faults);
  errors.push(...faults);
  if (faults.length > 0) return null;
  return {
    ...at,
    code: textOf(item['id']) ?? '',
    name: nameOf(item),
    kind,
    serves_unit_code: textOf(extension['serves_unit_code']),
    ...operatorOf(item, network),
    geometry: location?.ok ? location.value : null,
    status: statusOf(recorded['status']),
    synthetic: extension['synthetic'] === true,
    former,
    ofds: without(recorded, 'location', 'network', 'featureType'),
  };
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
    const kind = NODE_KINDS.find((known) => known === given);
    if (!kind)
      faults.push(
        rowError(at, `${path}/${EXTENSION}/kind`, given, 'not_in_list', `kind must be one of ${NODE_KINDS.join(', ')}`),
      );
    return kind ?? 'joint';
  }
  return kindByType(item);
}
