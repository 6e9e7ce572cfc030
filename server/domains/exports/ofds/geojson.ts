/**
 * A network package in the GeoJSON form of the Open Fibre Data Standard: one collection of nodes, one of spans. What JSON names
 * by id (nodes, organisations, phases) stands whole wherever it is referred to, as the standard's own converter does it. What
 * nothing refers to stays in the lists of the network, so that nothing is lost.
 */
import type { OfdsNetwork, OfdsObject } from './package.ts';

type Things = ReadonlyMap<unknown, OfdsObject>;

/** What a network names by id, and what of it has been made whole somewhere. */
interface Lists {
  nodes: Things;
  organisations: Things;
  phases: Things;
  taken: Set<OfdsObject>;
}

const isObject = (value: unknown): value is OfdsObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function byId(list: unknown): Things {
  const things = Array.isArray(list) ? (list as unknown[]).filter(isObject) : [];
  return new Map(things.map((thing) => [thing['id'], thing]));
}

function whole(lists: Lists, list: 'organisations' | 'phases', reference: unknown): unknown {
  if (!isObject(reference)) return reference;
  const thing = lists[list].get(reference['id']);
  if (thing) lists.taken.add(thing);
  return { ...reference, ...thing };
}
const eachWhole = (lists: Lists, references: unknown): unknown =>
  Array.isArray(references)
    ? (references as unknown[]).map((reference) => whole(lists, 'organisations', reference))
    : references;

function phaseOf(lists: Lists, reference: unknown): unknown {
  const phase = whole(lists, 'phases', reference);
  if (!isObject(phase) || phase['funders'] === undefined) return phase;
  return { ...phase, funders: eachWhole(lists, phase['funders']) };
}

/** The item with its references made whole. */
function embed(lists: Lists, item: OfdsObject): OfdsObject {
  const full: OfdsObject = { ...item };
  for (const member of ['physicalInfrastructureProvider', 'supplier'])
    if (full[member] !== undefined) full[member] = whole(lists, 'organisations', full[member]);
  if (full['networkProviders'] !== undefined) full['networkProviders'] = eachWhole(lists, full['networkProviders']);
  if (full['phase'] !== undefined) full['phase'] = phaseOf(lists, full['phase']);
  return full;
}

/** The network's own members, with what neither its items nor they refer to. @param lists after the items were made whole */
function headerOf(network: OfdsNetwork, lists: Lists): OfdsObject {
  const left = new Set(['nodes', 'spans', 'organisations', 'phases']);
  const header = Object.fromEntries(Object.entries(network).filter(([member]) => !left.has(member)));
  const { contracts } = header;
  if (Array.isArray(contracts)) {
    header['contracts'] = (contracts as unknown[]).map((contract) => {
      if (!isObject(contract) || !Array.isArray(contract['relatedPhases'])) return contract;
      const phases = contract['relatedPhases'] as unknown[];
      return { ...contract, relatedPhases: phases.map((phase) => phaseOf(lists, phase)) };
    });
  }
  const others = (list: 'organisations' | 'phases') =>
    [...lists[list].values()].filter((each) => !lists.taken.has(each));
  const phases = others('phases').map((phase) => phaseOf(lists, phase));
  const organisations = others('organisations');
  return {
    ...header,
    ...(organisations.length > 0 ? { organisations } : {}),
    ...(phases.length > 0 ? { phases } : {}),
  };
}

interface Feature {
  type: 'Feature';
  geometry: unknown;
  properties: OfdsObject;
}

function featuresOf(network: OfdsNetwork): { nodes: Feature[]; spans: Feature[] } {
  const lists = {
    nodes: byId(network.nodes),
    organisations: byId(network['organisations']),
    phases: byId(network['phases']),
    taken: new Set<OfdsObject>(),
  };
  const nodes = (network.nodes ?? []).map((node) => embed(lists, node));
  const spans = (network.spans ?? []).map((span) => {
    const properties = embed(lists, span);
    for (const end of ['start', 'end']) {
      const node = lists.nodes.get(properties[end]);
      if (node) properties[end] = embed(lists, node);
    }
    return properties;
  });
  const header = headerOf(network, lists);
  const feature = (featureType: 'node' | 'span', geometry: unknown, properties: OfdsObject): Feature => ({
    type: 'Feature',
    geometry: geometry ?? null,
    properties: { ...properties, network: header, featureType },
  });
  return {
    nodes: nodes.map(({ location, ...properties }) => feature('node', location, properties)),
    spans: spans.map(({ route, ...properties }) => feature('span', route, properties)),
  };
}

/** Both collections in one: nodes first, told apart by `featureType`. */
export function toGeojson({ networks }: { networks: readonly OfdsNetwork[] }): {
  type: 'FeatureCollection';
  features: Feature[];
} {
  const parts = networks.map(featuresOf);
  return {
    type: 'FeatureCollection',
    features: [...parts.flatMap(({ nodes }) => nodes), ...parts.flatMap(({ spans }) => spans)],
  };
}
