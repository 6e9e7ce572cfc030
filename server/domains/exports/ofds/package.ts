/**
 * Fibre networks as a network package of the Open Fibre Data Standard 0.3.0, JSON form. What came in with a package and has no
 * column (phases, contracts, suppliers, technologies …) goes out as it came; a member that a column holds goes out as received
 * while it still says what the column says, else from the column. So a package read and written again is the same package.
 * https://open-fibre-data-standard.readthedocs.io/en/0.3/
 */
import { createHash } from 'node:crypto';
import type { LineString, Point } from 'geojson';
import { isPastAntimeridian, wrapped } from '../../../platform/geo/antimeridian.ts';
import {
  ALWAYS,
  DECOMMISSIONED_SINCE,
  dayOf,
  deploymentOf,
  FORMER,
  type FormerNodeRecord,
  kindByType,
  OFDS_EXTENSION,
  operatorOf,
  PAST_ANTIMERIDIAN,
  readLength,
  statusOf,
} from '../../imports/index.ts';

export type OfdsObject = Record<string, unknown>;

type Status = 'planned' | 'operational' | 'decommissioned';

interface OperatorRow {
  operator: string | null;
  operator_name: string | null;
}

export interface OfdsNodeRow extends OperatorRow {
  network_id: number;
  code: string;
  name: string;
  kind: 'core' | 'district' | 'commune' | 'site' | 'joint';
  serves_unit_code: string | null;
  status: Status;
  /** That of the day of the package: one decommissioned since was in operation. */
  status_on_day: Status;
  location: Point;
  synthetic: boolean;
  /** Nodes that were made one with it. */
  former: readonly FormerNodeRecord[];
  ofds: OfdsObject;
}

export interface OfdsSpanRow extends OperatorRow {
  network_id: number;
  code: string;
  name: string;
  start_code: string;
  end_code: string;
  deployment: 'duct' | 'buried' | 'aerial' | null;
  length_m: number;
  fibre_count: number | null;
  status: Status;
  /** That of the day of the package: one decommissioned since was in operation. */
  status_on_day: Status;
  route_group: string | null;
  valid_from: string;
  valid_to: string | null;
  route: LineString;
  /** Nothing but the straight line between its nodes, as a span without a course is stored. */
  route_is_straight: boolean;
  synthetic: boolean;
  ofds: OfdsObject;
}

export interface OfdsNetworkRow {
  id: number;
  code: string;
  name: string;
  synthetic: boolean;
  ofds: OfdsObject;
}

export interface OfdsRows {
  networks: readonly OfdsNetworkRow[];
  nodes: readonly OfdsNodeRow[];
  spans: readonly OfdsSpanRow[];
}

export interface OfdsNetwork extends OfdsObject {
  id: string;
  nodes?: OfdsObject[];
  spans?: OfdsObject[];
}

const SCHEMA =
  'https://raw.githubusercontent.com/Open-Telecoms-Data/open-fibre-data-standard/0__3__0/schema/network-schema.json';
