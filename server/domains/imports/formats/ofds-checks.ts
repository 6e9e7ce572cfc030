import type { RowError, RowPlace } from './format.ts';
import { MAX_TEXT_SIGNS, rowError } from './format.ts';
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';
import { dayOf, EXTENSION, extensionOf } from './ofds-values.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Codelists that the standard closes; the same in versions 0.2 to 0.4. */
const NODE_STATUS = ['proposed', 'planned', 'underConstruction', 'operational', 'decommissioned', 'inactive'];
const SPAN_STATUS = NODE_STATUS;
const MEDIA = ['fibre', 'microwave', 'copper', 'coaxial'];

/** Far more than any cable has (the largest made have some 14,000): a larger figure is something else. */
const MOST_FIBRES = 100_000;

const ARRAYS = ['nodes', 'spans', 'phases', 'organisations', 'contracts'];

type Test = (value: unknown) => boolean;
const isNonEmptyText: Test = (value) => typeof value === 'string' && value.trim() !== '';

/** What a member must be, with the words for it. */
type Rules = Record<string, { test: Test; needs: string }>;

const NETWORK_RULES: Rules = {
  id: { test: (value) => typeof value === 'string' && UUID.test(value), needs: 'a UUID' },
  name: { test: isNonEmptyText, needs: 'a text that is not empty' },
  publicationDate: { test: isDay, needs: 'a date (YYYY-MM-DD)' },
  collectionDate: { test: isDay, needs: 'a date (YYYY-MM-DD)' },
  website: { test: isIri, needs: 'a web address with its scheme (https://…)' },
  publisher: { test: isObject, needs: 'an object' },
  accuracy: { test: isNumber, needs: 'a number of metres' },
  accuracyDetails: { test: isNonEmptyText, needs: 'a text' },
  crs: { test: isCrs84, needs: 'urn:ogc:def:crs:OGC::CRS84 (longitude and latitude in WGS 84)' },
};

const NODE_RULES: Rules = {
  id: { test: isNonEmptyText, needs: 'a text that is not empty' },
  status: { test: among(NODE_STATUS), needs: `one of ${NODE_STATUS.join(', ')}` },
};

const SPAN_RULES: Rules = {
  id: { test: isNonEmptyText, needs: 'a text that is not empty' },
  status: { test: among(SPAN_STATUS), needs: `one of ${SPAN_STATUS.join(', ')}` },
  directed: { test: (value) => typeof value === 'boolean', needs: 'true or false' },
  fibreCount: { test: (value) => isNumber(value) && Number.isInteger(value), needs: 'a whole number' },
  fibreLength: { test: isNumber, needs: 'a number of kilometres' },
  readyForServiceDate: { test: isDay, needs: 'a date (YYYY-MM-DD)' },
  transmissionMedium: { test: allAmong(MEDIA), needs: `a list of ${MEDIA.join(', ')}` },
};

/** Faults of the network's own members: with any of them the network is left out. `path` is `networks/0`. */
export function checkNetwork(network: JsonObject, at: RowPlace, path: string): RowError[] {
  const errors = [...applyRules(network, NETWORK_RULES, at, path), ...checkNames(network, at, path)];
  if (!('id' in network)) errors.unshift(rowError(at, `${path}/id`, null, 'missing', 'The network has no id'));
  for (const member of ARRAYS) {
    const value = network[member];
    if (value === undefined) continue;
    if (!Array.isArray(value))
      errors.push(rowError(at, `${path}/${member}`, value, 'not_a_list', `${member} must be a list`));
    else if (value.length === 0)
      errors.push(rowError(at, `${path}/${member}`, value, 'empty_list', `${member} must not be an empty list`));
    else errors.push(...checkIds(value as unknown[], at, `${path}/${member}`, member));
  }
  return errors;
}

/** Faults of one node, as row errors. */
export function checkNode(node: JsonObject, at: RowPlace, path: string): RowError[] {
  const faults = [...applyRules(node, NODE_RULES, at, path), ...checkNames(node, at, path)];
  return withId(node, faults, at, path);
}

