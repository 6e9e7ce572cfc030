/**
 * References of the GeoJSON form. There, what JSON names by id (organisations, phases) stands whole wherever it is referred to,
 * and the network lists only what nothing refers to. Here they are gathered into lists again and the references made short, so
 * that the same network reads alike from either form. One of which only id and name are told is listed too, as by the standard's
 * own converter: a reference leads to an entry of the list.
 */
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';

/** Members of nodes and spans that refer to an organisation, or to several. */
const ORGANISATIONS = ['physicalInfrastructureProvider', 'supplier', 'networkProviders'];

class Gathered {
  readonly organisations = new Map<string, JsonObject>();
  readonly phases = new Map<string, JsonObject>();

  /** Keeps all that is told of a thing, what was told first where it differs, and gives its short form; what has no id is left as it is. */
  #short(things: Map<string, JsonObject>, thing: unknown, whole: (thing: JsonObject) => JsonObject): unknown {
    const id = isObject(thing) ? textOf(thing['id']) : null;
    if (!isObject(thing) || id === null) return thing;
    things.set(id, { ...whole(thing), ...things.get(id) });
    return 'name' in thing ? { id: thing['id'], name: thing['name'] } : { id: thing['id'] };
  }

  organisation(thing: unknown): unknown {
    if (Array.isArray(thing)) return (thing as unknown[]).map((each) => this.organisation(each));
    return this.#short(this.organisations, thing, (whole) => whole);
  }

  phase(thing: unknown): unknown {
    if (Array.isArray(thing)) return (thing as unknown[]).map((each) => this.phase(each));
    return this.#short(this.phases, thing, (whole) =>
      whole['funders'] === undefined ? whole : { ...whole, funders: this.organisation(whole['funders']) },
    );
  }

  contract(thing: unknown): unknown {
    if (!isObject(thing) || !Array.isArray(thing['relatedPhases'])) return thing;
    return { ...thing, relatedPhases: this.phase(thing['relatedPhases']) };
  }

  item(item: JsonObject): JsonObject {
    const short: JsonObject = { ...item };
    for (const member of ORGANISATIONS)
      if (short[member] !== undefined) short[member] = this.organisation(short[member]);
    if (short['phase'] !== undefined) short['phase'] = this.phase(short['phase']);
    for (const end of ['start', 'end']) {
      const node = short[end];
      if (isObject(node)) short[end] = this.item(node);
    }
    return short;
  }
}

/** The entries of a list of the network that have no id, which nothing can refer to, and all that were gathered. */
function listOf(listed: unknown, gathered: ReadonlyMap<string, JsonObject>): unknown[] {
  const others = Array.isArray(listed) ? (listed as unknown[]) : [];
  return [...gathered.values(), ...others.filter((thing) => !isObject(thing) || textOf(thing['id']) === null)];
}

/** The network's header with lists of what its items refer to, and the items with short references. */
export function gatherReferences<T extends { item: unknown }>(
  header: JsonObject,
  lists: readonly T[][],
): { header: JsonObject; lists: T[][] } {
  const gathered = new Gathered();
  gathered.organisation(header['organisations']);
  gathered.phase(header['phases']);
  const short = lists.map((items) =>
    items.map((placed) => (isObject(placed.item) ? { ...placed, item: gathered.item(placed.item) } : placed)),
  );
  const contracts = header['contracts'];
  const whole: JsonObject = Array.isArray(contracts)
    ? { ...header, contracts: (contracts as unknown[]).map((contract) => gathered.contract(contract)) }
    : { ...header };
  for (const list of ['organisations', 'phases'] as const) {
    const things = listOf(header[list], gathered[list]);
    if (things.length > 0) whole[list] = things;
  }
  return { header: whole, lists: short };
}