const CRS84 = { name: 'urn:ogc:def:crs:OGC::CRS84', uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' };

const isObject = (value: unknown): value is OfdsObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const extensionOf = (item: OfdsObject): OfdsObject => {
  const extension = item[OFDS_EXTENSION];
  return isObject(extension) ? extension : {};
};

/** Sets a member to what the column says, unless the member as received says the same. */
function settle(item: OfdsObject, member: string, column: unknown, read: unknown, written: unknown = column): void {
  if (column === read) return;
  if (column === null || column === '') delete item[member];
  else item[member] = written;
}

/** Members of our own for what the standard has none for; left out where reading finds the same without them. */
function settleExtension(item: OfdsObject, members: Readonly<Record<string, [column: unknown, read: unknown]>>): void {
  const extension = { ...extensionOf(item) };
  for (const [member, [column, read]] of Object.entries(members)) settle(extension, member, column, read);
  if (Object.keys(extension).length > 0) item[OFDS_EXTENSION] = extension;
  else delete item[OFDS_EXTENSION];
}

const keyOf = (text: string | null): string => (text ?? '').normalize('NFC').toLowerCase();

/** The organisation as received stays while it is the operator of the column, or while the column knows none. */
function settleOperator(item: OfdsObject, { operator, operator_name }: OperatorRow, network: OfdsObject): void {
  if (operator === null) return;
  const read = operatorOf(item, network);
  const named = new Set([read.operator, read.operator_name].map(keyOf));
  if (named.has(keyOf(operator)) || named.has(keyOf(operator_name))) return;
  item['networkProviders'] = [{ id: operator, name: operator_name ?? operator }];
}

function writeNode(row: OfdsNodeRow, network: OfdsObject): OfdsObject {
  const item: OfdsObject = { id: row.code, ...row.ofds };
  settle(item, 'name', row.name, typeof item['name'] === 'string' ? item['name'].normalize('NFC') : '');
  settle(item, 'status', row.status_on_day, statusOf(item['status']));
  settleOperator(item, row, network);
  const extension = extensionOf(item);
  settleExtension(item, {
    kind: [row.kind, extension['kind'] ?? kindByType(item)],
    serves_unit_code: [row.serves_unit_code, extension['serves_unit_code'] ?? null],
    synthetic: [row.synthetic || null, extension['synthetic'] ?? null],
    [DECOMMISSIONED_SINCE]: [row.status !== row.status_on_day || null, extension[DECOMMISSIONED_SINCE] ?? null],
    [FORMER]: [row.former.length > 0 ? row.former.map(writeFormer) : null, null],
  });
  item['location'] = writePoint(row.location);
  return item;
}

const writePoint = ({ type, coordinates }: Point): Point => ({ type, coordinates: wrapped([coordinates])[0]! });

const writeFormer = ({ code, kind, serves_unit_code, location }: FormerNodeRecord): OfdsObject => ({
  code,
  kind,
  ...(serves_unit_code === null ? {} : { serves_unit_code }),
  location: writePoint(location),
});

const DEPLOYMENTS = { duct: ['belowGround'], buried: ['belowGround'], aerial: ['aboveGround'] } as const;
/** Words by which reading tells duct from buried: the standard only says above or below ground. */
const DEPLOYMENT_WORDS = { duct: 'In duct', buried: 'Buried', aerial: 'On poles' } as const;

function settleDeployment(item: OfdsObject, deployment: OfdsSpanRow['deployment']): void {
  if (deploymentOf(item) === deployment) return;
  delete item['deployment'];
  delete item['deploymentDetails'];
  settleExtension(item, { deployment: [null, extensionOf(item)['deployment'] ?? null] });
  if (deployment === null) return;
  item['deployment'] = [...DEPLOYMENTS[deployment]];
  if (deploymentOf(item) !== deployment) item['deploymentDetails'] = { description: DEPLOYMENT_WORDS[deployment] };
}

function writeSpan(row: OfdsSpanRow, network: OfdsObject): OfdsObject {
  const item: OfdsObject = { id: row.code, ...row.ofds, start: row.start_code, end: row.end_code };
  settle(item, 'name', row.name, typeof item['name'] === 'string' ? item['name'].normalize('NFC') : '');
  settle(item, 'status', row.status_on_day, statusOf(item['status']));
  settleOperator(item, row, network);
  settleDeployment(item, row.deployment);
  settle(item, 'fibreCount', row.fibre_count, item['fibreCount'] ?? null);
  settleLength(item, row);
  const extension = extensionOf(item);
  const readFrom = dayOf(extension['valid_from']) ?? dayOf(item['readyForServiceDate']) ?? ALWAYS;
  settleExtension(item, {
    route_group: [row.route_group, extension['route_group'] ?? null],
    valid_from: [row.valid_from, readFrom],
    valid_to: [row.valid_to, dayOf(extension['valid_to'])],
    synthetic: [row.synthetic || null, extension['synthetic'] ?? null],
    [DECOMMISSIONED_SINCE]: [row.status !== row.status_on_day || null, extension[DECOMMISSIONED_SINCE] ?? null],
    [PAST_ANTIMERIDIAN]: [isPastAntimeridian(row.route.coordinates) || null, extension[PAST_ANTIMERIDIAN] ?? null],
  });
  // A course that the file did not have is not made one of by going through here: reading draws the same line again.
  if (!row.route_is_straight) item['route'] = { type: 'LineString', coordinates: wrapped(row.route.coordinates) };
  return item;
}

/** A figure that was not taken for the length gives way to what was. */
function settleLength(item: OfdsObject, { length_m, route }: Pick<OfdsSpanRow, 'length_m' | 'route'>): void {
  const metres = Math.round(length_m);
  const read = readLength(item, route.coordinates);
  const isRefused = read.taken_as === 'route' && read.given !== null;
  settle(item, 'fibreLength', metres, isRefused ? null : read.length_m, metres / 1000);
}

/** A network without a UUID of its own gets one from its code: the same at every export. */
function uuidOf(code: string): string {
  const hex = createHash('sha256').update(`phusong:fibre-network:${code}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The links as received, except that the file follows version 0.3.0 whatever it came in as. */
function linksOf(received: unknown): unknown[] {
  const links = Array.isArray(received) ? (received as unknown[]) : [];
  const others = links.filter((link) => !(isObject(link) && link['rel'] === 'describedby'));
  return [{ rel: 'describedby', href: SCHEMA }, ...others];
}

function writeNetwork(row: OfdsNetworkRow, rows: OfdsRows, today: string): OfdsNetwork {
  const { ofds, code } = row;
  const id = typeof ofds['id'] === 'string' ? ofds['id'] : uuidOf(code);
  const header: OfdsObject = { ...ofds, id };
  settle(header, 'name', row.name, typeof header['name'] === 'string' ? header['name'].normalize('NFC') : '');
  header['publicationDate'] ??= today;
  header['crs'] ??= CRS84;
  header['links'] = linksOf(ofds['links']);
  settleExtension(header, { code: [code, extensionOf(header)['code'] ?? id] });
  const nodes = rows.nodes.filter((node) => node.network_id === row.id).map((node) => writeNode(node, header));
  const spans = rows.spans.filter((span) => span.network_id === row.id).map((span) => writeSpan(span, header));
  // The standard has no empty lists.
  return { ...header, id, ...(nodes.length > 0 ? { nodes } : {}), ...(spans.length > 0 ? { spans } : {}) };
}

/**
 * The networks of a package, in the order given.
 * @param today publication date of a network that came without one, YYYY-MM-DD
 */
export function writePackage(rows: OfdsRows, today: string): { networks: OfdsNetwork[] } {
  return { networks: rows.networks.map((network) => writeNetwork(network, rows, today)) };
}
