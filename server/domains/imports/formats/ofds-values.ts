/** Values of OFDS objects in the words of our columns; the export asks the same questions the other way round. */
import type { Position } from 'geojson';
import { lineLengthM } from '../../../platform/geo/geodesic.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, numberOf, textOf } from './json-values.ts';
import type { FibreSpanRecord, FibreStatus, NodeKind } from './records.ts';
import { readDate } from './values.ts';

/** The key under which our own files carry what the standard has no member for. */
export const EXTENSION = 'phusong';

/** First day of a span whose service began nobody knows when, as the database stores it. */
export const ALWAYS = '1900-01-01';

/** Our member of a span whose line goes on past ±180° and is written within it: reading draws it on again. */
export const PAST_ANTIMERIDIAN = 'past_antimeridian';

/** Our member of a node or span that was in operation on the day of a package and is out of service since: reading takes it as that. */
export const DECOMMISSIONED_SINCE = 'decommissioned_since';

/** Our member of a node that lists the nodes made one with it: a list of its own in the database. */
export const FORMER = 'former';

export const NODE_KINDS: readonly NodeKind[] = ['core', 'district', 'commune', 'site', 'joint'];

const CORE_TYPES = new Set(['dataCentre', 'exchange', 'ixp', 'cableLanding']);
const SITE_TYPES = new Set(['pop', 'tower', 'addDropSite']);

/**
 * A length of cable that fits its drawn route, in metres: the cable may be drawn straight, or hang in loops and coils beside it
 * (up to ten times and a kilometre more), and a route may be drawn much too long by one wrong position (down to a hundredth).
 */
const MOST_TIMES = 10;
const MORE_M = 1_000;
const LEAST_TIMES = 0.01;
/** A figure is only taken for metres where it fits closely: half the route at least. */
const LEAST_TIMES_AS_METRES = 0.5;
/** No way between two points of the earth is longer, metres. */
const MOST_LENGTH_M = 20_000_000;

/** The kind of a node by the standard's own types. */
export function kindByType(item: JsonObject): NodeKind {
  const types = Array.isArray(item['type']) ? (item['type'] as unknown[]).map(String) : [];
  if (types.some((type) => CORE_TYPES.has(type))) return 'core';
  return types.some((type) => SITE_TYPES.has(type)) ? 'site' : 'joint';
}

/** Proposed, planned, being built and not yet lit are all "planned" here: they carry nothing. No status means in service. */
export function statusOf(status: unknown): FibreStatus {
  if (status === undefined || status === null || status === 'operational') return 'operational';
  return status === 'decommissioned' ? 'decommissioned' : 'planned';
}

const DEPLOYMENTS = ['duct', 'buried', 'aerial'] as const;

/** How the cable is laid by the members of the standard, else by our own. */
export function deploymentOf(span: JsonObject): FibreSpanRecord['deployment'] {
  const { deployment } = extensionOf(span);
  return deploymentByStandard(span) ?? DEPLOYMENTS.find((known) => known === deployment) ?? null;
}

/** Duct or buried by the words of the details: the standard only says above or below ground. */
function deploymentByStandard(span: JsonObject): FibreSpanRecord['deployment'] {
  const listed = Array.isArray(span['deployment']) ? (span['deployment'] as unknown[]).map(String) : [];
  const details = isObject(span['deploymentDetails']) ? (textOf(span['deploymentDetails']['description']) ?? '') : '';
  const words = [...listed, details].join(' ');
  if (/duct|conduit|cống|ống/i.test(words)) return 'duct';
  if (listed.includes('belowGround') || /buried|underground|chôn/i.test(words)) return 'buried';
  return listed.includes('aboveGround') || /aerial|overhead|pole|treo/i.test(words) ? 'aerial' : null;
}

/** How the length of a span was found. */
export interface SpanLength {
  /** Null where neither a length nor a route is known. */
  length_m: number | null;
  /** `fibreLength` as kilometres, as metres (a frequent mistake, also in published examples), or the length of the route. */
  taken_as: 'kilometres' | 'metres' | 'route';
  /** The figure of the file; null when it has none. */
  given: number | null;
}

/**
 * `fibreLength` is kilometres. A figure that cannot be the route's (not positive, or beyond the bounds above) is taken as metres
 * where it fits so, else not at all: then, and without it, the length is that of the route.
 */
export function readLength(span: JsonObject, route: Position[] | null): SpanLength {
  const drawn_m = route === null ? null : lineLengthM(route.map(([lon = 0, lat = 0]) => [lon, lat]));
  const given = numberOf(span['fibreLength']);
  const fits = (metres: number, least: number): boolean =>
    metres > 0 &&
    metres <= MOST_LENGTH_M &&
    (drawn_m === null || (metres >= least * drawn_m && metres <= MOST_TIMES * drawn_m + MORE_M));
  if (given !== null && fits(given * 1_000, LEAST_TIMES))
    return { length_m: Math.round(given * 1_000), taken_as: 'kilometres', given };
  if (given !== null && drawn_m !== null && fits(given, LEAST_TIMES_AS_METRES))
    return { length_m: Math.round(given), taken_as: 'metres', given };
  return { length_m: drawn_m === null ? null : Math.round(drawn_m), taken_as: 'route', given };
}

/** The operator that a node or span names by members of the standard, else that which its network does by ours. */
export function operatorOf(
  item: JsonObject,
  network: JsonObject,
): { operator: string | null; operator_name: string | null } {
  const providers: unknown[] = Array.isArray(item['networkProviders']) ? (item['networkProviders'] as unknown[]) : [];
  const organisation = [...providers, item['physicalInfrastructureProvider']].find(isObject);
  if (organisation === undefined) return { operator: textOf(extensionOf(network)['operator']), operator_name: null };
  return { operator: textOf(organisation['id']), operator_name: textOf(organisation['name']) };
}

/** Our own members of an item. */
export function extensionOf(item: JsonObject): JsonObject {
  return isObject(item[EXTENSION]) ? item[EXTENSION] : {};
}

/** An item as it was before an export of ours marked it: without the marks and what is kept elsewhere, and with the status that is recorded. */
export function unmarked(item: JsonObject): JsonObject {
  const { [PAST_ANTIMERIDIAN]: past, [DECOMMISSIONED_SINCE]: since, [FORMER]: former, ...rest } = extensionOf(item);
  if (past === undefined && since === undefined && former === undefined) return item;
  const { [EXTENSION]: _marked, ...plain } = item;
  if (since === true) plain['status'] = 'decommissioned';
  return Object.keys(rest).length > 0 ? { ...plain, [EXTENSION]: rest } : plain;
}

export function dayOf(value: unknown): string | null {
  return typeof value === 'string' ? readDate(value) : null;
}

/** The code of a network: our own, else its id. */
export function networkCode(header: JsonObject): string {
  return textOf(extensionOf(header)['code']) ?? textOf(header['id']) ?? '';
}
