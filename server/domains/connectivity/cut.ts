import type { z } from 'zod';
import type { CutResult, cutRequest } from '../../contract/index.ts';
import { HttpError } from '../../platform/http-error.ts';
import { connectivityAt } from './analysis.ts';
import type { Network, NetworkContext, NetworkQuestion } from './network.ts';
import { spanBounds } from './path-bounds.ts';
import { placesAt } from './places.ts';
import { cutOfArea } from './rules/area-cut.ts';
import { type Cut, failedSpanIds, type CutResult as SimulatedCut, simulateCut } from './rules/cut.ts';
import { type CoreDistances, coreDistances, nearestNode, pathToCore } from './rules/shortest-paths.ts';
import type { Target } from './rules/targets.ts';

type Asked = Pick<z.infer<typeof cutRequest>, 'spans' | 'route_groups' | 'nodes' | 'area' | 'unknown'>;

/** Everything that fails, by id, with what the area takes. */
function cutOf(network: Network, { spans = [], route_groups = [], nodes = [], area }: Asked): Required<Cut> {
  const { graph } = network;
  if (!area) return { spans, route_groups, nodes };
  try {
    const inGraph = network.spans.filter((span) => graph.edgeIndexBySpanId.has(span.id));
    const hit = cutOfArea(area, network.nodes, inGraph);
    return {
      spans: [...new Set([...spans, ...hit.spans])],
      route_groups,
      nodes: [...new Set([...nodes, ...hit.nodes])],
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HttpError(400, 'invalid-request', `The area is no polygon: ${error.message}.`, {
      cause: error,
      errors: [{ pointer: '/area', value: null, reason: error.message }],
    });
  }
}

/** The districts that go another way, with it. */
function reroutesOf(
  network: Network,
  before: CoreDistances,
  { rerouted, after }: SimulatedCut<Target>,
): CutResult['rerouted'] {
  const { graph } = network;
  const boundsOf = spanBounds(network);
  const wayOf = ({ nodes }: Target, distances: CoreDistances): number[] =>
    pathToCore(graph, nearestNode(nodes, distances), distances).map((edge) => graph.spans[edge]!.id);
  return rerouted.map(({ target, length_km_before, length_km_after }) => {
    const span_ids = wayOf(target, after);
    const hops = { hops_before: wayOf(target, before).length, hops_after: span_ids.length };
    return { code: target.code, length_km_before, length_km_after, ...hops, span_ids, bbox: boundsOf(span_ids) };
  });
}

/**
 * What fails with a cut and who is lost: districts, communes, sites and the people of the communes.
 * @throws HttpError 404 that names spans, route groups and nodes the network does not have; 400 for an area that is none
 */
export async function cutAt(context: NetworkContext, question: NetworkQuestion, asked: Asked): Promise<CutResult> {
  const { network, centres } = await connectivityAt(context, question.at, question);
  const { graph } = network;
  const before = await context.cache.get(
    context.revision.current,
    `core distances ${question.at} ${question.view} ${question.operator ?? ''}`,
    async () => coreDistances(graph),
  );
  const [communes, sites] = await Promise.all([
    placesAt(context, 'commune', question.at, network),
    placesAt(context, 'site', question.at, network),
  ]);
  const cut = cutOf(network, asked);
  const ofDistricts = simulateCut(graph, centres, cut, before);
  const { unknown } = ofDistricts;
  const missing = [...unknown.spans, ...unknown.route_groups, ...unknown.nodes];
  if (missing.length > 0 && asked.unknown !== 'skip')
    throw new HttpError(404, 'not-found', `Not in the network at ${question.at}: ${missing.join(', ')}.`);
  const known = {
    spans: cut.spans.filter((id) => !unknown.spans.includes(id)),
    route_groups: cut.route_groups.filter((group) => !unknown.route_groups.includes(group)),
    nodes: cut.nodes.filter((id) => !unknown.nodes.includes(id)),
  };
  const ofCommunes = simulateCut(graph, communes, known, before);
  const ofSites = simulateCut(graph, sites, known, before);
  return {
    lost: {
      district_centres: ofDistricts.lost.map((target) => target.code),
      communes: ofCommunes.lost.map((target) => target.code),
      sites: ofSites.lost.length,
      people: ofCommunes.lost.reduce((sum, target) => sum + (target.population ?? 0), 0),
    },
    rerouted: reroutesOf(network, before, ofDistricts),
    cut: { spans: failedSpanIds(graph, known), nodes: known.nodes.sort((a, b) => a - b) },
    unknown,
    lost_ids: {
      districts: ofDistricts.lost.map((target) => target.id),
      communes: ofCommunes.lost.map((target) => target.id),
      sites: ofSites.lost.map((target) => target.id),
    },
  };
}
