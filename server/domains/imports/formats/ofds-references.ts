/**
 * References of the GeoJSON form. There, what JSON names by id (organisations, phases) stands whole wherever it is referred to,
 * and the network has no lists of them. Here they are gathered into lists again and the references made short, so that the
 * same network reads alike from either form.
 */
import type { JsonObject } from './json-values.ts';
import { isObject, textOf } from './json-values.ts';

/** Members of nodes and spans that refer to an organisation, or to several. */
const ORGANISATIONS = ['physicalInfrastructureProvider', 'supplier', 'networkProviders'];

class Gathered {
  readonly organisations = new Map<string, JsonObject>();
  readonly phases = new Map<string, JsonObject>();

  /** Keeps the fullest form of a thing and gives its short one; what has no id is left as it is. */
  #short(things: Map<string, JsonObject>, thing: unknown, whole: (thing: JsonObject) => JsonObject): unknown {
    const id = isObject(thing) ? textOf(thing['id']) : null;
    if (!isObject(thing) || id === null) return thing;
    const full = whole(thing);
    const known = things.get(id);
    if (!known || Object.keys(known).length < Object.keys(full).length) things.set(id, full);
    return 'name' in thing ? { id: thing['id'], name: thing['name'] } : { id: thing['id'] };
  }

  organisation(thing: unknown): unknown {
    if (Array.isArray(thing)) return (thing as unknown[]).map((each) => this.organisation(each));
    return this.#short(this.organisations, thing, (whole) => whole);
  }

  phase(thing: unknown): unknown {
    return this.#short(this.phases, thing, (whole) =>
      whole['funders'] === undefined ? whole : { ...whole, funders: this.organisation(whole['funders']) },
    );
  }

  contract(thing: unknown): unknown {
    if (!isObject(thing) || !Array.isArray(thing['relatedPhases'])) return thing;
    return { ...thing, relatedPhases: (thing['relatedPhases'] as unknown[]).map((each) => this.phase(each)) };
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

/** Only more than an id and a name is worth a list of its own. */
const described = (things: Map<string, JsonObject>): JsonObject[] =>
  [...things.values()].filter((thing) => Object.keys(thing).some((member) => member !== 'id' && member !== 'name'));

/** The network's header with lists of what its items refer to, and the items with short references. */
export function gatherReferences<T extends { item: unknown }>(
  header: JsonObject,
  lists: readonly T[][],
): { header: JsonObject; lists: T[][] } {
  const gathered = new Gathered();
  const short = lists.map((items) =>
    items.map((placed) => (isObject(placed.item) ? { ...placed, item: gathered.item(placed.item) } : placed)),
  );
  const contracts = header['contracts'];
  const whole: JsonObject = Array.isArray(contracts)
    ? { ...header, contracts: (contracts as unknown[]).map((contract) => gathered.contract(contract)) }
    : { ...header };
  const [organisations, phases] = [described(gathered.organisations), described(gathered.phases)];
  if (organisations.length > 0) whole['organisations'] ??= organisations;
  if (phases.length > 0) whole['phases'] ??= phases;
  return { header: whole, lists: short };
}