/** Faults of one span, as row errors. */
export function checkSpan(span: JsonObject, at: RowPlace, path: string): RowError[] {
  const faults = [
    ...applyRules(span, SPAN_RULES, at, path),
    ...checkNames(span, at, path),
    ...checkFibres(span, at, path),
    ...checkOwnDays(span, at, path),
  ];
  return withId(span, faults, at, path);
}

/** Texts that a column holds: ids and names, and what stands beside them under our own key. */
export function checkNames(item: JsonObject, at: RowPlace, path: string): RowError[] {
  const extension = extensionOf(item);
  const texts: [field: string, value: unknown][] = [
    ['id', item['id']],
    ['name', item['name']],
    ...['code', 'serves_unit_code', 'route_group'].map((member): [string, unknown] => [
      `${EXTENSION}/${member}`,
      extension[member],
    ]),
  ];
  return texts.flatMap(([field, value]) =>
    typeof value === 'string' && value.length > MAX_TEXT_SIGNS
      ? [rowError(at, `${path}/${field}`, value, 'too_long', `${field} must have at most ${MAX_TEXT_SIGNS} signs`)]
      : [],
  );
}

function checkFibres(span: JsonObject, at: RowPlace, path: string): RowError[] {
  const count = span['fibreCount'];
  if (!isNumber(count) || !Number.isInteger(count) || (count >= 1 && count <= MOST_FIBRES)) return [];
  const reason = `fibreCount must be from 1 to ${MOST_FIBRES.toLocaleString('en')}`;
  return [rowError(at, `${path}/fibreCount`, count, 'out_of_range', reason)];
}

/** Our own days of a span; those of the standard are among its rules. */
function checkOwnDays(span: JsonObject, at: RowPlace, path: string): RowError[] {
  const extension = extensionOf(span);
  return ['valid_from', 'valid_to'].flatMap((member) => {
    const value = extension[member] ?? null;
    if (value === null || dayOf(value) !== null) return [];
    return [rowError(at, `${path}/${EXTENSION}/${member}`, value, 'bad_date', `${member} must be a date (YYYY-MM-DD)`)];
  });
}

function withId(item: JsonObject, errors: RowError[], at: RowPlace, path: string): RowError[] {
  return 'id' in item ? errors : [rowError(at, `${path}/id`, null, 'missing', 'The id is missing'), ...errors];
}

/** Ids of phases, contracts and organisations; those of nodes and spans are checked row by row. */
function checkIds(items: unknown[], at: RowPlace, path: string, member: string): RowError[] {
  if (member === 'nodes' || member === 'spans') return [];
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const id = isObject(item) ? textOf(item['id']) : null;
    if (id === null) return [rowError(at, `${path}/${index}/id`, null, 'missing', `An entry of ${member} has no id`)];
    if (seen.has(id))
      return [rowError(at, `${path}/${index}/id`, id, 'duplicate_id', `Two entries of ${member} have this id`)];
    seen.add(id);
    return [];
  });
}

function applyRules(item: JsonObject, rules: Rules, at: RowPlace, path: string): RowError[] {
  return Object.entries(rules).flatMap(([member, { test, needs }]) =>
    item[member] === undefined || test(item[member])
      ? []
      : [rowError(at, `${path}/${member}`, item[member], 'not_allowed', `${member} must be ${needs}`)],
  );
}

function among(list: readonly string[]): Test {
  return (value) => typeof value === 'string' && list.includes(value);
}

function allAmong(list: readonly string[]): Test {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(among(list));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isDay(value: unknown): boolean {
  return typeof value === 'string' && DAY.test(value) && dayOf(value) !== null;
}

function isIri(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\S+$/i.test(value);
}

function isCrs84(value: unknown): boolean {
  return (
    isObject(value) &&
    [value['name'], value['uri']].some((text) => typeof text === 'string' && /^(urn:|https?:).*CRS84$/.test(text))
  );
}
