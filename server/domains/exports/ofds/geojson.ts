/**
 * A network package in the GeoJSON form of the Open Fibre Data Standard: one collection of nodes, one of spans. What JSON names
 * by id (nodes, organisations, phases) stands whole wherever it is referred to, as the standard's own converter does it.
 */
import type { OfdsNetwork, OfdsObject } from './package.ts';

type Things = ReadonlyMap<unknown, OfdsObject>;

interface Lists {
  nodes: Things;
  organisations: Things;
  phases: Things;
}

const isObject = (value: unknown): value is OfdsObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function byId(list: unknown): Things {
  const things = Array.isArray(list) ? (list as unknown[]).filter(isObject) : [];
  return new Map(things.map((thing) => [thing['id'], thing]));
}

const whole = (things: Things, reference: unknown): unknown =>
  isObject(reference) ? { ...reference, ...things.get(reference['id']) } : reference;
const eachWhole = (things: Things, references: unknown): unknown =>
  Array.isArray(references) ? (references as unknown[]).map((reference) => whole(things, reference)) : references;

function phaseOf(lists: Lists, reference: unknown): unknown {
  const phase = whole(lists.phases, reference);
  if (!isObject(phase) || phase['funders'] === undefined) return phase;
  return { ...phase, funders: eachWhole(lists.organisations, phase['funders']) };
}

/** The item with its references made whole. */
function embed(lists: Lists, item: OfdsObject): OfdsObject {
  const full: OfdsObject = { ...item };
  for (const member of ['physicalInfrastructureProvider', 'supplier'])
    if (full[member] !== undefined) full[member] = whole(lists.organisations, full[member]);
  if (full['networkProviders'] !== undefined)
    full['networkProviders'] = eachWhole(lists.organisations, full['networkProviders']);
  if (full['phase'] !== undefined) full['phase'] = phaseOf(lists, full['phase']);
  return full;
}

function headerOf(network: OfdsNetwork, lists: Lists): OfdsObject {
  const left = new Set(['nodes', 'spans', 'organisations', 'phases']);
  const header = Object.fromEntries(Object.entries(network).filter(([member]) => !left.has(member)));
  const { contracts } = header;
  if (!Array.isArray(contracts)) return header;
  return {
    ...header,
    contracts: (contracts as unknown[]).map((contract) => {
      if (!isObject(contract) || !Array.isArray(contract['relatedPhases'])) return contract;
      const phases = contract['relatedPhases'] as unknown[];
      return { ...contract, relatedPhases: phases.map((phase) => phaseOf(lists, phase)) };
    }),
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
  };
  const header = headerOf(network, lists);
  const nodes = (network.nodes ?? []).map((node): Feature => {
    const { location, ...properties } = embed(lists, node);
    return {
      type: 'Feature',
      geometry: location ?? null,
      properties: { ...properties, network: header, featureType: 'node' },
    };
  });
  const spans = (network.spans ?? []).map((span): Feature => {
    const { route, ...properties } = embed(lists, span);
    for (const end of ['start', 'end']) {
      const node = lists.nodes.get(properties[end]);
      if (node) properties[end] = embed(lists, node);
    }
    return {
      type: 'Feature',
      geometry: route ?? null,
      properties: { ...properties, network: header, featureType: 'span' },
    };
  });
  return { nodes, spans };
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
