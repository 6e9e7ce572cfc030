/** Values of OFDS objects in the words of our columns; the export asks the same questions the other way round. */
import type { Position } from 'geojson';
import { lineLengthM } from '../../../platform/geo/geodesic.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, numberOf, textOf } from './json-values.ts';
import type { FibreSpanRecord, FibreStatus, NodeKind } from './records.ts';
import { readDate } from './values.ts';

/** The key under which our own files carry what the standard has no member for. */
export const EXTENSION = 'phusong';

const CORE_TYPES = new Set(['dataCentre', 'exchange', 'ixp', 'cableLanding']);
const SITE_TYPES = new Set(['pop', 'tower', 'addDropSite']);

/** A fibre length over this many times the route is not kilometres but metres (a frequent mistake, also in published examples). */
const METRES_RATIO = 100;
const LEAST_METRES = 50;

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
  const drawn_m = route === null ? null : lineLengthM(route.map(([lon = 0, lat = 0]) => [lon, lat]));
  const given = numberOf(span['fibreLength']);
  if (given === null || given <= 0) return drawn_m === null ? null : Math.round(drawn_m);
  const isMetres = drawn_m !== null && given >= LEAST_METRES && given * 1_000 > drawn_m * METRES_RATIO;
  return Math.round(isMetres ? given : given * 1_000);
}

export function operatorOf(item: JsonObject): { operator: string | null; operator_name: string | null } {
  const providers: unknown[] = Array.isArray(item['networkProviders']) ? (item['networkProviders'] as unknown[]) : [];
  const organisation = [...providers, item['physicalInfrastructureProvider']].find(isObject);
  return { operator: textOf(organisation?.['id']), operator_name: textOf(organisation?.['name']) };
}

/** Our own members of an item. */
export function extensionOf(item: JsonObject): JsonObject {
  return isObject(item[EXTENSION]) ? item[EXTENSION] : {};
}

export function dayOf(value: unknown): string | null {
  return typeof value === 'string' ? readDate(value) : null;
}
